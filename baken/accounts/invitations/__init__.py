"""Inviting a colleague: a link by mail, and a code by another channel."""
