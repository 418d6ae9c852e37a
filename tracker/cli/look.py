"""What is on record, what is collected from where, and is all well? These commands read, and change nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from itertools import islice
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tracker.cli import completion
from tracker.cli.codes import EPILOG, Exit, Refusal
from tracker.cli.ground import AsJson, Since, Until, record, settings
from tracker.cli.screen import out, plain, say, table, text, warn, write_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tracker.domain.days import Days
    from tracker.domain.tally import Tally
    from tracker.queries.listed import VoteRow
    from tracker.queries.search.understood import Understood
    from tracker.queries.votes import VoteFilter
    from tracker.storage.engine import Engine

NOTHING = "no vote on record meets this"
SHOWN = 25
"""Votes in a table unless somebody asks for more."""


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    for command in (sources, timetable, votes, show):
        app.command(epilog=EPILOG)(command)


def sources(as_json: AsJson = False) -> None:
    """List the sources: what they are, who publishes them, what may be done with them."""
    from tracker.sources.catalogue import catalogue

    chosen = settings()
    sheets = [found.sheet for found in catalogue().values()]
    if as_json:
        write_json(
            [
                {
                    "source": sheet.slug, "title": sheet.title, "legislature": sheet.chamber.slug,
                    "chamber": sheet.chamber.title, "country": sheet.chamber.country, "publisher": sheet.publisher,
                    "page": sheet.page, "licence": sheet.licence, "zone": sheet.chamber.zone,
                    "kind": sheet.kind, "rank": sheet.rank, "asked": sheet.asked,
                    "credit": sheet.credit.model_dump() if sheet.credit else None,
                    "address": sheet.address.base, "at": chosen.at.get(sheet.slug),
                    "doubts": list(sheet.address.doubts),
                }
                for sheet in sheets
            ]
        )  # fmt: skip
        return
    for sheet in sheets:
        say(f"{sheet.slug}", "bold")
        say(f"  {sheet.title}; {sheet.chamber.title}")
        say(f"  {sheet.publisher}, {sheet.page}")
        say(f"  {sheet.licence}")
        if sheet.credit:
            say(f"  transcribed by {sheet.credit.by}; {sheet.credit.repository}")
            say(f"  licence of the transcription: {sheet.credit.licence}")
        if not sheet.asked:
            say("  never asked for over the network; `tracker import` brings its documents in")
        if sheet.slug in chosen.at:
            say(f"  asked at {chosen.at[sheet.slug]} instead of {sheet.address.base}", "yellow")
        for doubt in sheet.address.doubts:
            say(f"  not certain: {doubt}", "dim")


def timetable(
    limit: Annotated[int, typer.Option("--limit", min=1, max=1000, help="How many firings to list.")] = 12,
    as_json: AsJson = False,
) -> None:
    """Say which source is looked at when, by the chamber's clock and by the one of this machine."""
    from tracker.schedule.timetable import Timetable, coming
    from tracker.sources.catalogue import asked

    tables = [Timetable(found.sheet) for found in asked()]
    firings = coming(tables, datetime.now(UTC), limit)
    if as_json:
        write_json(
            [
                {"source": firing.source, "at": firing.at.isoformat(), "zone": str(firing.at.tzinfo),
                 "local": firing.at.astimezone().isoformat(), "because": firing.because}
                for firing in firings
            ]
        )  # fmt: skip
        return
    rows = table("source", "chamber's time", "time here")
    for firing in firings:
        here = firing.at.astimezone()
        rows.add_row(
            text(firing.source),
            text(f"{firing.at:%a %d %b %H:%M %Z}"),
            text(f"{here:%a %d %b %H:%M %Z}"),
        )
    out().print(rows)
    for found in asked():
        sheet = found.sheet
        say(
            f"{sheet.slug}, by the clock of {sheet.chamber.zone}, each time up to {sheet.timetable.jitter} s later",
            "bold",
        )
        for times in sheet.timetable.times:
            months = "" if times.months == "*" else f", months {times.months}"
            say(f"  days {times.days}, hours {times.hours}, minutes {times.minutes}{months}")
            say(f"    {times.because}", "dim")


