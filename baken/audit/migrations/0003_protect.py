"""A region reads its own entries and those of no region; the sealer chains all of them."""

from django.db import migrations

from baken.lib.tenancy import CURRENT_REGION

PROTECT = f"""
ALTER TABLE audit_entry ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_entry FORCE ROW LEVEL SECURITY;
CREATE POLICY own_region ON audit_entry FOR SELECT
    USING (region_id IS NULL OR region_id = {CURRENT_REGION});
CREATE POLICY anybody_adds ON audit_entry FOR INSERT WITH CHECK (true);
CREATE POLICY sealer ON audit_entry TO baken_worker USING (true) WITH CHECK (true);
CREATE POLICY migrations ON audit_entry TO baken_owner USING (true) WITH CHECK (true);
"""
REVERSE = """
DROP POLICY migrations ON audit_entry;
DROP POLICY sealer ON audit_entry;
DROP POLICY anybody_adds ON audit_entry;
DROP POLICY own_region ON audit_entry;
ALTER TABLE audit_entry NO FORCE ROW LEVEL SECURITY;
ALTER TABLE audit_entry DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_append_only")]
    operations = [migrations.RunSQL(PROTECT, REVERSE)]
