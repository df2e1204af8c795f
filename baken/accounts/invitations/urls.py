"""Pages of the inviter, and the door of the invited."""

from django.urls import path

from baken.accounts.invitations.views import door, office, resets

app_name = "invitations"
urlpatterns = [
    path("uitnodigingen/", office.invitation_list, name="list"),
    path("uitnodigingen/nieuw/", office.invitation_new, name="new"),
    path("uitnodigingen/<uuid:invitation_id>/opnieuw/", office.invitation_resend, name="resend"),
    path(
        "uitnodigingen/<uuid:invitation_id>/intrekken/", office.invitation_withdraw, name="withdraw"
    ),
    path("collegas/<uuid:user_id>/wachtwoordzin/", resets.reset_send, name="new-passphrase"),
    path(
        "collegas/<uuid:user_id>/wachtwoordzin/intrekken/",
        resets.reset_withdraw,
        name="new-passphrase-withdraw",
    ),
    path("collegas/<uuid:user_id>/tweede-factor/", resets.factors_remove, name="factors-remove"),
    path("uitnodiging/", door.open_invitation, name="open"),
    path("uitnodiging/code/", door.code, name="code"),
    path("uitnodiging/wachtwoordzin/", door.passphrase, name="passphrase"),
]
