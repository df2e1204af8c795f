"""Tests of how Baken starts and stops."""
