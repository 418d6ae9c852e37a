"""Is every source collected as it should be? `tracker health` answers, for a person or for a monitor."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import typer

from tracker.cli.codes import EPILOG, Exit
from tracker.cli.ground import AsJson, record, settings
from tracker.cli.screen import say, write_json
from tracker.cli.summary import ENDINGS, SEVERITIES, STYLES

if TYPE_CHECKING:
    from tracker.queries.alerted import Outbox
    from tracker.queries.health import SourceHealth
    from tracker.queries.queue import PagesView, QueueState
    from tracker.schedule.timetable import Firing
    from tracker.sources.contract import Sheet

RECENT = 10
"""Findings listed."""


@dataclass(frozen=True, slots=True)
class Line:
    """A source with what is known of its health; `seen` None: it was never run into this database."""

    sheet: Sheet
    seen: SourceHealth | None
    following: Firing | None
    silence: str | None

    @property
    def state(self) -> str:
        """`never`, `running`, `good` or `failed`."""
        return self.seen.state if self.seen else "never"


def register(app: typer.Typer) -> None:
    """Add the command of this file."""
    app.command(epilog=EPILOG)(health)


def health(as_json: AsJson = False) -> None:
    """Say how each source is doing: its last run, what is held, when it is due, whether it has gone silent.

    Exit code 1 if the last run of a source failed.
    """
    from tracker.queries.alerted import outbox
    from tracker.queries.health import findings, sources
    from tracker.queries.queue import queue_state
    from tracker.schedule.silence import silence
    from tracker.schedule.timetable import Timetable
    from tracker.sources.catalogue import catalogue
    from tracker.storage.alarms import last_news

    now = datetime.now(UTC)
    with record(settings()) as engine:
        seen = {found.slug: found for found in sources(engine)}
        noticed = findings(engine, limit=RECENT)
        alerts, queue = outbox(engine), queue_state(engine)
        lines = [
            Line(
                source.sheet,
                seen.get(slug),
                Timetable(source.sheet).next(now),
                silence(source.sheet, last_news(engine, slug), now),
            )
            for slug, source in catalogue().items()
        ]
    if as_json:
        shapes = [
            {"source": f.source, "severity": f.severity, "code": f.code, "message": f.message, "at": f.at.isoformat()}
            for f in noticed
        ]
        told = {"held": alerts.held, "waiting": alerts.waiting, "failed": alerts.failed}
        jobs = queue.counts | {"reading": [asdict(pages) for pages in queue.reading]} if queue else None
        write_json({"sources": [_shape(line) for line in lines], "findings": shapes, "alerts": told, "queue": jobs})
    else:
        for line in lines:
            _tell(line)
        if noticed:
            say("Noticed last", "bold")
        for finding in noticed:
            words = f"  {finding.at:%d %b %H:%M} {finding.source} {finding.severity}: {finding.message}"
            say(words, STYLES.get(finding.severity, ""))
        _tell_alerts(alerts)
        if queue:
            tell_queue(queue)
    if any(line.state == "failed" for line in lines):
        raise typer.Exit(Exit.FAILED)


def _shape(line: Line) -> dict[str, Any]:
    run = line.seen.last_run if line.seen else None
    held = line.seen.held if line.seen else None
    return {
        "source": line.sheet.slug,
        "state": line.state,
        "last_run": {
            "started_at": run.started_at.isoformat(),
            "finished_at": run.finished_at.isoformat() if run.finished_at else None,
            "ending": run.ending or "running",
            "message": run.message,
            **{name: getattr(run, name) for name in ("requests", "documents", "inserted", "updated", "unchanged")},
        }
        if run
        else None,
        "fresh_at": line.seen.fresh_at.isoformat() if line.seen and line.seen.fresh_at else None,
        "first_sitting": held.first.isoformat() if held and held.first else None,
        "last_sitting": held.last.isoformat() if held and held.last else None,
        "votes": held.votes if held else 0,
        "asked": line.sheet.asked,
        "next": line.following.at.isoformat() if line.following else None,
        "silence": line.silence,
        "findings": line.seen.findings if line.seen else {},
        "findings_ever": line.seen.findings_ever if line.seen else {},
    }


def _tell(line: Line) -> None:
    say(f"{line.sheet.slug}: {line.sheet.title}", "bold")
    if line.seen is None or line.seen.last_run is None:
        if line.sheet.asked:
            say(f"  never run; `tracker collect {line.sheet.slug}` or `tracker up` does", "yellow")
        else:
            say("  nothing brought in; `tracker import` does, if you want it", "dim")
        return
    run, held = line.seen.last_run, line.seen.held
    ending = run.ending or "running"
    said = f": {run.message}" if run.message else ""
    say(f"  last run {run.started_at:%d %B %Y %H:%M} UTC, {ending}{said}", ENDINGS.get(ending, ""))
    if held.votes:
        say(f"  {held.votes} votes held, sittings of {held.first:%d %B %Y} to {held.last:%d %B %Y}")
    else:
        say("  no votes held")
    counts = [f"{line.seen.findings[name]} {name}" for name in SEVERITIES if line.seen.findings.get(name)]
    say(f"  findings of that run: {', '.join(counts) or 'none'}")
    if line.following:
        say(f"  due next {line.following.at:%a %d %b %H:%M %Z}, if `tracker up` is running")
    if line.silence:
        say(f"  {line.silence}", "bold yellow")


def _tell_alerts(alerts: Outbox) -> None:
    since = f" (the oldest since {alerts.oldest:%d %b %H:%M} UTC)" if alerts.oldest else ""
    said = f"Alerts: {alerts.waiting} waiting{since}, {alerts.failed} given up"
    said += f"; {alerts.held} events held until a run ends well" if alerts.held else ""
    say(said, "bold yellow" if alerts.failed else "")


def tell_queue(queue: QueueState) -> None:
    """Say in a line how the queue stands."""
    said = f"Queue: {queue.running} running, {queue.waiting} waiting, {queue.failed} failed; {queue.workers} workers"
    said += f", last heard of {queue.heard:%d %b %H:%M:%S} UTC" if queue.heard else ""
    say(said, "bold yellow" if queue.failed or (queue.waiting and not queue.workers) else "")
    if queue.reading:
        say(f"  being read now: {'; '.join(map(pages_of, queue.reading))}")


def pages_of(pages: PagesView) -> str:
    """Name pages of a document."""
    return f"pages {pages.first}–{pages.last} of {pages.name}"
