"""What every page can name: the same in easy words, and in sign language."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page


class ReadingVersionsMixin(models.Model):
    """Each language chooses its own: a translation shows what is in its language, see `reading_versions`."""

    easy_page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("easy read"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("The page that tells the same in easy words. It links back to this one by itself."),
    )
    sign_language_page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("sign language"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("The page with a video that tells the same in sign language."),
    )
    sign_language_url = models.URLField(
        _("or the address of the video"),
        max_length=500,
        blank=True,
        help_text=_("Where the video lies on another website. Readers are told that they leave this one."),
    )

    promote_panels = [
        *Page.promote_panels,
        MultiFieldPanel(
            [FieldPanel("easy_page"), FieldPanel("sign_language_page"), FieldPanel("sign_language_url")],
            heading=_("Easy read and sign language"),
        ),
    ]

    class Meta:
        abstract = True
