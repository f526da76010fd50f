"""The built stylesheets, scripts and icons, by the manifest that `npm run build` writes."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.templatetags.static import static

from . import conf

FOLDER = "torv_blocks"
MANIFEST = Path(__file__).resolve().parent / "static" / FOLDER / "manifest.json"


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """File names below `static/torv_blocks/`; `themes` and `favicons` map a theme's name to its files."""

    css: str = ""
    js: str = ""
    map_css: str = ""
    map_js: str = ""
    position_css: str = ""
    position_js: str = ""
    icons: str = ""
    icon_names: tuple[str, ...] = ()
    themes: Mapping[str, str] = field(default_factory=dict)
    favicons: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_built(self) -> bool:
        return bool(self.css and self.js and self.icons)


def manifest() -> Manifest:
    """What was built last; an empty manifest, never an error, where nothing was (a system check says so)."""
    try:
        changed = MANIFEST.stat().st_mtime_ns
    except OSError:
        return Manifest()
    return _read(MANIFEST, changed)


@lru_cache(maxsize=4)
def _read(path: Path, changed: int) -> Manifest:
    """`changed` belongs to the key, so that a new build is seen without a restart."""
    content = json.loads(path.read_text(encoding="utf-8"))
    content["icon_names"] = tuple(content["icon_names"])
    return Manifest(**content)


def url(kind: str) -> str:
    """The address of one of the files that the manifest names; empty where the assets are not built."""
    name = getattr(manifest(), kind)
    return static(f"{FOLDER}/{name}") if name else ""


def theme_file(theme: str) -> str | None:
    """The static path of a theme: a name from the build, or a host's own stylesheet, `folder/name.css`."""
    built = manifest().themes.get(theme)
    if built:
        return f"{FOLDER}/{built}"
    return theme if theme.endswith(".css") and _exists(theme) else None


@lru_cache(maxsize=32)
def _exists(path: str) -> bool:
    return finders.find(path) is not None


def theme_url(theme: str = "") -> str:
    """The address of that theme's stylesheet, else of the theme in the settings, else nothing."""
    path = (theme_file(theme) if theme else None) or theme_file(conf.current().theme)
    return static(path) if path else ""


def favicon_url(theme: str = "") -> str:
    """The icon of that theme, else of the theme in the settings; empty for a host's own stylesheet."""
    chosen = theme if theme and theme_file(theme) else conf.current().theme
    name = manifest().favicons.get(chosen)
    return static(f"{FOLDER}/{name}") if name else ""
