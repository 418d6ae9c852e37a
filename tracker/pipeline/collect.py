"""How does a vote get from an official page to the database? One vote's journey, top to bottom: read this first.

The ways of asking (`ask`) and of storing (`save`) are arguments: the network and the database in earnest, the archive
to rebuild, a counter for a dry run, two dictionaries in a test.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from threading import Event

from tracker.archive.files import Unreachable
from tracker.archive.ocr import Illegible
from tracker.archive.politeness import Stopped
from tracker.domain.bills import BillRecord
from tracker.domain.changes import Facts, facts_of
from tracker.domain.evidence import Document, Request
from tracker.domain.people import Mandate
from tracker.domain.reconcile import Reconciliation, Verdict, reconcile
from tracker.domain.settlement import Settlement
from tracker.domain.signs import are_texts
from tracker.domain.votes import PrintedSitting, PrintedVote, Vote
from tracker.pipeline import checks, settling
from tracker.pipeline.asking import Answer, Ask
from tracker.pipeline.desk import BARE, Desk
from tracker.pipeline.resolve import place_all, resolve
from tracker.sources.contract import Severity, Source, Trouble, Unreadable, Window
from tracker.storage.write import Fetch, Noticed, Reading

log = logging.getLogger(__name__)

Save = Callable[[Reading], None]

GIVE_UP = 5
"""Requests in a row without an answer after which a site counts as down."""
BROKEN = "broken_text"
"""The code of a finding: a vote or a sitting whose texts no database keeps is left out."""


class Ending(StrEnum):
    """The four ways a run ends. Only the last wakes a person."""

    DONE = "done"
    UNCHANGED = "unchanged"
    NOT_PUBLISHED = "not published yet"
    FAILED = "failed"


@dataclass(slots=True)
class Journey:
    """What a run has met so far."""

    requests: int = 0
    held: int = 0
    documents: int = 0
    votes: int = 0
    absent: int = 0
    troubles: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    """Why indexes did not come."""
    missing: list[str] = field(default_factory=list)
    """Required pages that are not there."""
    remarks: list[str] = field(default_factory=list)
    """What a run says of itself that is no failure."""
    silent: int = 0
    """Requests in a row that got no answer."""
    stopped: bool = False
    health: checks.Health = field(default_factory=checks.Health)


Watch = Callable[[Journey, Request, int], None]


def collect(
    source: Source,
    window: Window,
    *,
    ask: Ask,
    save: Save,
    desk: Desk = BARE,
    sweep: Sequence[Request] = (),
    stop: Event | None = None,
    watch: Watch | None = None,
) -> Journey:
    """Follow a source through a window of sitting days: ask, read, resolve, reconcile, save.

    Pages of other days whose turn it is (`sweep`) come last, and only if nothing the window needs was missing. One
    document in trouble costs only itself. Ends early, between two documents, once `stop` is set.
    """
    journey = Journey()
    queue = deque(source.start(window, source.sheet))
    later = deque(sweep)
    asked: set[str] = set()
    while queue or later:
        if not queue:
            if journey.lost or journey.missing:
                break
            queue, later = later, deque()
        if stop is not None and stop.is_set():
            journey.stopped = True
            break
        request = queue.popleft()
        if request.url in asked:
            continue
        asked.add(request.url)
        answer = ask(request)
        try:
            onward = follow(source, answer, journey, save, desk)
        except Stopped:
            journey.stopped = True
            break
        queue.extendleft(reversed(onward))
        if journey.silent >= GIVE_UP:
            journey.lost.append(f"{GIVE_UP} requests in a row got no answer; the run gave up")
            break
        if watch is not None:
            watch(journey, request, len(queue) + len(later))
    return journey


def follow(source: Source, answer: Answer, journey: Journey, save: Save, desk: Desk = BARE) -> list[Request]:
    """Take one answer to its end, and return the requests it leads to. Stopped: while its pages were read."""
    role = source.roles[answer.request.role]
    if answer.fetch is None:
        journey.held += 1
        return []
    journey.requests += 1
    journey.silent = journey.silent + 1 if answer.trouble is not None else 0
    if answer.absent:
        return _absent(source, answer, journey, save)
    if answer.trouble is not None:
        journey.troubles.append(answer.trouble)
        if role.required or role.index:
            journey.lost.append(answer.trouble)
        noticed = Noticed(Severity.UNREADABLE, answer.trouble_code, answer.trouble, answer.request.url)
        save(Reading(fetch=answer.fetch, document=answer.document, noticed=(noticed,), whole=False))
        return []
    if answer.document is None:
        save(Reading(fetch=answer.fetch))
        return []
    reading, onward = read(source, answer.fetch, answer.document, journey, desk)
    save(replace(reading, replaces=answer.replaces))
    return onward


def _absent(source: Source, answer: Answer, journey: Journey, save: Save) -> list[Request]:
    journey.absent += 1
    role = source.roles[answer.request.role]
    found = list(role.missing(answer.request, source.sheet))
    if role.required and not found:
        journey.missing.append(answer.request.url)
    journey.remarks += [one.message for one in found if isinstance(one, Trouble)]
    if answer.fetch is not None:
        save(Reading(fetch=answer.fetch, replaces=answer.replaces, noticed=_gone(answer)))
    return [one for one in found if isinstance(one, Request)]


def _gone(answer: Answer) -> tuple[Noticed, ...]:
    """Notice, once, that a page that is held is not there any more."""
    if answer.replaces is None:
        return ()
    url = answer.request.url
    message = f"{url} is not there any more; what was read from it stays, and the archive keeps its bytes"
    return (Noticed(Severity.NOTED, "page_gone", message, url),)


def read(
    source: Source, fetch: Fetch, document: Document, journey: Journey, desk: Desk = BARE
) -> tuple[Reading, list[Request]]:
    """Read a document: printed votes are resolved and reconciled, further requests handed on, troubles noted."""
    role = source.roles[document.role]
    votes: list[tuple[Vote, Reconciliation, Facts]] = []
    bills: list[BillRecord] = []
    sittings: list[PrintedSitting] = []
    seated: list[Mandate] = []
    noticed: list[Noticed] = []
    onward: list[Request] = []
    whole = True
    try:
        seen = desk.seen(document, role.form)
        for found in role.read(seen, source.sheet):
            if isinstance(found, Request):
                onward.append(found)
            elif isinstance(found, PrintedVote):
                weighed, told = _weighed(found, source, document, seen, desk, journey.health)
                votes += weighed
                noticed += told
            elif isinstance(found, BillRecord):
                bills.append(found)
            elif isinstance(found, Trouble):
                noticed.append(Noticed(found.severity, found.code, found.message, found.where))
            elif isinstance(found, Mandate):
                seated.append(found)
            elif are_texts((found.title, *(mark.name for mark in found.attendance))):
                sittings.append(found)
            else:
                noticed.append(_broken(f"sitting of {found.date}", document))
        whole = all(one.code != BROKEN for one in noticed)
    except (Unreadable, Illegible) as error:
        whole, votes, bills, sittings = False, [], [], []
        noticed = [Noticed(Severity.UNREADABLE, error.code, str(error), document.url)]
    except (Stopped, Unreachable):
        raise
    except Exception as error:
        # A slip of ours in one reader must not cost the other documents of the run.
        log.exception("the reader of %s failed on %s", source.slug, document.url)
        whole, votes, bills, sittings = False, [], [], []
        text = f"{document.url}: the reader failed ({type(error).__name__}: {error}); archived, please report it"
        noticed = [Noticed(Severity.UNREADABLE, "reader_failed", text, document.url)]
    journey.documents += 1
    journey.votes += len(votes)
    journey.health.bills += len(bills)
    journey.health.unreadable += not whole
    journey.troubles += [n.message for n in noticed if n.severity == Severity.UNREADABLE]
    reading = Reading(
        fetch=fetch, document=document, reader=source.reader(document.role), lookups=source.digest,
        votes=votes, bills=bills, sittings=sittings, seated=seated if whole else (),
        noticed=noticed, whole=whole, placed=_attendance(sittings, source),
    )  # fmt: skip
    return reading, onward


def _weighed(
    found: PrintedVote, source: Source, document: Document, seen: Document, desk: Desk, health: checks.Health
) -> tuple[Sequence[tuple[Vote, Reconciliation, Facts]], Sequence[Noticed]]:
    """Return a vote with its sums and facts, if its texts can be kept, and what there is to notice; count it."""
    vote, sums, misfit = weigh(found, source, desk.settled.get((found.id, document.sha256)))
    facts = facts_of(vote, sums)
    if not are_texts(facts.texts()):
        return (), [_broken(found.id, document)]
    odd = checks.of_vote(vote, sums, source.sheet, _piece(found, sums, seen, desk))
    health.count(vote, sums, source.sheet)
    return [(vote, sums, facts)], (*misfit, *odd)


def _broken(what: str, document: Document) -> Noticed:
    """Notice that something of a document cannot be kept as it stands there; the rest of it can."""
    message = f"{document.url}: {what} holds zero bytes or half a sign, and is left out; look at the document"
    return Noticed(Severity.UNREADABLE, BROKEN, message, what)


def weigh(
    printed: PrintedVote, source: Source, said: Settlement | None
) -> tuple[Vote, Reconciliation, tuple[Noticed, ...]]:
    """Place the names of a vote, as a person settled it if one did, and make its sums."""
    printed, misfit = settling.heed(said, printed, source.sheet)
    vote = resolve(printed, source.register() if source.register else None)
    return vote, reconcile(vote, spoken_counts=source.sheet.chamber.spoken_counts), misfit


def _piece(printed: PrintedVote, sums: Reconciliation, seen: Document, desk: Desk) -> str | None:
    """Keep a picture of where a vote's page is in doubt."""
    return desk.piece(seen, printed) if sums.verdict is Verdict.DOUBTFUL else None


