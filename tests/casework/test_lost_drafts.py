"""A draft that was sealed to keys somebody has no more."""

from uuid import uuid4

import pytest
from django.urls import reverse

from baken.accounts.interface import User
from baken.audit.interface import SYSTEM
from baken.casework.models import Draft
from baken.keys.interface import make_own_key
from tests.factories import NOW, posted

pytestmark = pytest.mark.django_db
SAVE = reverse("casework:draft-save", urlconf="baken.config.urls_office")
NEW = reverse("casework:registration-new", urlconf="baken.config.urls_office")
LIST = reverse("casework:registration-list", urlconf="baken.config.urls_office")


def test_draft_of_before_another_passphrase(in_utrecht, caseworker_client):
    """The page says so, the work list still throws it away, and a new registration can be typed."""
    noor, pk = User.objects.get(email="noor@demo.invalid"), uuid4()
    caseworker_client.post(SAVE, posted(draft=str(pk)))
    session = caseworker_client.session
    session.keyring = make_own_key(user_id=noor.pk, passphrase="x", by=SYSTEM, now=NOW)
    session.save()

    answer = caseworker_client.get(f"{NEW}?concept={pk}")

    assert answer.status_code == 403
    assert "Dit concept gaat niet meer open" in answer.content.decode()
    assert str(pk) in caseworker_client.get(LIST).content.decode()
    discard = reverse("casework:draft-discard", args=[pk])
    assert caseworker_client.post(discard).status_code == 302
    assert not Draft.objects.filter(pk=pk).exists()
    assert caseworker_client.get(NEW).status_code == 200
