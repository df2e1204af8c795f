"""Rows of one region do not exist for another; and an advies has no people, whatever the code says."""

from django.db import migrations

from baken.lib.tenancy import protect_table

TABLES = (
    "casework_registration",
    "casework_classification",
    "casework_codedfact",
    "casework_subject",
    "casework_kindchange",
    "casework_draft",
    "casework_registerimport",
    "casework_rememberedvalue",
    "casework_savedview",
)

NO_PEOPLE = """
CREATE FUNCTION casework_keep_no_people() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_TABLE_NAME = 'casework_registration' THEN
        IF NEW.kind IN ('advice', 'question') AND EXISTS (
            SELECT FROM casework_subject WHERE registration_id = NEW.id
            UNION ALL
            SELECT FROM casework_codedfact WHERE registration_id = NEW.id
        ) THEN
            RAISE EXCEPTION 'An advies keeps no people.' USING ERRCODE = 'check_violation';
        END IF;
    ELSIF EXISTS (
        SELECT FROM casework_registration
        WHERE id = NEW.registration_id AND kind IN ('advice', 'question')
    ) THEN
        RAISE EXCEPTION 'An advies keeps no people.' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER keep_no_people BEFORE INSERT OR UPDATE ON casework_subject
    FOR EACH ROW EXECUTE FUNCTION casework_keep_no_people();
CREATE TRIGGER keep_no_people BEFORE INSERT OR UPDATE ON casework_codedfact
    FOR EACH ROW EXECUTE FUNCTION casework_keep_no_people();
CREATE TRIGGER keep_no_people BEFORE UPDATE OF kind ON casework_registration
    FOR EACH ROW EXECUTE FUNCTION casework_keep_no_people();
"""
REVERSE = """
DROP TRIGGER keep_no_people ON casework_registration;
DROP TRIGGER keep_no_people ON casework_codedfact;
DROP TRIGGER keep_no_people ON casework_subject;
DROP FUNCTION casework_keep_no_people();
"""


class Migration(migrations.Migration):
    dependencies = [("casework", "0001_registrations")]
    operations = [
        *(protect_table(table) for table in TABLES),
        migrations.RunSQL(NO_PEOPLE, REVERSE),
    ]
