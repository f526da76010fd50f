from django.db import migrations


def move_volunteers(apps, schema_editor):
    """Names of volunteers that stood in the entry move to the private persons; nothing is shown of them."""
    member_model = apps.get_model("torv_directory", "TeamMember")
    person_model = apps.get_model("torv_blocks", "PrivatePerson")
    for member in member_model.objects.filter(is_staff=False, person=None).exclude(name=""):
        member.person = person_model.objects.create(name=member.name)
        member.name = ""
        member.save(update_fields=["person", "name"])


class Migration(migrations.Migration):
    dependencies = [
        ("torv_directory", "0004_private_persons"),
    ]

    operations = [
        migrations.RunPython(move_volunteers, migrations.RunPython.noop, elidable=True),
    ]
