"""The full-text table: FTS5 on SQLite, a tsvector with GIN on PostgreSQL."""

from django.db import migrations


def create(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        from search.engines.postgres import CREATE

        statements = CREATE
    else:
        from search.engines.sqlite import CREATE

        statements = (CREATE,)
    for statement in statements:
        schema_editor.execute(statement)


def drop(apps, schema_editor):
    schema_editor.execute("DROP TABLE IF EXISTS torv_search_terms")


class Migration(migrations.Migration):
    dependencies = [("torv_search", "0001_initial")]
    operations = [migrations.RunPython(create, drop, elidable=False)]
