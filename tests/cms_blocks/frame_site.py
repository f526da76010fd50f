"""A small site in Danish and German, English without a page, for the tests of the frame."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from wagtail.models import Locale, Page, Site

from cms_blocks import assets
from cms_blocks.models import SiteFrame
from cms_blocks.pages.models import HomePage, StandardPage

MANIFEST: dict[str, Any] = {
    "css": "main-AAA.css",
    "js": "main-BBB.js",
    "icons": "icons-CCC.svg",
    "icon_names": ["menu", "search"],
    "themes": {"torvkoebing": "torvkoebing-DDD.css", "marktbrueck": "marktbrueck-EEE.css"},
    "favicons": {"torvkoebing": "torvkoebing-icon-FFF.svg"},
}


def built(monkeypatch: pytest.MonkeyPatch, folder: Path, **changes: Any) -> None:
    """A manifest of a build, so that the tests need no Node."""
    path = folder / "manifest.json"
    path.write_text(json.dumps({**MANIFEST, **changes}), encoding="utf-8")
    monkeypatch.setattr(assets, "MANIFEST", path)


def not_built(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    monkeypatch.setattr(assets, "MANIFEST", folder / "none.json")


class Town:
    """`home` and `about` in Danish, `home_de` and `about_de` their live German translations."""

    def __init__(self) -> None:
        self.da, self.de, self.en = (_locale(code) for code in ("da", "de", "en"))
        root = Page.objects.get(depth=1)
        for page in root.get_children():
            page.delete()
        root.refresh_from_db()
        self.home = root.add_child(instance=HomePage(title="Torvkøbing", slug="da", locale=self.da))
        self.site = self._site()
        self.about = self.page(self.home, "Om byen", "om-byen")
        self.home_de = self.translated(self.home, "Marktstadt")
        self.about_de = self.translated(self.about, "Über die Stadt")

    def _site(self) -> Site:
        Site.objects.all().delete()
        cache.clear()
        return Site.objects.create(
            hostname="testserver", root_page=self.home, is_default_site=True, site_name="Torvkøbing"
        )

    def page(self, parent: Page, title: str, slug: str, **values: Any) -> StandardPage:
        values = {"show_in_menus": True, **values}
        parent.refresh_from_db()
        page = StandardPage(title=title, slug=slug, locale=parent.locale, **values)
        added: StandardPage = parent.add_child(instance=page)
        return added

    def translated(self, page: Page, title: str, *, live: bool = True) -> Any:
        copy = page.copy_for_translation(self.de)
        copy.title, copy.live = title, live
        copy.save()
        cache.clear()
        return copy

    def settings(self, **values: Any) -> SiteFrame:
        row, _ = SiteFrame.objects.update_or_create(site=self.site, defaults=values)
        return row


def _locale(code: str) -> Locale:
    locale, _ = Locale.objects.get_or_create(language_code=code)
    return locale
