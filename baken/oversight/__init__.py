"""Oversight: who looked at what, which looks ask for an explanation, and who broke the glass.

Owns alerts and their review, and the screens of the log. Does not own the log (`audit`), nor anything of a
registration: a subject is a text, named by the app whose subject it is.
"""
