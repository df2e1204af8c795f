"""The promises built so far, by name."""

from tests.promises import (
    p29_stolen_disk,
    p31_other_regions,
    p32_row_level_security,
    p33_sessions,
    p34_leavers,
    p35_resets,
    p36_two_people,
    p37_altered_ciphertexts,
    p48_unlogged_reads,
    p49_altered_log,
)

PROMISES = {
    promise.name: promise
    for promise in (
        p31_other_regions.PROMISE,
        p32_row_level_security.PROMISE,
        p29_stolen_disk.PROMISE,
        p33_sessions.PROMISE,
        p34_leavers.PROMISE,
        p35_resets.PROMISE,
        p36_two_people.PROMISE,
        p37_altered_ciphertexts.PROMISE,
        p48_unlogged_reads.PROMISE,
        p49_altered_log.PROMISE,
    )
}
