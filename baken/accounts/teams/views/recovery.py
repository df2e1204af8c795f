"""The recovery key: the first run of a region, and letting people in again when a whole team is lost.

Shares leave in the answer to the request that made them, and rest nowhere: not in a session, a file or a log.
"""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from baken.accounts.permissions import Permission
from baken.accounts.requests import StaffRequest, requires
from baken.accounts.step_up import FAR_REACHING_MINUTES, fresh_login
from baken.accounts.teams import queries
from baken.accounts.teams.actions import (
    MadeAlready,
    make_recovery_key,
    prove_recovery_key,
    recover,
    renew_recovery_key,
)
from baken.accounts.teams.forms import RecoverForm, SharesForm, TeamForm, what_is_wrong
from baken.accounts.teams.sheets import NotPrinted
from baken.accounts.teams.states import Standing
from baken.keys.interface import (
    AlreadyFounded,
    AlreadyProven,
    NoOwnKey,
    NoSeat,
    NothingToRecover,
    Refused,
)
from baken.lib.sentences import sentence_of
from baken.organisations.interface import teams_of


@requires(Permission.MANAGE_KEYS)
@require_http_methods(["GET", "HEAD", "POST"])
@fresh_login(minutes=FAR_REACHING_MINUTES)
@never_cache
def first_run(request: StaffRequest) -> HttpResponse:
    """Set the region up, step by step; a POST is the drill with two shares."""
    sent = request.POST if request.method == "POST" else None
    form = SharesForm(sent, region=request.member.region)
    if form.is_valid():
        try:
            prove_recovery_key(shares=form.shares, by=request.member, now=timezone.now())
        except (Refused, NothingToRecover) as problem:
            form.add_error(None, what_is_wrong(problem))
        else:
            messages.success(request, _("De herstelsleutel werkt. Berg de drie delen nu op."))
            return redirect("teams:first-run")
    return _show_first_run(request, form)


def _show_first_run(request: StaffRequest, form: SharesForm) -> HttpResponse:
    region = request.member.region
    found = queries.first_run_of(region)
    context = {
        "found": found,
        "edition": found.recovery.edition if found.recovery else 0,
        "form": form,
        "team": next(iter(teams_of(region)), None),
        "team_form": TeamForm(),
    }
    return render(request, "teams/first_run.html", context, status=422 if form.errors else 200)


@requires(Permission.MANAGE_KEYS)
@fresh_login(minutes=FAR_REACHING_MINUTES)
@require_POST
@never_cache
def recovery_key(request: StaffRequest) -> HttpResponse:
    """Make the recovery key and send its three parts as a PDF, in this answer and never again."""
    text = request.POST.get("edition", "")
    edition = int(text) if text.isdecimal() and len(text) < 6 else 0
    try:
        pdf = make_recovery_key(edition=edition, by=request.member, now=timezone.now())
    except (AlreadyFounded, AlreadyProven, MadeAlready, NoSeat, NotPrinted) as problem:
        messages.error(request, sentence_of(problem))
        return redirect("teams:first-run")
    return _sheets(request, pdf)


@requires(Permission.MANAGE_KEYS)
@require_http_methods(["GET", "HEAD", "POST"])
@fresh_login(minutes=FAR_REACHING_MINUTES)
@never_cache
def renew(request: StaffRequest) -> HttpResponse:
    """A new recovery key, with two parts of the old one: when a part is lost or was seen."""
    sent = request.POST if request.method == "POST" else None
    form = SharesForm(sent, region=request.member.region, in_use=True)
    if form.is_valid():
        try:
            pdf = renew_recovery_key(shares=form.shares, by=request.member, now=timezone.now())
            return _sheets(request, pdf)
        except (NotPrinted, Refused, NothingToRecover) as problem:
            form.add_error(None, what_is_wrong(problem))
    status = 422 if form.errors else 200
    return render(request, "teams/renew.html", {"form": form}, status=status)


def _sheets(request: StaffRequest, pdf: bytes) -> HttpResponse:
    """The three parts, in this answer and never again."""
    name = f"{_('herstelsleutel')}-{request.member.region.code}.pdf"
    answer = HttpResponse(pdf, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@requires(Permission.RECOVER_TEAM)
@require_http_methods(["GET", "HEAD", "POST"])
@fresh_login(minutes=FAR_REACHING_MINUTES)
@never_cache
def recover_team(request: StaffRequest) -> HttpResponse:
    """Let colleagues in again with two shares, when nobody is left who can."""
    sent = request.POST if request.method == "POST" else None
    people = _people(request)
    form = RecoverForm(sent, region=request.member.region, in_use=True, people=people)
    if form.is_valid():
        try:
            _recover(request, form)
            return redirect("teams:overview")
        except (NoOwnKey, NothingToRecover, Refused) as problem:
            form.add_error(None, what_is_wrong(problem))
    status = 422 if form.errors else 200
    context = {"form": form, "has_people": bool(people)}
    return render(request, "teams/recover.html", context, status=status)


def _recover(request: StaffRequest, form: RecoverForm) -> None:
    recover(shares=form.shares, user_ids=form.user_ids, by=request.member, now=timezone.now())
    number = len(form.user_ids)
    said = ngettext(
        "%(number)s collega heeft weer toegang. Zet er een aantekening van in uw eigen administratie.",
        "%(number)s collega's hebben weer toegang. Zet er een aantekening van in uw eigen administratie.",
        number,
    )
    messages.success(request, said % {"number": number})


def _people(request: StaffRequest) -> list[queries.TeamMember]:
    """Whom recovery can help: with a role that asks for it, and a key of their own."""
    today, found = timezone.localdate(), {}
    for team in teams_of(request.member.region):
        for row in queries.team_members(team, today):
            if row.standing not in {Standing.NO_KEY, Standing.STRANGER}:
                found[row.user_id] = row
    return sorted(found.values(), key=lambda row: (row.name, row.user_id))
