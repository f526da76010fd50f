"""System checks of what public forms need."""

import re
from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.checks import Warning as Caution

from . import conf

#: Settings that count from 1.
NUMBERS = (
    "form_limit",
    "theme_names_kept_days",
    "contact_messages_kept_days",
    "feedback_text_kept_days",
    "pdf_limit",
)
_META_KEY = re.compile(r"HTTP_[A-Z0-9_]+|REMOTE_ADDR")
#: Caches that another process does not see, or that keep nothing.
_ALONE = ("locmem.LocMemCache", "dummy.DummyCache")


@register()
def check_form_settings(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    now = conf.current()
    messages: list[CheckMessage] = []
    if isinstance(now.form_cache, str) and now.form_cache not in settings.CACHES:
        message = f"{conf.NAME}['FORM_CACHE'] is {now.form_cache!r}, which is no cache of this site."
        hint = f"Name one of CACHES: {', '.join(settings.CACHES)}."
        messages.append(Error(message, hint=hint, id="torv_blocks.E040"))
    for name in NUMBERS:
        value = getattr(now, name)
        if type(value) is int and value < 1:
            message = f"{conf.NAME}[{name.upper()!r}] is {value!r}."
            messages.append(Error(message, hint="Give a whole number from 1 on.", id="torv_blocks.E041"))
    return messages


@register(Tags.security, deploy=True)
def check_sender(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Behind a proxy every request comes from the proxy."""
    header = conf.current().form_address_header
    if not isinstance(header, str):
        return []  # named by `check_settings`
    if header and not _META_KEY.fullmatch(header):
        message = f"{conf.NAME}['FORM_ADDRESS_HEADER'] is {header!r}, which is no key of request.META."
    elif not header and getattr(settings, "SECURE_PROXY_SSL_HEADER", None):
        message = "Behind a proxy the limit of public forms takes all senders for one."
    else:
        return []
    hint = f"Name in {conf.NAME}['FORM_ADDRESS_HEADER'] what the proxy writes: 'HTTP_X_FORWARDED_FOR'."
    return [Caution(message, hint=hint, id="torv_blocks.W043")]


@register(Tags.caches, deploy=True)
def check_form_cache_is_shared(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    name = conf.current().form_cache
    if not isinstance(name, str):
        return []  # named by `check_settings`
    cache = settings.CACHES.get(name, {})
    if not str(cache.get("BACKEND", "")).endswith(_ALONE):
        return []
    message = "The limit of public forms is counted by each process alone, or not at all."
    hint = f"Let {conf.NAME}['FORM_CACHE'] name a shared cache, such as Django's DatabaseCache."
    return [Caution(message, hint=hint, id="torv_blocks.W042")]
