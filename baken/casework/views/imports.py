"""Importing a register in steps: file, columns, values, check, done."""

from contextlib import suppress
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from baken.accounts.interface import Permission, StaffRequest, names_of, requires
from baken.casework.actions.import_steps import (
    ImportElsewhere,
    begin_import,
    cancel_import,
    choose_mapping,
    give_up_silent,
    job_of,
    mapping_of,
    upload_register,
)
from baken.casework.actions.imports import AlreadyImported
from baken.casework.actions.undoing import RegistrationsTouched, begin_undo
from baken.casework.forms.imports import (
    MOST_BYTES,
    ColumnsForm,
    UploadForm,
    ValuesForm,
    size_in_words,
)
from baken.casework.imports.files import findings_of
from baken.casework.imports.running import Job
from baken.casework.imports.summary import Summary
from baken.casework.imports.wording import notes_in_words, total_in_words
from baken.casework.models import RegisterImport
from baken.casework.queries.imports import find_import, imports_of, remembered_for
from baken.casework.states import ImportState
from baken.casework.views import import_wording as words
from baken.lib.sentences import sentence_of

# A request is the file with a little around it.
_AROUND_FILE = 1024 * 1024
# Read and thrown away of a body that is too large, so that the browser stays to hear why.
_MOST_DRAINED = 250 * 1024 * 1024
_READING = {ImportState.UPLOADED, ImportState.CHECKED}


@requires(Permission.IMPORT_REGISTER)
@require_safe
def import_list(request: StaffRequest) -> HttpResponse:
    """The registers that were read, with what came of them."""
    found = imports_of(request.member)
    names = names_of(each.created_by_id for each in found if each.created_by_id)
    rows = [words.list_row(each, names) for each in found]
    return render(request, "casework/import_list.html", {"rows": rows})


@requires(Permission.IMPORT_REGISTER)
@require_http_methods(["GET", "POST"])
@csrf_exempt  # `_upload` checks it: the check reads the whole body, so the size is judged before
def import_new(request: StaffRequest) -> HttpResponse:
    """Choose the file."""
    size = int(request.META.get("CONTENT_LENGTH") or 0)
    if request.method == "POST" and size > MOST_BYTES + _AROUND_FILE:
        _drain(request)
        context = _upload_context(UploadForm(), size_in_words(size))
        return render(request, "casework/import_new.html", context, status=413)
    return _upload(request)


