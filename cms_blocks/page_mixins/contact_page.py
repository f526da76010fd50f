"""A page with a form of the editors' own, sent to the municipality.

The site needs `wagtail.contrib.forms`, whose admin shows what was sent; so this module is not imported
by `cms_blocks.page_mixins` itself.
"""

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.contrib.forms.forms import WagtailAdminFormPageForm
from wagtail.contrib.forms.models import AbstractFormField, FormMixin, validate_to_address
from wagtail.models import TranslatableMixin
from wagtail_localize.fields import SynchronizedField

from .. import conf, references
from ..contact_forms import ContactForm, ContactFormBuilder
from .article import ArticlePageMixin, rich_text, top_panels
from .publishing import PublishingForm
from .rows import contacts_panel, topics_panel

logger = logging.getLogger(__name__)


class ContactPageForm(PublishingForm, WagtailAdminFormPageForm):
    """Publishing rules, and no two fields of one name."""


class ContactPageMixin(FormMixin, ArticlePageMixin):
    """Needs the child rows `form_fields` (of `ContactFormFieldRow`), `contact_rows` and `topic_rows`."""

    torv_template = "torv_pages/contact_page.html"
    asks_feedback = False
    search_kind = "contact"
    kind_label = _("Contact")
    schema_type = "ContactPage"
    base_form_class = ContactPageForm
    form_builder = ContactFormBuilder
    #: What the view of the form's address looks for.
    receives_form = True
    #: Not FormMixin's: the words of thanks stand on the page itself.
    preview_modes = [("", _("Default"))]
    landing_page_template = ""

    form_heading = models.CharField(_("heading of the form"), max_length=120, blank=True)
    to_address = models.CharField(
        _("send to"),
        max_length=255,
        blank=True,
        validators=[validate_to_address],
        help_text=_("E-mail addresses with commas between them. Messages are kept in the admin as well."),
    )
    thank_you = rich_text(_("words of thanks"), _("Shown when the form has been sent. Say when you answer."))

    content_panels = [
        *top_panels,
        FieldPanel("body"),
        contacts_panel(),
        MultiFieldPanel(
            [FieldPanel("form_heading"), FieldPanel("to_address"), FieldPanel("thank_you")],
            heading=_("Form"),
        ),
        InlinePanel(
            "form_fields",
            heading=_("Fields of the form"),
            label=_("field"),
            help_text=_("Ask only for what you need to answer. Never ask for a CPR number."),
        ),
        topics_panel(),
    ]
    override_translatable_fields = [SynchronizedField("to_address", overridable=True)]

    class Meta:
        abstract = True

    if TYPE_CHECKING:
        pk: int
        title: str
        form_fields: Any
        get_url: Callable[[HttpRequest], str | None]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context(request, *args, **kwargs),
            "contacts": references.contacts(self),
            "kept_days": conf.current().contact_messages_kept_days,
            "form_address": reverse("torv_blocks:contact_form", args=[self.pk]) if self.pk else "",
            "is_sent": "sent" in request.GET,
        }

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, Any]:
        return {**self.get_context(request), "form": self._form(request)}

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self._answer(request, self._form(request))

    def receive(self, request: HttpRequest) -> HttpResponse:
        """What was sent to the form's own address: kept and mailed, or shown again with what is wrong."""
        form = self._form(request, request.POST)
        if form is None or not form.is_valid():
            return self._answer(request, form)
        submission = self.process_form_submission(form)
        self._mail(form, submission)
        return HttpResponseRedirect(f"{self.get_url(request)}?sent=1#sent")

    def process_form_submission(self, form: ContactForm) -> Any:
        """Without the parts of the protection."""
        return self.get_submission_class().objects.create(form_data=form.answers(), page=self)

    def _form(self, request: HttpRequest, data: Any = None) -> ContactForm | None:
        """None where the editors have made no fields: then the page has persons to call alone."""
        if not self.form_fields.exists():
            return None
        form: ContactForm = self.get_form(data, request=request)
        return form

    def _answer(self, request: HttpRequest, form: ContactForm | None) -> HttpResponse:
        context = {**self.get_context(request), "form": form}
        response = TemplateResponse(request, self.get_template(request), context)
        add_never_cache_headers(response)
        return response

    def _mail(self, form: ContactForm, submission: Any) -> None:
        """The message is kept already: a mail server that is away loses nothing."""
        addresses = [address.strip() for address in self.to_address.split(",") if address.strip()]
        if not addresses:
            return
        mail = EmailMessage(self.title, form.as_words(), to=addresses, reply_to=form.senders())
        try:
            mail.send()
        except Exception:  # whatever the mail server says, the citizen's message has arrived
            logger.exception("Message %s of the contact page %s could not be mailed", submission.pk, self.pk)

    def publishing_gaps(self, has_rows: Callable[[str], bool] | None = None) -> dict[str, Any]:
        gaps = super().publishing_gaps(has_rows)
        has_rows = has_rows or self.has_rows
        if not (has_rows("form_fields") or has_rows("contact_rows")):
            gaps["form_fields"] = _("Before publishing, choose a contact person or make a form.")
        return gaps


class ContactFormFieldRow(TranslatableMixin, AbstractFormField):
    """A field of the form. The subclass adds the ParentalKey `page`."""

    TYPES = [
        ("singleline", _("One line of text")),
        ("multiline", _("Several lines of text")),
        ("email", _("E-mail address")),
        ("number", _("Number")),
        ("date", _("Date")),
        ("dropdown", _("Choice from a list")),
        ("checkbox", _("Box to tick")),
    ]

    field_type = models.CharField(_("sort of field"), max_length=16, choices=TYPES)
    field_type.required_on_save = True  # type: ignore[attr-defined]  # Wagtail's preview needs it

    override_translatable_fields = [
        SynchronizedField("clean_name", overridable=False),
        SynchronizedField("field_type", overridable=False),
        SynchronizedField("required", overridable=False),
    ]

    class Meta(TranslatableMixin.Meta, AbstractFormField.Meta):
        abstract = True
        verbose_name = _("field")
        verbose_name_plural = _("fields")

    def __str__(self) -> str:
        return self.label

    def clean(self) -> None:
        super().clean()
        if self.get_field_clean_name() in ContactForm.base_fields:
            raise ValidationError({"label": _("This word is taken by the form itself. Choose another.")})
        if self.field_type == "dropdown" and not self.choices.strip():
            raise ValidationError({"choices": _("Give the choices, one a line.")})
