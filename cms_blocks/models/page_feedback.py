"""What readers say of a page: useful or not, and why."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

#: Its texts are written by citizens, so reading them is a right of its own.
VIEW_FEEDBACK = "torv_blocks.view_pagefeedback"
MAX_TEXT = 500


class FeedbackReason(models.TextChoices):
    NOT_FOUND = "not_found", _("I did not find what I was looking for")
    HARD = "hard", _("It is hard to understand")
    WRONG = "wrong", _("Something is wrong or out of date")
    BROKEN = "broken", _("Something did not work")
    OTHER = "other", _("Something else")


class PageFeedback(models.Model):
    """One answer. Who gave it is not kept: no address, no browser, and of the time the day alone."""

    #: `erase_person` and `export_person` look here too.
    may_name_persons = True

    page = models.ForeignKey(
        Page, verbose_name=_("page"), on_delete=models.CASCADE, related_name="torv_feedback"
    )
    is_useful = models.BooleanField(_("was useful"))
    reason = models.CharField(_("reason"), max_length=16, choices=FeedbackReason, blank=True)
    text = models.TextField(_("in the reader's words"), max_length=MAX_TEXT, blank=True)
    given_on = models.DateField(_("date"), default=timezone.localdate, db_index=True, editable=False)

    class Meta:
        verbose_name = _("feedback")
        verbose_name_plural = _("feedback")
        ordering = ["-given_on", "-pk"]
        # Written by readers and deleted by time: there is nothing to add, change or delete in the admin.
        default_permissions = ("view",)

    def __str__(self) -> str:
        return str(self.get_reason_display() or (_("Useful") if self.is_useful else _("Not useful")))
