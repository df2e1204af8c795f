"""The request of a colleague, and the decorator that states which permission a page needs."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse
from django_htmx.middleware import HtmxDetails

from baken.accounts.members import Member
from baken.accounts.models import User
from baken.accounts.permissions import Permission

Params = ParamSpec("Params")
AnyView = Callable[..., HttpResponse]


class StaffRequest(HttpRequest):
    """A request of somebody who passed both factors and belongs to a region."""

    user: User
    member: Member
    htmx: HtmxDetails


StaffView = Callable[Concatenate[StaffRequest, Params], HttpResponse]


def requires(permission: Permission) -> Callable[[StaffView[Params]], StaffView[Params]]:
    """The view runs only for members with this permission; `tests/architecture` reads the mark."""

    def decorate(view: StaffView[Params]) -> StaffView[Params]:
        @wraps(view)
        def checked(
            request: StaffRequest, *args: Params.args, **kwargs: Params.kwargs
        ) -> HttpResponse:
            request.member.check(permission)
            return view(request, *args, **kwargs)

        checked.permission = permission  # type: ignore[attr-defined]
        return checked  # type: ignore[return-value]

    return decorate


def entrance(view: AnyView) -> AnyView:
    """A page that comes before membership: it runs without `request.member` and outside any region."""
    view.is_entrance = True  # type: ignore[attr-defined]
    return view
