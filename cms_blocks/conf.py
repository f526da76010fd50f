"""The one door to the setting `TORV_BLOCKS`."""

from collections.abc import Mapping
from dataclasses import dataclass, fields

from django.conf import settings

NAME = "TORV_BLOCKS"


@dataclass(frozen=True, kw_only=True)
class BlocksSettings:
    """Keys of `TORV_BLOCKS` in lower case, with their defaults; docs/reference/settings.md explains each."""

    body: str = "cms_blocks.blocks.BodyBlock"
    theme: str = "torvkoebing"
    country: str = "DK"
    search_url_name: str = "torv_search:results"
    suggest_url_name: str = "torv_search_services:suggest"
    accessibility_statement_url: str = ""
    was_redirect_url: str = ""
    nightly_hour: int = 3
    quick_exit_url: str = "https://www.wikipedia.org/"
    sensitive_open_data: bool = False
    form_cache: str = "default"
    form_limit: int = 20
    form_address_header: str = ""
    theme_names_kept_days: int = 30
    contact_messages_kept_days: int = 90
    video_hosts: tuple[str, ...] = ("www.youtube-nocookie.com", "player.vimeo.com")
    file_megabytes: int = 20
    file_pages: int = 100
    file_characters: int = 120_000
    file_seconds: int = 20
    feedback: bool = True
    feedback_text_kept_days: int = 180
    pdf: bool = False
    pdf_limit: int = 60


def given() -> object:
    """What the host wrote, untouched: a system check says where it is no dictionary."""
    return getattr(settings, NAME, {})


def current() -> BlocksSettings:
    """The settings in force; read anew each time, so `override_settings` works."""
    written = given()
    if not isinstance(written, Mapping):
        return BlocksSettings()
    keys = {field.name: field.name.upper() for field in fields(BlocksSettings)}
    return BlocksSettings(**{name: written[key] for name, key in keys.items() if key in written})
