"""Who may come in, and as what: changing roles, disabling, enabling."""

import pytest
from django.test import Client
from django.urls import reverse

from baken.accounts.actions import (
    AlreadyDisabled,
    LastAdministrator,
    NoRole,
    NotDisabled,
    OwnRights,
    change_roles,
    disable_colleague,
    enable_colleague,
    end_membership,
)
from baken.accounts.interface import (
    ROLE_PERMISSIONS,
    NotAllowed,
    NotInRegion,
    Permission,
    Role,
    User,
    system_member,
)
from baken.accounts.models import Membership, Session
from baken.audit.interface import history
from tests.factories import NOW

pytestmark = pytest.mark.django_db


def _person(slug):
    return User.objects.get(email=f"{slug}@demo.invalid")


def _roles(user, region):
    return {m.role for m in Membership.objects.open().filter(user=user, region=region)}


@pytest.fixture
def noor(in_utrecht):
    return _person("noor")


def test_change_roles(noor, administrator, caseworker_client):
    wanted = frozenset({Role.CASEWORKER, Role.ANALYST})

    change_roles(user_id=noor.pk, roles=wanted, by=administrator, now=NOW)
    change_roles(user_id=noor.pk, roles=frozenset({Role.ANALYST}), by=administrator, now=NOW)

    assert _roles(noor, administrator.region) == {"analyst"}
    events = [(each.event, each.detail) for each in history(f"user:{noor.pk}")]
    assert ("member.added", {"role": "analyst"}) in events
    assert ("member.ended", {"role": "caseworker"}) in events
    assert caseworker_client.get("/registraties/").status_code == 302


def test_role_that_comes_back_the_same_day(noor, administrator):
    for role in (Role.ANALYST, Role.CASEWORKER, Role.ANALYST):
        change_roles(user_id=noor.pk, roles=frozenset({role}), by=administrator, now=NOW)

    assert _roles(noor, administrator.region) == {"analyst"}


def test_disabled_colleague_is_out_at_the_next_request(noor, administrator, caseworker_client):
    assert caseworker_client.get("/registraties/").status_code == 200

    disable_colleague(user_id=noor.pk, by=administrator, now=NOW)

    assert caseworker_client.get("/registraties/").status_code == 302
    assert not Session.objects.filter(user=noor).exists()
    assert not _person("noor").is_active
    assert history(f"user:{noor.pk}")[0].event == "member.disabled"


def test_enabled_colleague_has_the_roles_of_before(noor, administrator):
    disable_colleague(user_id=noor.pk, by=administrator, now=NOW)

    enable_colleague(user_id=noor.pk, by=administrator, now=NOW)

    assert _person("noor").is_active
    assert _roles(noor, administrator.region) == {"caseworker"}
    client = Client()
    client.force_login(_person("noor"))
    assert client.get("/registraties/").status_code == 200


def test_disabled_in_one_region_works_on_in_the_other(administrator, utrecht, flevoland):
    both = _person("max")
    client = Client()

    disable_colleague(user_id=both.pk, by=administrator, now=NOW)

    client.force_login(_person("max"))
    client.post("/regio/", {"region": str(utrecht.pk)})
    assert client.get("/registraties/").context["region"] == flevoland


def test_roles_of_a_disabled_colleague_stay_closed(noor, administrator):
    disable_colleague(user_id=noor.pk, by=administrator, now=NOW)

    change_roles(user_id=noor.pk, roles=frozenset({Role.COORDINATOR}), by=administrator, now=NOW)

    assert not _person("noor").is_active
    assert Membership.objects.open().get(user=noor).disabled_at == NOW


@pytest.mark.parametrize(
    ("slug", "action", "refusal"),
    [
        ("lou", {"roles": {Role.AUDITOR}}, OwnRights),  # the administrator's own rights
        ("lou", {"roles": {Role.ADMINISTRATOR, Role.CASEWORKER}}, OwnRights),  # more for oneself
        ("lou", "disable", OwnRights),
        ("lou", "enable", OwnRights),
        ("noor", {"roles": set()}, NoRole),
        ("noor", "enable", NotDisabled),
        ("bo", {"roles": {Role.ANALYST}}, NotInRegion),  # a colleague of Flevoland
        ("bo", "disable", NotInRegion),
    ],
)
def test_refused(administrator, slug, action, refusal):
    with pytest.raises(refusal):
        _do(action, _person(slug), administrator)


def _do(action, user, by):
    if action == "disable":
        disable_colleague(user_id=user.pk, by=by, now=NOW)
    elif action == "enable":
        enable_colleague(user_id=user.pk, by=by, now=NOW)
    else:
        roles = frozenset(action["roles"])
        change_roles(user_id=user.pk, roles=roles, by=by, now=NOW)


