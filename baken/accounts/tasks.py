"""Jobs of accounts, run by the worker."""

from procrastinate.contrib.django import app

from baken.accounts.sessions import SessionStore


@app.periodic(cron="17 * * * *")
@app.task(name="accounts.clear_sessions", queue="accounts")
def clear_sessions(timestamp: int) -> None:
    """Remove sessions that have ended; they open nothing any more."""
    SessionStore.clear_expired()
