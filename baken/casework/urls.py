"""Pages of casework, by noun."""

from django.urls import path

from baken.casework.views import registration_form, registrations

app_name = "casework"
urlpatterns = [
    path("nieuw/", registration_form.registration_new, name="registration-new"),
    path("concept/", registration_form.draft_save, name="draft-save"),
    path("concept/<uuid:draft_id>/weg/", registration_form.draft_discard, name="draft-discard"),
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
    path(
        "<uuid:registration_id>/<str:step>/",
        registrations.registration_step,
        name="registration-step",
    ),
]
