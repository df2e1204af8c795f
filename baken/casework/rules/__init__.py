"""Decisions of casework: values in, answer out. No database, no request, no clock."""
