"""Two submits at the same moment, each with a connection of its own and real commits."""

import threading
from uuid import uuid4

from django.db import connection

from baken.casework.models import Registration
from baken.lib.tenancy import region_scope
from tests.factories import registration


def test_double_click_at_the_same_moment(own_database, own_caseworker):
    draft_id, made, problems = uuid4(), [], []
    barrier = threading.Barrier(2)

    def click():
        try:
            barrier.wait(timeout=5)
            with region_scope(own_caseworker.region.pk):
                made.append(registration(own_caseworker, draft_id=draft_id).pk)
        except Exception as problem:
            problems.append(problem)
        finally:
            connection.close()

    clicks = [threading.Thread(target=click) for _ in range(2)]
    for each in clicks:
        each.start()
    for each in clicks:
        each.join(timeout=10)

    assert problems == []
    assert len(made) == 2
    assert len(set(made)) == 1
    with region_scope(own_caseworker.region.pk):
        assert Registration.objects.count() == 1
