"""What both sites answer: whether they are alive."""

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from baken.accounts.interface import entrance


@entrance
@login_not_required
@never_cache
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """200 when this process can reach its database, 503 when not."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse(
            "database onbereikbaar", status=503, content_type="text/plain; charset=utf-8"
        )
    return HttpResponse("goed", content_type="text/plain; charset=utf-8")
