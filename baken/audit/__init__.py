"""The audit log: what was done, by whom, when. Append-only, chained by one sealer.

Owns the entries and the chain. Does not own names or content: an entry holds random ids, codes and
counts only, so it can be kept when the people it is about are forgotten.
"""