def _attendance(sittings: Iterable[PrintedSitting], source: Source) -> dict[str, str | None]:
    register = source.register() if source.register else None
    placed: dict[str, str | None] = {}
    for sitting in sittings:
        placed |= place_all([mark.name for mark in sitting.attendance], register, sitting.date)
    return placed


def ending(journey: Journey, *, moved: int, source: Source) -> tuple[Ending, str]:
    """Name the ending of a run and say why. `moved` is the number of votes and bills that are new or changed."""
    breach = journey.health.breach(source.sheet)
    nothing = journey.documents == 0 and journey.held == 0
    if journey.missing and nothing:
        moved_site = (
            f"{journey.missing[0]} is not there, nor anything else that was asked for. If the site has moved, put its "
            f"new address under [address] in the sheet of {source.slug}"
        )
        return Ending.FAILED, moved_site
    if journey.lost or breach:
        return Ending.FAILED, "; ".join(journey.lost[:3]) or breach or ""
    notes = [f"{url} is not there" for url in journey.missing] + list(dict.fromkeys(journey.troubles))
    notes += journey.remarks
    text = "; ".join(notes[:3]) + (f"; and {len(notes) - 3} more" if len(notes) > 3 else "")
    if journey.stopped:
        text = "; ".join(filter(None, ["stopped on request, the rest follows at the next run", text]))
    if moved:
        return Ending.DONE, text
    if nothing and journey.absent and not notes:
        return Ending.NOT_PUBLISHED, "the site has nothing yet for these days"
    return Ending.UNCHANGED, text
