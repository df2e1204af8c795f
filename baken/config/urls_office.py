"""The pages of colleagues."""

from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.i18n import set_language

from baken.accounts.interface import entrance
from baken.config import office, views
from baken.config.demo import views as demo

urlpatterns = [
    path("", office.start, name="start"),
    path("werk/", office.work, name="work"),
    path("gezond/", views.health, name="health"),
    path("taal/", entrance(login_not_required(set_language)), name="set_language"),
    path("inloggen/", include("baken.accounts.login_urls")),
    path("registraties/", include("baken.casework.urls")),
    path("cijfers/", include("baken.figures.urls")),
    path("logboek/", include("baken.oversight.urls")),
    path("team/", include("baken.accounts.teams.urls")),
    path("", include("baken.accounts.urls")),
    path("", include("baken.accounts.invitations.urls")),
    path("demo/<str:person>/", demo.log_in, name="demo-log-in"),
]
handler500 = "baken.config.errors.server_error"
