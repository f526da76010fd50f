"""Events, series of meetings with their editions, and the page that lists them."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from ...page_mixins import (
    AudienceRow,
    ContactRow,
    EventEditionPageMixin,
    EventIndexPageMixin,
    EventPageMixin,
    EventScheduleRow,
    EventSeriesPageMixin,
    ProgrammeRow,
    TopicRow,
    ValueRow,
)
from .base import TorvPage


class EventPage(EventPageMixin, TorvPage):
    page_description = _("A meeting, a course or a lecture: on one date, or again and again.")

    class Meta:
        verbose_name = _("event page")
        verbose_name_plural = _("event pages")


class EventPageSchedule(EventScheduleRow):
    page = ParentalKey(EventPage, on_delete=models.CASCADE, related_name="schedules")

    class Meta(EventScheduleRow.Meta):
        abstract = False


class EventPageTopic(TopicRow):
    page = ParentalKey(EventPage, on_delete=models.CASCADE, related_name="topic_rows")

    class Meta(TopicRow.Meta):
        abstract = False


class EventPageContact(ContactRow):
    page = ParentalKey(EventPage, on_delete=models.CASCADE, related_name="contact_rows")

    class Meta(ContactRow.Meta):
        abstract = False


class EventSeriesPage(EventSeriesPageMixin, TorvPage):
    page_description = _("A meeting that is held again and again, with a page for each time.")
    subpage_types = ["torv_pages.EventEditionPage"]

    class Meta:
        verbose_name = _("series of meetings")
        verbose_name_plural = _("series of meetings")


class EventSeriesPageValue(ValueRow):
    page = ParentalKey(EventSeriesPage, on_delete=models.CASCADE, related_name="value_rows")

    class Meta(ValueRow.Meta):
        abstract = False


class EventSeriesPageAudience(AudienceRow):
    page = ParentalKey(EventSeriesPage, on_delete=models.CASCADE, related_name="audience_rows")

    class Meta(AudienceRow.Meta):
        abstract = False


class EventSeriesPageTopic(TopicRow):
    page = ParentalKey(EventSeriesPage, on_delete=models.CASCADE, related_name="topic_rows")

    class Meta(TopicRow.Meta):
        abstract = False


class EventSeriesPageContact(ContactRow):
    page = ParentalKey(EventSeriesPage, on_delete=models.CASCADE, related_name="contact_rows")

    class Meta(ContactRow.Meta):
        abstract = False


class EventEditionPage(EventEditionPageMixin, TorvPage):
    page_description = _("One meeting of a series: host, place, programme, registration and themes.")
    parent_page_types = ["torv_pages.EventSeriesPage"]

    class Meta:
        verbose_name = _("edition of a series")
        verbose_name_plural = _("editions of a series")


class EventEditionPageProgramme(ProgrammeRow):
    page = ParentalKey(EventEditionPage, on_delete=models.CASCADE, related_name="programme")

    class Meta(ProgrammeRow.Meta):
        abstract = False


class EventEditionPageTopic(TopicRow):
    page = ParentalKey(EventEditionPage, on_delete=models.CASCADE, related_name="topic_rows")

    class Meta(TopicRow.Meta):
        abstract = False


class EventEditionPageContact(ContactRow):
    page = ParentalKey(EventEditionPage, on_delete=models.CASCADE, related_name="contact_rows")

    class Meta(ContactRow.Meta):
        abstract = False


class EventIndexPage(EventIndexPageMixin, TorvPage):
    page_description = _("Lists the events of the site, with a calendar and filters.")

    class Meta:
        verbose_name = _("list of events")
        verbose_name_plural = _("lists of events")
