"""The form of a contact page, as citizens fill it in."""

from typing import Any

from django import forms
from django.utils.formats import localize
from django.utils.translation import gettext, gettext_lazy
from wagtail.contrib.forms.forms import FormBuilder

from .private_words import has_person_number
from .public_forms import PublicForm


class ContactForm(PublicForm):
    """Editors' fields with the protection of public forms. A CPR number is asked about once."""

    purpose = "contact"
    sure = forms.BooleanField(required=False, label=gettext_lazy("Send it with the number"))

    def __init__(self, *args: Any, page: Any = None, user: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)  # `page` and `user` are given by Wagtail's form builder alone

    def clean(self) -> dict[str, Any]:
        for name, value in list(self.cleaned_data.items()):
            if name in ContactForm.base_fields or not isinstance(value, str) or not has_person_number(value):
                continue
            self.asks_if_sure = True
            if not self.cleaned_data.get("sure"):
                self.add_error(
                    name,
                    gettext(
                        "This looks like a CPR number. Take it out: we do not need it. If it must be there, "
                        "tick below and send again."
                    ),
                )
        return super().clean()

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
        fields = self.formfields
        for field in fields.values():
            if not isinstance(field.widget, forms.CheckboxInput):
                is_choice = isinstance(field.widget, forms.Select)
                field.widget.attrs["class"] = "form-select" if is_choice else "form-input"
        return type("EditorsContactForm", (ContactForm,), dict(fields))

    def create_date_field(self, field: Any, options: dict[str, Any]) -> forms.Field:
        return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **options)

    def create_multiline_field(self, field: Any, options: dict[str, Any]) -> forms.Field:
        return forms.CharField(widget=forms.Textarea(attrs={"rows": 6}), max_length=5000, **options)
