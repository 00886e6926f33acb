"""Parts of words are found by trigrams: a GIN index on PostgreSQL, an FTS5 table kept by triggers on SQLite."""

from django.db import migrations

SQLITE_STATEMENTS = (
    "CREATE VIRTUAL TABLE persons_nametoken_parts USING fts5(text, tokenize='trigram')",
    """CREATE TRIGGER persons_nametoken_added AFTER INSERT ON persons_nametoken BEGIN
         INSERT INTO persons_nametoken_parts (rowid, text) VALUES (new.id, new.text);
       END""",
    """CREATE TRIGGER persons_nametoken_removed AFTER DELETE ON persons_nametoken BEGIN
         DELETE FROM persons_nametoken_parts WHERE rowid = old.id;
       END""",
    """CREATE TRIGGER persons_nametoken_changed AFTER UPDATE ON persons_nametoken BEGIN
         UPDATE persons_nametoken_parts SET rowid = new.id, text = new.text WHERE rowid = old.id;
       END""",
    "INSERT INTO persons_nametoken_parts (rowid, text) SELECT id, text FROM persons_nametoken",
)


def add(apps, schema_editor):
    connection = schema_editor.connection
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for statement in SQLITE_STATEMENTS:
                cursor.execute(statement)
            return
        schema = extension_schema(cursor)
        if schema:
            cursor.execute(
                f'CREATE INDEX persons_nametoken_parts ON persons_nametoken USING gin (text "{schema}".gin_trgm_ops)'
            )


def extension_schema(cursor):
    """Where pg_trgm lives. Set-up makes it; a plain database is given it here when the role may, else does without:
    there are few words, and a scan of them is slower, not wrong."""
    found = _schema(cursor)
    if found:
        return found
    cursor.execute(
        """DO $$ BEGIN CREATE EXTENSION IF NOT EXISTS pg_trgm SCHEMA public;
           EXCEPTION WHEN insufficient_privilege OR undefined_file OR feature_not_supported THEN NULL; END $$"""
    )
    return _schema(cursor)


def _schema(cursor):
    cursor.execute(
        "SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'pg_trgm'"
    )
    row = cursor.fetchone()
    return row[0] if row else None


def remove(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        if schema_editor.connection.vendor == "sqlite":
            for name in ("added", "removed", "changed"):
                cursor.execute(f"DROP TRIGGER persons_nametoken_{name}")
            cursor.execute("DROP TABLE persons_nametoken_parts")
        else:
            cursor.execute("DROP INDEX IF EXISTS persons_nametoken_parts")


class Migration(migrations.Migration):
    dependencies = [("persons", "0001_initial")]

    operations = [migrations.RunPython(add, remove)]
