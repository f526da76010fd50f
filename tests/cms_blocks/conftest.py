from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.test import Client, override_settings
from django.utils import translation
from wagtail.admin.panels.model_utils import get_edit_handler

from cms_blocks.pages.models import HomePage, SectionPage, ServicePage, StandardPage
from tests.cms_blocks import factories


def forget_forms() -> None:
    """Edit forms are built once in a process and hold the blocks they were built with."""
    get_edit_handler.cache_clear()
    for model in (HomePage, SectionPage, ServicePage, StandardPage):
        model.get_edit_handler.cache_clear()


@contextmanager
def offering(path: str) -> Iterator[None]:
    """Another stream is named in the setting BODY."""
    with override_settings(TORV_BLOCKS={"BODY": path}):
        forget_forms()
        yield
    forget_forms()


@pytest.fixture
def english() -> Iterator[None]:
    """For tests that read messages: the words of the source, whatever the catalogues say."""
    with translation.override("en"):
        yield


@pytest.fixture
def admin_client(admin_client: Client) -> Client:
    """An administrator who reads English."""
    admin_client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return admin_client


@pytest.fixture
def quote_offered() -> Callable[[], Any]:
    return lambda: offering("tests.cms_blocks.bodies.WithQuote")


@pytest.fixture
def home(db: None) -> HomePage:
    for code in ("da", "de", "en"):
        factories.locale(code)
    return factories.home()
