"""Pages of casework, by noun."""

from django.urls import path

from baken.casework.views import (
    code_lists,
    hand_over,
    imports,
    radar,
    registration_form,
    registrations,
    search,
    sharing,
    two_people,
    words,
    worklist,
)

app_name = "casework"
urlpatterns = [
    path("", worklist.registration_list, name="registration-list"),
    path("export.csv", worklist.registration_export, name="registration-export"),
    path("verzoeken/", two_people.request_list, name="request-list"),
    path("verzoeken/identiteiten/", two_people.export_ask, name="export-ask"),
    path(
        "verzoeken/<uuid:request_id>/toestaan/",
        two_people.request_allow,
        name="request-allow",
    ),
    path(
        "verzoeken/<uuid:request_id>/weigeren/",
        two_people.request_refuse,
        name="request-refuse",
    ),
    path(
        "verzoeken/<uuid:request_id>/intrekken/",
        two_people.request_withdraw,
        name="request-withdraw",
    ),
    path("verzoeken/<uuid:request_id>/bestand/", two_people.export_use, name="export-use"),
    path("overdragen/", hand_over.hand_over_list, name="hand-over"),
    path("weergaven/", worklist.view_save, name="view-save"),
    path("weergaven/<uuid:view_id>/weg/", worklist.view_delete, name="view-delete"),
    path("inlezen/", imports.import_list, name="import-list"),
    path("inlezen/nieuw/", imports.import_new, name="import-new"),
    path("inlezen/<uuid:import_id>/", imports.import_progress, name="import-progress"),
    path("inlezen/<uuid:import_id>/kolommen/", imports.import_map, name="import-map"),
    path("inlezen/<uuid:import_id>/waarden/", imports.import_values, name="import-values"),
    path("inlezen/<uuid:import_id>/controle/", imports.import_check, name="import-check"),
    path("inlezen/<uuid:import_id>/alles/", imports.import_run, name="import-run"),
    path("inlezen/<uuid:import_id>/stoppen/", imports.import_cancel, name="import-cancel"),
    path("inlezen/<uuid:import_id>/ongedaan/", imports.import_undo, name="import-undo"),
    path("codelijsten/", code_lists.code_lists, name="code-lists"),
    path("codelijsten/kaders/", code_lists.legal_frames, name="legal-frames"),
    path("codelijsten/<slug:list_code>/", code_lists.code_lists, name="code-list"),
    path("codelijsten/<slug:list_code>/uit/", code_lists.code_switch_off, name="code-switch-off"),
    path("codelijsten/<slug:list_code>/aan/", code_lists.code_switch_on, name="code-switch-on"),
    path("nieuw/", registration_form.registration_new, name="registration-new"),
    path("concept/", registration_form.draft_save, name="draft-save"),
    path("concept/<uuid:draft_id>/weg/", registration_form.draft_discard, name="draft-discard"),
    path("zoeken/", search.search, name="search"),
    path("radar/<uuid:draft_id>/", radar.radar_draft, name="radar-draft"),
    path(
        "radar/registratie/<uuid:registration_id>/",
        radar.radar_registration,
        name="radar-registration",
    ),
    path("<uuid:registration_id>/", registrations.registration_detail, name="registration-detail"),
    path(
        "<uuid:registration_id>/wijzigen/",
        registration_form.registration_edit,
        name="registration-edit",
    ),
    path(
        "<uuid:registration_id>/afsluiten/",
        registrations.registration_close,
        name="registration-close",
    ),
    path(
        "<uuid:registration_id>/omzetten/",
        registrations.registration_convert,
        name="registration-convert",
    ),
    path("<uuid:registration_id>/delen/", sharing.registration_share, name="registration-share"),
    path("<uuid:registration_id>/notitie/", words.note_add, name="note-add"),
    path(
        "<uuid:registration_id>/mensen/<uuid:subject_id>/",
        words.identity_show,
        name="identity-show",
    ),
    path(
        "<uuid:registration_id>/gegeven/<uuid:identity_id>/weg/",
        words.identity_remove,
        name="identity-remove",
    ),
    path("<uuid:registration_id>/melder/", words.reveal_ask, name="reveal-ask"),
    path(
        "<uuid:registration_id>/melder/<uuid:request_id>/",
        words.reveal_use,
        name="reveal-use",
    ),
    path(
        "<uuid:registration_id>/<str:step>/",
        registrations.registration_step,
        name="registration-step",
    ),
]
