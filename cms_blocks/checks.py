"""System checks: what is wrong with the settings, and content that the settings no longer show."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.apps import AppConfig, apps
from django.conf import global_settings, settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.checks import Warning as Caution
from django.db import DatabaseError, connections, models, router, transaction
from wagtail.blocks import Block

from . import conf
from .blocks import TableBlock, VideoBlock
from .fields import ContentField, NotAStreamBlock, body_class, content_fields
from .kept import KEPT, stored_types
from .settings_keys import not_a_dictionary, unknown_keys
from .shadowing import foreign_search

_HOST = re.compile(r"(?:[a-z0-9-]+\.)+[a-z0-9-]+")


@register()
def check_search_is_ours(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """`wagtail start` makes a package named `search`, which hides Torv's."""
    theirs = foreign_search()
    if theirs is None:
        return []
    hint = "Remove the package 'search' that 'wagtail start' made, and its line in urls.py."
    return [
        Error(
            f"The app 'search' at {theirs} hides Torv's app of that name.", hint=hint, id="torv_blocks.E001"
        )
    ]


@register()
def check_settings(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    written = conf.given()
    if not isinstance(written, Mapping):
        return [not_a_dictionary(conf.NAME, id="torv_blocks.E003")]
    known = {field.name.upper(): type(field.default) for field in fields(conf.BlocksSettings)}
    wrong = {key: kind for key, kind in known.items() if key in written and not _is_a(written[key], kind)}
    return [
        *unknown_keys(conf.NAME, written, list(known), id="torv_blocks.E002"),
        *(
            Error(
                f"{conf.NAME}[{key!r}] is no {kind.__name__}.",
                hint=f"Give a {kind.__name__}.",
                id="torv_blocks.E003",
            )
            for key, kind in wrong.items()
        ),
    ]


def _is_a(value: object, kind: type) -> bool:
    """Python counts `True` among the numbers; whoever writes it for a limit means something else."""
    return isinstance(value, kind) and not (kind is int and isinstance(value, bool))


@register()
def check_nightly_hour(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    hour = conf.current().nightly_hour
    if type(hour) is not int or 0 <= hour <= 23:
        return []  # another type is named by `check_settings`
    message = f"{conf.NAME}['NIGHTLY_HOUR'] is {hour!r}, which is no hour of the day."
    return [Error(message, hint="Give a whole number from 0 to 23.", id="torv_blocks.E007")]


@register()
def check_time_zone(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """`wagtail start` writes UTC, and Django's own default is Chicago."""
    name = settings.TIME_ZONE
    year = datetime.now(UTC).year
    offsets = {datetime(year, month, 1, tzinfo=ZoneInfo(name)).utcoffset() for month in (1, 7)}
    if name != global_settings.TIME_ZONE and offsets != {timedelta(0)}:
        return []
    message = f"This site goes by the clock of {name}: opening hours, events and what is scheduled are off."
    hint = 'Set TIME_ZONE = "Europe/Copenhagen" or "Europe/Berlin".'
    return [Caution(message, hint=hint, id="torv_blocks.W046")]


@register()
def check_file_limits(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """A value of another type is named by `check_settings`."""
    given = {
        name: getattr(conf.current(), name)
        for name in ("file_megabytes", "file_pages", "file_characters", "file_seconds")
    }
    return [
        Error(
            f"{conf.NAME}[{name.upper()!r}] is {value!r}, so no file could be read for the search.",
            hint=f"Give a whole number from 1 on, such as {getattr(conf.BlocksSettings(), name)}.",
            id="torv_blocks.E009",
        )
        for name, value in given.items()
        if type(value) is int and value < 1
    ]


@register()
def check_body(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """The setting BODY must name a StreamBlock class that leaves the stand-in's name alone."""
    if not isinstance(conf.current().body, str):
        return []  # named by `check_settings`
    setting = f'{conf.NAME}["BODY"]'
    hint = 'Give the dotted path of a StreamBlock class, such as "cms_blocks.blocks.BodyBlock".'
    try:
        body = body_class()
    except ImportError as error:
        return [Error(f"{setting} cannot be imported: {error}.", hint=hint, id="torv_blocks.E004")]
    except NotAStreamBlock as error:
        return [
            Error(
                f"{setting} names {error}, which is no StreamBlock class.", hint=hint, id="torv_blocks.E005"
            )
        ]
    if KEPT in body.base_blocks:
        return [
            Error(
                f"{setting} has a block named {KEPT!r}, a name Torv keeps for itself.",
                hint="Give that block another name.",
                id="torv_blocks.E006",
            )
        ]
    return []


@register()
def check_table_app(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """The form of a table brings its scripts with an app of Wagtail's."""
    app = "wagtail.contrib.typed_table_block"
    if apps.is_installed(app) or not _offers(TableBlock):
        return []
    return [
        Error(
            "Editors are offered a table, whose form needs an app that is not installed.",
            hint=f'Add "{app}" to INSTALLED_APPS, or offer a stream with `table = None`.',
            id="torv_blocks.E008",
        )
    ]


@register()
def check_video_app(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Own videos are kept in a library of wagtailmedia's."""
    if apps.is_installed("wagtailmedia") or not _offers(VideoBlock):
        return []
    return [
        Error(
            "Editors are offered videos of their own, whose library is not installed.",
            hint='Add "wagtailmedia" to INSTALLED_APPS, or offer a stream with `video = None`.',
            id="torv_blocks.E031",
        )
    ]


def _offers(kind: type[Block]) -> bool:
    """Whether editors are offered such a block; not where BODY is wrong, which `check_body` names."""
    try:
        return any(isinstance(block, kind) for block in body_class().base_blocks.values())
    except (ImportError, NotAStreamBlock):
        return False


@register()
def check_video_hosts(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """They stand in the content security policy as they are."""
    hosts = conf.current().video_hosts
    if not isinstance(hosts, tuple):
        return []  # another type is named by `check_settings`
    return [
        Error(
            f"{conf.NAME}['VIDEO_HOSTS'] has {host!r}, which is no host.",
            hint='Give the name of the player\'s server alone, such as "player.vimeo.com".',
            id="torv_blocks.E030",
        )
        for host in hosts
        if not isinstance(host, str) or not _HOST.fullmatch(host)
    ]


@register()
def check_translation_settings(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    name = "WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE"
    if not apps.is_installed("wagtail_localize") or not getattr(settings, name, True):
        return []
    return [
        Caution(
            "A page sent for translation goes live at once, with the words of its source.",
            hint=f"Set {name} = False.",
            id="torv_blocks.W001",
        )
    ]


@register(Tags.database)
def check_stored_types(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Names stored block types that the setting lacks. Runs with `migrate` and `check --database`."""
    messages: list[CheckMessage] = []
    for field in _content_fields(app_configs):
        for alias in databases or ():
            missing = sorted(_missing_types(field, alias))
            if missing:
                messages.append(_not_offered(field, missing))
    return messages


def _not_offered(field: ContentField, types: Sequence[str]) -> CheckMessage:
    return Caution(
        f'{field.model._meta.label}.{field.name} holds blocks that {conf.NAME}["BODY"] does not offer: '
        f"{', '.join(types)}.",
        hint="It is kept, but readers do not see it. Offer these types again, or let editors remove them.",
        obj=field.model,
        id="torv_blocks.W002",
    )


def _content_fields(app_configs: Sequence[AppConfig] | None) -> Iterator[ContentField]:
    for app in app_configs if app_configs is not None else apps.get_app_configs():
        yield from content_fields(app.get_models())


def _missing_types(field: ContentField, alias: str) -> set[str]:
    """Of what is stored, what is not offered; nothing where the table is not there yet."""
    model = field.model
    if not router.allow_migrate_model(alias, model):
        return set()
    if model._meta.db_table not in connections[alias].introspection.table_names():
        return set()
    try:
        with transaction.atomic(using=alias):
            return _stored(field, alias) - set(field.stream_block.child_blocks)
    except DatabaseError:
        return set()  # migrations that add the column have not run


def _stored(field: ContentField, alias: str) -> set[str]:
    """Types in the rows and in the drafts that editors see."""
    rows = field.model._base_manager.using(alias)
    found: set[str] = set()
    for value in rows.values_list(field.name, flat=True).iterator():
        found.update(stored_types(value))
    for draft in _drafts(field.model, rows):
        found.update(stored_types(field.to_python(draft.get(field.name))))
    return found


def _drafts(model: type[models.Model], rows: "models.QuerySet[Any]") -> Iterator[dict[str, Any]]:
    if not any(field.name == "latest_revision" for field in model._meta.get_fields()):
        return iter(())
    drafts = rows.exclude(latest_revision=None).values_list("latest_revision__content", flat=True)
    return iter(drafts.iterator())
