"""Fact tables in memory, with the columns that measures read, and tables made from them."""

import csv
from datetime import UTC, datetime
from pathlib import Path

import ibis
import pyarrow as pa

from baken.figures.measures import measure
from baken.figures.periods import Period
from baken.figures.tables import Frozen, table_of

DATA = Path(__file__).parent.parent / "data"
LABELS = {
    "LAB": "Arbeidsuitbuiting",
    "CRIM": "Criminele uitbuiting",
    "SEX": "Seksuele uitbuiting",
    "ORG": "Gedwongen orgaanverwijdering",
    "HUW": "Uitbuiting van een gedwongen huwelijk",
    "OVG": "Andere vorm",
    "UNK": "Onbekend",
    "NVS": "Niet vast te stellen",
}
SCHEMA = pa.schema(
    [
        ("kind", pa.string()),
        ("received_year", pa.int16()),
        ("primary_form", pa.string()),
        ("primary_bucket", pa.string()),
    ]
)
FROZEN = Frozen("Utrecht", datetime(2026, 11, 23, 9, 15, tzinfo=UTC), 1)


def fact_table(rows):
    """`rows` are dictionaries; a column left out is *leeg*."""
    filled = [{name: row.get(name) for name in SCHEMA.names} for row in rows]
    return ibis.memtable(pa.Table.from_pylist(filled, schema=SCHEMA))


def counted(slug, rows, first, last):
    period = Period(first, last)
    return measure(slug).count(fact_table(rows), period).to_pyarrow().to_pylist()


def table(slug, rows, first, last, *, frozen=FROZEN):
    counts = counted(slug, rows, first, last)
    period = Period(first, last)
    return table_of(measure(slug), counts, period=period, frozen=frozen, labels=LABELS)


def utrecht_register():
    """The 623 lines of the published counts, as facts."""
    codes = {label: code for code, label in LABELS.items()}
    kinds = {"melding": "report", "advies": "advice"}
    with (DATA / "utrecht_2020_2023_register.csv").open(encoding="utf-8-sig") as file:
        for line in csv.DictReader(file, delimiter=";"):
            code = codes.get(line["Aard van uitbuiting"])
            yield {
                "kind": kinds[line["Soort"]],
                "received_year": int(line["Jaar"]),
                "primary_form": code,
                "primary_bucket": code,
            }


def utrecht_published(number):
    """Table 1 or 2 as the shell must print it."""
    lines = (DATA / "utrecht_2020_2023_published.csv").read_text().splitlines(keepends=True)
    wanted = [line for line in lines if line.startswith(("table,", f"{number},"))]
    return "".join(line.partition(",")[2] for line in wanted)
