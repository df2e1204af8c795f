"""Entries and links are written once. Not by discipline: the database refuses anything else."""

from django.db import migrations

APPEND_ONLY = """
CREATE FUNCTION audit_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The audit log is append-only: % on % is refused.', TG_OP, TG_TABLE_NAME;
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON audit_entry
    FOR EACH ROW EXECUTE FUNCTION audit_refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON audit_link
    FOR EACH ROW EXECUTE FUNCTION audit_refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON audit_entry
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON audit_link
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_change();

CREATE FUNCTION audit_await_seal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO audit_pending (entry_id) VALUES (NEW.id);
    NOTIFY audit;
    RETURN NULL;
END $$;
CREATE TRIGGER await_seal AFTER INSERT ON audit_entry
    FOR EACH ROW EXECUTE FUNCTION audit_await_seal();
"""
REVERSE = """
DROP TRIGGER await_seal ON audit_entry;
DROP FUNCTION audit_await_seal();
DROP TRIGGER no_truncate ON audit_link;
DROP TRIGGER no_truncate ON audit_entry;
DROP TRIGGER append_only ON audit_link;
DROP TRIGGER append_only ON audit_entry;
DROP FUNCTION audit_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_entries_and_chain")]
    operations = [migrations.RunSQL(APPEND_ONLY, REVERSE)]
