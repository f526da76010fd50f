"""“Was this page useful?”: where it is asked, the form, and what is deleted."""

from datetime import timedelta
from typing import Any

from django import forms
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.text import get_text_list
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from . import conf
from .models import FeedbackReason, PageFeedback, SiteFrame
from .models.page_feedback import MAX_TEXT
from .private_words import private_in
from .public_forms import PublicForm

#: The two answers, as they stand in the form's address.
YES, NO = "yes", "no"


class FeedbackForm(PublicForm):
    """Nothing private may stay in the text: it is not needed, and nobody could answer."""

    purpose = "feedback"
    # Many people share the address of a library or a town hall.
    limit_times = 5

    reason = forms.ChoiceField(
        label=_("What was missing?"),
        required=False,
        choices=[("", _("Choose a reason")), *FeedbackReason.choices],
    )
    text = forms.CharField(
        label=_("Tell us more"),
        max_length=MAX_TEXT,
        required=False,
        help_text=_(
            "Do not write names, numbers or addresses of people. We cannot answer: please call us if you "
            "need an answer."
        ),
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, data: Any = None, *, request: HttpRequest, is_useful: bool) -> None:
        super().__init__(data, request=request)
        self.is_useful = is_useful
        if is_useful:
            del self.fields["reason"]

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        if found := private_in(text):
            what = get_text_list([str(one) for one in found], gettext("and"))
            raise forms.ValidationError(
                gettext("This looks like %(what)s. Please take it out: we keep nothing about persons.")
                % {"what": what}
            )
        return text

    def save(self, page: Page) -> PageFeedback:
        return PageFeedback.objects.create(
            page=page,
            is_useful=self.is_useful,
            reason=self.cleaned_data.get("reason", ""),
            text=self.cleaned_data["text"],
        )


def form_url(page: Page) -> str:
    """Where readers of the page answer; empty where the host does not include Torv's addresses."""
    try:
        return reverse("torv_blocks:feedback", args=[page.pk])
    except NoReverseMatch:
        return ""


def is_asked(page: Any, settings_row: SiteFrame | None) -> bool:
    """Whether readers of this published page are asked. One query at most."""
    if not (conf.current().feedback and getattr(page, "asks_feedback", False) and page.live):
        return False
    rows = settings_row.quiet_sections.select_related("section") if settings_row else ()
    return not any(page.path.startswith(row.section.path) for row in rows)


def delete_old_texts() -> int:
    """The counts stay; the words are read by then."""
    end = timezone.localdate() - timedelta(days=conf.current().feedback_text_kept_days)
    return PageFeedback.objects.filter(given_on__lt=end).exclude(text="").update(text="")
