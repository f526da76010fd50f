"""Where documents lie: what is near a point, found without asking the database.

Documents that share a position are kept together, and positions in squares: a square that lies wholly within
the radius counts as a whole, so that only those at the rim are looked at one by one.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from heapq import heappop, heappush
from itertools import chain, compress, repeat
from math import acos, asin, cos, floor, hypot, inf, radians, sin, sqrt
from operator import add, itemgetter, mul

from pyroaring import BitMap

#: Latitude and longitude in degrees.
Position = tuple[float, float]
#: A position as a unit vector from the middle of the earth.
Vector = tuple[float, float, float]

#: Its south-western corner, in sides of squares.
Square = tuple[int, int]

_EARTH_RADIUS_KM = 6371.0088
#: Side of a square in degrees.
_SQUARE = 0.05
_HALF_DIAGONAL_KM = hypot(_SQUARE, _SQUARE) / 2 * radians(1) * _EARTH_RADIUS_KM


def distance_km(one: Position, other: Position) -> float:
    """Along the surface, as the crow flies."""
    lat_1, lat_2 = radians(one[0]), radians(other[0])
    half_lat, half_lon = (lat_2 - lat_1) / 2, radians(other[1] - one[1]) / 2
    chord = sin(half_lat) ** 2 + cos(lat_1) * cos(lat_2) * sin(half_lon) ** 2
    return 2 * _EARTH_RADIUS_KM * asin(sqrt(min(1.0, chord)))


def nearest_km(here: Position, positions: Iterable[Position]) -> float | None:
    """To the nearest of these; None where there is none."""
    return min((distance_km(here, position) for position in positions), default=None)


def positions_of(
    latitude: float | None, longitude: float | None, others: Sequence[Sequence[float]]
) -> tuple[Position, ...]:
    """All positions of a document as it is stored."""
    if latitude is None or longitude is None:
        return ()
    return ((latitude, longitude), *((each[0], each[1]) for each in others))


def _vector(position: Position) -> Vector:
    lat, lon = radians(position[0]), radians(position[1])
    return cos(lat) * cos(lon), cos(lat) * sin(lon), sin(lat)


class _Positions(dict[Vector, BitMap]):
    """The documents of a square by position: never changed, only replaced."""

    @cached_property
    def together(self) -> BitMap:
        return BitMap.union(BitMap(), *self.values())

    @cached_property
    def columns(self) -> tuple[tuple[float, ...], ...]:
        """All x, all y and all z."""
        return tuple(zip(*self, strict=True))

    def within(self, here: Vector, nearness: float) -> Iterator[BitMap]:
        """Those whose product with this vector is so large; columns as a whole, as there are many."""
        x, y, z = (map(mul, column, repeat(value)) for column, value in zip(self.columns, here, strict=True))
        return compress(self.values(), map(nearness.__le__, map(add, map(add, x, y), z)))

    def without(self, gone: BitMap) -> "_Positions":
        """Positions without these documents; the very same where none of them is there."""
        met = [vector for vector, documents in self.items() if documents.intersect(gone)]
        return _Positions(self | {vector: self[vector] - gone for vector in met}) if met else self


@dataclass
class Geography:
    """Documents by square and position; positions as vectors, whose product tells how near they are."""

    squares: dict[Square, _Positions] = field(default_factory=dict)

    def add(self, documents: Iterable[tuple[int, Iterable[Position]]]) -> None:
        """Documents with their positions. What a copy may share is replaced, not changed."""
        new: dict[Square, dict[Vector, BitMap]] = defaultdict(lambda: defaultdict(BitMap))
        for document_id, positions in documents:
            for position in positions:
                square = (floor(position[0] / _SQUARE), floor(position[1] / _SQUARE))
                new[square][_vector(position)].add(document_id)
        for square, added in new.items():
            known: dict[Vector, BitMap] = self.squares.get(square, _Positions())
            for vector in added.keys() & known.keys():
                added[vector] |= known[vector]
            self.squares[square] = _Positions(known | added)

    def without(self, gone: BitMap) -> "Geography":
        """A copy without these documents."""
        return Geography({square: positions.without(gone) for square, positions in self.squares.items()})

    def within(self, here: Position, radius_km: float) -> BitMap:
        """Documents with a position not farther away than this."""
        vector, nearness = _vector(here), cos(radius_km / _EARTH_RADIUS_KM)
        found: list[BitMap] = []
        for away, positions in self._by_square(here):
            if away + 2 * _HALF_DIAGONAL_KM <= radius_km:
                found.append(positions.together)
            elif away <= radius_km:
                found.extend(positions.within(vector, nearness))
            else:
                break
        return BitMap.union(BitMap(), *found)

    def by_distance(self, here: Position, documents: BitMap) -> Iterator[int]:
        """Those of the documents that have a position, nearest first; at the same distance by id.

        Squares are opened as they come near enough, so that a first page costs little.
        """
        x, y, z = _vector(here)
        seen = BitMap()
        waiting: list[tuple[float, Vector, BitMap]] = []
        for away, positions in chain(self._by_square(here), [(inf, _Positions())]):
            while waiting and (away == inf or -waiting[0][0] > cos(away / _EARTH_RADIUS_KM)):
                new = (heappop(waiting)[2] & documents) - seen
                yield from new
                seen |= new
            for (px, py, pz), members in positions.items():
                heappush(waiting, (-(x * px + y * py + z * pz), (px, py, pz), members))

    def _by_square(self, here: Position) -> Iterator[tuple[float, _Positions]]:
        """Each square's positions with the least distance in km that one of them can have, nearest first."""
        x, y, z = _vector(here)
        squares = (
            (x * px + y * py + z * pz, positions)
            for (px, py, pz), positions in zip(map(_middle, self.squares), self.squares.values(), strict=True)
        )
        for product, positions in sorted(squares, key=itemgetter(0), reverse=True):
            away = acos(min(product, 1.0)) * _EARTH_RADIUS_KM
            yield max(0.0, away - _HALF_DIAGONAL_KM), positions


@lru_cache(100_000)
def _middle(square: Square) -> Vector:
    return _vector(((square[0] + 0.5) * _SQUARE, (square[1] + 0.5) * _SQUARE))
