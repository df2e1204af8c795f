"""A lost passphrase: an administrator offers another, its owner chooses it, a colleague gives access."""

from datetime import timedelta
from uuid import uuid4

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from baken.accounts.actions import AlreadyDisabled, OwnRights, disable_colleague
from baken.accounts.interface import NotAllowed, NotInRegion, Role, User
from baken.accounts.invitations.actions import GUEST, HasAccount, accept_with_account, try_code
from baken.accounts.invitations.models import Invitation
from baken.accounts.invitations.queries import (
    DeadLink,
    LinkExpired,
    LinkUsed,
    LinkVoid,
    LinkWithdrawn,
    listed_invitations,
)
from baken.accounts.invitations.resets import (
    NoFactors,
    SamePassphrase,
    WorksElsewhere,
    remove_second_factors,
    reset_passphrase,
    send_reset,
    withdraw_reset,
)
from baken.accounts.models import Membership, Session
from baken.accounts.teams.actions import give_access, turn_team
from baken.accounts.teams.queries import only_seat_in, team_members
from baken.audit.interface import history
from baken.config.demo.people import PASSPHRASE, one_time_codes
from baken.keys.interface import TurnReason, keys_of, seats_in
from baken.keys.models import Seat, UserKey
from baken.lib.tenancy import region_scope
from baken.mail.models import Mail
from baken.mail.sealing import open_content
from baken.organisations.interface import teams_of
from tests.accounts.test_invitation_door import CODE, WORDS, link_in, text_of
from tests.accounts.test_invitations import other_than
from tests.factories import NOW, member
from tests.fresh import just_logged_in

pytestmark = pytest.mark.django_db
NEW = "vier gewone losse woorden"
BOTH = {"passphrase": NEW, "again": NEW}


@pytest.fixture
def noor(in_utrecht):
    return User.objects.get(email="noor@demo.invalid")


@pytest.fixture
def team(administrator):
    return teams_of(administrator.region)[0]


def send(user, by, now=NOW, language="nl"):
    return send_reset(user_id=user.pk, language=language, by=by, now=now)


def choose(issued, now=NOW, passphrase=NEW):
    hash_of_token = issued.invitation.token_hash
    return reset_passphrase(token_hash=hash_of_token, passphrase=passphrase, now=now)


def attempt(issued, code):
    return try_code(token_hash=issued.invitation.token_hash, code=code, by=GUEST, now=NOW)


def events(user):
    return [each.event for each in history(f"user:{user.pk}")]


def mail_of(issued):
    sealed = bytes(Mail.objects.get(pk=issued.invitation.mail_id).sealed)
    return open_content(sealed, issued.invitation.mail_id).text


# --- offering one ---


def test_sending_changes_nothing_yet(noor, administrator, team):
    issued = send(noor, administrator)

    assert User.objects.get(pk=noor.pk).password == noor.password
    assert noor.pk in seats_in(team)
    assert issued.invitation.valid_until == NOW + timedelta(days=1)
    assert events(noor)[0] == "passphrase.reset_sent"
    assert listed_invitations(administrator) == []


def test_mail_names_nobody(noor, administrator):
    text = mail_of(send(noor, administrator, language="en"))

    assert text.subject == "Your new passphrase for Baken"
    for word in ("Noor", "Lou", "Utrecht"):
        assert word not in text.body


@pytest.mark.parametrize("role", [r for r in Role if r != Role.ADMINISTRATOR])
def test_reset_without_the_right(noor, role):
    by = member(role, region=noor.memberships.get().region)

    for action in (withdraw_reset, remove_second_factors):
        with pytest.raises(NotAllowed):
            action(user_id=noor.pk, by=by, now=NOW)
    with pytest.raises(NotAllowed):
        send(noor, by)


