"""Reads of casework. Each begins with what the member may see."""