def votes(
    legislature: Annotated[
        list[str] | None,
        typer.Option(
            "--legislature",
            metavar="SLUG",
            help="A legislature or source; may be given more than once.",
            autocompletion=completion.places,
        ),
    ] = None,
    since: Since = None,
    until: Until = None,
    words: Annotated[
        str,
        typer.Option("--text", help="What to look for: words, a bill's or law's number, a date, a count as 70-33-4."),
    ] = "",
    exact: Annotated[
        bool, typer.Option("--exact", help="The words of --text as they stand, and nothing else.")
    ] = False,
    limit: Annotated[
        int | None, typer.Option("--limit", min=1, help=f"At most so many; {SHOWN} in a table, all with --json.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """List votes, the nearest to a text first, then the newest. With --json one object a line: all but the ballots."""
    from tracker.queries.votes import VoteFilter

    if since and until and until < since:
        raise typer.BadParameter(f"--until {until} lies before --since {since}")
    wanted = VoteFilter(
        text=words, exact=exact, legislatures=tuple(legislature or ()), since=since, until=until, limit=limit or SHOWN
    )
    with record(settings()) as engine:
        held = _held(engine, wanted.legislatures)
        if wanted.legislatures and not held:
            if not as_json:
                say(NOTHING)
            return
        wanted = replace(wanted, legislatures=held)
        if as_json:
            _stream(engine, wanted, limit)
        else:
            _table(engine, wanted)


def _held(engine: Engine, names: tuple[str, ...]) -> tuple[str, ...]:
    """Leave out names that are right although nothing of them was collected yet. A wrong one stays, to be refused."""
    from tracker.queries.health import sources as seen
    from tracker.queries.votes import legislatures
    from tracker.sources.catalogue import catalogue

    on_record = {found.slug for found in seen(engine)} | {chamber.slug for chamber in legislatures(engine)}
    right = {name for found in catalogue().values() for name in (found.slug, found.sheet.chamber.slug)}
    return tuple(name for name in names if name in on_record or name not in right)


def _stream(engine: Engine, wanted: VoteFilter, limit: int | None) -> None:
    from tracker.queries.shape import as_json
    from tracker.queries.votes import every

    for view in islice(every(engine, wanted), limit):
        write_json(as_json(view, ballots=False), lines=True)


def _table(engine: Engine, wanted: VoteFilter) -> None:
    from tracker.queries.votes import listing

    page = listing(engine, wanted)
    for line in _told(page.understood):
        warn(line, "dim")
    list_votes(page.rows)
    if not page.rows:
        say(NOTHING)
    if page.total > len(page.rows) > 0:
        warn(f"{len(page.rows)} of {'more than ' * page.more}{page.total} votes; --limit shows more")


def _told(understood: Understood) -> Iterator[str]:
    """Say what a text was taken to mean, a line for each thing."""
    for one in understood.days:
        yield f"understood as a date: {_days(one)}"
    if understood.figures is not None:
        yield f"understood as a count: {'–'.join(str(n) for n in understood.figures if n is not None)}"
    for number in understood.bills:
        yield f"understood as a bill: {number}"
    for typed, meant in understood.corrected:
        yield f"no vote has {typed!r}; looked for {meant!r}"
    for typed, others in understood.same:
        yield f"{typed}: also {', '.join(others)}"
    for year in understood.years:
        yield f"{year}: as a word, then as a year"
    for alias in understood.aliases:
        yield f"called {alias.name!r} in the press: {alias.source}"
    if understood:
        yield "--exact looks for the words as they stand"


def _days(days: Days) -> str:
    if days.since is None or days.until is None:
        return f"{days.day}.{days.month}. of any year"
    return str(days.since) if days.since == days.until else f"{days.since} to {days.until}"


def list_votes(rows: Iterable[VoteRow]) -> None:
    """Print votes, two lines each: when, where, the count, the id; and the subject as far as it fits."""
    for row in rows:
        line = text(f"{row.sitting_date} {_clock(row):<7} {row.legislature:<14}")
        line.append(f"{plain(_figures(row.tallies.best, abstention=row.abstention)):<12}", "bold")
        line.append(f"  {plain(row.id)}", "cyan")
        by = f"transcribed by {plain(row.credit.by)}" if row.credit else ""
        for mark in (
            by,
            "doubtful" if row.verdict == "doubtful" else "",
            "no longer at its source" if row.gone else "",
        ):
            line.append(f"  {mark}" if mark else "", "yellow")
        out().print(line, soft_wrap=True)
        subject = text(f"  {row.subject}")
        subject.truncate(max(out().width, 40), overflow="ellipsis")
        out().print(subject, soft_wrap=True)


def _clock(row: VoteRow) -> str:
    """Return the clock time of a vote, with the days by which it is later than the day its sitting began."""
    if row.taken_at is None:
        return ""
    later = (row.taken_at.date() - row.sitting_date).days
    return f"{row.taken_at:%H:%M}{f'{later:+}' if later else ''}"


def _figures(tally: Tally | None, *, abstention: bool) -> str:
    """Return a tally in brief; of an election by name, the first and second; of a quorum call, who was there."""
    if tally is None:
        return "–"
    if tally.candidates:
        ranked = sorted(tally.candidates, key=lambda pair: -pair[1])
        return ", ".join(f"{name} {count}" for name, count in ranked[:2])
    if tally.cast == 0 and tally.present:
        return f"present {tally.present}"
    return tally.text(abstention=abstention)


def show(
    vote_id: Annotated[str, typer.Argument(metavar="ID", help="A vote, as `tracker votes` lists them.")],
    own: Annotated[bool, typer.Option("--own", help="The record of this very id, not the one it leads to.")] = False,
    as_json: AsJson = False,
) -> None:
    """Show everything known of a vote: its tallies side by side, who voted how, and the papers it was read from."""
    from tracker.queries.shape import as_json as shape
    from tracker.queries.votes import one

    with record(settings()) as engine:
        view = one(engine, vote_id, own=own)
    if view is None:
        raise Refusal(
            f"there is no vote {vote_id!r} on record",
            next_step="`tracker votes --text WORDS` finds votes by their subject and lists their ids.",
            code=Exit.UNKNOWN,
        )
    if as_json:
        found: dict[str, Any] = shape(view)
        write_json(found)
        return
    from tracker.cli.page import print_vote

    print_vote(view)
