"""Calm, flat illustrations in the colours of the demo town's theme, without a word in them.

Every scene is drawn on a canvas of 1600 by 900 units, twice as large in pixels, and scaled down, which
smooths the edges. Nothing is random: the same picture comes out each time.
"""

from collections.abc import Callable, Sequence
from math import cos, pi, sin

from PIL import Image, ImageDraw

WIDTH, HEIGHT, SCALE = 1600, 900, 2

# frontend/themes/torvkoebing.css and tints of it.
DEEP, FJORD, TEAL, MIST, PALE = "#062e36", "#0b5563", "#4f8c93", "#bfd3d6", "#eef5f5"
BRICK, CLAY, SAND, SUN = "#b3452c", "#d98b6a", "#f1dcc6", "#fdf0bf"
GRASS, MEADOW, WHITE = "#6f9c7a", "#a9c6a4", "#ffffff"

Points = Sequence[tuple[float, float]]


class Canvas:
    """Draws in units of the scene."""

    def __init__(self, background: str) -> None:
        self._image = Image.new("RGB", (WIDTH * SCALE, HEIGHT * SCALE), background)
        self._draw = ImageDraw.Draw(self._image)

    def box(self, x: float, y: float, width: float, height: float, colour: str, radius: float = 0) -> None:
        corners = [x * SCALE, y * SCALE, (x + width) * SCALE - 1, (y + height) * SCALE - 1]
        self._draw.rounded_rectangle(corners, radius * SCALE, fill=colour)

    def disc(self, x: float, y: float, radius: float, colour: str, squash: float = 1) -> None:
        tall = radius * squash
        corners = [(x - radius) * SCALE, (y - tall) * SCALE, (x + radius) * SCALE, (y + tall) * SCALE]
        self._draw.ellipse(corners, fill=colour)

    def shape(self, points: Points, colour: str) -> None:
        self._draw.polygon([(x * SCALE, y * SCALE) for x, y in points], fill=colour)

    def line(self, points: Points, colour: str, width: float) -> None:
        self._draw.line(
            [(x * SCALE, y * SCALE) for x, y in points],
            fill=colour,
            width=round(width * SCALE),
            joint="curve",
        )

    def hill(self, base: float, height: float, waves: float, shift: float, colour: str) -> None:
        """A soft ridge from edge to edge, filled down to the bottom."""
        ridge = [(x, base - height * sin(waves * pi * x / WIDTH + shift)) for x in range(0, WIDTH + 20, 20)]
        self.shape([*ridge, (WIDTH, HEIGHT), (0, HEIGHT)], colour)

    def finished(self) -> Image.Image:
        return self._image.resize((WIDTH, HEIGHT), Image.Resampling.BOX)


def draw(scene: str) -> Image.Image:
    """Raises KeyError for a scene that is not known."""
    background, paint = SCENES[scene]
    canvas = Canvas(background)
    paint(canvas)
    return canvas.finished()


