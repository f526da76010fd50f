from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("torv_blocks", "0009_page_feedback_and_reading"),
    ]

    operations = [
        migrations.AddField(
            model_name="consent",
            name="dealt_with_on",
            field=models.DateField(editable=False, null=True, verbose_name="dealt with on"),
        ),
        migrations.AlterField(
            model_name="privateperson",
            name="note",
            field=models.TextField(
                blank=True,
                help_text="For colleagues. Readers never see it; the person does, under “My data”.",
                serialize=False,
                verbose_name="note",
            ),
        ),
        migrations.AlterField(
            model_name="topic",
            name="is_sensitive",
            field=models.BooleanField(
                default=False,
                help_text="For topics such as violence or suicide, and all narrower ones: pages show crisis numbers and a button to leave quickly, places are shown roughly (not those of contact points), and search engines and calendars get no data of their own.",
                verbose_name="sensitive",
            ),
        ),
    ]
