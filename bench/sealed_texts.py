"""What happens inside the house with what is sealed: filling it, searching it, looking people up in it."""

import gc
import os
import random
import statistics
import time
from datetime import date, timedelta
from uuid import UUID, uuid4

import psycopg
from django.utils import timezone
from nacl.bindings import (
    crypto_aead_xchacha20poly1305_ietf_decrypt,
    crypto_aead_xchacha20poly1305_ietf_encrypt,
)

from baken.accounts.interface import Member, User, member_for, memberships_of
from baken.audit.interface import SYSTEM
from baken.casework.models import Registration, Summary
from baken.casework.queries.radar import look_up
from baken.casework.queries.search import Position, SearchFilter, manifest, search_slice
from baken.casework.rules.marks import Marks
from baken.casework.rules.sealed import place_of
from baken.casework.states import IdentityKind, Kind, State
from baken.casework.views.search import FIRST, NEXT
from baken.keys import keystore
from baken.keys.actions.containers import wrapped
from baken.keys.interface import (
    Compartment,
    Container,
    Keyring,
    OpenContainer,
    found_keys,
    found_recovery,
    make_own_key,
)
from baken.keys.keyring import TeamKey
from baken.lib.tenancy import region_scope
from baken.organisations.interface import open_team, region_by_code
from baken.vault.interface import new_key
from bench.radar import KEY, indexes_of_crowd

REGION = "r01"
BATCH = 5_000
ROUNDS = 5
WANTED = ("nagelstudio", "hotel")
LOOK_UPS = 200
_SENTENCES = (
    "Zij slaapt boven de zaak en mag niet naar buiten.",
    "De buurvrouw hoort ’s nachts geschreeuw en ziet steeds andere auto’s voor de deur.",
    "Haar paspoort is bij aankomst afgenomen; dat krijgt ze terug als de schuld betaald is.",
    "Hij werkt zes dagen per week, twaalf uur per dag, voor vijftig euro in de week.",
    "Volgens de school heeft ze ineens dure kleding en twee telefoons.",
    "Ze is twee keer opgehaald door een oudere man die zich haar vriend noemt.",
    "Zes mannen delen één kamer met vier bedden en een gaspit.",
    "De huisarts zag oude blauwe plekken en vertrouwde het verhaal niet.",
    "Het hotel ligt aan de snelweg; de receptie kent de gezichten intussen.",
    "Hij durft niet naar de politie te gaan, omdat zijn familie thuis bedreigd wordt.",
    "De wijkagent is gebeld en neemt vandaag nog contact op.",
    "Ze reageert schichtig, kijkt steeds naar de deur en laat de man het woord doen.",
    "Volgens een collega is hij vorige week van de steiger gevallen en niet verzorgd.",
    "Er is een café in de buurt waar zij en haar zusje ook gezien zijn.",
)


def fill(rows: str) -> dict[str, object]:
    """A region whose colleague has keys, with so many sealed summaries. As the office."""
    member = _colleague()
    team = member.keys.newest(member.region.pk)
    chance = random.Random(0)
    for start in range(0, int(rows), BATCH):
        with region_scope(member.region.pk):
            _store(min(BATCH, int(rows) - start), member, team, chance)
    keys = member.keys
    return {"private": keys.private.hex(), "signing": keys.signing.hex()}


def search(private: str, signing: str) -> dict[str, float]:
    """Seconds of searching every summary, as the page does it: slice after slice, each in a transaction of
    its own; and of opening as many bytes with libsodium and nothing more."""
    user = User.objects.get(email=f"{REGION}@bench.invalid")
    ours, bare = [], []
    gc.freeze()  # as the site does
    for _ in range(ROUNDS):
        member = _member(user, bytes.fromhex(private), bytes.fromhex(signing))
        began = time.perf_counter()
        found = _search(member)
        ours.append(time.perf_counter() - began)
        bare.append(_open_bare(member))
    return {"ours": statistics.median(ours), "bare": statistics.median(bare), "found": found}


def radar(bare_url: str) -> dict[str, float]:
    """Milliseconds of looking one person up, and of asking PostgreSQL for the same rows."""
    region = region_by_code(REGION)
    user = User.objects.get(email=f"{REGION}@bench.invalid")
    member = member_for(user, memberships_of(user, timezone.localdate()), None)
    assert member
    people = _people(LOOK_UPS)
    ours, bare = [], []
    with psycopg.connect(bare_url, autocommit=True) as connection, region_scope(region.pk):
        for keys in people:
            marks = Marks(frozenset({(IdentityKind.PHONE.value, b"12345678")}), keys)
            ours.append(_timed(lambda marks=marks: look_up(marks, by=member)))
            bare.append(_timed(lambda keys=keys: _ask(connection, region.pk, keys)))
    return {"ours": statistics.median(ours) * 1e3, "bare": statistics.median(bare) * 1e3}


