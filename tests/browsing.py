"""A real browser for tests: what it may not do, and the accessibility rules that a page must meet."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Page, Request, expect, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
RULES = ("wcag2a", "wcag2aa", "wcag21aa", "wcag22aa")
#: Pages of the browser's own window, which cost each test as much as the page it opens; after them what
#: Playwright turns off, as the last list counts alone.
_OFF = (
    *("WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "WebUIOmniboxFullPopup", "AimEnabled"),
    *("AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "HttpsUpgrades"),
    *("HttpsFirstBalancedModeAutoEnable", "LensOverlay", "MediaRouter", "PaintHolding", "OptimizationHints"),
    "ThirdPartyStoragePartitioning",
)
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    f"--disable-features={','.join(_OFF)}",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE *.localhost, EXCLUDE 127.0.0.1",
)

# What sticks to the edge of the window lies over parts that readers scroll to; axe takes those for too small.
UNSTUCK = """() => {
  for (const part of document.querySelectorAll("*"))
    if (getComputedStyle(part).position === "sticky") part.style.position = "static";
}"""


class Watch:
    """Notes what no page may do: errors in the console, CSP violations, requests to other hosts."""

    def __init__(self, page: Page, host: str) -> None:
        self.host = host
        self.problems: list[str] = []
        self.allowed: list[re.Pattern[str]] = []
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.problems.append(f"script error: {error}"))
        page.on("request", self._request)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error" or "Content Security Policy" in message.text:
            where = message.location.get("url", "")
            self.problems.append(f"console: {message.text} ({where})")

    def _request(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme not in {"data", "blob", "about"} and address.netloc != self.host:
            self.problems.append(f"request to another host: {request.url}")

    def allow(self, pattern: str) -> None:
        """Expect problems of this pattern, such as the console's line for an error page: `status of 404`."""
        self.allowed.append(re.compile(pattern))

    def unexpected(self) -> list[str]:
        return [line for line in self.problems if not any(allowed.search(line) for allowed in self.allowed)]


@contextmanager
def running_browser(program: str) -> Iterator[Browser]:
    expect.set_options(timeout=15_000)  # a page of the admin may take that long where much runs side by side
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(ARGUMENTS))
        yield browser
        browser.close()


@contextmanager
def watched_page(browser: Browser, address: str, *, width: int, height: int) -> Iterator[Page]:
    """A fresh page, relative addresses starting at `address`; `page.watch` holds its `Watch`."""
    context = browser.new_context(
        base_url=address, viewport={"width": width, "height": height}, locale="da-DK", reduced_motion="reduce"
    )
    page = context.new_page()
    page.set_default_timeout(15_000)
    watch = Watch(page, urlsplit(address).netloc)
    page.watch = watch  # type: ignore[attr-defined]
    yield page
    context.close()
    assert watch.unexpected() == []


@cache
def axe_source() -> str:
    return AXE.read_text(encoding="utf-8")


def accessibility_faults(page: Page, inside: str = "html") -> list[str]:
    """One line for each element, below those of the selector, that breaks a rule of WCAG 2.2 A or AA."""
    page.evaluate(axe_source())
    page.evaluate(UNSTUCK)
    options = {"runOnly": {"type": "tag", "values": list(RULES)}, "resultTypes": ["violations"]}
    result: dict[str, Any] = page.evaluate(
        "([inside, options]) => axe.run(inside === 'html' ? document : inside, options)", [inside, options]
    )
    return [
        f"{violation['id']}: {violation['help']}: {' '.join(map(str, node['target']))}: {node['html'][:160]}"
        for violation in result["violations"]
        for node in violation["nodes"]
    ]
