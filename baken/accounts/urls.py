"""Pages about people and what they did."""

from django.urls import path

from baken.accounts import views

app_name = "accounts"
urlpatterns = [path("", views.log, name="log")]
