"""The README's pictures from a running demo: `python -m scripts.pictures http://localhost:8000`.

Needs Playwright, Pillow and Chromium: `make test` installs them.
"""

import sys
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, ViewportSize, sync_playwright

from .common import ROOT, say, stop
from .services import chromium

FOLDER = ROOT / "docs" / "pictures"
PAGES = {"home": "/da/", "directory": "/da/vejviser/"}
WIDTH, HEIGHT = 1280, 900
SHOWN_WIDTH = 800
COLOURS = 96
LIMIT = 80_000  # bytes


def small(screenshot: bytes) -> bytes:
    """The picture scaled down, with few colours: enough for a README."""
    picture = Image.open(BytesIO(screenshot)).convert("RGB")
    height = round(picture.height * SHOWN_WIDTH / picture.width)
    scaled = picture.resize((SHOWN_WIDTH, height), Image.Resampling.LANCZOS)
    written = BytesIO()
    scaled.quantize(COLOURS, dither=Image.Dither.NONE).save(written, "PNG", optimize=True)
    return written.getvalue()


def take(page: Page, address: str, target: Path) -> None:
    answer = page.goto(address)
    if answer is None or not answer.ok:
        stop(f"{address} did not answer. Start `make demo` first, or give its address.")
    content = small(page.screenshot())
    if len(content) > LIMIT:
        stop(f"{target.name} has {len(content)} bytes, more than {LIMIT}.")
    target.write_bytes(content)
    say(f"{target.relative_to(ROOT)}: {len(content)} bytes")


def main(address: str) -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium(), args=["--no-sandbox", "--disable-gpu"]
        )
        view: ViewportSize = {"width": WIDTH, "height": HEIGHT}
        page = browser.new_page(viewport=view, locale="da-DK", reduced_motion="reduce")
        for name, path in PAGES.items():
            take(page, address.rstrip("/") + path, FOLDER / f"{name}.png")
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "http://localhost:8000")
