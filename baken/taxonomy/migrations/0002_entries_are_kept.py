"""An entry is never deleted and keeps its id, code and list. Not by discipline: the database
refuses anything else, for every role, because old registrations and frozen figures point at it."""

from django.db import migrations

KEEP = """
CREATE FUNCTION taxonomy_keep_entry() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'A code is never removed, changed or used again: % on % is refused.',
        TG_OP, TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER entry_is_kept BEFORE DELETE ON taxonomy_entry
    FOR EACH ROW EXECUTE FUNCTION taxonomy_keep_entry();
CREATE TRIGGER entries_are_kept BEFORE TRUNCATE ON taxonomy_entry
    FOR EACH STATEMENT EXECUTE FUNCTION taxonomy_keep_entry();
CREATE TRIGGER entry_keeps_its_code BEFORE UPDATE ON taxonomy_entry
    FOR EACH ROW WHEN ((OLD.id, OLD.code, OLD.code_list_id)
        IS DISTINCT FROM (NEW.id, NEW.code, NEW.code_list_id))
    EXECUTE FUNCTION taxonomy_keep_entry();
"""
REVERSE = """
DROP TRIGGER entry_keeps_its_code ON taxonomy_entry;
DROP TRIGGER entries_are_kept ON taxonomy_entry;
DROP TRIGGER entry_is_kept ON taxonomy_entry;
DROP FUNCTION taxonomy_keep_entry();
"""


class Migration(migrations.Migration):
    dependencies = [("taxonomy", "0001_code_lists")]
    operations = [migrations.RunSQL(KEEP, REVERSE)]
