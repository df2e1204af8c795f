"""Registrations for 26 regions, made by PostgreSQL itself from a seed: the same seed, the same rows.

Every value is a hash of the row's number and the name of what is drawn, so a row does not depend on
how many there are. Regions differ in size, busy years come later, most old registrations are closed,
an advies has no people, and no form is ever empty where it may not be.
"""

from typing import LiteralString

import psycopg

SEED = 20260101
REGIONS = 26

# u(i, salt): a number in [0, 1) that only depends on the seed, the row and the salt.
_FUNCTIONS: tuple[LiteralString, ...] = (
    """CREATE FUNCTION pg_temp.u(i bigint, salt int) RETURNS float8 LANGUAGE sql STABLE AS $$
        SELECT (hashint8extended(i, salt + current_setting('bench.seed')::bigint) & 1073741823)
               / 1073741824.0::float8 $$""",
    """CREATE FUNCTION pg_temp.id(kind text, i bigint) RETURNS uuid LANGUAGE sql STABLE AS $$
        SELECT md5(current_setting('bench.seed') || kind || i)::uuid $$""",
    # Skewed towards the beginning of the list, as codes are in practice.
    """CREATE FUNCTION pg_temp.pick(codes text[], u float8) RETURNS text LANGUAGE sql STABLE AS $$
        SELECT codes[1 + floor(u * u * cardinality(codes))::int] $$""",
)
_LISTS: LiteralString = """
    CREATE TEMP TABLE codes AS
    SELECT code_list_id AS list,
           array_agg(id ORDER BY "order", id) FILTER (WHERE NOT is_heading) AS ids,
           array_agg(id ORDER BY "order", id) FILTER (WHERE parent_id IS NULL) AS mains
    FROM taxonomy_entry GROUP BY code_list_id"""
_PLACES: LiteralString = """
    CREATE TEMP TABLE area AS
    SELECT r.id AS region_id, row_number() OVER (ORDER BY r.code) AS rank,
           coalesce(array_agg(m.municipality_id ORDER BY m.municipality_id)
                    FILTER (WHERE m.id IS NOT NULL), ARRAY['UNK']) AS places,
           (SELECT array_agg(user_id ORDER BY user_id) FROM accounts_membership p
            WHERE p.region_id = r.id) AS users
    FROM organisations_region r LEFT JOIN organisations_regionmunicipality m ON m.region_id = r.id
    GROUP BY r.id"""
_DRAWN: LiteralString = """
    CREATE TEMP TABLE drawn AS
    SELECT i, pg_temp.id('registration', i) AS id,
           1 + floor(power(pg_temp.u(i, 1), 1.5) * %(regions)s)::int AS rank,
           CASE WHEN pg_temp.u(i, 2) < 0.55 THEN 'report' WHEN pg_temp.u(i, 2) < 0.85 THEN 'advice'
                WHEN pg_temp.u(i, 2) < 0.93 THEN 'question' ELSE 'anonymous_signal' END AS kind,
           date '2025-12-31' - floor(power(pg_temp.u(i, 3), 1.3) * 2190)::int AS received_on,
           CASE WHEN pg_temp.u(i, 4) < 0.9 THEN 'day' WHEN pg_temp.u(i, 4) < 0.95 THEN 'month'
                ELSE 'year' END AS received_precision
    FROM generate_series(1, %(rows)s::bigint) AS i"""
