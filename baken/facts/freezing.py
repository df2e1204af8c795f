"""From the rows of one region to Parquet files that never change."""

import io
from uuid import UUID

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet
from django.db import connection

from baken.facts.files import sha256_of, write_sealed
from baken.facts.sources import LIST_SEPARATOR, Rows, Source

_BLOCK = 4 * 1024 * 1024


def read_rows(source: Source, region_id: UUID) -> Rows:
    """All rows of one source in the region in scope. COPY is how PostgreSQL hands over many rows
    fastest; row-level security holds for it too."""
    buffer = io.BytesIO()
    with connection.cursor() as cursor:
        statement = f"COPY ({source.query}) TO STDOUT (FORMAT csv)"
        with cursor.copy(statement, {"region": region_id}) as copy:
            for block in copy:
                buffer.write(block)
        count = cursor.rowcount
    return Rows(source, buffer.getvalue(), count)


def write_table(rows: Rows, region_id: UUID, snapshot_id: UUID) -> dict[str, object]:
    """Write one fact table, sorted by its key and sealed; return its rows and the SHA-256 of the file for
    the manifest."""
    table = _as_arrow(rows.source.schema, rows.csv)
    parquet = pa.BufferOutputStream()
    pyarrow.parquet.write_table(table, parquet, compression="zstd")
    path = write_sealed(memoryview(parquet.getvalue()), region_id, snapshot_id, rows.source.name)
    return {"rows": table.num_rows, "sha256": sha256_of(path)}


def _as_arrow(schema: pa.Schema, csv: bytes) -> pa.Table:
    if not csv:
        return schema.empty_table()
    texts = {f.name: pa.string() if pa.types.is_list(f.type) else f.type for f in schema}
    table = pyarrow.csv.read_csv(
        io.BytesIO(csv),
        read_options=pyarrow.csv.ReadOptions(column_names=schema.names, block_size=_BLOCK),
        convert_options=pyarrow.csv.ConvertOptions(
            column_types=texts,
            null_values=[""],
            strings_can_be_null=True,
            true_values=["t"],
            false_values=["f"],
        ),
    )
    columns = [_column(table[field.name], field) for field in schema]
    return pa.Table.from_arrays(columns, schema=schema).sort_by(schema.names[0])


def _column(values: pa.ChunkedArray, field: pa.Field) -> pa.ChunkedArray:
    """Lists travel as joined text; empty text is the empty list, never a list of one empty code."""
    if not pa.types.is_list(field.type):
        return values
    return pc.split_pattern(pc.fill_null(values, ""), LIST_SEPARATOR)
