"""A snapshot of any size: the fact table of registrations as casework freezes it, made by DuckDB from
a seed. Needs no Django, so that Spark can be handed the same rows."""

from pathlib import Path

import duckdb

SEED = 20260101
FIRST_YEAR, LAST_YEAR = 2021, 2025

_FORMS = (
    "SEX CRIM LAB OVG UNK NVS HUW ORG DIEN GAD ILA DRM".split(),  # noqa: SIM905
    "SEX.HOTEL SEX.RAAM CRIM.DRUGSKOER LAB.LANDTUIN".split(),  # noqa: SIM905
)


def write_facts(path: Path, rows: int, *, seed: int = SEED) -> None:
    """Write `rows` registrations to a Parquet file with the schema of `casework.facts`."""
    connection = duckdb.connect()
    connection.execute(f"SET VARIABLE seed = {int(seed)}")
    connection.execute("CREATE MACRO h(i, salt) AS hash(i, salt, getvariable('seed'))")
    connection.execute("CREATE MACRO u(i, salt) AS (h(i, salt) % 1000000) / 1000000.0")
    connection.execute(
        "CREATE MACRO pick(i, codes, salt) AS codes[1 + floor(u(i, salt) * u(i, salt) * len(codes))::INT]"
    )
    connection.execute(f"COPY ({_query(rows)}) TO '{path}' (FORMAT parquet, COMPRESSION zstd)")


def _query(rows: int) -> str:
    mains, subs = _FORMS
    codes = {name: [f"{name}{n:02}" for n in range(count)] for name, count in _COUNTS.items()}
    return f"""
        SELECT uuid::VARCHAR AS row_key, kind,
            CASE WHEN u(i, 2) < 0.9 THEN 'contact' ELSE 'own_initiative' END AS origin,
            CASE WHEN year < {LAST_YEAR} THEN 'closed' ELSE 'active' END AS state,
            pick(i, ['outside_wmo', 'wmo_task'], 3) AS legal_frame,
            (1 + floor(u(i, 4) * u(i, 4) * 3))::TINYINT AS urgency,
            CASE WHEN u(i, 5) < 0.99 THEN year::SMALLINT END AS received_year,
            CASE WHEN u(i, 5) < 0.95 THEN (1 + h(i, 6) % 12)::TINYINT END AS received_month,
            CASE WHEN u(i, 5) < 0.9 THEN 'day' WHEN u(i, 5) < 0.95 THEN 'month' WHEN u(i, 5) < 0.99
                THEN 'year' ELSE 'unknown' END AS received_precision,
            pick(i, {codes["CH"]}, 7) AS channel, pick(i, {codes["SG"]}, 8) AS source_group,
            CASE WHEN u(i, 9) < 0.7 THEN 'yes' ELSE 'no' END AS reporter_is_professional,
            CASE WHEN u(i, 10) < 0.8 THEN 'open' ELSE 'shielded' END AS anonymity,
            CASE WHEN keeps THEN pick(i, {codes["GM"]}, 11) END AS home_municipality,
            CASE WHEN keeps THEN pick(i, {codes["GM"]}, 12) END AS exploitation_municipality,
            pick(i, {codes["GM"]}, 13) AS reporter_municipality,
            form AS primary_form, form AS primary_bucket,
            CASE WHEN form IS NULL THEN []::VARCHAR[]
                ELSE [form] || CASE WHEN u(i, 15) < 0.5 THEN [pick(i, {subs}, 16)] ELSE [] END END AS forms,
            pick(i, {_several(codes["RE"])}, 100) AS recruitment,
            pick(i, {_several(codes["ME"])}, 200) AS means,
            pick(i, {_several(codes["SI"])}, 300) AS signals,
            CASE WHEN keeps THEN pick(i, ['BIN', 'GRE', 'ONB'], 17) END AS route,
            CASE WHEN keeps THEN pick(i, {codes["SE"]}, 18) END AS sector,
            CASE WHEN keeps THEN pick(i, {codes["RL"]}, 19) END AS relation,
            pick(i, ['no', 'yes', 'unknown', ''], 20) AS concerns_minor,
            pick(i, ['no', 'yes', 'unknown', ''], 21) AS concerns_several,
            CASE WHEN year < {LAST_YEAR} THEN pick(i, {codes["OU"]}, 22) END AS outcome,
            u(i, 23) < 0.3 AS is_imported,
            CASE WHEN keeps THEN (1 + floor(u(i, 24) * u(i, 24) * 3))::SMALLINT ELSE 0::SMALLINT END
                AS presumed_victims
        FROM (
            SELECT *, kind IN ('report', 'anonymous_signal') AS keeps,
                CASE WHEN kind <> 'question' AND u(i, 14) < 0.95 THEN pick(i, {mains}, 25) END AS form,
                md5(concat(getvariable('seed'), '-', i))::UUID AS uuid
            FROM (
                SELECT i, {FIRST_YEAR} + floor(sqrt(u(i, 1)) * {LAST_YEAR - FIRST_YEAR + 1})::INT AS year,
                    CASE WHEN u(i, 0) < 0.55 THEN 'report' WHEN u(i, 0) < 0.85 THEN 'advice'
                        WHEN u(i, 0) < 0.93 THEN 'question' ELSE 'anonymous_signal' END AS kind
                FROM range({int(rows)}) AS t(i)
            )
        )"""


def _several(codes: list[str]) -> str:
    """Forty lists of at most three codes, some of them empty, as SQL."""
    lists = [codes[n % len(codes) :][: n % 4] for n in range(40)]
    return f"[{', '.join(f'{each}::VARCHAR[]' for each in lists)}]"


# How many codes each list has, about as many as the real ones.
_COUNTS = {
    "CH": 10,
    "SG": 49,
    "GM": 99,
    "RE": 19,
    "ME": 21,
    "SI": 50,
    "SE": 24,
    "RL": 15,
    "OU": 40,
}
