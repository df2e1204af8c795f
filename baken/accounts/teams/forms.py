"""Typing shares back, choosing colleagues, naming a team."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from baken.accounts.teams.queries import TeamMember
from baken.accounts.teams.states import FIRST_TEAM
from baken.keys.interface import (
    MistypedShare,
    NothingToRecover,
    Refused,
    SameShare,
    ShareOfAnother,
    check_share,
)
from baken.lib.sentences import sentence_of
from baken.organisations.interface import Region

_TYPED = {
    "autocomplete": "off",
    "autocapitalize": "characters",
    "spellcheck": "false",
    "rows": 2,
}
SHARE_FIELDS = ("share_one", "share_two")


def what_is_wrong(problem: Exception) -> str:
    """A refused share in words: which group, or of which other part."""
    if isinstance(problem, MistypedShare) and problem.group:
        return gettext(
            "Groep %(group)s is niet goed overgenomen. Vergelijk die groep met het blad."
        ) % {"group": problem.group}
    if isinstance(problem, MistypedShare):
        return gettext(
            "Elke groep klopt, maar samen zijn ze geen deel. Staan ze in de goede volgorde, van één blad?"
        )
    if isinstance(problem, ShareOfAnother):
        return gettext(
            "Dit is deel %(number)s van een andere herstelsleutel. Kijk op het blad naar regio en datum."
        ) % {"number": problem.number}
    return sentence_of(problem)


class SharesForm(forms.Form):
    """Two of the three parts, typed by two people."""

    share_one = forms.CharField(
        label=_("Eerste deel"),
        max_length=120,
        help_text=_("Tien groepen van vijf tekens. Hoofdletters hoeft niet."),
        widget=forms.Textarea(attrs=_TYPED),
    )
    share_two = forms.CharField(
        label=_("Tweede deel"), max_length=120, widget=forms.Textarea(attrs=_TYPED)
    )

    def __init__(self, *args: Any, region: Region, in_use: bool = False, **words: Any) -> None:
        """`in_use`: parts of the key that is in use, also while a newer one waits to be proven."""
        super().__init__(*args, **words)
        self.region, self.in_use = region, in_use

    def clean_share_one(self) -> str:
        return self._checked("share_one")

    def clean_share_two(self) -> str:
        return self._checked("share_two")

    def _checked(self, name: str) -> str:
        text = str(self.cleaned_data[name])
        try:
            self._number(text)
        except (Refused, NothingToRecover) as problem:
            raise forms.ValidationError(what_is_wrong(problem)) from None
        return text

    def _number(self, text: str) -> int:
        return check_share(region=self.region, text=text, in_use=self.in_use)

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        numbers = [self._number(given[name]) for name in SHARE_FIELDS if name in given]
        if len(numbers) == 2 and numbers[0] == numbers[1]:
            self.add_error("share_two", sentence_of(SameShare))
        return given

    @property
    def shares(self) -> list[str]:
        """What was typed, once it is valid."""
        return [self.cleaned_data[name] for name in SHARE_FIELDS]


class RecoverForm(SharesForm):
    """Whom to give access, and that there are two of you."""

    members = forms.MultipleChoiceField(
        label=_("Wie krijgt toegang?"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "Toegang tot alles van alle teams in deze regio. Kies ten minste twee collega's."
        ),
        error_messages={"required": _("Kies ten minste één collega.")},
    )
    are_two = forms.BooleanField(
        label=_("Wij zijn met twee: ieder heeft het eigen deel ingetypt"),
        error_messages={"required": _("Doe dit met twee mensen.")},
    )
    field_order = ("members", *SHARE_FIELDS, "are_two")

    def __init__(self, *args: Any, people: Sequence[TeamMember], **words: Any) -> None:
        super().__init__(*args, **words)
        choices = [(str(person.user_id), person.name) for person in people]
        self.fields["members"].choices = choices  # type: ignore[attr-defined]

    @property
    def user_ids(self) -> list[UUID]:
        return [UUID(text) for text in self.cleaned_data["members"]]


class TeamForm(forms.Form):
    name = forms.CharField(label=_("Naam van het team"), max_length=80, initial=FIRST_TEAM)

    def clean_name(self) -> str:
        name = " ".join(str(self.cleaned_data["name"]).split())
        if not name.isprintable():
            raise forms.ValidationError(gettext("In een naam staan alleen gewone tekens."))
        return name


class FirstMembersForm(forms.Form):
    """Who opens what a new team seals, before there is anybody who could let them in."""

    members = forms.MultipleChoiceField(
        label=_("Wie krijgt als eerste toegang?"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Kies ten minste twee collega's: dan kan de een de ander weer toegang geven."),
        error_messages={"required": _("Kies ten minste één collega.")},
    )

    def __init__(self, *args: Any, people: Sequence[TeamMember], **words: Any) -> None:
        super().__init__(*args, **words)
        choices = [(str(person.user_id), person.name) for person in people]
        self.fields["members"].choices = choices  # type: ignore[attr-defined]

    @property
    def user_ids(self) -> list[UUID]:
        return [UUID(text) for text in self.cleaned_data["members"]]
