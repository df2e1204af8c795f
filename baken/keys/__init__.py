"""Who can open what: key pairs of colleagues and teams, containers, grants, and the keystore.

Owns keys and nothing that they open: what is sealed stands with the app it belongs to. Knows people and
aggregates by id only. Opening goes through a `Keyring`, which exists only while somebody with a key is
logged in.
"""
