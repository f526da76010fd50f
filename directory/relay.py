"""The form by which readers write to an entry whose address is not shown. Nothing of it is kept."""

import logging
from smtplib import SMTPException
from typing import Any

from django import forms
from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cms_blocks.public_forms import PublicForm

from .contacts import relay_address
from .models import Entry

logger = logging.getLogger(__name__)


class ContactForm(PublicForm):
    purpose = "entry-contact"

    name = forms.CharField(
        label=_("Your name"),
        required=False,
        max_length=120,
        help_text=_("You need not give it."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=_("Your e-mail"), help_text=_("They answer to this address. We do not keep it.")
    )
    message = forms.CharField(
        label=_("Your message"), max_length=4000, widget=forms.Textarea(attrs={"rows": 8})
    )


def pass_on(form: ContactForm, entry: Entry) -> bool:
    """Sends it in the entry's own language; False where the mail could not be sent."""
    facts = entry.facts
    words: dict[str, Any] = form.cleaned_data
    with translation.override(facts.locale.language_code):
        message = EmailMessage(
            subject=gettext("Message to %(entry)s") % {"entry": " ".join(facts.name.split())},
            body="\n\n".join(filter(None, (words["message"], words["name"], words["email"]))),
            from_email=settings.DEFAULT_FROM_EMAIL,
            to=[relay_address(facts)],
            reply_to=[words["email"]],
        )
    try:
        message.send()
    except (OSError, SMTPException):
        # Neither the message nor an address: what failed is enough.
        logger.error("A message to entry %s could not be sent", facts.pk)
        return False
    return True
