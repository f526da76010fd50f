"""When the chores of `torv_tick` ran."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ChoreRun(models.Model):
    """When a chore of `torv_tick` last ran.

    While it runs, `busy_until` keeps other ticks from running it too. That time passes by itself, so that
    a tick that was killed is made up.
    """

    name = models.CharField(max_length=100, unique=True)
    ran_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    busy_until = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("chore")
        verbose_name_plural = _("chores")

    def __str__(self) -> str:
        return self.name
