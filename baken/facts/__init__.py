"""Facts: what may be counted, frozen at a reference date (*peildatum*).

Owns snapshots: coded facts per region as Parquet files with a manifest. Does not own what they mean
(apps above register their sources here) nor how they are counted (`figures` does, and only from here).
"""
