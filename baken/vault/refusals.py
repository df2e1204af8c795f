"""Why something sealed was not opened. None of them holds content; no error of a library comes through."""


class Refused(Exception):
    """Dit kan niet worden geopend."""


class UnknownFormat(Refused):
    """Dit is in een vorm die deze versie van Baken niet kent."""


class WrongKey(Refused):
    """Deze sleutel past hier niet op."""


class Altered(Refused):
    """Dit is veranderd, of het hoort op een andere plaats. Het is niet geopend."""


class MistypedShare(Refused):
    """Dit deel is niet goed overgenomen."""

    def __init__(self, group: int | None = None) -> None:
        """`group` counts from 1; None: every group is well formed, and yet together they are not."""
        super().__init__()
        self.group = group


class ShareOfAnother(Refused):
    """Dit deel hoort bij een andere herstelsleutel."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number


class SameShare(Refused):
    """Dit is twee keer hetzelfde deel; er zijn twee verschillende nodig."""
