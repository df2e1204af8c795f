"""What has to happen inside the house, with its settings: one task, its words in, JSON out.

`python -m bench.inside TASK WORDS…`, run by `house.inside` as one of the database roles.
"""

import json
import sys
import time
from collections.abc import Callable
from dataclasses import asdict
from importlib import import_module
from pathlib import Path
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.db import transaction  # noqa: E402
from django.utils import timezone  # noqa: E402
from django.utils.crypto import get_random_string  # noqa: E402

from baken.accounts.interface import (  # noqa: E402
    Role,
    User,
    add_colleague,
    member_for,
    memberships_of,
    system_member,
)
from baken.accounts.middleware import SECOND_FACTOR_KEY  # noqa: E402
from baken.audit.interface import SYSTEM  # noqa: E402
from baken.casework.queries.worklist import WorkListFilter, page  # noqa: E402
from baken.facts.interface import freeze_now  # noqa: E402
from baken.lib.tenancy import region_scope  # noqa: E402
from baken.organisations.interface import open_region, region_by_code, regions  # noqa: E402
from baken.organisations.models import Municipality  # noqa: E402
from bench import with_keys  # noqa: E402
from bench.counting import compare  # noqa: E402
from bench.generate import REGIONS  # noqa: E402
from bench.people import Colleague  # noqa: E402
from bench.sealed_texts import TASKS as SEALED_TEXTS  # noqa: E402


@transaction.atomic
def open_regions() -> None:
    """The regions, each with a share of the municipalities and one coordinator. As the owner."""
    codes = sorted(
        Municipality.objects.filter(code__startswith="GM").values_list("code", flat=True)
    )
    for number in range(REGIONS):
        region = open_region(
            code=f"r{number + 1:02}",
            name=f"Regio {number + 1:02}",
            telephone="000 000 00 00",
            telephone_note="",
            municipality_codes=codes[number::REGIONS],
            theme="baken",
            by=SYSTEM,
            now=timezone.now(),
        )
        add_colleague(
            email=f"{region.code}@bench.invalid",
            name=f"Collega {number + 1:02}",
            role=Role.COORDINATOR,
            passphrase=get_random_string(20),
            by=system_member(region),
            now=timezone.now(),
        )


def open_sessions() -> list[dict[str, str]]:
    """A session for every colleague, made as log-in makes it but without its cost. As the office."""
    store = import_module(settings.SESSION_ENGINE).SessionStore
    made = []
    for region in regions():
        user = User.objects.get(email=f"{region.code}@bench.invalid")
        session = store()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session[SECOND_FACTOR_KEY] = True
        session.create()
        colleague = Colleague(
            str(region.pk), region.code, str(user.pk), session.session_key, get_random_string(32)
        )
        made.append(asdict(colleague))
    return made


def late_page(region_code: str) -> dict[str, str]:
    """How a colleague who keeps turning pages asks for one near the end, and the row before it."""
    region = region_by_code(region_code)
    user = User.objects.get(email=f"{region_code}@bench.invalid")
    member = member_for(user, memberships_of(user, timezone.localdate()), None)
    with region_scope(region.pk):
        pages = [page(WorkListFilter(), by=member, sort="ontvangen")]
        while pages[-1].older and len(pages) < 400:
            pages.append(page(WorkListFilter(), by=member, sort="ontvangen", older=pages[-1].older))
    found = pages[len(pages) * 9 // 10]
    last = found.rows[-1]
    return {"cursor": found.older, "after": f"{last['received_on']},{last['id']}"}


def freeze(*region_codes: str) -> dict[str, float]:
    """Seconds and rows of freezing these regions, one after another."""
    rows, seconds = 0, 0.0
    for code in region_codes:
        member = system_member(region_by_code(code))
        began = time.perf_counter()
        snapshot = freeze_now(by=member, now=timezone.now())
        seconds += time.perf_counter() - began
        rows += snapshot.rows_total
    return {"rows": rows, "seconds": seconds}


def figures(path: str, rounds: str) -> dict[str, float]:
    """Seconds of both tables through the measures, and asked of DuckDB directly, in turns."""
    return compare(Path(path), int(rounds))


TASKS: dict[str, Callable[..., Any]] = {
    "regions": open_regions,
    "sessions": open_sessions,
    "late": late_page,
    "freeze": freeze,
    "figures": figures,
    **SEALED_TEXTS,
    "told": with_keys.told,
    "unlock": with_keys.unlock,
    "rewrap": with_keys.rewrap,
}

if __name__ == "__main__":
    print(json.dumps(TASKS[sys.argv[1]](*sys.argv[2:])))
