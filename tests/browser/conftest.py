"""The demo municipality on the live server, for journeys in a real browser."""

from pathlib import Path

import pytest

from cms_blocks.pages.models import HomePage
from tests import loaded_demo


@pytest.fixture
def demo(transactional_db: None, demo_folder: Path) -> None:
    """The whole demo with its logins; before `browser_page`, which puts the site's address right."""
    loaded_demo.put_in_place(demo_folder)
    assert HomePage.objects.count() == 3
