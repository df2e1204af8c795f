"""What granian serves; `BAKEN_SITE` says which of the two sites."""

from typing import cast

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from baken.config.strength import Chosen, check_strength

check_strength(cast("Chosen", settings))
application = get_wsgi_application()
