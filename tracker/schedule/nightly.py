"""Who puts everything held into a folder each night?"""

from __future__ import annotations

import logging
from pathlib import Path
from threading import Event

from apscheduler.triggers.cron import CronTrigger

from tracker.queries.database import connect
from tracker.schedule.runner import Chore
from tracker.settings import Settings

log = logging.getLogger(__name__)


class Ended(Exception):
    """The process was asked to end; what the folder held before is still there."""


def nightly(chosen: Settings) -> tuple[Chore, ...]:
    """Return what the settings want done each night."""
    folder = chosen.bulk_dir
    if folder is None:
        return ()
    hour, minute = chosen.bulk_at.split(":")
    trigger = CronTrigger(hour=hour, minute=minute)
    return (Chore("nightly files", trigger, lambda stop: write(chosen, folder, stop)),)


def write(chosen: Settings, folder: Path, stop: Event) -> None:
    """Write everything held into a folder, and end early if the process is to end."""
    from tracker.publish.package import make  # noqa: PLC0415 - what files are made with takes a second to load, and memory

    def heed(_votes: int) -> None:
        if stop.is_set():
            raise Ended("stopped half-way; what was there before is still there")

    engine = connect(chosen.database)
    try:
        made = make(engine, folder, site=chosen.public_url, tell=heed)
    finally:
        engine.dispose()
    if made.rows is None:
        log.info("nightly files: nothing has changed since %s was written", folder)
    else:
        log.info("nightly files: %d rows in %s", sum(made.rows.values()), folder)
