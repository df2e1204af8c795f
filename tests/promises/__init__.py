"""Promises, each proven by trials and by planted defects that its trials must catch."""
