"""The forms of allauth, where a label of ours is needed."""

from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.utils.translation import gettext_lazy as _


class AddKeyForm(AddWebAuthnForm):  # type: ignore[misc]
    """Allauth gives the name no label; the form would say *Name* in every language."""

    name = forms.CharField(label=_("Naam van de sleutel"), required=False)


class RenameKeyForm(EditWebAuthnForm):  # type: ignore[misc]
    name = forms.CharField(label=_("Naam van de sleutel"))
