"""Writes: own keys, teams, containers, grants, recovery."""
