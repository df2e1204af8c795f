"""Code lists: what a registration can be coded with, in which words, and when it was offered.

Owns lists, entries, their validity and their mappings to other standards. Does not own enums that
drive the logic of an app (kind, state, precision): those live in that app's `states.py`.
"""
