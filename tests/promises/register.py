"""The promises built so far, by name."""

from tests.promises import (
    p33_sessions,
    p37_altered_ciphertexts,
    p48_unlogged_reads,
    p49_altered_log,
)

PROMISES = {
    promise.name: promise
    for promise in (
        p33_sessions.PROMISE,
        p37_altered_ciphertexts.PROMISE,
        p48_unlogged_reads.PROMISE,
        p49_altered_log.PROMISE,
    )
}
