"""Sealing and opening: pure functions over bytes. The only place in the house that calls a crypto library.

Owns the formats of everything sealed. Does not own keys, people or permissions, reads no clock and no
database. Readers know every version of a format for ever, writers the newest. ADR 0016 says why these.
"""