@pytest.mark.parametrize(
    ("another", "action", "is_refused"),
    [
        (None, "disable", True),
        (None, {"roles": {Role.AUDITOR}}, True),
        (None, {"roles": {Role.ADMINISTRATOR, Role.AUDITOR}}, False),  # stays administrator
        ("disabled", "disable", True),  # the other one cannot come in
        ("disabled", {"roles": {Role.AUDITOR}}, True),
        ("open", "disable", False),
        ("open", {"roles": {Role.AUDITOR}}, False),
    ],
)
def test_last_administrator(in_utrecht, administrator, another, action, is_refused):
    system = system_member(in_utrecht)
    if another:
        roles = frozenset({Role.ADMINISTRATOR})
        change_roles(user_id=_person("noor").pk, roles=roles, by=system, now=NOW)
    if another == "disabled":
        disable_colleague(user_id=_person("noor").pk, by=system, now=NOW)

    if is_refused:
        with pytest.raises(LastAdministrator):
            _do(action, _person("lou"), system)
    else:
        _do(action, _person("lou"), system)


def test_disabled_twice(noor, administrator):
    disable_colleague(user_id=noor.pk, by=administrator, now=NOW)

    with pytest.raises(AlreadyDisabled):
        disable_colleague(user_id=noor.pk, by=administrator, now=NOW)


@pytest.mark.parametrize("action", ["disable", "enable", {"roles": {Role.ANALYST}}])
def test_without_the_right(noor, coordinator, action):
    with pytest.raises(NotAllowed):
        _do(action, noor, coordinator)
    with pytest.raises(NotAllowed):
        end_membership(membership=noor.memberships.get(), by=coordinator, now=NOW)


# --- the screens ---


def test_list(administrator_client):
    text = administrator_client.get("/collegas/").content.decode()

    assert "Noor Fictief" in text
    assert "Bo Anderland" not in text
    assert reverse("accounts:colleague-roles", args=[_person("noor").pk]) in text
    assert reverse("accounts:colleague-roles", args=[_person("lou").pk]) not in text


def test_own_page_has_no_button(administrator_client):
    url = reverse("accounts:colleague-roles", args=[_person("lou").pk])

    looked = administrator_client.get(url).content.decode()
    sent = administrator_client.post(url, {"roles": ["administrator", "caseworker"]})

    assert "Rollen bewaren" not in looked
    assert sent.status_code == 422
    assert _roles(_person("lou"), sent.context["region"]) == {"administrator"}


def test_changing_disabling_and_enabling_by_hand(administrator_client):
    noor = _person("noor")
    url = reverse("accounts:colleague-roles", args=[noor.pk])

    none = administrator_client.post(url, {})
    changed = administrator_client.post(url, {"roles": ["coordinator"]}, follow=True)
    closed = administrator_client.post(f"{url}afsluiten/", follow=True)
    again = administrator_client.post(f"{url}afsluiten/", follow=True)
    opened = administrator_client.post(f"{url}toelaten/", follow=True)

    assert (none.status_code, "Kies ten minste één rol" in none.content.decode()) == (422, True)
    assert "De rollen van Noor Fictief zijn gewijzigd." in changed.content.decode()
    assert "Noor Fictief is uitgelogd en kan er niet meer in." in closed.content.decode()
    assert "De toegang van deze collega is al afgesloten." in again.content.decode()
    assert "Noor Fictief kan er weer in, met dezelfde rollen." in opened.content.decode()


@pytest.mark.parametrize("roles", [["boss"], ["administrator", "x"]])
def test_role_that_does_not_exist(administrator_client, roles):
    url = reverse("accounts:colleague-roles", args=[_person("noor").pk])

    assert administrator_client.post(url, {"roles": roles}).status_code == 422


def test_colleague_of_another_region(administrator_client):
    url = reverse("accounts:colleague-roles", args=[_person("bo").pk])

    tried = [administrator_client.get(url), administrator_client.post(f"{url}afsluiten/")]

    assert [response.status_code for response in tried] == [404, 404]


@pytest.mark.parametrize("who", ["administrator", "privacy_officer", "auditor"])
def test_role_matrix(request, who):
    client = request.getfixturevalue(f"{who}_client")

    text = client.get("/rollen/").content.decode()

    assert text.count('scope="row"') == len(Permission)
    given = sum(len(rights) for rights in ROLE_PERMISSIONS.values())
    assert text.count('class="accounts-matrix__may"') == given
    assert "Gedragswetenschapper" in text
