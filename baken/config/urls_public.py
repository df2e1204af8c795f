"""The pages anyone may open."""

from django.urls import path
from django.views.i18n import set_language

from baken.config import views
from baken.organisations import views as organisations

urlpatterns = [
    path("", organisations.home, name="home"),
    path("gezond/", views.health, name="health"),
    path("taal/", set_language, name="set_language"),
]
handler500 = "baken.config.errors.server_error"
