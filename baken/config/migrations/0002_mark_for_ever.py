"""The demo mark cannot be taken away; and the table Django's cache needs."""

from django.db import migrations

FOR_EVER = """
CREATE FUNCTION config_keep_mark() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'What an installation is, is written once.';
END $$;
CREATE TRIGGER keep_mark BEFORE UPDATE OR DELETE ON config_installation
    FOR EACH ROW EXECUTE FUNCTION config_keep_mark();
CREATE TRIGGER keep_all_marks BEFORE TRUNCATE ON config_installation
    FOR EACH STATEMENT EXECUTE FUNCTION config_keep_mark();
CREATE TABLE config_cache (
    cache_key varchar(255) PRIMARY KEY,
    value text NOT NULL,
    expires timestamptz NOT NULL
);
CREATE INDEX config_cache_expires ON config_cache (expires);
"""
REVERSE = """
DROP TABLE config_cache;
DROP TRIGGER keep_all_marks ON config_installation;
DROP TRIGGER keep_mark ON config_installation;
DROP FUNCTION config_keep_mark();
"""


class Migration(migrations.Migration):
    dependencies = [("config", "0001_installation")]
    operations = [migrations.RunSQL(FOR_EVER, REVERSE)]
