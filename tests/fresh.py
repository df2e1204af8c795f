"""What stands in the session of somebody who logged in just now, for tests that skip the door."""

import time


def just_logged_in(user, *, seconds_ago=0):
    record = {"method": "password", "at": time.time() - seconds_ago}
    return {
        "account_authentication_methods": [record],
        "account_authentication_methods_user": str(user.pk),
    }
