"""Child rows that several page types have."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.models import Orderable

from ..models import ContactPerson, LifeEvent, Topic


def topics_panel() -> InlinePanel:
    """The rows `topic_rows` in the form of a page."""
    return InlinePanel(
        "topic_rows",
        heading=_("Topics"),
        label=_("topic"),
        help_text=_("Readers can search and filter by them."),
    )


_EQUAL = _("Shown in this order, all of them on equal terms.")


def contacts_panel(help_text: Any = _EQUAL) -> InlinePanel:
    """The rows `contact_rows` in the form of a page."""
    return InlinePanel(
        "contact_rows", heading=_("Contact persons"), label=_("contact person"), help_text=help_text
    )


class TopicRow(Orderable):
    """A topic a page carries, always by its source row. The subclass adds the ParentalKey `page`."""

    topic = models.ForeignKey(Topic, verbose_name=_("topic"), on_delete=models.CASCADE, related_name="+")

    panels = [FieldPanel("topic")]

    class Meta(Orderable.Meta):
        abstract = True
        verbose_name = _("topic")
        verbose_name_plural = _("topics")

    def __str__(self) -> str:
        return str(self.topic)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.topic = self.topic.preferred
        super().save(*args, **kwargs)


class ContactRow(Orderable):
    """A contact person of a page, always by the source row. The subclass adds the ParentalKey `page`."""

    # A person in use cannot be deleted: the pages would lose their only contact unseen.
    person = models.ForeignKey(
        ContactPerson, verbose_name=_("contact person"), on_delete=models.PROTECT, related_name="+"
    )

    panels = [FieldPanel("person")]

    class Meta(Orderable.Meta):
        abstract = True
        verbose_name = _("contact person")
        verbose_name_plural = _("contact persons")

    def __str__(self) -> str:
        return str(self.person)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.person = self.person.facts
        super().save(*args, **kwargs)


class LifeEventRow(Orderable):
    """A life event a page belongs to, always by its source row. The subclass adds the ParentalKey `page`."""

    life_event = models.ForeignKey(
        LifeEvent, verbose_name=_("life event"), on_delete=models.CASCADE, related_name="+"
    )

    panels = [FieldPanel("life_event")]

    class Meta(Orderable.Meta):
        abstract = True
        verbose_name = _("life event")
        verbose_name_plural = _("life events")

    def __str__(self) -> str:
        return str(self.life_event)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.life_event = self.life_event.facts
        super().save(*args, **kwargs)