def test_nobody_resets_their_own(administrator):
    lou = User.objects.get(pk=administrator.user_id)

    for action in (withdraw_reset, remove_second_factors):
        with pytest.raises(OwnRights):
            action(user_id=lou.pk, by=administrator, now=NOW)
    with pytest.raises(OwnRights):
        send(lou, administrator)


def test_somebody_of_another_region(administrator):
    bo = User.objects.get(email="bo@demo.invalid")

    for user_id in (bo.pk, uuid4()):
        for action in (withdraw_reset, remove_second_factors):
            with pytest.raises(NotInRegion):
                action(user_id=user_id, by=administrator, now=NOW)
        with pytest.raises(NotInRegion):
            send_reset(user_id=user_id, language="nl", by=administrator, now=NOW)


def test_disabled_colleague(noor, administrator):
    issued = send(noor, administrator)
    disable_colleague(user_id=noor.pk, by=administrator, now=NOW)

    with pytest.raises(LinkWithdrawn):
        choose(issued)
    with pytest.raises(AlreadyDisabled):
        send(noor, administrator)
    withdraw_reset(user_id=noor.pk, by=administrator, now=NOW)


def test_sending_again(noor, administrator):
    first = send(noor, administrator)
    old = first.invitation.token_hash
    second = send(noor, administrator)

    with pytest.raises(DeadLink):
        reset_passphrase(token_hash=old, passphrase=NEW, now=NOW)
    assert attempt(second, second.code) == -1
    assert Invitation.objects.count() == 1
    assert sorted(Mail.objects.values_list("state", flat=True)) == ["given_up", "waiting"]


def test_two_for_one_colleague_in_the_table(noor, administrator):
    made = send(noor, administrator).invitation
    made.pk, made.token_hash = uuid4(), "x"

    with pytest.raises(IntegrityError, match="accounts_one_reset"), transaction.atomic():
        made.save(force_insert=True)


# --- choosing it ---


def test_new_passphrase_opens_the_door_and_nothing_else(noor, administrator, team, coordinator):
    old = bytes(UserKey.objects.get(user_id=noor.pk).public)
    choose(send(noor, administrator))

    assert User.objects.get(pk=noor.pk).check_password(NEW)
    assert bytes(UserKey.objects.get(user_id=noor.pk).public) != old
    assert noor.pk not in seats_in(team)
    standings = {row.user_id: str(row.standing) for row in team_members(team, timezone.localdate())}
    assert standings[noor.pk] == "waits"
    assert events(noor)[0] == "passphrase.reset"
    assert history(f"team:{team.pk}")[0].event == "team.seat_lost"
    give_access(team_id=team.pk, user_id=noor.pk, by=coordinator, now=timezone.now())
    assert noor.pk in seats_in(team)


def test_turning_the_keys_lets_nobody_back_in(noor, administrator, team):
    """The new keys of a team are sealed to public keys: also an administrator can turn them."""
    choose(send(noor, administrator))

    turn_team(team_id=team.pk, reason=TurnReason.AGE, by=administrator, now=timezone.now())

    assert noor.pk not in seats_in(team)


def test_last_seat_goes_too(noor, administrator, team):
    number = keys_of(team).number
    Seat.objects.exclude(user_id=noor.pk).delete()
    assert only_seat_in(administrator.region, noor.pk) == [team.name]

    choose(send(noor, administrator))

    assert seats_in(team) == set()
    assert keys_of(team).number == number


def test_every_session_ends(noor, administrator, caseworker_client):
    assert caseworker_client.get("/registraties/").status_code == 200

    choose(send(noor, administrator))

    assert caseworker_client.get("/registraties/").status_code == 302
    assert not Session.objects.filter(user=noor).exists()


def test_regions_of_a_colleague_all_hear_of_it(noor, administrator, flevoland):
    today = timezone.localdate()
    Membership.objects.create(user=noor, region=flevoland, role=Role.ANALYST, valid_from=today)

    choose(send(noor, administrator))

    for region in (administrator.region, flevoland):
        with region_scope(region.pk):
            assert "passphrase.reset" in events(noor)


