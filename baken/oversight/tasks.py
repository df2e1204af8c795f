"""Jobs of oversight, run by the worker."""

from django.utils import timezone
from procrastinate.contrib.django import app

from baken.oversight.watching import watch_until_read


@app.periodic(cron="* * * * *")
@app.task(name="oversight.watch", queue="oversight", queueing_lock="oversight.watch")
def watch_log(timestamp: int) -> None:
    """Which looks ask for an explanation."""
    watch_until_read(started=timezone.now())
