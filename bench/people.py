"""What the child processes hand to the bench about who works where."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Colleague:
    """Somebody with an open session; `session` and `csrf` are the values of the two cookies."""

    region_id: str
    region_code: str
    user_id: str
    session: str = ""
    csrf: str = ""
