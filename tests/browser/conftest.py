"""The demo municipality on the live server, for journeys in a real browser."""

import pytest
from django.core.management import call_command

from cms_blocks.pages.models import HomePage


@pytest.fixture
def demo(transactional_db: None) -> None:
    """The whole demo with its logins; before `browser_page`, which puts the site's address right."""
    call_command("load_demo", verbosity=0, with_logins=True)
    assert HomePage.objects.count() == 3
