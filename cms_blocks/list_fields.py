"""Fields that hold several values of one fact in one column, edited as checkboxes or as lines."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.dateparse import parse_date
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    _CodesField = models.TextField[Any, list[str]]
    _DatesField = models.TextField[Any, list[date]]
else:
    _CodesField = _DatesField = models.TextField

UNKNOWN_CHOICE = _("“%(value)s” is not one of the choices.")
NO_DATE = _("“%(value)s” is not a date. Write one date on each line, such as 2026-12-24 or 24.12.2026.")


class ChoiceListField(_CodesField):
    """A list of codes, each once; in the database `,da,de,`, so that `holding` finds one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"default": list, "blank": True, **kwargs})

    def deconstruct(self) -> Any:
        """Without the choices: a new one is no change of the database."""
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("choices", None)
        return name, path, args, kwargs

    def from_db_value(self, value: str | None, *args: Any) -> list[str]:
        return self.to_python(value)

    def to_python(self, value: Any) -> list[str]:
        codes = value.split(",") if isinstance(value, str) else [str(code) for code in value or ()]
        return list(dict.fromkeys(code for code in codes if code))

    def get_prep_value(self, value: Any) -> str:
        codes = self.to_python(value)
        return f",{','.join(codes)}," if codes else ""

    def value_to_string(self, obj: Any) -> str:
        return self.get_prep_value(self.value_from_object(obj))

    def validate(self, value: Any, model_instance: Any) -> None:
        allowed = {str(code) for code, _label in self.choices or ()}
        for code in value:
            if code not in allowed:
                raise ValidationError(UNKNOWN_CHOICE, params={"value": code})
        if not value and not self.blank:
            raise ValidationError(self.error_messages["blank"], code="blank")

    def formfield(self, *args: Any, **kwargs: Any) -> Any:
        return forms.MultipleChoiceField(
            choices=lambda: list(self.choices or ()),
            widget=forms.CheckboxSelectMultiple,
            required=not self.blank,
            label=self.verbose_name,
            help_text=self.help_text,
        )


def holding(name: str, code: str) -> models.Q:
    """Rows whose list of codes in that field has this one."""
    return models.Q(**{f"{name}__contains": f",{code},"})


class DateListField(_DatesField):
    """A list of days, sorted, each once; one on each line in the form and in the database."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"default": list, "blank": True, **kwargs})

    def from_db_value(self, value: str | None, *args: Any) -> list[date]:
        return self.to_python(value)

    def to_python(self, value: Any) -> list[date]:
        words = value.replace(",", "\n").replace(";", "\n").split() if isinstance(value, str) else value or ()
        return sorted({_day(word) for word in words})

    def get_prep_value(self, value: Any) -> str:
        return "\n".join(day.isoformat() for day in self.to_python(value))

    def value_to_string(self, obj: Any) -> str:
        return self.get_prep_value(self.value_from_object(obj))

    def formfield(self, *args: Any, **kwargs: Any) -> Any:
        return DateListFormField(required=not self.blank, label=self.verbose_name, help_text=self.help_text)


class DateListFormField(forms.Field):
    """One date on each line."""

    widget = forms.Textarea(attrs={"rows": 3})

    def prepare_value(self, value: Any) -> str:
        if value is None or isinstance(value, str):
            return value or ""
        return "\n".join(day.isoformat() if isinstance(day, date) else str(day) for day in value)

    def to_python(self, value: Any) -> list[date]:
        return DateListField().to_python(value)

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return self.to_python(initial) != self.to_python(data)
        except ValidationError:
            return True


def _day(word: object) -> date:
    """A day as ISO or as Danes and Germans write it."""
    if isinstance(word, date):
        return word
    text = str(word)
    try:
        found = parse_date(text) or _european(text)
    except ValueError:
        found = None
    if found is None:
        raise ValidationError(NO_DATE, params={"value": text})
    return found


def _european(text: str) -> date | None:
    parts = text.replace("/", ".").replace("-", ".").rstrip(".").split(".")
    if len(parts) != 3 or not all(part.isdecimal() for part in parts) or len(parts[2]) != 4:
        return None
    day, month, year = map(int, parts)
    return date(year, month, day)