_REGISTRATIONS: LiteralString = """
    INSERT INTO casework_registration (id, region_id, number, kind, origin, state, legal_frame_id,
        urgency, received_on, received_precision, channel_id, source_group_id,
        reporter_is_professional, anonymity, home_municipality_id, exploitation_municipality_id,
        reporter_municipality_id, primary_form_id, route_id, sector_id, relation_id, concerns_minor,
        concerns_several, external_number, handler_id, version, row_key, created_by_id, created_at,
        changed_at)
    SELECT d.id, a.region_id,
        'MH-' || upper(overlay(lpad(to_hex((d.i * 2654435761) %% 4294967296), 8, '0')
                               placing '-' from 5 for 0)),
        d.kind, CASE WHEN pg_temp.u(i, 5) < 0.9 THEN 'contact' ELSE 'own_initiative' END,
        CASE WHEN d.received_on < date '2025-07-01' AND pg_temp.u(i, 6) < 0.97 THEN 'closed'
             WHEN pg_temp.u(i, 6) < 0.4 THEN 'new' ELSE 'active' END,
        pg_temp.pick(legal.ids, pg_temp.u(i, 7)),
        CASE WHEN pg_temp.u(i, 8) < 0.85 THEN 1 WHEN pg_temp.u(i, 8) < 0.96 THEN 2 ELSE 3 END,
        CASE d.received_precision WHEN 'day' THEN d.received_on
             ELSE date_trunc(d.received_precision, d.received_on)::date END,
        d.received_precision,
        pg_temp.pick(channel.ids, pg_temp.u(i, 9)), pg_temp.pick(source.ids, pg_temp.u(i, 10)),
        CASE WHEN pg_temp.u(i, 11) < 0.7 THEN 'yes' ELSE 'no' END,
        CASE WHEN kind = 'anonymous_signal' THEN 'unknown'
             WHEN pg_temp.u(i, 12) < 0.8 THEN 'open' ELSE 'shielded' END,
        CASE WHEN keeps THEN pg_temp.pick(a.places, pg_temp.u(i, 13)) END,
        CASE WHEN keeps THEN pg_temp.pick(a.places, pg_temp.u(i, 14)) END,
        pg_temp.pick(a.places, pg_temp.u(i, 15)),
        CASE WHEN kind <> 'question' THEN pg_temp.pick(form.mains, pg_temp.u(i, 16)) END,
        CASE WHEN keeps THEN pg_temp.pick(route.ids, pg_temp.u(i, 17)) END,
        CASE WHEN keeps THEN pg_temp.pick(sector.ids, pg_temp.u(i, 18)) END,
        CASE WHEN keeps THEN pg_temp.pick(relation.ids, pg_temp.u(i, 19)) END,
        CASE WHEN kind = 'question' THEN '' ELSE
            (ARRAY['yes', 'no', 'no', 'unknown', ''])[1 + floor(pg_temp.u(i, 20) * 5)::int] END,
        CASE WHEN kind = 'question' THEN '' ELSE
            (ARRAY['yes', 'no', 'no', 'unknown', ''])[1 + floor(pg_temp.u(i, 21) * 5)::int] END,
        CASE WHEN keeps AND pg_temp.u(i, 22) < 0.2 THEN 'X-' || i ELSE '' END,
        CASE WHEN pg_temp.u(i, 6) >= 0.4 THEN a.users[1] END,
        1, pg_temp.id('key', i), a.users[1],
        d.received_on + interval '9 hours', d.received_on + interval '9 hours' + i * interval '1 ms'
    FROM drawn d JOIN area a USING (rank)
    CROSS JOIN LATERAL (SELECT d.kind IN ('report', 'anonymous_signal') AS keeps) k
    JOIN codes legal ON legal.list = 'legal_frame' JOIN codes channel ON channel.list = 'channel'
    JOIN codes source ON source.list = 'source_group' JOIN codes form ON form.list = 'form'
    JOIN codes route ON route.list = 'route' JOIN codes sector ON sector.list = 'sector'
    JOIN codes relation ON relation.list = 'relation'
    ORDER BY d.i"""
