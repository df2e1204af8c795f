"""Pages about people and what they did."""

from django.urls import path

from baken.accounts import views

app_name = "accounts"
urlpatterns = [
    path("rollen/", views.role_matrix, name="role-matrix"),
    path("regio/", views.choose, name="choose-region"),
    path("ophalen/", views.download, name="download"),
    path("collegas/", views.colleague_list, name="colleague-list"),
    path("collegas/<uuid:user_id>/", views.colleague_roles, name="colleague-roles"),
    path("collegas/<uuid:user_id>/afsluiten/", views.disable, name="colleague-disable"),
    path("collegas/<uuid:user_id>/toelaten/", views.enable, name="colleague-enable"),
]
