"""What granian serves; `BAKEN_SITE` says which of the two sites."""

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
