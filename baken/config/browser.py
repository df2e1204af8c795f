"""What every answer tells the browser, whoever made it, and what no request may try."""

import logging
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.template.loader import render_to_string

log = logging.getLogger("baken.security")
METHODS = ("GET", "HEAD", "POST")
# Where the browser says that another site made it send this; one without the header is old or no browser.
_ELSEWHERE = frozenset({"cross-site", "same-site"})
_NO_FEATURES = (
    *("accelerometer", "autoplay", "camera", "display-capture", "geolocation", "gyroscope"),
    *("magnetometer", "microphone", "midi", "payment", "usb", "xr-spatial-tracking"),
)
HEADERS = {
    # No other site shows, embeds or measures anything of ours.
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{name}=()" for name in _NO_FEATURES),
}


class HeadersMiddleware:
    """The outermost: also answers that other middleware makes carry these headers."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response


class PageMiddleware:
    """Pages and files for people: asked for in one of three ways, kept in no cache, not of the browser and
    not of anything in between. Comes after what serves the stylesheets, which may be kept."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = _refused(request) or self.get_response(request)
        response.headers["Cache-Control"] = "no-store"
        return response


def _refused(request: HttpRequest) -> HttpResponse | None:
    """An answer for what no page of ours does; None for everything else."""
    if request.method not in METHODS:
        return HttpResponseNotAllowed(METHODS)
    is_sent = request.method == "POST"
    if is_sent and request.headers.get("Sec-Fetch-Site") in _ELSEWHERE:
        log.warning("refused, sent from another site")
        return HttpResponse(render_to_string("403_csrf.html"), status=403)
    return None
