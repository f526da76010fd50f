import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from cms_blocks.migration_operations import AddFieldsToEach


class Migration(migrations.Migration):
    dependencies = [
        ("torv_pages", "0005_story_persons"),
        migrations.swappable_dependency(settings.WAGTAIL_PAGE_MODEL),
    ]

    operations = [
        AddFieldsToEach(
            models=[
                "contactpage",
                "eventeditionpage",
                "eventindexpage",
                "eventpage",
                "eventseriespage",
                "homepage",
                "knowledgepage",
                "newsindexpage",
                "newspage",
                "personlistpage",
                "reportpage",
                "sectionpage",
                "servicepage",
                "standardpage",
                "stepbysteppage",
                "storyindexpage",
                "storypage",
            ],
            fields={
                "easy_page": models.ForeignKey(
                    blank=True,
                    help_text="The page that tells the same in easy words. It links back to this one by itself.",
                    null=True,
                    on_delete=django.db.models.deletion.SET_NULL,
                    related_name="+",
                    to=settings.WAGTAIL_PAGE_MODEL,
                    verbose_name="easy read",
                ),
                "sign_language_page": models.ForeignKey(
                    blank=True,
                    help_text="The page with a video that tells the same in sign language.",
                    null=True,
                    on_delete=django.db.models.deletion.SET_NULL,
                    related_name="+",
                    to=settings.WAGTAIL_PAGE_MODEL,
                    verbose_name="sign language",
                ),
                "sign_language_url": models.URLField(
                    blank=True,
                    help_text="Where the video lies on another website. Readers are told that they leave this one.",
                    max_length=500,
                    verbose_name="or the address of the video",
                ),
            },
        ),
    ]
