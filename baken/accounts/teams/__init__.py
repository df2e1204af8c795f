"""Teams and their keys: who has access, the recovery key, turning and rewrapping, what is shared, and the
first run of a new region.

Owns no table. What the keys do themselves is in `baken.keys`; here stands who may ask for it.
"""
