"""The public front page: whom to call."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from baken.organisations.interface import regions


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Every region with its telephone number."""
    return render(request, "organisations/home.html", {"regions": regions()})
