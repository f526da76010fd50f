"""The install guide, followed to the letter in a site that `wagtail start` made."""

import ast
from typing import TypeGuard

import pytest
from reference.settings import base

from .conftest import BLOCK, GUIDE, Host

pytestmark = [pytest.mark.install, pytest.mark.timeout(600)]

VISIT = """
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from django.utils import translation
from wagtail.models import Locale, Page, Site, get_page_models
from cms_blocks.pages.models import HomePage

root = Page.objects.get(depth=1)
homes = [kind.__module__ for kind in get_page_models() if kind.__name__ == "HomePage"]
assert homes == ["cms_blocks.pages.models.home"]
assert [locale.language_code for locale in Locale.objects.all()] == ["da"]
home = root.add_child(instance=HomePage(title="Torvet", slug="torvet"))
site = Site.objects.get()
site.root_page = home
site.save()
get_user_model().objects.create_superuser("anna", "anna@example.org", "a long enough secret")
translation.activate("da")
reader, editor = Client(), Client()
editor.login(username="anna", password="a long enough secret")
read, written = [home.url, reverse("torv_search:results")], [f"/admin/pages/{home.pk}/edit/"]
for client, address in [(reader, url) for url in read] + [(editor, url) for url in written]:
    print("answer", client.get(address, headers={"host": "localhost"}).status_code, address)
"""


def test_a_site_that_follows_the_guide_checks_migrates_and_answers(host: Host) -> None:
    host.take_away_scaffold()
    host.follow_guide()
    assert "no issues" in host.manage("check")
    host.manage("migrate", "--verbosity", "0")
    host.manage("rebuild_search_index", "--verbosity", "0")
    assert "No changes detected" in host.manage("makemigrations", "--check", "--dry-run")
    printed = host.manage("shell", "--no-imports", "--command", VISIT)
    answers = [line.split()[1] for line in printed.splitlines() if line.startswith("answer")]
    assert answers == ["200", "200", "200"], printed


def test_the_guide_s_policy_names_what_the_reference_site_s_does() -> None:
    guide = next(BLOCK.finditer(GUIDE.read_text(encoding="utf-8")))["code"]
    given = {node.targets[-1].id: node.value for node in ast.walk(ast.parse(guide)) if is_setting(node)}
    policy = ast.literal_eval(given["CONTENT_SECURITY_POLICY"])["DIRECTIVES"]
    assert policy == base.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    same = ("WAGTAILDOCS_EXTENSIONS", "WAGTAIL_GRAVATAR_PROVIDER_URL", "WAGTAIL_ENABLE_UPDATE_CHECK")
    assert {name: ast.literal_eval(given[name]) for name in same} == {
        name: getattr(base, name) for name in same
    }


def is_setting(node: ast.AST) -> TypeGuard[ast.Assign]:
    return isinstance(node, ast.Assign) and isinstance(node.targets[-1], ast.Name)


def test_the_scaffold_left_in_place_is_named_by_the_checks(host: Host) -> None:
    host.follow_guide(steps=1)
    printed = host.manage("check", check=False)
    assert "torv_blocks.E001" in printed
    assert "torv_directory.E001" in printed
    assert "Remove the package 'search'" in printed


def test_the_content_app_works_without_directory_and_search(host: Host) -> None:
    host.take_away_scaffold()
    host.follow_guide()
    settings = host.folder / "mysite" / "settings" / "base.py"
    with settings.open("a", encoding="utf-8") as file:
        file.write('\nWITHOUT = {"directory.pages", "directory", "search"}\n')
        file.write("INSTALLED_APPS = [app for app in INSTALLED_APPS if app not in WITHOUT]\n")
        file.write('TORV_BLOCKS |= {"SEARCH_URL_NAME": "", "SUGGEST_URL_NAME": ""}\n')
        file.write('TORV_BLOCKS.pop("BODY")\n')
    urls = host.folder / "mysite" / "urls.py"
    lines = urls.read_text(encoding="utf-8").splitlines()
    left_out = ("search.urls", "search.service_urls", "directory.urls")
    kept = [line for line in lines if not any(name in line for name in left_out)]
    urls.write_text("\n".join(kept), encoding="utf-8")
    assert "no issues" in host.manage("check")
    host.manage("migrate", "--verbosity", "0")
