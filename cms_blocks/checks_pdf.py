"""A system check: PDF files are offered, but cannot be made here."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, register
from django.core.checks import Warning as Caution

from . import conf, pdf


@register()
def check_pdf_library(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    if not conf.current().pdf or not (missing := pdf.missing_library()):
        return []
    message = f"{conf.NAME}['PDF'] is on, but no PDF can be made here: {missing}"
    hint = (
        "Install the extra wagtail-torv[pdf] and its library Pango (Debian: libpango-1.0-0, "
        "libpangoft2-1.0-0 and libharfbuzz-subset0), or set it to False. Until then there is no PDF."
    )
    return [Caution(message, hint=hint, id="torv_blocks.W045")]
