"""Pages of oversight."""

from django.urls import path

from baken.oversight import views

app_name = "oversight"
urlpatterns = [
    path("", views.log, name="log"),
    path("export.csv", views.log_export, name="log-export"),
    path("waarschuwingen/", views.alerts, name="alerts"),
    path("waarschuwingen/<uuid:alert_id>/", views.alert_review, name="alert-review"),
]
