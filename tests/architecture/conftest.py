from tests.own_database import own_caseworker, own_coordinator, own_database, own_stranger

__all__ = ["own_caseworker", "own_coordinator", "own_database", "own_stranger"]
