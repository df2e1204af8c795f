"""Pages about teams and their keys."""

from django.urls import path

from baken.accounts.teams.views import recovery, rewrap, team

app_name = "teams"
urlpatterns = [
    path("", team.overview, name="overview"),
    path("openen/", team.open_team, name="open"),
    path("inrichten/", recovery.first_run, name="first-run"),
    path("herstelsleutel/", recovery.recovery_key, name="recovery-key"),
    path("herstelsleutel/vernieuwen/", recovery.renew, name="renew"),
    path("herstellen/", recovery.recover_team, name="recover"),
    path("gedeeld/<uuid:grant_id>/intrekken/", team.withdraw, name="withdraw"),
    path("<uuid:team_id>/", team.overview, name="team"),
    path("<uuid:team_id>/sleutels/", team.found, name="found"),
    path("<uuid:team_id>/vernieuwen/", team.turn, name="turn"),
    path("<uuid:team_id>/verzegelen/", rewrap.rewrap, name="rewrap"),
    path("<uuid:team_id>/<uuid:user_id>/geven/", team.give, name="give"),
    path("<uuid:team_id>/<uuid:user_id>/wegnemen/", team.take, name="take"),
]
