"""The base of Torv's own pages."""

from django.db import models
from wagtail.models import Page


class TorvPage(Page):
    """Keeps `page.homepage` free for the `HomePage` that `wagtail start` gives every site."""

    page_ptr = models.OneToOneField(
        Page, on_delete=models.CASCADE, parent_link=True, primary_key=True, related_name="torv_%(class)s"
    )

    class Meta:
        abstract = True
