"""Inviting a colleague: what is refused, to the inviter and at the door."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from baken.accounts.interface import NotAllowed, NotInRegion, Role, User
from baken.accounts.invitations.actions import (
    GUEST,
    AlreadyColleague,
    AlreadyInvited,
    HasAccount,
    Invited,
    NoRole,
    accept_invitation,
    accept_with_account,
    invite,
    resend_invitation,
    try_code,
    withdraw_invitation,
)
from baken.accounts.invitations.models import Invitation
from baken.accounts.invitations.queries import (
    DeadLink,
    LinkExpired,
    LinkUsed,
    LinkVoid,
    LinkWithdrawn,
    invitation_of,
    listed_invitations,
)
from baken.accounts.invitations.rules import NotACode, clean_code, new_code, roles_given_by
from baken.accounts.invitations.states import InvitationState
from baken.accounts.models import Membership
from baken.audit.interface import history
from baken.lib.tenancy import set_region
from baken.mail.models import Mail
from tests.factories import NOW, member

EMAIL = "sofie@meldpunt.invalid"
PASSPHRASE = "vier gewone losse woorden"
SOFIE = Invited("Sofie Nieuw", EMAIL, frozenset({Role.CASEWORKER}), "nl")


def issue(by, now=NOW, **changes):
    return invite(invited=Invited(**{**SOFIE.__dict__, **changes}), by=by, now=now)


def attempt(issued, code, now=NOW):
    hash_of_token = issued.invitation.token_hash
    return try_code(token_hash=hash_of_token, code=code, by=GUEST, now=now)


def accept(issued, now=NOW):
    hash_of_token = issued.invitation.token_hash
    return accept_invitation(token_hash=hash_of_token, passphrase=PASSPHRASE, by=GUEST, now=now)


def events(issued):
    return [(each.event, each.detail) for each in history(f"invitation:{issued.invitation.pk}")]


# --- the inviter ---


def test_invite(administrator):
    issued = issue(administrator, roles=frozenset({Role.CASEWORKER, Role.ANALYST}))

    assert listed_invitations(administrator) == [issued.invitation]
    assert issued.invitation.valid_until == NOW + timedelta(days=7)
    assert Mail.objects.get().pk == issued.invitation.mail_id
    assert not User.objects.filter(email=EMAIL).exists()
    assert events(issued) == [("invitation.sent", {"roles": "analyst, caseworker"})]


def test_table_holds_neither_link_nor_code(administrator):
    issued = issue(administrator)

    row = repr(Invitation.objects.filter(pk=issued.invitation.pk).values().get())
    assert issued.code not in row
    assert len(issued.code) == 8


@pytest.mark.parametrize("role", [r for r in Role if r != Role.ADMINISTRATOR])
def test_invite_without_the_right(utrecht, role):
    by = member(role, region=utrecht)

    with pytest.raises(NotAllowed):
        issue(by)
    with pytest.raises(NotAllowed):
        resend_invitation(invitation_id=uuid4(), by=by, now=NOW)
    with pytest.raises(NotAllowed):
        withdraw_invitation(invitation_id=uuid4(), by=by, now=NOW)


@pytest.mark.parametrize("role", Role)
def test_roles_somebody_may_give(role):
    every = frozenset(Role) if role == Role.ADMINISTRATOR else frozenset()

    assert roles_given_by(frozenset({role})) == every


def test_invite_without_a_role(administrator):
    with pytest.raises(NoRole):
        issue(administrator, roles=frozenset())


@pytest.mark.parametrize("email", ["noor@demo.invalid", "NOOR@Demo.invalid", "lou@demo.invalid"])
def test_invite_a_colleague_or_oneself(administrator, email):
    with pytest.raises(AlreadyColleague):
        issue(administrator, email=email)


def test_invite_twice(administrator):
    issue(administrator)

    with pytest.raises(AlreadyInvited):
        issue(administrator, email=EMAIL.upper())


def test_two_invitations_to_one_address_in_the_table(administrator):
    made = issue(administrator).invitation
    made.pk, made.token_hash = uuid4(), "x"

    with pytest.raises(IntegrityError, match="accounts_one_invitation"), transaction.atomic():
        made.save(force_insert=True)


def test_colleague_of_another_region_is_not_given_away(administrator):
    """Somebody works in Flevoland: that is nobody's business in Utrecht."""
    issued = issue(administrator, email="bo@demo.invalid")

    assert listed_invitations(administrator) == [issued.invitation]


