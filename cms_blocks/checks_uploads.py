"""System checks of what editors send: enough at once for a long page, and pictures that are whole."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, register
from django.core.checks import Warning as Caution

from .dotted import imported
from .image_forms import WholeImageForm

#: What a page of 300 blocks needs, with several fields each and texts as long as people paste them.
FIELDS, BYTES = 10_000, 10 * 1024 * 1024
_FORM = f"{WholeImageForm.__module__}.{WholeImageForm.__qualname__}"


@register()
def check_upload_limits(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Django's own limits refuse the form of a long page as a whole, with an error page."""
    wanted = {"DATA_UPLOAD_MAX_NUMBER_FIELDS": FIELDS, "DATA_UPLOAD_MAX_MEMORY_SIZE": BYTES}
    given = {name: getattr(settings, name) for name in wanted}
    return [
        Caution(
            f"{name} is {given[name]}, so a page with many blocks cannot be saved.",
            hint=f"Set it to {least} or more.",
            id="torv_blocks.W050",
        )
        for name, least in wanted.items()
        if given[name] is not None and not (isinstance(given[name], int) and given[name] >= least)
    ]


@register()
def check_image_form(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """A host's own form may extend Torv's."""
    name = getattr(settings, "WAGTAILIMAGES_IMAGE_FORM_BASE", "")
    message = "A picture that is cut off can be uploaded, and the admin's list of pictures then fails."
    try:
        form = imported(name) if name else None
    except ImportError as error:
        form, message = None, f"WAGTAILIMAGES_IMAGE_FORM_BASE cannot be imported: {error}."
    if isinstance(form, type) and issubclass(form, WholeImageForm):
        return []
    hint = f'Set WAGTAILIMAGES_IMAGE_FORM_BASE = "{_FORM}", or name a form that extends it.'
    return [Caution(message, hint=hint, id="torv_blocks.W051")]
