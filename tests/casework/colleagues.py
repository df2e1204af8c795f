"""A second colleague with the rights of the first: what takes two people cannot be tried with one."""

from django.test import Client
from django.utils import timezone

from baken.accounts.interface import Role, User, member_for, memberships_of
from baken.accounts.models import Membership
from baken.lib.tenancy import region_scope
from baken.organisations.interface import region_by_code
from tests.fresh import just_logged_in
from tests.keyrings import keyring_of


def also(slug, role, region="utrecht"):
    """Somebody of the cast gets one more role; answers the member and a browser that is logged in."""
    user = User.objects.get(email=f"{slug}@demo.invalid")
    place = region_by_code(region)
    with region_scope(place.pk):
        Membership.objects.get_or_create(
            user=user, region=place, role=role, defaults={"valid_from": timezone.localdate()}
        )
    own = memberships_of(User.objects.get(pk=user.pk), timezone.localdate())
    return member_for(user, own, place.pk, keyring_of(user)), logged_in(user)


def logged_in(user, *, seconds_ago=0):
    client = Client()
    client.force_login(user)
    session = client.session
    session.keyring = keyring_of(user)
    session.update(just_logged_in(user, seconds_ago=seconds_ago))
    session.save()
    return client


def second_coordinator():
    return also("sam", Role.COORDINATOR)
