"""Figures: how registrations are counted, and how the counts are shown and taken along.

Owns measures, tables, sentences, charts and files. Does not own the facts: they come from
snapshots, through the door of `facts`, and from nowhere else. Everything here is for inside: exact
counts, marked *intern, niet publiceren*.
"""
