"""The built assets: found by the manifest, missed by a system check, and complete."""

import json
import os
import re
from pathlib import Path

import pytest
from django.template import Context, Template
from django.test import override_settings

from cms_blocks import assets, checks_frame
from tests.cms_blocks.frame_site import built, not_built

ROOT = Path(__file__).resolve().parents[2]


def render(source: str) -> str:
    return Template("{% load torv_frame %}" + source).render(Context())


def test_manifest_gives_hashed_addresses(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    built(monkeypatch, tmp_path)

    assert assets.url("css") == "/static/torv_blocks/main-AAA.css"
    assert render('{% torv_asset "js" %}') == "/static/torv_blocks/main-BBB.js"
    assert assets.theme_url("marktbrueck") == "/static/torv_blocks/marktbrueck-EEE.css"
    assert assets.favicon_url() == "/static/torv_blocks/torvkoebing-icon-FFF.svg"


def test_new_build_is_seen_without_a_restart(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    built(monkeypatch, tmp_path)
    assert assets.url("css").endswith("main-AAA.css")

    built(monkeypatch, tmp_path, css="main-NEW.css")
    # The clock of a file system may be too coarse to tell two writes of one test apart.
    os.utime(assets.MANIFEST, ns=(1, 1))

    assert assets.url("css").endswith("main-NEW.css")


def test_pages_render_without_assets_and_the_check_says_so(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    not_built(monkeypatch, tmp_path)

    assert assets.url("css") == assets.theme_url() == render('{% torv_icon "menu" %}') == ""
    (error,) = checks_frame.check_assets()
    assert error.id == "torv_blocks.E020"
    assert "npm run build" in (error.hint or "")


def test_unknown_theme_is_an_error_that_names_the_choices(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    built(monkeypatch, tmp_path)

    with override_settings(TORV_BLOCKS={"THEME": "atlantis"}):
        (error,) = checks_frame.check_assets()

    assert error.id == "torv_blocks.E021"
    assert "marktbrueck, torvkoebing" in (error.hint or "")


def test_host_names_a_stylesheet_of_its_own_as_theme(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    built(monkeypatch, tmp_path)
    (tmp_path / "ourtown").mkdir()
    (tmp_path / "ourtown" / "theme.css").write_text(":root {}", encoding="utf-8")

    with override_settings(TORV_BLOCKS={"THEME": "ourtown/theme.css"}, STATICFILES_DIRS=[str(tmp_path)]):
        assert checks_frame.check_assets() == []
        assert assets.theme_url() == "/static/ourtown/theme.css"


def test_theme_that_editors_mistype_falls_back_to_the_setting(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    built(monkeypatch, tmp_path)

    assert assets.theme_url("atlantis").endswith("torvkoebing-DDD.css")


def test_icon_is_hidden_from_screen_readers(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    built(monkeypatch, tmp_path)

    icon = render('{% torv_icon "menu" %}')

    assert 'href="/static/torv_blocks/icons-CCC.svg#menu"' in icon
    assert 'aria-hidden="true"' in icon


def test_every_icon_that_templates_name_is_in_the_sprite() -> None:
    known = set(json.loads((ROOT / "frontend" / "icons.json").read_text(encoding="utf-8")))
    rooms = [ROOT / "cms_blocks", ROOT / "directory", ROOT / "search", ROOT / "site"]
    texts = [path.read_text(encoding="utf-8") for room in rooms for path in room.rglob("*.html")]
    named = {name for text in texts for name in re.findall(r'torv_icon "([^"]+)"', text)}

    assert named
    assert named <= known


def test_themes_set_only_custom_properties() -> None:
    themes = sorted((ROOT / "frontend" / "themes").glob("*.css"))

    assert [path.stem for path in themes] == ["marktbrueck", "torvkoebing"]
    for path in themes:
        rules = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        assert re.fullmatch(r"\s*:root \{(\s*--torv-[a-z-]+: [^;{}]+;)+\s*\}\s*", rules), path.name
