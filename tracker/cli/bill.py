"""What is a bill called, how far has it come, and how was it voted?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from tracker.cli.codes import EPILOG, Exit, Refusal
from tracker.cli.ground import AsJson, record, settings
from tracker.cli.look import SHOWN, list_votes
from tracker.cli.screen import say, warn, write_json
from tracker.domain.spelled import day

if TYPE_CHECKING:
    from tracker.domain.bills import Bill
    from tracker.queries.billed import BillView
    from tracker.queries.listed import Page
    from tracker.storage.engine import Engine

AUTHORS = 3
"""Authors named; the others are counted."""


def register(app: typer.Typer) -> None:
    """Add the command of this file."""
    app.command(epilog=EPILOG)(bill)


def bill(
    number: Annotated[str, typer.Argument(metavar="NUMBER", help="As 4766, 10305/2024-CR, 00013-2026-2031-S, H.R. 5.")],
    limit: Annotated[int, typer.Option("--limit", min=1, help="At most so many votes of each bill.")] = SHOWN,
    as_json: AsJson = False,
) -> None:
    """Show a bill as its chamber's list has it, and the votes that name it, newest first.

    A bare number may mean several bills, one in each chamber and period: all of them are shown.
    """
    from tracker.queries.bills import find, votes_of_bill

    with record(settings()) as engine:
        found = find(engine, number)
        pages = [(each, votes_of_bill(engine, _key(each), limit=limit)) for each in found]
        found_votes = _shapes(engine, pages) if as_json else []
    if not found:
        raise Refusal(
            f"there is no bill {number!r} on record, neither on a list nor in a vote",
            next_step="`tracker votes --text WORDS` finds votes by their subject.",
            code=Exit.UNKNOWN,
        )
    if as_json:
        write_json(found_votes)
        return
    for each, page in pages:
        _print(each, page)


def _key(found: BillView | Bill) -> Bill:
    from tracker.domain.bills import Bill

    return Bill(found.number, found.period, found.legislature)


def _shapes(engine: Engine, pages: list[tuple[BillView | Bill, Page]]) -> list[dict[str, Any]]:
    from tracker.domain.bills import Bill
    from tracker.queries.shape import bill as shape
    from tracker.queries.shape import row_as_json

    shapes: list[dict[str, Any]] = []
    for found, page in pages:
        key = _key(found)
        named = {"legislature": key.legislature, "period": key.period, "number": key.number}
        listed = None if isinstance(found, Bill) else shape(found)
        shapes.append(named | {"list": listed, "votes": [row_as_json(row) for row in page.rows], "total": page.total})
    return shapes


def in_brief(found: BillView) -> str:
    """Say in a line how a bill stands: `04766/2022-PE, AUTÓGRAFA (9 October 2026), by PODER EJECUTIVO: TITLE`."""
    names = "; ".join(found.authors[:AUTHORS])
    more = f" and {len(found.authors) - AUTHORS} more" if len(found.authors) > AUTHORS else ""
    who = f"{names}{more}" or found.proponent
    by = f", by {who}" if who else ""
    return f"{found.notation}, {found.stage} ({day(found.as_of.date(), 'en')}){by}: {found.title}"


def _print(found: BillView | Bill, page: Page) -> None:
    from tracker.domain.bills import Bill

    if isinstance(found, Bill):
        say(f"{found.number}, {found.legislature} {found.period}".rstrip(), "bold")
        say("  on no list that is held; known from votes alone", "dim")
    else:
        _print_listed(found)
    list_votes(page.rows)
    if not page.rows:
        say("  no vote on record names it", "dim")
    if page.total > len(page.rows) > 0:
        warn(f"{len(page.rows)} of {page.total} votes; --limit shows more")


def _print_listed(found: BillView) -> None:
    say(f"{found.notation}  {found.title}", "bold")
    say(f"  {found.stage}, as of {day(found.as_of.date(), 'en')} {found.as_of:%H:%M} UTC")
    say(f"  filed {day(found.presented, 'en')}{f' by {found.proponent}' if found.proponent else ''}")
    if found.authors:
        say(f"  authors: {'; '.join(found.authors)}")
    if found.url:
        say(f"  {found.url}", "cyan")
    for step, before in zip(found.steps[1:], found.steps, strict=False):
        moved = [f"stage {before.stage} → {step.stage}"] if step.stage != before.stage else []
        moved += [f"title was: {before.title}"] if step.title != before.title else []
        say(f"  {day(step.since.date(), 'en')}: {'; '.join(moved) or 'other particulars moved'}", "yellow")
