"""Bringing in a register from a file: which columns, which values, what is wrong, and loading it.

    mapping = ColumnMapping.from_toml(path)
    checked = check_rows(sheet, plan_for(mapping, sheet.columns, today=today))
    load_rows(checked.rows, ...)

Nothing here decides who may import: that is `casework.actions.imports`. Columns that are not chosen are
read past and never kept anywhere.
"""