@csrf_protect
def _upload(request: StaffRequest) -> HttpResponse:
    form = UploadForm(_posted(request), request.FILES if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            register_import = upload_register(
                file_name=file.name, chunks=file.chunks(), by=request.member, now=timezone.now()
            )
        except AlreadyImported as problem:
            form.add_error("file", str(problem))
        else:
            return redirect("casework:import-progress", register_import.pk)
    status = 422 if form.errors else 200
    return render(request, "casework/import_new.html", _upload_context(form), status=status)


def _upload_context(form: UploadForm, refusal: str = "") -> dict[str, object]:
    return {"form": form, "refusal": refusal, "steps": words.steps(words.FILE), "crumbs": _crumbs()}


def _posted(request: StaffRequest) -> QueryDict | None:
    """What was posted, also when that is nothing."""
    return request.POST if request.method == "POST" else None


def _drain(request: HttpRequest) -> None:
    """A browser whose body is not read shows a broken connection instead of the page."""
    read = 0
    while read < _MOST_DRAINED and (chunk := request.read(65536)):
        read += len(chunk)


@requires(Permission.IMPORT_REGISTER)
@require_safe
def import_progress(request: StaffRequest, import_id: UUID) -> HttpResponse:
    """How far it is; once it is done, what comes next or what came of it."""
    find_import(import_id, by=request.member)
    found = give_up_silent(import_id=import_id, by=request.member, now=timezone.now())
    if found.state == ImportState.RUNNING:
        return _progress(request, found)
    here = reverse("casework:import-progress", args=[found.pk])
    if request.htmx:  # the fragment polls; the page as a whole moves on
        return HttpResponse(headers={"HX-Redirect": _next_page(request, found) or here})
    if next_page := _next_page(request, found):
        return redirect(next_page)
    return render(request, "casework/import_result.html", _result(request, found))


def _progress(request: StaffRequest, found: RegisterImport) -> HttpResponse:
    job = job_of(found)
    context = {
        "found": found,
        "progress": words.progress(found, job),
        "steps": [] if job == Job.UNDO else words.steps(words.step_of(job)),
        "crumbs": _crumbs(),
        "can_stop": job != Job.UNDO and _is_own(request, found),
    }
    part = "#progress" if request.htmx else ""
    return render(request, f"casework/import_progress.html{part}", context)


def _result(request: StaffRequest, found: RegisterImport) -> dict[str, object]:
    return {
        "found": found,
        "result": words.result(found),
        "problems": words.problems(found),
        "crumbs": _crumbs(),
        "steps": words.steps(words.DONE),
        "can_undo": found.state == ImportState.IMPORTED,
    }


def _next_page(request: StaffRequest, found: RegisterImport) -> str | None:
    """Where the one who uploaded the file goes on; a colleague only sees the state."""
    if found.state not in _READING or not _is_own(request, found):
        return None
    if found.state == ImportState.CHECKED:
        name = "casework:import-check"
    else:
        name = "casework:import-values" if job_of(found) == Job.SURVEY else "casework:import-map"
    return reverse(name, args=[found.pk])


@requires(Permission.IMPORT_REGISTER)
@require_http_methods(["GET", "POST"])
def import_map(request: StaffRequest, import_id: UUID) -> HttpResponse:
    """Which column fills which field. Columns that are not chosen are not kept."""
    found = find_import(import_id, by=request.member)
    if found.state not in _READING or not _is_own(request, found):
        return redirect("casework:import-progress", import_id)
    form = ColumnsForm(
        _posted(request),
        headers=found.columns,
        chosen=mapping_of(found),
        remembered=remembered_for(request.member),
    )
    if request.method == "POST" and form.is_valid():
        return _choose(request, form, found, Job.SURVEY)
    context = {
        "form": form,
        "found": found,
        "findings": findings_of(found.pk),
        "problems": [] if form.is_bound else words.problems(found)[:1],
        "steps": words.steps(words.COLUMNS),
        "crumbs": _crumbs(),
    }
    status = 422 if form.errors else 200
    return render(request, "casework/import_map.html", context, status=status)


@requires(Permission.IMPORT_REGISTER)
@require_http_methods(["GET", "POST"])
def import_values(request: StaffRequest, import_id: UUID) -> HttpResponse:
    """What the texts in the chosen columns mean."""
    found = find_import(import_id, by=request.member)
    values = findings_of(found.pk).get("values")
    if found.state not in _READING or not _is_own(request, found) or not values:
        return redirect("casework:import-progress", import_id)
    form = ValuesForm(
        _posted(request),
        values=values,
        chosen=mapping_of(found),
        remembered=remembered_for(request.member),
    )
    if request.method == "POST" and form.is_valid():
        return _choose(request, form, found, Job.CHECK)
    context = {
        "form": form,
        "found": found,
        "steps": words.steps(words.VALUES, found),
        "crumbs": _crumbs(),
    }
    status = 422 if form.errors else 200
    return render(request, "casework/import_values.html", context, status=status)


def _choose(
    request: StaffRequest, form: ColumnsForm | ValuesForm, found: RegisterImport, next_job: Job
) -> HttpResponse:
    try:
        choose_mapping(
            import_id=found.pk,
            mapping=form.mapping(),
            next_job=next_job,
            by=request.member,
            now=timezone.now(),
        )
    except ImportElsewhere as problem:
        messages.error(request, sentence_of(problem))
    return redirect("casework:import-progress", found.pk)


@requires(Permission.IMPORT_REGISTER)
@require_safe
def import_check(request: StaffRequest, import_id: UUID) -> HttpResponse:
    """The first rows as they would be registered, the counts, and every problem."""
    found = find_import(import_id, by=request.member)
    content = findings_of(found.pk).get("summary")
    if found.state != ImportState.CHECKED or not content:
        return redirect("casework:import-progress", import_id)
    summary = Summary.from_json(content)
    context = {
        "found": found,
        "total": total_in_words(summary),
        "notes": notes_in_words(summary),
        "tables": words.tables(summary),
        "preview": words.preview(summary),
        "problems": words.problems(found),
        "more_problems": found.problem_count - len(found.problems),
        "has_values": bool(findings_of(found.pk).get("values")),
        "is_own": _is_own(request, found),
        "steps": words.steps(words.CHECK, found),
        "crumbs": _crumbs(),
    }
    return render(request, "casework/import_check.html", context)


@requires(Permission.IMPORT_REGISTER)
@require_POST
def import_run(request: StaffRequest, import_id: UUID) -> HttpResponse:
    """Import everything. Twice pressed is once imported."""
    with suppress(ImportElsewhere):  # the page it goes to says how it is
        begin_import(import_id=import_id, by=request.member, now=timezone.now())
    return redirect("casework:import-progress", import_id)


@requires(Permission.IMPORT_REGISTER)
@require_POST
def import_cancel(request: StaffRequest, import_id: UUID) -> HttpResponse:
    try:
        cancel_import(import_id=import_id, by=request.member, now=timezone.now())
    except ImportElsewhere as problem:
        messages.error(request, sentence_of(problem))
    else:
        messages.success(request, _("Gestopt. Er is niets ingelezen en het bestand is verwijderd."))
    return redirect("casework:import-list")


@requires(Permission.IMPORT_REGISTER)
@require_http_methods(["GET", "POST"])
def import_undo(request: StaffRequest, import_id: UUID) -> HttpResponse:
    """Delete what was imported; asks once more before."""
    found = find_import(import_id, by=request.member)
    if request.method == "POST":
        try:
            begin_undo(import_id=import_id, by=request.member, now=timezone.now())
        except RegistrationsTouched as problem:
            messages.error(request, str(problem))
        except ImportElsewhere as problem:
            messages.error(request, sentence_of(problem))
        return redirect("casework:import-progress", import_id)
    if found.state != ImportState.IMPORTED:
        return redirect("casework:import-progress", import_id)
    return render(request, "casework/import_undo.html", {"found": found, "crumbs": _crumbs()})


def _is_own(request: StaffRequest, found: RegisterImport) -> bool:
    return found.created_by_id == request.member.user_id


def _crumbs() -> list[words.Crumb]:
    return [words.Crumb(reverse("casework:import-list"), _("Register inlezen"))]
