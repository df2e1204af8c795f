"""Baken: the open system behind a Dutch Advies- en Meldpunt Mensenhandel."""

__version__ = "0.0.1"
