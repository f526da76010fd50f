"""What an entry is."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class EntryKind(models.TextChoices):
    """What an entry is. The values are part of web addresses and of imported files."""

    SELF_HELP_GROUP = "self-help-group", _("Self-help group")
    COOPERATION_PARTNER = "co-operation-partner", _("Co-operation partner")
    CONTACT_POINT = "contact-point", _("Contact point")
    NETWORK = "network", _("Network")
