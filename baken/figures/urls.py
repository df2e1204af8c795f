"""Figures of the office."""

from django.urls import path

from baken.figures import views

app_name = "figures"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("nieuwe-peildatum/", views.new_reference_date, name="new-reference-date"),
    path("voortgang/", views.progress, name="progress"),
    path("<slug:slug>.<str:extension>", views.file, name="file"),
]