def test_invitations_of_another_region(administrator, stranger):
    issued = issue(administrator)
    elsewhere = member(Role.ADMINISTRATOR, region=stranger.region)
    set_region(stranger.region.pk)

    assert listed_invitations(elsewhere) == []
    for action in (resend_invitation, withdraw_invitation):
        with pytest.raises(NotInRegion):
            action(invitation_id=issued.invitation.pk, by=elsewhere, now=NOW)


def test_send_again(administrator):
    first = issue(administrator)
    second = resend_invitation(
        invitation_id=first.invitation.pk, by=administrator, now=NOW + timedelta(days=6)
    )

    with pytest.raises(DeadLink):
        attempt(first, first.code)
    assert attempt(second, first.code, NOW + timedelta(days=6)) == 4
    assert attempt(second, second.code, NOW + timedelta(days=12)) == -1
    assert sorted(Mail.objects.values_list("state", flat=True)) == ["given_up", "waiting"]


def test_withdraw(administrator):
    issued = issue(administrator)

    withdraw_invitation(invitation_id=issued.invitation.pk, by=administrator, now=NOW)

    with pytest.raises(LinkWithdrawn):
        attempt(issued, issued.code)
    assert listed_invitations(administrator) == []
    assert Mail.objects.get().problem == "cancelled"
    made = Invitation.objects.get()
    assert (made.name, made.email) == ("", "")
    with pytest.raises(NotInRegion):
        withdraw_invitation(invitation_id=made.pk, by=administrator, now=NOW)


# --- the code ---


@pytest.mark.parametrize(
    "text", ["4H7K-9M2P", "4h7k9m2p", " 4H7K 9M2P ", "4H7K–9M2P", "4H7K 9M2P\t"]
)
def test_code_as_people_type_it(text):
    assert clean_code(text) == "4H7K9M2P"


def test_letters_that_look_like_digits():
    assert clean_code("OIL0-il1o") == "01101110"


@pytest.mark.parametrize("text", ["", "4H7K-9M2", "4H7K-9M2PP", "4H7K-9M2U", "4H7K_9M2P", "é" * 8])
def test_what_cannot_be_a_code(text):
    with pytest.raises(NotACode):
        clean_code(text)


def test_codes_differ():
    codes = {new_code() for _ in range(200)}

    assert len(codes) == 200
    assert {clean_code(code) for code in codes} == codes


def other_than(code):
    return ("0" if code[0] != "0" else "1") + code[1:]


def test_five_wrong_codes(administrator):
    issued = issue(administrator)
    wrong = other_than(issued.code)

    assert [attempt(issued, wrong) for _ in range(5)] == [4, 3, 2, 1, 0]

    with pytest.raises(LinkVoid):
        attempt(issued, issued.code)
    with pytest.raises(LinkVoid):
        accept(issued)
    assert events(issued)[0] == ("invitation.wrong_code", {"tries": 5})


def test_tries_are_counted_in_all(administrator):
    """A right code in between, or another browser, gives no new tries."""
    issued = issue(administrator)
    wrong = other_than(issued.code)

    codes = [wrong, issued.code, wrong, issued.code, wrong, wrong, wrong]

    assert [attempt(issued, code) for code in codes] == [4, -1, 3, -1, 2, 1, 0]


def test_code_of_another_invitation(administrator):
    one, other = issue(administrator), issue(administrator, email="ander@meldpunt.invalid")

    assert attempt(one, other.code) == 4


@pytest.mark.parametrize(
    ("after", "opens"),
    [(timedelta(days=7) - timedelta(seconds=1), True), (timedelta(days=7), False)],
)
def test_invitation_lasts_seven_days(administrator, after, opens):
    issued = issue(administrator)

    if opens:
        assert attempt(issued, issued.code, NOW + after) == -1
        return
    with pytest.raises(LinkExpired):
        attempt(issued, issued.code, NOW + after)
    with pytest.raises(LinkExpired):
        accept(issued, NOW + after)


def test_link_nobody_made():
    with pytest.raises(DeadLink):
        invitation_of("x" * 64, NOW)


test_link_nobody_made = pytest.mark.django_db(test_link_nobody_made)


# --- becoming a colleague ---


def test_accept(administrator):
    issued = issue(administrator, roles=frozenset({Role.CASEWORKER, Role.ANALYST}))

    user = accept(issued)

    assert (user.email, user.name, user.check_password(PASSPHRASE)) == (EMAIL, "Sofie Nieuw", True)
    assert sorted(user.memberships.values_list("role", flat=True)) == ["analyst", "caseworker"]
    made = Invitation.objects.get()
    assert (made.state, made.name, made.email) == (InvitationState.ACCEPTED, "", "")
    assert [each.event for each in history(f"user:{user.pk}")] == ["member.added"] * 2
    assert events(issued)[0][0] == "invitation.accepted"


