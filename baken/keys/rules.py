"""What keys are bound to. Every context names what it is for, so that nothing sealed fits anywhere else."""

from uuid import UUID


def seat_context(epoch: UUID, user: UUID) -> bytes:
    """A team's private half, sealed to one colleague."""
    return _context("seat", epoch, user)


def recovery_context(epoch: UUID, region: UUID) -> bytes:
    """A team's private half, sealed to the region's recovery key."""
    return _context("recovery", epoch, region)


def renewal_context(recovery: UUID, region: UUID) -> bytes:
    """The recovery key in use, sealed to the one that is to replace it."""
    return _context("renewal", recovery, region)


def team_context(container: UUID | str, compartment: str, region: UUID | str) -> bytes:
    """A container's key, sealed under a team's key."""
    return f"baken/keys/container/v1/{container}/{compartment}/{region}".encode()


def shred_context(container: UUID | str) -> bytes:
    """What is sealed under a team's key or to another team, sealed once more under the shred key."""
    return f"baken/keys/shred/v1/{container}".encode()


def grant_context(container: UUID, compartment: str, epoch: UUID) -> bytes:
    """A container's key, sealed to another team."""
    return _context("grant", container, compartment, epoch)


def own_context(user: UUID, what: str) -> bytes:
    """What belongs to one colleague: private halves under the passphrase, or under the session."""
    return _context("own", user, what)


def _context(purpose: str, *parts: UUID | str) -> bytes:
    """`baken/keys/<purpose>/v1/<part>/…`; no part can contain a slash."""
    return "/".join(("baken/keys", purpose, "v1", *map(str, parts))).encode()
