"""What every page of both sites knows. The public site has no casework, and nothing here may enter it."""

from django.conf import settings
from django.http import HttpRequest

from baken import __version__


def site(request: HttpRequest) -> dict[str, object]:
    """Both sites."""
    return {"is_demo": settings.DEMO, "version": __version__}
