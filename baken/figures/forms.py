"""The choice of years and reference date. It travels in the address, so that the address is a
permanent link; hence the Dutch names."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.forms import ChoiceField, Form, IntegerField, NumberInput
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from baken.facts.interface import Snapshot
from baken.figures.periods import FIRST_YEAR, LAST_YEAR
from baken.figures.texts import moment

# With one every night the list of two years would be longer than anyone reads.
MOST_OFFERED = 60


class FiguresForm(Form):
    """Everything may be left open: then it is the newest reference date and its last four years."""

    van = IntegerField(
        label=gettext_lazy("Van jaar"),
        required=False,
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        widget=NumberInput(attrs={"class": "baken-width-xs"}),
    )
    tot = IntegerField(
        label=gettext_lazy("Tot en met jaar"),
        required=False,
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        widget=NumberInput(attrs={"class": "baken-width-xs"}),
    )
    peildatum = ChoiceField(
        label=gettext_lazy("Peildatum"),
        required=False,
        error_messages={"invalid_choice": gettext_lazy("Deze peildatum is er niet.")},
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        snapshots: Sequence[Snapshot],
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=initial)
        self._by_id = {str(snapshot.pk): snapshot for snapshot in snapshots}
        chosen = (data or initial or {}).get("peildatum")
        self.fields["peildatum"].choices = _offered(snapshots, chosen)  # type: ignore[attr-defined]

    @property
    def snapshot(self) -> Snapshot | None:
        """The reference date chosen; None when it was left open."""
        return self._by_id.get(self.cleaned_data["peildatum"])


def _offered(snapshots: Sequence[Snapshot], chosen: str | None) -> list[tuple[str, str]]:
    """The newest ones, and an older one that an address asks for."""
    offered = [
        snapshot
        for i, snapshot in enumerate(snapshots)
        if i < MOST_OFFERED or str(snapshot.pk) == chosen
    ]
    choices = [(str(snapshot.pk), moment(snapshot.reference_at)) for snapshot in offered]
    if choices:
        newest_id, label = choices[0]
        choices[0] = (newest_id, _("%(moment)s (nieuwste)") % {"moment": label})
    return choices