def _house(canvas: Canvas, x: float, width: float, height: float, wall: str, roof: str, lit: str) -> None:
    top = 700 - height
    canvas.box(x, top, width, height, wall)
    canvas.shape([(x - 16, top), (x + width / 2, top - width * 0.42), (x + width + 16, top)], roof)
    rows, columns = int(height // 110), max(2, int(width // 80))
    gap = width / columns
    for row in range(rows):
        for column in range(columns):
            left = x + gap * column + gap / 2 - 17
            canvas.box(left, top + 34 + row * 105, 34, 50, lit if (row + column) % 3 else TEAL, 4)


def _tree(canvas: Canvas, x: float, base: float, size: float, colour: str) -> None:
    canvas.box(x - size * 0.07, base - size * 0.7, size * 0.14, size * 0.7, DEEP)
    canvas.disc(x, base - size, size * 0.45, colour)
    canvas.disc(x - size * 0.27, base - size * 0.75, size * 0.3, colour)
    canvas.disc(x + size * 0.27, base - size * 0.75, size * 0.3, colour)


def _person(canvas: Canvas, x: float, y: float, size: float, clothes: str, skin: str) -> None:
    """Seen from the front, sitting: `y` is the lap."""
    canvas.box(x - size * 0.42, y - size, size * 0.84, size, clothes, size * 0.36)
    canvas.disc(x, y - size * 1.3, size * 0.32, skin)


def _square(canvas: Canvas) -> None:
    canvas.disc(1270, 220, 90, SUN)
    canvas.hill(640, 60, 2, 0.4, MIST)
    colours = [(SAND, BRICK), (CLAY, DEEP), (WHITE, FJORD), (SAND, FJORD), (CLAY, BRICK), (WHITE, DEEP)]
    places = (
        (10, 240, 300),
        (262, 200, 360),
        (484, 230, 270),
        (920, 230, 260),
        (1172, 200, 350),
        (1394, 220, 290),
    )
    for (wall, roof), (left, width, height) in zip(colours, places, strict=True):
        _house(canvas, left, width, height, wall, roof, SUN)
    _tower(canvas)
    canvas.box(0, 700, WIDTH, 200, TEAL)
    for step in range(9):
        canvas.disc(90 + step * 178, 800 + (step % 2) * 44, 62, FJORD, 0.18)
    _tree(canvas, 300, 800, 210, GRASS)
    canvas.box(1150, 752, 210, 18, DEEP, 6)
    canvas.box(1170, 770, 14, 46, DEEP)
    canvas.box(1326, 770, 14, 46, DEEP)


def _tower(canvas: Canvas) -> None:
    canvas.box(752, 250, 130, 450, BRICK)
    canvas.shape([(736, 250), (817, 90), (898, 250)], FJORD)
    canvas.disc(817, 320, 40, PALE)
    canvas.line([(817, 320), (817, 292)], DEEP, 6)
    canvas.line([(817, 320), (836, 330)], DEEP, 6)
    canvas.box(787, 590, 60, 110, DEEP, 28)


def _circle(canvas: Canvas) -> None:
    canvas.disc(800, 640, 690, MIST, 0.38)
    canvas.disc(800, 640, 520, PALE, 0.36)
    clothes = [FJORD, BRICK, TEAL, GRASS, CLAY, DEEP]
    skins = [SAND, "#8d5a3c", "#e3b48f", SAND, "#5f3a26", "#e3b48f"]
    seats = []
    for number in range(6):
        angle = pi * number / 3
        seats.append((800 + 500 * cos(angle), 620 + 230 * sin(angle), clothes[number], skins[number]))
    for place, (x, y, colour, skin) in enumerate(sorted(seats, key=lambda seat: seat[1])):
        if place == 4:  # the table stands before those at the back and behind those in front
            _low_table(canvas)
        size = 150 + (y - 470) * 0.16
        canvas.disc(x, y + 14, size * 0.56, TEAL, 0.3)
        _person(canvas, x, y, size, colour, skin)


def _low_table(canvas: Canvas) -> None:
    canvas.box(770, 610, 60, 80, CLAY)
    canvas.disc(800, 618, 130, CLAY, 0.4)
    canvas.disc(800, 604, 130, SAND, 0.4)
    canvas.box(776, 554, 48, 46, BRICK, 10)


def _river(canvas: Canvas) -> None:
    canvas.disc(330, 230, 80, SUN)
    canvas.hill(520, 70, 2.4, 0.2, MEADOW)
    canvas.hill(600, 50, 1.7, 2.4, GRASS)
    canvas.shape([(690, 560), (910, 560), (1420, 900), (240, 900)], TEAL)
    canvas.shape([(740, 600), (860, 600), (1130, 900), (520, 900)], FJORD)
    arch = [(400 + 800 * step / 40, 640 - 130 * sin(pi * step / 40)) for step in range(41)]
    canvas.line(arch, BRICK, 46)
    canvas.line([(x, y - 74) for x, y in arch], DEEP, 10)
    for x, y in arch[::4]:
        canvas.line([(x, y), (x, y - 74)], DEEP, 10)
    for x, base, size in ((140, 720, 260), (300, 640, 170), (1310, 650, 190), (1470, 740, 270)):
        _tree(canvas, x, base, size, FJORD if size > 200 else TEAL)


def _dawn(canvas: Canvas) -> None:
    canvas.disc(800, 520, 250, SUN)
    canvas.disc(800, 520, 170, WHITE)
    canvas.hill(520, 46, 2.2, 0.8, TEAL)
    canvas.box(0, 520, WIDTH, 380, FJORD)
    for row in range(7):
        half = 210 - row * 22
        canvas.box(800 - half, 548 + row * 44, half * 2, 10, SUN, 5)
    canvas.box(0, 700, 520, 26, DEEP)
    for x in range(60, 520, 130):
        canvas.box(x, 690, 18, 170, DEEP)
    canvas.shape([(600, 700), (900, 700), (850, 762), (650, 762)], BRICK)
    canvas.box(738, 520, 10, 180, DEEP)
    canvas.shape([(756, 530), (756, 680), (860, 680)], PALE)


def _kite(canvas: Canvas) -> None:
    canvas.disc(260, 230, 100, WHITE, 0.5)
    canvas.disc(370, 240, 130, WHITE, 0.45)
    canvas.disc(1250, 160, 120, WHITE, 0.4)
    canvas.hill(690, 110, 1.2, 0.1, MEADOW)
    canvas.hill(800, 90, 1.5, 2.6, GRASS)
    for x, y, colour, other, foot in ((640, 250, BRICK, CLAY, 500), (1090, 340, FJORD, TEAL, 900)):
        canvas.line([(x, y + 130), (x - 40, y + 260), (foot, 660)], DEEP, 5)
        canvas.shape([(x, y - 130), (x + 92, y), (x, y + 130), (x - 92, y)], colour)
        canvas.shape([(x, y - 130), (x + 92, y), (x, y + 130)], other)
    for x, size, colour in ((500, 92, FJORD), (900, 120, BRICK), (1020, 76, DEEP)):
        _person(canvas, x, 760, size, colour, SAND)


def _houses(canvas: Canvas) -> None:
    canvas.disc(1330, 190, 70, PALE)
    colours = [(CLAY, DEEP), (SAND, BRICK), (MIST, DEEP), (WHITE, BRICK), (CLAY, DEEP), (SAND, BRICK)]
    for number, (wall, roof) in enumerate(colours):
        _house(canvas, 60 + number * 252, 210, 250 + (number * 3 % 4) * 34, wall, roof, SUN)
    canvas.box(0, 700, WIDTH, 200, FJORD)
    canvas.box(0, 690, WIDTH, 26, MIST)
    for x in range(90, WIDTH, 340):
        canvas.box(x, 800, 150, 12, PALE, 6)
    _tree(canvas, 35, 700, 170, GRASS)
    _tree(canvas, 1572, 700, 150, GRASS)


def _table(canvas: Canvas) -> None:
    for x in (340, 800, 1260):
        canvas.line([(x, 0), (x, 150)], DEEP, 6)
        canvas.shape([(x - 90, 230), (x - 44, 140), (x + 44, 140), (x + 90, 230)], BRICK)
        canvas.disc(x, 232, 60, SUN, 0.3)
    people = [
        (FJORD, SAND),
        (CLAY, "#5f3a26"),
        (TEAL, "#e3b48f"),
        (BRICK, SAND),
        (DEEP, "#8d5a3c"),
        (GRASS, SAND),
    ]
    for number, (clothes, skin) in enumerate(people):
        _person(canvas, 200 + number * 240, 600, 150, clothes, skin)
    canvas.shape([(90, 560), (1510, 560), (1600, 720), (0, 720)], SAND)
    canvas.box(0, 720, WIDTH, 40, CLAY)
    canvas.box(150, 760, 50, 140, DEEP)
    canvas.box(1400, 760, 50, 140, DEEP)
    for number in range(6):
        canvas.disc(200 + number * 240, 640, 74, WHITE, 0.4)
        canvas.disc(200 + number * 240, 638, 46, (MEADOW, CLAY, SUN)[number % 3], 0.4)


def _kitchen(canvas: Canvas) -> None:
    canvas.box(560, 90, 480, 330, WHITE, 10)
    canvas.box(580, 110, 440, 290, MIST)
    canvas.hill(600, 0, 1, 0, SAND)
    canvas.box(0, 600, WIDTH, 300, CLAY)
    for x in (580, 790):
        canvas.box(x, 250, 230, 150, MEADOW)
    canvas.box(790, 90, 20, 330, WHITE)
    canvas.line([(800, 0), (800, 40)], DEEP, 6)
    _person(canvas, 420, 640, 230, FJORD, SAND)
    _person(canvas, 1180, 640, 230, BRICK, "#8d5a3c")
    canvas.box(180, 600, 1240, 44, DEEP, 8)
    canvas.box(260, 644, 44, 256, DEEP)
    canvas.box(1296, 644, 44, 256, DEEP)
    for x, y, tilt in ((660, 596, 14), (720, 590, -10), (800, 596, 22)):
        canvas.shape([(x, y), (x + 110, y - tilt), (x + 120, y - 60 - tilt), (x + 10, y - 60)], WHITE)
    for x in (540, 1010):
        canvas.box(x, 536, 62, 64, SUN, 12)


def _stairs(canvas: Canvas) -> None:
    canvas.box(0, 0, WIDTH, HEIGHT, PALE)
    canvas.box(1060, 60, 330, 400, SUN, 8)
    canvas.shape([(1060, 60), (1060, 460), (930, 500), (930, 20)], FJORD)
    canvas.disc(955, 270, 12, SUN)
    for step in range(9):
        canvas.box(1060 - step * 120, 460 + step * 50, WIDTH, 50, (MIST, TEAL)[step % 2])
    canvas.line([(120, 640), (1000, 250)], DEEP, 14)
    for step in range(7):
        x = 160 + step * 130
        canvas.line([(x, 622 - step * 57), (x, 850 - step * 57)], DEEP, 8)
    _person(canvas, 560, 640, 110, BRICK, SAND)
    canvas.box(524, 630, 28, 60, DEEP, 8)
    canvas.box(568, 630, 28, 60, DEEP, 8)


def _workshop(canvas: Canvas) -> None:
    canvas.box(120, 90, 620, 300, SAND, 12)
    for number in range(5):
        x = 190 + number * 115
        canvas.line([(x, 140), (x, 300 - number % 2 * 50)], DEEP, 14)
        canvas.box(x - 30, 280 - number % 2 * 50, 60, 40, (BRICK, FJORD, GRASS)[number % 3], 8)
    canvas.box(0, 760, WIDTH, 140, CLAY)
    canvas.box(80, 520, 640, 46, DEEP, 6)
    for x in (130, 640):
        canvas.box(x, 566, 40, 194, DEEP)
    for x, radius in ((1240, 170), (920, 62)):
        canvas.disc(x, 760 - radius, radius, DEEP)
        canvas.disc(x, 760 - radius, radius - 22, PALE)
        canvas.disc(x, 760 - radius, 18, BRICK)
    canvas.line([(920, 690), (960, 540), (1280, 540), (1300, 300), (1400, 280)], FJORD, 20)
    canvas.box(980, 490, 300, 56, BRICK, 18)
    canvas.box(1250, 300, 50, 240, BRICK, 18)


def _bench(canvas: Canvas) -> None:
    canvas.disc(1240, 260, 120, SUN)
    canvas.box(0, 420, WIDTH, 200, TEAL)
    for row in range(5):
        canvas.box(160 + row * 290, 460 + row % 3 * 44, 170, 8, PALE, 4)
    canvas.hill(660, 24, 1.3, 0.4, SAND)
    for x in (440, 1040):
        canvas.box(x, 560, 34, 230, DEEP)
    for y in (500, 570):
        canvas.box(360, y, 800, 44, BRICK, 8)
    canvas.box(330, 650, 860, 40, CLAY, 8)
    canvas.box(700, 520, 70, 130, FJORD, 20)
    canvas.box(712, 494, 46, 34, DEEP, 8)
    for x in (830, 930):
        canvas.box(x, 596, 60, 54, WHITE, 10)
    _tree(canvas, 110, 700, 240, GRASS)


def _harbour(canvas: Canvas) -> None:
    canvas.disc(420, 400, 150, SUN)
    canvas.box(0, 400, WIDTH, 500, TEAL)
    for number, (wall, roof) in enumerate(((BRICK, DEEP), (SAND, BRICK), (CLAY, DEEP))):
        canvas.box(1000 + number * 190, 240, 170, 180, wall)
        left = 990 + number * 190
        canvas.shape([(left, 240), (left + 95, 150), (left + 190, 240)], roof)
    canvas.box(940, 410, 660, 40, MIST)
    canvas.shape([(320, 600), (980, 570), (900, 740), (400, 740)], FJORD)
    canvas.shape([(320, 600), (980, 570), (970, 600), (330, 630)], WHITE)
    canvas.box(470, 460, 170, 140, WHITE, 8)
    canvas.box(500, 486, 50, 46, TEAL)
    canvas.box(570, 486, 50, 46, TEAL)
    canvas.line([(740, 590), (740, 250), (900, 580)], DEEP, 9)
    for x, y in ((180, 180), (300, 240), (700, 130), (860, 200)):
        canvas.line([(x - 40, y - 16), (x, y), (x + 40, y - 16)], WHITE, 9)
    for row in range(4):
        canvas.box(120 + row * 380, 780 + row % 2 * 50, 220, 10, PALE, 5)


def _twohomes(canvas: Canvas) -> None:
    canvas.disc(800, 170, 80, SUN)
    canvas.hill(700, 40, 1, 0, MEADOW)
    canvas.box(0, 700, WIDTH, 200, MEADOW)
    _house(canvas, 110, 330, 260, CLAY, BRICK, SUN)
    _house(canvas, 1160, 330, 260, MIST, FJORD, SUN)
    canvas.shape([(270, 700), (340, 700), (620, 800), (1290, 700), (1360, 700), (640, 850)], SAND)
    _person(canvas, 760, 740, 100, FJORD, SAND)
    canvas.box(726, 730, 28, 66, DEEP, 8)
    canvas.box(768, 730, 28, 66, DEEP, 8)
    canvas.box(822, 730, 92, 66, BRICK, 10)
    canvas.line([(848, 730), (848, 712), (888, 712), (888, 730)], DEEP, 8)
    _tree(canvas, 560, 720, 170, GRASS)
    _tree(canvas, 1040, 720, 200, GRASS)


SCENES: dict[str, tuple[str, Callable[[Canvas], None]]] = {
    "square": ("#dbeaeb", _square),
    "circle": ("#dbeaeb", _circle),
    "river": (PALE, _river),
    "dawn": (SAND, _dawn),
    "kite": ("#dbeaeb", _kite),
    "houses": (TEAL, _houses),
    "table": (PALE, _table),
    "kitchen": (PALE, _kitchen),
    "stairs": (PALE, _stairs),
    "workshop": (PALE, _workshop),
    "bench": ("#dbeaeb", _bench),
    "harbour": (SAND, _harbour),
    "twohomes": ("#dbeaeb", _twohomes),
}
