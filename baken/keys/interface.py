"""The door of keys."""

from baken.keys.actions.containers import destroy, open_or_make, rewrap, sweep
from baken.keys.actions.own import lock_again, make_own_key, pack, unlock, unpack
from baken.keys.actions.recovery import (
    AlreadyFounded,
    NothingToRecover,
    found_recovery,
    prove_shares,
    recover_team,
)
from baken.keys.actions.sharing import (
    EndsInThePast,
    NoSuchGrant,
    NotAnotherTeam,
    NothingToShare,
    check_signature,
    share,
    withdraw,
)
from baken.keys.actions.teams import (
    LastSeat,
    NoOwnKey,
    NoRecovery,
    give_seat,
    take_seats,
    turn_keys,
)
from baken.keys.keyring import Keyring, NoSeat, NotUnlocked, OpenContainer, Shredded
from baken.keys.keystore import KeystoreAway, prepare_keystore
from baken.keys.models import Container
from baken.keys.queries import containers_of, grants_of, has_own_key, seats_in
from baken.keys.states import Compartment, Ground, Purpose, TurnReason
from baken.vault.interface import MistypedShare, Refused, SameShare, ShareOfAnother

__all__ = [
    "AlreadyFounded",
    "Compartment",
    "Container",
    "EndsInThePast",
    "Ground",
    "Keyring",
    "KeystoreAway",
    "LastSeat",
    "MistypedShare",
    "NoOwnKey",
    "NoRecovery",
    "NoSeat",
    "NoSuchGrant",
    "NotAnotherTeam",
    "NotUnlocked",
    "NothingToRecover",
    "NothingToShare",
    "OpenContainer",
    "Purpose",
    "Refused",
    "SameShare",
    "ShareOfAnother",
    "Shredded",
    "TurnReason",
    "check_signature",
    "containers_of",
    "destroy",
    "found_recovery",
    "give_seat",
    "grants_of",
    "has_own_key",
    "lock_again",
    "make_own_key",
    "open_or_make",
    "pack",
    "prepare_keystore",
    "prove_shares",
    "recover_team",
    "rewrap",
    "seats_in",
    "share",
    "sweep",
    "take_seats",
    "turn_keys",
    "unlock",
    "unpack",
    "withdraw",
]
