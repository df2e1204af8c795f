"""The forms of allauth, where a label of ours is needed; and the roles of a colleague."""

from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.utils.translation import gettext_lazy as _

from baken.accounts.permissions import Role


class AddKeyForm(AddWebAuthnForm):  # type: ignore[misc]
    """Allauth gives the name no label; the form would say *Name* in every language."""

    name = forms.CharField(label=_("Naam van de sleutel"), required=False)


class RenameKeyForm(EditWebAuthnForm):  # type: ignore[misc]
    name = forms.CharField(label=_("Naam van de sleutel"))


class RolesForm(forms.Form):
    """What a colleague is here: at least one role."""

    roles = forms.MultipleChoiceField(
        label=_("Rollen"),
        choices=Role.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _(
                "Kies ten minste één rol. Mag deze collega er niet meer in? Sluit dan de toegang af."
            )
        },
    )
