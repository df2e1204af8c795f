"""What granian serves; `BAKEN_SITE` says which of the two sites."""

import gc
import os
from collections.abc import Callable, Iterable
from typing import Any, cast

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from baken.config.strength import Chosen, check_strength

Answer = Iterable[bytes]
Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Answer]


def without_environment(application: Wsgi) -> Wsgi:
    """The application, with requests that know nothing of the process that serves them.

    A server adds the environment to every request, our keys among it; whoever keeps a request keeps those.
    """
    own = dict(os.environ)

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Answer:
        for name, value in own.items():
            if environ.get(name) == value:
                del environ[name]
        return application(environ, start_response)

    return answer


check_strength(cast("Chosen", settings))
application = without_environment(get_wsgi_application())
# What was loaded stays: going through it at every collection costs a search a sixth of its time.
gc.collect()
gc.freeze()