_CLASSIFICATIONS: LiteralString = """
    INSERT INTO casework_classification (id, region_id, registration_id, form_id, certainty_id)
    SELECT pg_temp.id('form' || f.id, d.i), r.region_id, r.id, f.id,
           pg_temp.pick(certainty.ids, pg_temp.u(d.i, 31))
    FROM drawn d JOIN casework_registration r ON r.id = d.id
    JOIN codes certainty ON certainty.list = 'certainty'
    CROSS JOIN LATERAL (
        SELECT r.primary_form_id AS id WHERE r.primary_form_id IS NOT NULL
        UNION ALL
        (SELECT s.id FROM taxonomy_entry s
         WHERE s.parent_id = r.primary_form_id AND NOT s.is_heading AND pg_temp.u(d.i, 32) < 0.6
         ORDER BY hashtext(s.id || d.i) LIMIT 1)
    ) f"""
_FACTS: LiteralString = """
    INSERT INTO casework_codedfact (id, region_id, registration_id, entry_id)
    SELECT pg_temp.id(c.list || k, d.i), r.region_id, r.id,
           c.ids[1 + (floor(power(pg_temp.u(d.i, 41 + length(c.list)), 2) * cardinality(c.ids))::int
                      + k) %% cardinality(c.ids)]
    FROM drawn d JOIN casework_registration r ON r.id = d.id
    JOIN codes c ON c.list IN ('recruitment', 'means', 'signal')
    CROSS JOIN LATERAL generate_series(
        1, floor(pg_temp.u(d.i, 51 + length(c.list)) * (length(c.list) %% 3 + 2))::int) k
    WHERE d.kind IN ('report', 'anonymous_signal')"""
_SUBJECTS: LiteralString = """
    INSERT INTO casework_subject (id, region_id, registration_id, position, role_id, age_band_id,
        minor_at_start, minor_at_report, sex_id, nationality_group_id)
    SELECT pg_temp.id('subject' || k, d.i), r.region_id, r.id, k,
        CASE WHEN k = 1 THEN 'subject_role.MSO' ELSE pg_temp.pick(role.ids, pg_temp.u(d.i, 60 + k)) END,
        pg_temp.pick(age.ids, pg_temp.u(d.i, 70 + k)),
        (ARRAY['yes', 'no', ''])[1 + floor(pg_temp.u(d.i, 80 + k) * 3)::int],
        (ARRAY['yes', 'no', ''])[1 + floor(pg_temp.u(d.i, 90 + k) * 3)::int],
        pg_temp.pick(sex.ids, pg_temp.u(d.i, 100 + k)),
        pg_temp.pick(nationality.ids, pg_temp.u(d.i, 110 + k))
    FROM drawn d JOIN casework_registration r ON r.id = d.id
    JOIN codes role ON role.list = 'subject_role' JOIN codes age ON age.list = 'age_band'
    JOIN codes sex ON sex.list = 'sex' JOIN codes nationality ON nationality.list = 'nationality_group'
    CROSS JOIN LATERAL generate_series(1, 1 + floor(power(pg_temp.u(d.i, 61), 4) * 4)::int) k
    WHERE d.kind IN ('report', 'anonymous_signal')"""
_STATEMENTS: tuple[LiteralString, ...] = (
    *_FUNCTIONS,
    _LISTS,
    _PLACES,
    _DRAWN,
    _REGISTRATIONS,
    "ANALYZE casework_registration",
    _CLASSIFICATIONS,
    _FACTS,
    _SUBJECTS,
)


def generate(url: str, rows: int, *, seed: int = SEED) -> None:
    """Fill an empty database that has its regions and people. `url` is the superuser's: foreign keys
    are not checked row by row, because every key here was read from the table it points at."""
    with psycopg.connect(url, autocommit=True, cursor_factory=psycopg.ClientCursor) as connection:
        connection.execute("SELECT set_config('bench.seed', %s, false)", [str(seed)])
        connection.execute("SET session_replication_role = replica")
        connection.execute("SET work_mem = '256MB'")
        for statement in _STATEMENTS:
            connection.execute(
                statement, {"regions": REGIONS, "rows": rows} if "%" in statement else None
            )
        connection.execute("VACUUM ANALYZE")
        connection.execute("CHECKPOINT")
