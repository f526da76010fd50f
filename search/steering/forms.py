"""The forms of the steering: what is missing or wrong is said beside the field."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm

from .. import registry
from ..models import Promotion, SearchDocument
from .chooser import result_chooser


def facet_choices() -> list[tuple[str, Any]]:
    """No filter, or one that an app registers."""
    return [("", "---------"), *((facet.name, facet.label) for facet in registry.facets())]


class PromotionForm(WagtailAdminModelForm):
    """The result is chosen from the index; the promotion keeps its key, which outlives a withdrawal."""

    facet = forms.ChoiceField(
        label=gettext_lazy("Filter"),
        choices=facet_choices,
        required=False,
        help_text=gettext_lazy("For readers who have chosen this filter and typed nothing."),
    )
    result = forms.ModelChoiceField(
        label=gettext_lazy("Result"),
        queryset=SearchDocument.objects.all(),
        widget=result_chooser.widget_class,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        target = self._target(self.instance.locale)
        self.fields["result"].initial = target
        if target is None and self.instance.pk:
            self.fields["result"].help_text = _(
                "The chosen result is not public at the moment. It counts again as soon as it is."
            )

    def _target(self, locale: str) -> SearchDocument | None:
        keys = {"searchable": self.instance.searchable, "object_key": self.instance.object_key}
        return SearchDocument.objects.filter(locale=locale, **keys).first()

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        self._take_result(cleaned.get("result"), cleaned.get("locale", ""))
        self._check_value(cleaned.get("facet", ""), cleaned.get("value", ""), cleaned.get("locale", ""))
        return cleaned

    def _take_result(self, result: SearchDocument | None, locale: str) -> None:
        if result is not None:
            self.instance.searchable, self.instance.object_key = result.searchable, result.object_key
            if locale and self._target(locale) is None:
                self.add_error("result", _("This result does not exist in that language."))
        elif not self.instance.object_key and "result" not in self.errors:
            self.add_error("result", _("Choose the result."))

    def _check_value(self, name: str, value: str, locale: str) -> None:
        """A slug that nothing has, or a name in its place, would do nothing at all."""
        if name and value and locale:
            (facet,) = registry.facets([name])
            if value not in facet.labels([value], locale):
                self.add_error("value", _("The filter has no such choice."))

    class Meta:
        model = Promotion
        fields: list[str] = []
