"""What casework lets be counted: registrations, and presumed victims per registration.

Coded facts only: the year and month, never the day; an age band, never a birth year. Codes are those of the
code lists, without the list's name.
"""

import pyarrow as pa

from baken.casework.rules.kinds import PRESUMED_VICTIM
from baken.facts.interface import LIST_SEPARATOR, Source

_TEXT = pa.string()
_CODES = pa.list_(pa.string())

REGISTRATION_SCHEMA = pa.schema(
    [
        ("row_key", _TEXT),
        ("kind", _TEXT),
        ("origin", _TEXT),
        ("state", _TEXT),
        ("legal_frame", _TEXT),
        ("urgency", pa.int8()),
        ("received_year", pa.int16()),
        ("received_month", pa.int8()),
        ("received_precision", _TEXT),
        ("channel", _TEXT),
        ("source_group", _TEXT),
        ("reporter_is_professional", _TEXT),
        ("anonymity", _TEXT),
        ("home_municipality", _TEXT),
        ("exploitation_municipality", _TEXT),
        ("reporter_municipality", _TEXT),
        ("primary_form", _TEXT),
        ("primary_bucket", _TEXT),
        ("forms", _CODES),
        ("recruitment", _CODES),
        ("means", _CODES),
        ("signals", _CODES),
        ("route", _TEXT),
        ("sector", _TEXT),
        ("relation", _TEXT),
        ("concerns_minor", _TEXT),
        ("concerns_several", _TEXT),
        ("outcome", _TEXT),
        ("is_imported", pa.bool_()),
        ("presumed_victims", pa.int16()),
    ]
)

VICTIM_SCHEMA = pa.schema(
    [
        ("row_key", _TEXT),
        ("registration_key", _TEXT),
        ("kind", _TEXT),
        ("received_year", pa.int16()),
        ("primary_form", _TEXT),
        ("age_band", _TEXT),
        ("minor_at_start", _TEXT),
        ("minor_at_report", _TEXT),
        ("sex", _TEXT),
        ("nationality_group", _TEXT),
    ]
)


def _code(column: str) -> str:
    """The code behind the list's name: ``form.SEX.HOTEL`` → ``SEX.HOTEL``."""
    return f"substr({column}, strpos({column}, '.') + 1)"


def _joined(code: str, *, of: str = "") -> str:
    """The codes of one registration in one field; with `of` only those of that list."""
    only = f" FILTER (WHERE {code} LIKE '{of}.%%')" if of else ""
    return f"string_agg({_code(code)}, '{LIST_SEPARATOR}' ORDER BY {code}){only}"


def _parts(table: str, columns: str) -> str:
    """A part table with one row per registration: grouped once instead of looked up for every row."""
    return f"""(SELECT registration_id, {columns} FROM {table}
        WHERE region_id = %(region)s GROUP BY registration_id)"""


_FORMS = _parts("casework_classification", f"{_joined('form_id')} AS codes")
_FACTS = _parts(
    "casework_codedfact",
    ", ".join(
        f"{_joined('entry_id', of=code_list)} AS {code_list}"
        for code_list in ("recruitment", "means", "signal")
    ),
)
_VICTIM_COUNTS = _parts(
    "casework_subject",
    f"count(*) FILTER (WHERE 'subject_role.{PRESUMED_VICTIM}' IN (role_id, also_role_id)) AS n",
)

_YEAR = """CASE WHEN r.received_precision <> 'unknown'
        THEN extract(year FROM r.received_on)::int END"""
_MONTH = """CASE WHEN r.received_precision IN ('day', 'month')
        THEN extract(month FROM r.received_on)::int END"""

_REGISTRATIONS = f"""
    SELECT r.row_key, r.kind, r.origin, r.state, {_code("r.legal_frame_id")}, r.urgency,
        {_YEAR}, {_MONTH}, r.received_precision,
        {_code("r.channel_id")}, {_code("r.source_group_id")}, r.reporter_is_professional,
        r.anonymity, r.home_municipality_id, r.exploitation_municipality_id,
        r.reporter_municipality_id, {_code("r.primary_form_id")},
        coalesce(nullif(e.report_bucket, ''), e.code),
        forms.codes, facts.recruitment, facts.means, facts.signal,
        {_code("r.route_id")}, {_code("r.sector_id")}, {_code("r.relation_id")},
        r.concerns_minor, r.concerns_several, {_code("r.outcome_id")},
        r.imported_by_id IS NOT NULL,
        coalesce(victims.n, 0)
    FROM casework_registration r
    LEFT JOIN taxonomy_entry e ON e.id = r.primary_form_id
    LEFT JOIN {_FORMS} forms ON forms.registration_id = r.id
    LEFT JOIN {_FACTS} facts ON facts.registration_id = r.id
    LEFT JOIN {_VICTIM_COUNTS} victims ON victims.registration_id = r.id
    WHERE r.region_id = %(region)s
"""

_VICTIMS = f"""
    SELECT r.row_key || '.' || s.position, r.row_key, r.kind, {_YEAR}, {_code("r.primary_form_id")},
        {_code("s.age_band_id")}, s.minor_at_start, s.minor_at_report, {_code("s.sex_id")},
        {_code("s.nationality_group_id")}
    FROM casework_subject s JOIN casework_registration r ON r.id = s.registration_id
    WHERE r.region_id = %(region)s AND 'subject_role.{PRESUMED_VICTIM}' IN (s.role_id, s.also_role_id)
"""

REGISTRATIONS = Source("registration", REGISTRATION_SCHEMA, _REGISTRATIONS)
VICTIMS = Source("presumed_victim", VICTIM_SCHEMA, _VICTIMS)
