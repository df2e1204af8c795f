"""Teams and their keys: who has access, giving and taking it, turning and rewrapping, what is shared."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from baken.accounts.permissions import Permission
from baken.accounts.queries import names_of
from baken.accounts.requests import StaffRequest, requires
from baken.accounts.step_up import FAR_REACHING_MINUTES, fresh_login
from baken.accounts.teams import queries
from baken.accounts.teams.actions import (
    NoKeysYet,
    NotProvenYet,
    end_sharing,
    found_team,
    give_access,
    open_new_team,
    take_access,
    turn_team,
)
from baken.accounts.teams.forms import FirstMembersForm, TeamForm
from baken.accounts.teams.states import Standing
from baken.keys.interface import (
    HasKeys,
    LastSeat,
    NoOwnKey,
    NoRecovery,
    NoSeat,
    NoSuchGrant,
    NotUnlocked,
    TeamKeys,
    TurnReason,
    keys_of,
)
from baken.lib.sentences import sentence_of
from baken.organisations.interface import Team, TeamExists, teams_of

Refusals = (
    HasKeys, LastSeat, NoKeysYet, NoOwnKey, NoRecovery, NoSeat, NoSuchGrant, NotProvenYet, NotUnlocked,
    TeamExists,
)  # fmt: skip


@dataclass(frozen=True)
class Tab:
    url: str
    label: str
    is_current: bool
    count: int


@requires(Permission.SEE_TEAM)
@require_safe
def overview(request: StaffRequest, team_id: UUID | None = None) -> HttpResponse:
    """One team at a time, and everything the region shares."""
    teams = teams_of(request.member.region)
    team = queries.team_of(team_id, request.member) if team_id else next(iter(teams), None)
    today = timezone.localdate()
    context = {
        "team": team,
        "tabs": [_tab(each, team) for each in teams] if len(teams) > 1 else [],
        "grants": queries.shared_in(request.member.region, today),
        "can_manage": request.member.can(Permission.MANAGE_KEYS),
        "can_recover": request.member.can(Permission.RECOVER_TEAM),
        "can_withdraw": request.member.can(Permission.GIVE_ACCESS),
        "needs_first_run": queries.needs_first_run(request.member),
        "team_form": TeamForm(initial={"name": ""}),
        **(_about(request, team) if team else {}),
    }
    return render(request, "teams/overview.html", context)


def _about(request: StaffRequest, team: Team) -> dict[str, object]:
    member, keys = request.member, keys_of(team)
    rows = queries.team_members(team, timezone.localdate())
    has_seat = keys is not None and member.user_id in keys.seats
    return {
        "keys": keys,
        "rows": rows,
        "waiting": sum(row.standing == Standing.WAITS for row in rows),
        "can_give": member.can(Permission.GIVE_ACCESS) and has_seat,
        **(_age(keys) if keys else {"first_form": _first_form(rows)}),
    }


def _age(keys: TeamKeys) -> dict[str, object]:
    now = timezone.now()
    return {"age": queries.age_of(keys, now), "are_old": queries.are_old(keys, now)}


def _first_form(rows: list[queries.TeamMember]) -> FirstMembersForm:
    return FirstMembersForm(people=[row for row in rows if row.standing != Standing.NO_KEY])


def _tab(team: Team, current: Team | None) -> Tab:
    keys = keys_of(team)
    url = reverse("teams:team", args=[team.pk])
    return Tab(url, team.name, team == current, len(keys.seats) if keys else 0)


@requires(Permission.GIVE_ACCESS)
@require_POST
def give(request: StaffRequest, team_id: UUID, user_id: UUID) -> HttpResponse:
    def act() -> str:
        give_access(team_id=team_id, user_id=user_id, by=request.member, now=timezone.now())
        return _("%(name)s heeft nu toegang.") % {"name": _name(user_id)}

    return _done(request, team_id, act)


@requires(Permission.MANAGE_KEYS)
@fresh_login(minutes=FAR_REACHING_MINUTES)
@require_POST
def take(request: StaffRequest, team_id: UUID, user_id: UUID) -> HttpResponse:
    def act() -> str:
        take_access(team_id=team_id, user_id=user_id, by=request.member, now=timezone.now())
        return _("%(name)s heeft geen toegang meer, en het team heeft nieuwe sleutels.") % {
            "name": _name(user_id)
        }

    return _done(request, team_id, act)


@requires(Permission.MANAGE_KEYS)
@fresh_login(minutes=FAR_REACHING_MINUTES)
@require_POST
def turn(request: StaffRequest, team_id: UUID) -> HttpResponse:
    def act() -> str:
        number = turn_team(
            team_id=team_id, reason=TurnReason.AGE, by=request.member, now=timezone.now()
        )
        return _(
            "Het team heeft sleutels nummer %(number)s. Laat een collega verzegelen wat er al was."
        ) % {"number": number}

    return _done(request, team_id, act)


@requires(Permission.MANAGE_KEYS)
@fresh_login(minutes=FAR_REACHING_MINUTES)
@require_POST
def found(request: StaffRequest, team_id: UUID) -> HttpResponse:
    """The first keys of a team, for its first members."""
    team = queries.team_of(team_id, request.member)
    people = queries.team_members(team, timezone.localdate())
    form = FirstMembersForm(request.POST, people=people)
    if not form.is_valid():
        messages.error(request, _("Kies ten minste één collega."))
        return redirect("teams:team", team_id)

    def act() -> str:
        founded = found_team(
            team_id=team_id, user_ids=form.user_ids, by=request.member, now=timezone.now()
        )
        number = len(founded.seats)
        return ngettext(
            "Het team heeft sleutels, en %(number)s collega heeft toegang.",
            "Het team heeft sleutels, en %(number)s collega's hebben toegang.",
            number,
        ) % {"number": number}

    return _done(request, team_id, act)


@requires(Permission.MANAGE_KEYS)
@require_POST
def open_team(request: StaffRequest) -> HttpResponse:
    form = TeamForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Geef het team een naam."))
        return redirect("teams:overview")
    name = form.cleaned_data["name"]
    try:
        team = open_new_team(name=name, by=request.member, now=timezone.now())
    except TeamExists as problem:
        messages.error(request, sentence_of(problem))
        return redirect("teams:overview")
    messages.success(request, _("Team %(name)s is er. Geef het nu sleutels.") % {"name": name})
    return redirect("teams:team", team.pk)


@requires(Permission.GIVE_ACCESS)
@require_POST
def withdraw(request: StaffRequest, grant_id: UUID) -> HttpResponse:
    def act() -> str:
        end_sharing(grant_id=grant_id, by=request.member, now=timezone.now())
        return _("Ingetrokken. Het andere team kan er niet meer bij.")

    return _done(request, None, act)


def _name(user_id: UUID) -> str:
    return names_of([user_id]).get(user_id, "")


def _done(request: StaffRequest, team_id: UUID | None, act: Callable[[], str]) -> HttpResponse:
    """Do it and say what came of it, back on the screen of the team."""
    try:
        messages.success(request, act())
    except Refusals as problem:
        messages.error(request, sentence_of(problem))
    return redirect("teams:team", team_id) if team_id else redirect("teams:overview")