# --- bad input ---


def test_link_used_twice(noor, administrator):
    issued = send(noor, administrator)
    choose(issued)

    with pytest.raises(LinkUsed):
        choose(issued, passphrase="nog eens iets heel anders")
    with pytest.raises(LinkUsed):
        attempt(issued, issued.code)
    assert User.objects.get(pk=noor.pk).check_password(NEW)


def test_five_wrong_codes(noor, administrator):
    issued = send(noor, administrator)

    assert [attempt(issued, other_than(issued.code)) for _ in range(5)] == [4, 3, 2, 1, 0]
    with pytest.raises(LinkVoid):
        choose(issued)
    assert events(noor)[:5] == ["passphrase.wrong_code"] * 5


@pytest.mark.parametrize(
    ("after", "works"), [(timedelta(hours=23, minutes=59), True), (timedelta(days=1), False)]
)
def test_reset_lasts_a_day(noor, administrator, after, works):
    issued = send(noor, administrator)

    if works:
        assert choose(issued, NOW + after) == noor
        return
    with pytest.raises(LinkExpired):
        choose(issued, NOW + after)


def test_withdrawn(noor, administrator):
    issued = send(noor, administrator)
    withdraw_reset(user_id=noor.pk, by=administrator, now=NOW)

    with pytest.raises(LinkWithdrawn):
        choose(issued)
    assert Mail.objects.get().problem == "cancelled"
    with pytest.raises(NotInRegion):
        withdraw_reset(user_id=noor.pk, by=administrator, now=NOW)


def test_passphrase_of_before(noor, administrator, team):
    """Whoever remembers it after all loses nothing."""
    noor.set_password(PASSPHRASE)
    noor.save()
    issued = send(noor, administrator)

    with pytest.raises(SamePassphrase):
        choose(issued, passphrase=PASSPHRASE)

    assert noor.pk in seats_in(team)
    assert choose(issued) == noor


def test_invitation_replaces_no_passphrase_and_a_reset_gives_no_role(noor, administrator):
    issued = send(noor, administrator)

    with pytest.raises(HasAccount):
        accept_with_account(token_hash=issued.invitation.token_hash, user=noor, by=GUEST, now=NOW)


# --- second factors ---


def test_second_factor_is_kept(noor, administrator):
    choose(send(noor, administrator))

    assert Authenticator.objects.filter(user=noor).exists()


def test_remove_second_factors(noor, administrator, caseworker_client):
    remove_second_factors(user_id=noor.pk, by=administrator, now=NOW)

    assert not Authenticator.objects.filter(user=noor).exists()
    assert events(noor)[0] == "second_factor.removed"
    assert caseworker_client.get("/registraties/").status_code == 302
    with pytest.raises(NoFactors):
        remove_second_factors(user_id=noor.pk, by=administrator, now=NOW)


def test_second_factor_of_who_works_elsewhere_too(noor, administrator, flevoland):
    own = Membership.objects.create(
        user=noor, region=flevoland, role=Role.ANALYST, valid_from=timezone.localdate()
    )

    with pytest.raises(WorksElsewhere):
        remove_second_factors(user_id=noor.pk, by=administrator, now=NOW)
    Membership.objects.filter(pk=own.pk).update(disabled_at=NOW)
    remove_second_factors(user_id=noor.pk, by=administrator, now=NOW)


# --- the screens ---


def test_from_lost_to_logged_in(noor, administrator_client):
    cache.clear()
    send_url = reverse("invitations:new-passphrase", args=[noor.pk])
    code = administrator_client.post(send_url, {"language": "nl"}).context["code"]
    link = link_in(mail_of_only())
    guest = Client()
    assert guest.get(link).url == CODE
    assert "Noor" not in text_of(guest.get(CODE))
    assert guest.post(CODE, {"code": code}).url == WORDS
    assert guest.post(WORDS, BOTH).url == reverse("account_login")
    assert "Uw nieuwe wachtwoordzin geldt nu." in text_of(guest.get(reverse("account_login")))

    credentials = {"login": noor.email, "password": NEW}
    assert guest.post(reverse("account_login"), credentials).url == reverse("mfa_authenticate")
    guest.post(reverse("mfa_authenticate"), {"code": one_time_codes()[1]})

    assert guest.get("/registraties/").status_code == 200
    assert guest.session.keyring is not None


