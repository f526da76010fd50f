"""What the demo remembers of its own writing."""

from django.db import models


class DemoRecord(models.Model):
    """One thing the loader wrote: which row it is, and how text and row looked then.

    With it a second run tells what is unchanged, what the demo has a newer text for, what somebody
    has edited since and what somebody has deleted; the last two it leaves alone.
    """

    key = models.CharField(max_length=160, unique=True)
    object_id = models.BigIntegerField()
    text_digest = models.CharField(max_length=64)
    row_digest = models.CharField(max_length=64)

    def __str__(self) -> str:
        return self.key
