"""The form of a contact page, as citizens fill it in."""

from typing import Any

from django import forms
from django.utils.formats import localize
from django.utils.translation import gettext
from wagtail.contrib.forms.forms import FormBuilder

from .public_forms import ConfidentialForm


class ContactForm(ConfidentialForm):
    """Editors' fields with the protection of public forms."""

    purpose = "contact"

    def __init__(self, *args: Any, page: Any = None, user: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)  # `page` and `user` are given by Wagtail's form builder alone

    def answers(self) -> dict[str, Any]:
        return {field.name: self.cleaned_data[field.name] for field in self.asked_fields}

    def senders(self) -> list[str]:
        """The addresses that were written in fields for one."""
        fields = (field for field in self.asked_fields if isinstance(field.field, forms.EmailField))
        return [value for field in fields if (value := self.cleaned_data[field.name])]

    def as_words(self) -> str:
        return "\n".join(
            f"{field.label}: {_word(self.cleaned_data[field.name])}" for field in self.asked_fields
        )


def _word(value: Any) -> str:
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    return str(localize(value)) if value is not None else ""


class ContactFormBuilder(FormBuilder):
    def get_form_class(self) -> type[ContactForm]:
        return type("EditorsContactForm", (ContactForm,), dict(self.formfields))

    def create_date_field(self, field: Any, options: dict[str, Any]) -> forms.Field:
        return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **options)

    def create_multiline_field(self, field: Any, options: dict[str, Any]) -> forms.Field:
        return forms.CharField(widget=forms.Textarea(attrs={"rows": 6}), max_length=5000, **options)
