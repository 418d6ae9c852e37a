"""What came of one or more runs, in a few lines or as JSON?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from tracker.cli.screen import err, out, say, text

if TYPE_CHECKING:
    from tracker.pipeline.run import Report
    from tracker.storage.write import Noticed

Way = Literal["asked for", "brought in", "read again"]
SEVERITIES = ("unreadable", "doubtful", "unresolved", "noted")
STYLES = {"unreadable": "red", "doubtful": "yellow", "unresolved": "yellow", "noted": "dim"}
ENDINGS = {"done": "bold green", "unchanged": "green", "not published yet": "cyan", "failed": "bold red"}


@dataclass(frozen=True, slots=True)
class Summary:
    """The figures of runs of one source, added up; `ending` is the one that weighs most."""

    source: str
    ending: str
    messages: tuple[str, ...]
    since: date
    until: date
    figures: dict[str, int]
    findings: Counter[str]
    noticed: tuple[Noticed, ...]
    stopped: bool
    dry_run: bool
    way: Way = "asked for"
    """How its documents came: from a site, from a folder, or from the archive."""

    @classmethod
    def of(cls, reports: Sequence[Report], *, dry_run: bool = False, way: Way = "asked for") -> Summary:
        """Add reports of one source up, oldest days first."""
        endings = {str(report.ending) for report in reports}
        findings: Counter[str] = Counter()
        for report in reports:
            findings.update(report.findings)
        figures = {
            name: sum(getattr(report.journey, name) for report in reports)
            for name in ("requests", "held", "documents", "votes")
        } | {
            name: sum(getattr(report.totals, name) for report in reports)
            for name in ("inserted", "updated", "unchanged", "bills")
        }
        return cls(
            source=reports[0].source,
            ending=next(name for name in ("failed", "done", "unchanged", "not published yet") if name in endings),
            messages=tuple(dict.fromkeys(report.message for report in reports if report.message)),
            since=reports[0].window.since,
            until=reports[-1].window.until,
            figures=figures,
            findings=findings,
            noticed=tuple(noticed for report in reports for noticed in report.noticed),
            stopped=any(report.journey.stopped for report in reports),
            dry_run=dry_run,
            way=way,
        )

    @property
    def failed(self) -> bool:
        """Whether a person should look."""
        return self.ending == "failed"

    def shape(self) -> dict[str, Any]:
        """Return the summary as JSON prints it."""
        return {
            "source": self.source,
            "ending": self.ending,
            "messages": list(self.messages),
            "since": self.since.isoformat(),
            "until": self.until.isoformat(),
            **self.figures,
            "findings": {name: self.findings[name] for name in SEVERITIES},
            "noticed": [
                {"severity": str(n.severity), "code": n.code, "message": n.message, "place": n.place, "vote": n.vote}
                for n in self.noticed
            ],
            "stopped": self.stopped,
            "dry_run": self.dry_run,
        }


def tell(summary: Summary) -> None:
    """Print a summary: the ending, the figures, the findings with the first few in full."""
    head = text(f"{summary.source}: ").append_text(text(summary.ending, ENDINGS[summary.ending]))
    if summary.stopped:
        head.append(" (stopped)")
    out().print(head, soft_wrap=True)
    figures = summary.figures
    if summary.way == "read again":
        say(f"  read again    {_count(figures['documents'], 'document')} of the archive")
    else:
        days = f"{summary.since} to {summary.until}" if summary.since != summary.until else str(summary.since)
        say(f"  sitting days  {days}")
        asked = _count(figures["requests"], "record" if summary.way == "brought in" else "page")
        say(f"  {summary.way:<12}  {asked}, {figures['held']} held already; {figures['documents']} read")
    if summary.dry_run:
        say(f"  votes         {figures['votes']} read; nothing was archived or stored (--dry-run)")
    else:
        say(
            f"  votes         {figures['inserted']} new, {figures['updated']} changed, {figures['unchanged']} unchanged"
        )
    if figures["bills"]:
        say(f"  bills         {figures['bills']} {'read' if summary.dry_run else 'new or moved'}")
    counts = [f"{summary.findings[name]} {name}" for name in SEVERITIES if summary.findings[name]]
    say(f"  findings      {', '.join(counts) or 'none'}")
    for message in summary.messages:
        say(f"  {message}", "red" if summary.failed else "")
    for name in SEVERITIES:
        for noticed in [n for n in summary.noticed if n.severity == name][:3]:
            err().print(text(f"  {name}: {noticed.message}", STYLES[name]), soft_wrap=True)


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"
