from dataclasses import dataclass

import pytest
from django.test import Client

from baken.accounts.interface import ROLE_PERMISSIONS, Permission, User
from baken.config.demo.people import PEOPLE


@dataclass(frozen=True)
class Somebody:
    name: str
    permissions: frozenset[Permission]


@pytest.fixture
def every_client(db):
    """A logged-in client for each role of Utrecht."""
    clients = {}
    for person in PEOPLE:
        if person.region == "utrecht":
            client = Client()
            client.force_login(User.objects.get(email=person.email))
            clients[Somebody(person.role, ROLE_PERMISSIONS[person.role])] = client
    return clients