def crowd(count: str, superuser_url: str) -> None:
    """So many match keys of one region, whose registrations nobody will ask for."""
    region = str(region_by_code(REGION).pk)
    with psycopg.connect(superuser_url) as connection:
        connection.execute("SET session_replication_role = replica")
        statement = (
            "COPY casework_matchkey (id, region_id, registration_id, subject_id, kind, index)"
            " FROM STDIN"
        )
        with connection.cursor().copy(statement) as rows:
            for number, kind, index in indexes_of_crowd(int(count), key=KEY):
                whose = UUID(int=number)
                rows.write_row((uuid4(), region, whose, whose, kind.value, index))
    with psycopg.connect(superuser_url, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE casework_matchkey")


def _colleague() -> Member:
    region, now = region_by_code(REGION), timezone.now()
    user = User.objects.get(email=f"{REGION}@bench.invalid")
    with region_scope(region.pk):
        keyring = make_own_key(user_id=user.pk, passphrase=new_key().hex(), by=SYSTEM, now=now)
        found_recovery(region=region, by=SYSTEM, now=now)
        team = open_team(region=region, name="Proef", by=SYSTEM, now=now)
        found_keys(team=team, members=[user.pk], by=SYSTEM, now=now)
        member = _member(user, keyring.private, keyring.signing)
        member.keys.team_keys(region.pk)
    return member


def _member(user: User, private: bytes, signing: bytes) -> Member:
    today = timezone.localdate()
    keyring = Keyring(user.pk, private, signing, today)
    member = member_for(user, memberships_of(user, today), None, keyring)
    assert member
    return member


def _store(rows: int, member: Member, team: TeamKey, chance: random.Random) -> None:
    region_id, shreds = member.region.pk, {uuid4(): new_key() for _ in range(rows)}
    keystore.keep(shreds)
    made = [_registration(region_id, chance) for _ in range(rows)]
    containers, summaries = [], []
    for registration, (pk, shred) in zip(made, shreds.items(), strict=True):
        key = new_key()
        opened = OpenContainer(pk, region_id, Compartment.WORK, key)
        containers.append(_container(opened, registration, team, shred))
        summaries.append(_summary(opened, registration, chance))
    Registration.objects.bulk_create(made)
    Container.objects.bulk_create(containers)
    Summary.objects.bulk_create(summaries)


def _registration(region_id: UUID, chance: random.Random) -> Registration:
    pk = uuid4()
    return Registration(
        id=pk,
        region_id=region_id,
        number=f"MH-{pk.hex[:12]}",
        kind=Kind.QUESTION,
        state=State.NEW,
        received_on=date(2025, 12, 31) - timedelta(days=chance.randrange(2190)),
        received_precision="day",
    )


def _container(
    opened: OpenContainer, registration: Registration, team: TeamKey, shred: bytes
) -> Container:
    sealed = wrapped(
        opened.key,
        team_key=team.symmetric,
        shred=shred,
        container=opened.id,
        compartment=Compartment.WORK,
        region_id=opened.region_id,
    )
    return Container(
        id=opened.id,
        region_id=opened.region_id,
        epoch_id=team.epoch_id,
        owner_id=registration.pk,
        compartment=Compartment.WORK,
        sealed=sealed,
    )


def _summary(opened: OpenContainer, registration: Registration, chance: random.Random) -> Summary:
    summary = Summary(
        region_id=opened.region_id, registration=registration, changed_by_id=UUID(int=0)
    )
    text = " ".join(chance.choices(_SENTENCES, k=chance.randrange(1, 12)))
    if chance.random() < 0.001:
        text += " Nagelstudio, naast het hotel."
    summary.sealed = opened.seal(text, **place_of(summary))
    return summary


def _search(member: Member) -> int:
    wanted, after, most, found = SearchFilter(until=timezone.now()), None, FIRST, 0
    with region_scope(member.region.pk):
        manifest(wanted, by=member)
    while True:
        with region_scope(member.region.pk):
            part = search_slice(WANTED, wanted, by=member, most=most, after=after)
        found += len(part.hits)
        after, most = part.after, NEXT
        if not isinstance(after, Position):
            return found


def _open_bare(member: Member) -> float:
    """Of each registration three things are opened: two wraps of its key, and the summary."""
    with region_scope(member.region.pk):
        rows = Summary.objects.filter(region_id=member.region.pk).values_list("sealed", flat=True)
        sizes = [len(bytes(sealed)) for sealed in rows]
    key, nonce, about = new_key(), os.urandom(24), bytes(150)
    longest = crypto_aead_xchacha20poly1305_ietf_encrypt
    sealed = {
        size: longest(bytes(max(size - 96, 1)), about, nonce, key) for size in {*sizes, 232, 128}
    }
    began = time.perf_counter()
    for size in sizes:
        for each in (232, 128, size):
            crypto_aead_xchacha20poly1305_ietf_decrypt(sealed[each], about, nonce, key)
    return time.perf_counter() - began


def _people(count: int) -> list[frozenset[bytes]]:
    """The keys of some who are in the crowd."""
    found: dict[int, set[bytes]] = {}
    for number, _kind, index in indexes_of_crowd(count * 40, key=KEY):
        found.setdefault(number, set()).add(index)
    return [frozenset(keys) for keys in list(found.values())[:count]]


def _ask(
    connection: psycopg.Connection[tuple[object, ...]], region: UUID, keys: frozenset[bytes]
) -> None:
    statement = (
        "SELECT DISTINCT registration_id, kind FROM casework_matchkey"
        " WHERE region_id = %s AND index = ANY(%s)"
    )
    connection.execute(statement, [region, list(keys)], binary=True).fetchall()


def _timed(work: object) -> float:
    assert callable(work)
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


TASKS = {"fill-sealed": fill, "search": search, "crowd": crowd, "radar": radar}