def mail_of_only():
    mail = Mail.objects.get()
    return open_content(bytes(mail.sealed), mail.pk).text.body


@pytest.mark.parametrize("name", ["new-passphrase", "factors-remove"])
def test_it_asks_who_you_are(noor, administrator, administrator_client, name):
    session = administrator_client.session
    lou = User.objects.get(pk=administrator.user_id)
    session.update(just_logged_in(lou, seconds_ago=301))
    session.save()

    response = administrator_client.post(reverse(f"invitations:{name}", args=[noor.pk]))

    assert response.status_code == 403
    assert "Bevestig dat u het bent" in text_of(response)
    assert not Invitation.objects.exists()


@pytest.mark.parametrize("name", ["new-passphrase", "factors-remove", "new-passphrase-withdraw"])
def test_own_and_foreign_colleagues(administrator_client, administrator, name):
    bo = User.objects.get(email="bo@demo.invalid")

    for user_id in (bo.pk, uuid4()):
        answer = administrator_client.post(reverse(f"invitations:{name}", args=[user_id]))
        assert answer.status_code == 404
    own = administrator_client.post(
        reverse(f"invitations:{name}", args=[administrator.user_id]), follow=True
    )
    assert "Uw eigen rollen en toegang wijzigt u niet zelf." in text_of(own)


@pytest.mark.parametrize(
    ("given", "field", "sentence"),
    [
        ("kort", "passphrase", "15 tekens"),
        ("noor fictief demo!", "passphrase", "Dit raadt iemand"),
        ("yfdbufnjh10305070", "passphrase", "te bekend"),
        (NEW, "passphrase", "die u al had"),
    ],
)
def test_passphrase_that_is_refused(noor, administrator, given, field, sentence):
    noor.set_password(NEW)
    noor.save()
    issued = send(noor, administrator, now=timezone.now())
    guest = Client()
    guest.get(link_in(mail_of(issued).body))
    guest.post(CODE, {"code": issued.code})

    answer = guest.post(WORDS, {"passphrase": given, "again": given})

    assert sentence in " ".join(map(str, answer.context["form"].errors[field]))
    assert User.objects.get(pk=noor.pk).password == noor.password


def test_without_the_code(noor, administrator):
    issued = send(noor, administrator, now=timezone.now())
    guest = Client()
    guest.get(link_in(mail_of(issued).body))

    assert guest.post(WORDS, BOTH).url == CODE
    assert not User.objects.get(pk=noor.pk).check_password(NEW)


def test_expired_while_somebody_is_at_it(noor, administrator):
    issued = send(noor, administrator, now=timezone.now())
    guest = Client()
    guest.get(link_in(mail_of(issued).body))
    guest.post(CODE, {"code": issued.code})
    Invitation.objects.update(valid_until=timezone.now())

    assert "Deze link is verlopen." in text_of(guest.post(WORDS, BOTH))


def test_screen_of_the_colleague(noor, administrator, administrator_client):
    page = reverse("accounts:colleague-roles", args=[noor.pk])
    before = text_of(administrator_client.get(page))
    send(noor, administrator, now=timezone.now())
    after = text_of(administrator_client.get(page))

    assert "Nieuwe wachtwoordzin" in before
    assert "Verstuurd, geldig tot" in after
    answer = administrator_client.post(
        reverse("invitations:new-passphrase-withdraw", args=[noor.pk]), follow=True
    )
    assert "De link werkt niet meer." in text_of(answer)
