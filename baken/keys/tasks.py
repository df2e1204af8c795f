"""Jobs of keys, run by the worker."""

from procrastinate.contrib.django import app

from baken.keys.actions.sweeping import sweep


@app.periodic(cron="41 * * * *")
@app.task(name="keys.sweep", queue="keys")
def sweep_keystore(timestamp: int) -> None:
    """Remove shred keys that no container came to use. When it refuses, the job fails and its sentence is
    in the worker's words; `baken keys sweep` says it again."""
    sweep()
