"""Regions with their area, teams, and the municipalities of the country.

A region is a meldpunt's own area, not a safety region. It is the tenant other apps keep apart;
the tables here are shared by all regions.
"""
