"""How the house starts: settings, the two URL maps, process entry points, database driver, commands.

Owns no tables. Imports everything; nothing imports it.
"""
