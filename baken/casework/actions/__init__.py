"""Writes of casework: each a sentence with an actor, atomic, audited."""
