"""What can be wrong with a host's fields."""

from collections import Counter
from collections.abc import Iterator

from django.core.checks import CheckMessage, Error
from django.core.exceptions import FieldDoesNotExist
from django.template import TemplateDoesNotExist
from django.template.loader import get_template

from . import host_fields
from .facets import built_in_parameters
from .host_fields import HostFields
from .imports.columns import COLUMNS, FACET
from .models import EntryKind


def faults() -> Iterator[CheckMessage]:
    registered = host_fields.registered()
    for fields in registered:
        yield from _key(fields)
        yield from _kinds(fields)
        yield from _fields_of_columns(fields)
        yield from _template(fields)
    yield from _taken_columns(registered)
    yield from _taken_facets(registered)


def _key(fields: HostFields) -> Iterator[CheckMessage]:
    if not fields.is_sound:
        message = f"The host's model {fields.model._meta.label} is no child of the directory's entry."
        hint = "Give it one ParentalKey to Entry, and in Meta a UniqueConstraint on that field alone."
        yield Error(message, hint=hint, id="torv_directory.E020")


def _kinds(fields: HostFields) -> Iterator[CheckMessage]:
    for kind in fields.kinds:
        if kind not in EntryKind.values:
            message = (
                f"The host's fields {fields.model._meta.label} name {kind!r}, which is no kind of entry."
            )
            yield Error(message, hint=f"Known are {', '.join(EntryKind.values)}.", id="torv_directory.E021")


def _fields_of_columns(fields: HostFields) -> Iterator[CheckMessage]:
    for column in fields.columns:
        try:
            fields.model._meta.get_field(column.field_name)
        except FieldDoesNotExist:
            message = (
                f"The column {column.name!r} fills {fields.model._meta.label}.{column.field_name}, "
                "which does not exist."
            )
            hint = "Name the model's field with HostColumn(field=…)."
            yield Error(message, hint=hint, id="torv_directory.E022")


def _template(fields: HostFields) -> Iterator[CheckMessage]:
    if fields.template:
        try:
            get_template(fields.template)
        except TemplateDoesNotExist:
            message = f"The host's fields {fields.model._meta.label} name a template that does not exist."
            hint = f"Make {fields.template!r} in a folder of templates, or leave HostFields(template=…) out."
            yield Error(message, hint=hint, id="torv_directory.E023")


def _taken_columns(registered: tuple[HostFields, ...]) -> Iterator[CheckMessage]:
    own = [column.name for fields in registered for column in fields.columns]
    built_in = {column.name for column in COLUMNS}
    for name, times in Counter(own).items():
        if times > 1 or name in built_in or name.startswith(FACET) or name != name.strip().lower():
            message = f"The host's column {name!r} cannot be told from another one."
            hint = "Choose a name in lower case that no other column has, such as one that begins with yours."
            yield Error(message, hint=hint, id="torv_directory.E024")


def _taken_facets(registered: tuple[HostFields, ...]) -> Iterator[CheckMessage]:
    own = [each.facet.name for fields in registered for each in fields.facets]
    built_in = built_in_parameters()
    for name, times in Counter(own).items():
        if times > 1 or name in built_in or len(name) > 40:
            message = f"The host's facet {name!r} cannot be told from another parameter of the address."
            hint = "Choose a name of 40 characters at most that no other facet has."
            yield Error(message, hint=hint, id="torv_directory.E025")
