"""The promises built so far, by name."""

from tests.promises import p37_altered_ciphertexts

PROMISES = {promise.name: promise for promise in (p37_altered_ciphertexts.PROMISE,)}
