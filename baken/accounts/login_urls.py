"""Log-in and second factor, by allauth; only what a colleague needs.

No sign-up and no reset by mail: colleagues are invited, and a passphrase that is lost is replaced by a
colleague.
"""

from allauth.account import views
from django.urls import include, path

from baken.accounts.views import log_out, stay

urlpatterns = [
    path("login/", views.login, name="account_login"),
    path("uit/", log_out, name="account_logout"),
    path("blijf/", stay, name="session_stay"),
    path("wachtwoordzin/", views.password_change, name="account_change_password"),
    path("opnieuw/", views.reauthenticate, name="account_reauthenticate"),
    path("inactief/", views.account_inactive, name="account_inactive"),
    path("2fa/", include("allauth.mfa.urls")),
]
