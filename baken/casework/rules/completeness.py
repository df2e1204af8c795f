"""What a registration still needs. Unknown is an answer; empty is not."""

from collections.abc import Mapping

from baken.casework.states import Kind

# In the order of the form.
_ALWAYS = ("kind", "received", "legal_frame", "channel", "source_group")
_NEEDED: Mapping[Kind, tuple[str, ...]] = {
    Kind.REPORT: (*_ALWAYS, "anonymity", "exploitation_municipality", "forms"),
    Kind.ANONYMOUS_SIGNAL: (*_ALWAYS, "exploitation_municipality", "forms"),
    Kind.ADVICE: (*_ALWAYS, "forms", "concerns_minor"),
    Kind.QUESTION: _ALWAYS,
}


def needed_for(kind: Kind | None) -> tuple[str, ...]:
    """Names of the answers a registration of this kind cannot do without."""
    return _NEEDED[kind] if kind else ("kind",)


def still_needed(kind: Kind | None, answered: Mapping[str, object]) -> tuple[str, ...]:
    """The needed answers that are empty, in the order of the form."""
    return tuple(name for name in needed_for(kind) if not answered.get(name))
