from django.db import migrations


def use_source_rows(apps, schema_editor):
    """A translation's row as broader topic or "use instead" becomes its topic, or the one that leads to."""
    topic_model = apps.get_model("torv_blocks", "Topic")
    rows = topic_model.objects.values_list("pk", "source_row_id", "see_id")
    source_of = {pk: source or pk for pk, source, _see in rows}
    see_of = {pk: source_of.get(see) for pk, source, see in rows if see and not source}

    def preferred(start):
        step, seen = source_of.get(start), set()
        while step in see_of and step not in seen:
            seen.add(step)
            step = see_of[step]
        return step

    for topic in topic_model.objects.filter(source_row=None):
        before = (topic.broader_id, topic.see_id)
        above, instead = (preferred(pk) if pk else None for pk in before)
        topic.broader_id = above if above != topic.pk else None
        topic.see_id = instead if instead != topic.pk else None
        if (topic.broader_id, topic.see_id) != before:
            topic.save(update_fields=["broader", "see"])


class Migration(migrations.Migration):
    dependencies = [
        ("torv_blocks", "0010_consent_dealt_with"),
    ]

    operations = [
        migrations.RunPython(use_source_rows, migrations.RunPython.noop, elidable=True),
    ]
