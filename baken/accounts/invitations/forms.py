"""What the inviter fills in, and what the invited does."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from baken.accounts.invitations.actions import Invited
from baken.accounts.invitations.rules import NotACode, clean_code, roles_given_by
from baken.accounts.members import Member
from baken.accounts.models import User
from baken.accounts.permissions import Role
from baken.lib.sentences import sentence_of
from baken.mail.interface import LANGUAGES, LONGEST, BadAddress, clean_address

_LANGUAGE_NAMES = {"nl": _("Nederlands"), "en": _("Engels")}


class InviteForm(forms.Form):
    """Whom to invite, and as what."""

    name = forms.CharField(label=_("Naam"), max_length=120)
    email = forms.CharField(
        label=_("E-mailadres"),
        max_length=LONGEST,
        help_text=_("Het werkadres. Hiermee logt uw collega straks ook in."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    roles = forms.MultipleChoiceField(
        label=_("Rollen"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Kies ten minste één rol.")},
    )
    language = forms.ChoiceField(
        label=_("Taal van de mail"),
        choices=[(code, _LANGUAGE_NAMES[code]) for code in LANGUAGES],
        widget=forms.RadioSelect,
        initial="nl",
    )

    def __init__(self, *args: Any, by: Member, **words: Any) -> None:
        super().__init__(*args, **words)
        given = roles_given_by(by.roles)
        choices = [(role.value, role.label) for role in Role if role in given]
        self.fields["roles"].choices = choices  # type: ignore[attr-defined]

    def clean_name(self) -> str:
        name = " ".join(str(self.cleaned_data["name"]).split())
        if not name.isprintable():
            raise forms.ValidationError(_("In een naam staan alleen gewone tekens."))
        return name

    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"]).strip()
        try:
            clean_address(email)
        except BadAddress as problem:
            raise forms.ValidationError(sentence_of(problem)) from None
        return email

    @property
    def invited(self) -> Invited:
        """What was filled in, once it is valid."""
        given = self.cleaned_data
        roles = frozenset(Role(role) for role in given["roles"])
        return Invited(given["name"], given["email"], roles, given["language"])


class ResetForm(forms.Form):
    """In which language somebody reads how to choose a new passphrase."""

    language = forms.ChoiceField(
        label=_("Taal van de mail"),
        choices=[(code, _LANGUAGE_NAMES[code]) for code in LANGUAGES],
        widget=forms.RadioSelect,
        initial="nl",
    )


class CodeForm(forms.Form):
    code = forms.CharField(
        label=pgettext_lazy("invitation", "Code"),
        max_length=40,
        help_text=_("Acht letters en cijfers. Uw collega geeft ze u door, niet per mail."),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )

    def clean_code(self) -> str:
        try:
            return clean_code(self.cleaned_data["code"])
        except NotACode as problem:
            raise forms.ValidationError(sentence_of(problem)) from None


class PassphraseForm(forms.Form):
    passphrase = forms.CharField(
        label=_("Wachtwoordzin"),
        max_length=200,
        strip=False,
        help_text=_(
            "Ten minste 15 tekens: een paar losse woorden werken goed. Gebruik hem nergens anders."
        ),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("Nog een keer"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, owner: User, **words: Any) -> None:
        super().__init__(*args, **words)
        self._owner = owner

    def clean_passphrase(self) -> str:
        passphrase = str(self.cleaned_data["passphrase"])
        validate_password(passphrase, self._owner)
        return passphrase

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if given.get("passphrase") and given.get("again") not in (None, given["passphrase"]):
            self.add_error("again", _("Dit is niet twee keer dezelfde wachtwoordzin."))
        return given
