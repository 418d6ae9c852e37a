"""Who sends the alerts that are due, beside the collecting, and never stands in its way?"""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from threading import Event, Lock

from tracker.publish.rules import RulesError, load
from tracker.queries.database import connect
from tracker.settings import Settings
from tracker.storage.deliveries import idle
from tracker.storage.engine import Engine

log = logging.getLogger(__name__)


class Alerting:
    """Reads the rules anew each time, and plans and sends what is due. Never raises; one round at a time.

    Without rules nothing is planned: what happens meanwhile is too old by the time somebody asks to be told.
    """

    def __init__(self, settings: Settings, engine: Engine, stop: Event) -> None:
        self._settings = settings
        self._engine = engine
        self._stop = stop
        self._busy = Lock()
        self._said = ""

    def __call__(self) -> None:
        """Do a round, unless one is under way."""
        if not self._busy.acquire(blocking=False):
            return
        try:
            self._round()
            self._said = ""
        except Exception as error:
            # The next minute tries again; a reader who is told late is better than sources that are not looked at.
            said = str(error) if isinstance(error, RulesError) else f"{type(error).__name__}: {error}"
            if said != self._said:
                log.error("alerts: %s", said)
                log.debug("alerts broke", exc_info=True)
            self._said = said
        finally:
            self._busy.release()

    def _round(self) -> None:
        rules = load(self._settings.rules)
        reader = connect(self._settings.database)
        try:
            if idle(reader, now=datetime.now(UTC), rules=bool(rules)):
                return
            # Apprise takes a second to load, which a process without alerts is spared.
            from tracker.publish.alerts import Post, plan, send  # noqa: PLC0415

            post = Post.of(self._settings, self._engine, reader, rules)
            if rules:
                plan(post)
            done = send(post, stop=self._stop)
        finally:
            reader.dispose()
        if done.sent or done.given_up:
            log.info("alerts: %d sent, %d put off, %d given up", done.sent, done.put_off, done.given_up)
