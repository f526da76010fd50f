"""`load_demo` in a database of one's own: what it will not do."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import Page, Site

from cms_blocks.pages.models import HomePage
from directory.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def load(*options):
    out = StringIO()
    call_command("load_demo", *options, stdout=out)
    return out.getvalue()


def test_a_site_of_somebody_else_is_not_pushed_aside():
    site = Site.objects.get(is_default_site=True)
    site.root_page = Page.get_first_root_node().add_child(
        instance=HomePage(title="Vores kommune", slug="vores")
    )
    site.save()
    with pytest.raises(CommandError, match="Vores kommune"):
        load()
    assert not Entry.objects.exists()
