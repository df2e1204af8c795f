"""Promises, each proven by trials and by a planted defect that its test must catch.

None is built yet; what stands behind the first ones (tenancy, the audit chain, the import that is whole
or nothing) is tested in `tests/accounts`, `tests/audit` and `tests/casework`.
"""
