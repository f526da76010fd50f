"""A public service, with its child rows."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from ...page_mixins import (
    ContactRow,
    CostRow,
    DeadlineRow,
    DocumentRow,
    LifeEventRow,
    PhysicalChannelRow,
    RelatedServiceRow,
    RequirementRow,
    ServicePageMixin,
    StepRow,
    TaskRow,
    TopicRow,
)
from .base import TorvPage


class ServicePage(ServicePageMixin, TorvPage):
    page_description = _(
        "A service of the municipality: who it is for, how to get it, what it costs, whom to call."
    )

    class Meta:
        verbose_name = _("service page")
        verbose_name_plural = _("service pages")


class ServicePageTopic(TopicRow):
    page = ParentalKey(ServicePage, on_delete=models.CASCADE, related_name="topic_rows")

    class Meta(TopicRow.Meta):
        abstract = False


class ServicePageContact(ContactRow):
    page = ParentalKey(ServicePage, on_delete=models.CASCADE, related_name="contact_rows")

    class Meta(ContactRow.Meta):
        abstract = False


class ServicePageLifeEvent(LifeEventRow):
    page = ParentalKey(ServicePage, on_delete=models.CASCADE, related_name="life_event_rows")

    class Meta(LifeEventRow.Meta):
        abstract = False


class ServicePageTask(TaskRow):
    page = ParentalKey(ServicePage, on_delete=models.CASCADE, related_name="common_tasks")

    class Meta(TaskRow.Meta):
        abstract = False
        verbose_name = _("common task")
        verbose_name_plural = _("common tasks")


class ServicePageStep(StepRow):
    page = ParentalKey(ServicePage, on_delete=models.CASCADE, related_name="steps")

    class Meta(StepRow.Meta):
        abstract = False


class ServicePageRequirement(RequirementRow):
    page = ParentalKey(ServicePage, on_delete=models.CASCADE, related_name="requirements")

    class Meta(RequirementRow.Meta):
        abstract = False


class ServicePageDeadline(DeadlineRow):
    page = ParentalKey(ServicePage, on_delete=models.CASCADE, related_name="deadlines")

    class Meta(DeadlineRow.Meta):
        abstract = False


class ServicePageCost(CostRow):
    page = ParentalKey(ServicePage, on_delete=models.CASCADE, related_name="costs")

    class Meta(CostRow.Meta):
        abstract = False


class ServicePagePhysicalChannel(PhysicalChannelRow):
    page = ParentalKey(ServicePage, on_delete=models.CASCADE, related_name="physical_channels")

    class Meta(PhysicalChannelRow.Meta):
        abstract = False


class ServicePageDocument(DocumentRow):
    page = ParentalKey(ServicePage, on_delete=models.CASCADE, related_name="documents")

    class Meta(DocumentRow.Meta):
        abstract = False


class ServicePageRelatedService(RelatedServiceRow):
    page = ParentalKey(ServicePage, on_delete=models.CASCADE, related_name="related_service_rows")
    service = models.ForeignKey(
        ServicePage, verbose_name=_("service"), on_delete=models.CASCADE, related_name="+"
    )

    class Meta(RelatedServiceRow.Meta):
        abstract = False

    def __str__(self) -> str:
        return str(self.service)