def test_accept_twice(administrator):
    issued = issue(administrator)
    accept(issued)

    with pytest.raises(LinkUsed):
        accept(issued)
    with pytest.raises(LinkUsed):
        attempt(issued, issued.code)


def test_invitation_cannot_replace_a_passphrase(administrator):
    """An administrator of one region must not take over an account of another."""
    bo = User.objects.get(email="bo@demo.invalid")
    issued = issue(administrator, email=bo.email)

    with pytest.raises(HasAccount):
        accept(issued)

    assert User.objects.get(pk=bo.pk).password == bo.password
    assert Invitation.objects.get().state == InvitationState.OPEN


def test_accept_with_ones_own_account(administrator):
    bo, noor = (User.objects.get(email=f"{slug}@demo.invalid") for slug in ("bo", "noor"))
    issued = issue(administrator, email=bo.email)
    hash_of_token = issued.invitation.token_hash

    with pytest.raises(HasAccount):
        accept_with_account(token_hash=hash_of_token, user=noor, by=GUEST, now=NOW)
    accept_with_account(token_hash=hash_of_token, user=bo, by=GUEST, now=NOW)

    assert Membership.objects.filter(user=bo, region=administrator.region).count() == 1


# --- the screens of the inviter ---

NEW = reverse("invitations:new", urlconf="baken.config.urls_office")
GIVEN = {"name": "Sofie Nieuw", "email": EMAIL, "roles": ["caseworker"], "language": "nl"}


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("name", "", "Dit veld is verplicht."),
        ("name", "x" * 121, "niet meer dan 120"),
        ("name", "Anna\x07", "alleen gewone tekens"),
        ("email", "", "Dit veld is verplicht."),
        ("email", "sofie", "geen e-mailadres"),
        ("email", "sofie@meldpunt.invalid\r\nBcc: x@y.nl", "geen e-mailadres"),
        ("email", "a" * 308 + "@meldpunt.nl", "niet meer dan 254"),
        ("email", "sofié@meldpunt.invalid", "geen e-mailadres"),
        ("email", "noor@demo.invalid", "al van een collega"),
        ("roles", [], "ten minste één rol"),
        ("roles", ["boss"], "boss is geen beschikbare keuze"),
        ("language", "fr", "fr is geen beschikbare keuze"),
        ("language", "", "Dit veld is verplicht."),
    ],
)
def test_invitation_that_is_refused(administrator_client, field, value, sentence):
    response = administrator_client.post(NEW, {**GIVEN, field: value})

    assert sentence in " ".join(map(str, response.context["form"].errors[field]))
    assert not Invitation.objects.exists()
    assert not Mail.objects.exists()


@pytest.mark.parametrize(
    "email", ["sofie+baken@meldpunt.invalid", "sofie@bücher.example", "o'neill@meldpunt.invalid"]
)
def test_odd_addresses_that_are_right(administrator_client, email):
    response = administrator_client.post(NEW, {**GIVEN, "email": email})

    assert response.context["code"].replace("-", "").isalnum()
    assert Invitation.objects.get().email == email


def test_code_is_shown_once_and_kept_by_nobody(administrator_client):
    response = administrator_client.post(NEW, GIVEN)
    code = response.context["code"]

    assert code in response.content.decode()
    assert "no-store" in response["Cache-Control"]
    later = administrator_client.get(reverse("invitations:list")).content.decode()
    assert code not in later
    assert EMAIL in later


def test_list_says_how_it_goes(administrator_client, administrator):
    issued = issue(administrator, now=timezone.now())
    Mail.objects.update(problem="no_server")

    text = administrator_client.get(reverse("invitations:list")).content.decode()

    assert "Er is nog geen mailserver ingesteld" in text
    assert "Geldig tot" in text
    administrator_client.post(reverse("invitations:withdraw", args=[issued.invitation.pk]))
    assert "Geen uitnodigingen open" in (
        administrator_client.get(reverse("invitations:list")).content.decode()
    )


@pytest.mark.parametrize("name", ["resend", "withdraw"])
def test_foreign_invitation_answers_like_an_unknown_one(
    administrator_client, administrator, flevoland, name
):
    issued = issue(administrator)
    Invitation.objects.update(region=flevoland)

    answers = [
        administrator_client.post(reverse(f"invitations:{name}", args=[pk])).status_code
        for pk in (issued.invitation.pk, uuid4())
    ]

    assert answers == [404, 404]
