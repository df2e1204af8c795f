"""The form to share a part of a registration with another team."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from baken.accounts.interface import Member
from baken.keys.interface import Compartment, Ground, Purpose
from baken.organisations.interface import teams_of

# What is proposed; who shares chooses.
USUAL_DAYS = 30
SHAREABLE = (Compartment.WORK, Compartment.IDENTITY)


class ShareForm(forms.Form):
    """With whom, what, why and until when. One's own teams are not offered."""

    team = forms.ChoiceField(label=_("Met welk team?"))
    compartment = forms.ChoiceField(
        label=_("Wat?"), choices=[(each.value, each.label) for each in SHAREABLE]
    )
    ground = forms.ChoiceField(label=_("Grondslag"), choices=Ground.choices)
    purpose = forms.ChoiceField(label=_("Doel"), choices=Purpose.choices)
    ends_on = forms.DateField(
        label=_("Tot en met"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, member: Member, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("ends_on", today + timedelta(days=USUAL_DAYS))
        own = {key.team_id for key in member.keys.team_keys(member.region.pk).values()}
        self.fields["team"].choices = [  # type: ignore[attr-defined]
            (str(team.pk), team.name) for team in teams_of(member.region) if team.pk not in own
        ]
