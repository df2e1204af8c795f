"""Casework: registrations, from the first signal to closing, and registers brought in from elsewhere.

Owns what was registered, drafts, the work list and register imports. Does not own figures: `figures`
reads frozen facts only and never enters this app.
"""
