"""Screens of invitations: of the inviter, and at the door."""
