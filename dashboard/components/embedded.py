"""What does the embed card of a vote show within somebody else's page: what stands now, and what has moved since?"""

from __future__ import annotations

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from dashboard import links
from dashboard.charts import parts
from dashboard.components import heading, standing, tally
from dashboard.components.escape import Html, el, join
from dashboard.components.groups import PLACES
from dashboard.words import Words
from tracker.domain.votes import Status, Tally
from tracker.queries.casing import calm
from tracker.queries.view import VoteView

MOST_GROUPS, MOST_CANDIDATES = 6, 4
BRIGHT = 90
"""Letters of a subject from which on it is set smaller."""


def card(view: VoteView, before: VoteView | None, say: Words, lang: str | None) -> Html:
    """Return the card; `before` is the reading that was embedded, where that is not the one in force."""
    best, subject = view.tallies.best, calm(view.subject)
    page = links.plain(view.id, lang, own=view.leads_to is not None)
    notice = corrected(view, before, say)
    link = el("a", subject, href=page, rel="noopener", lang=view.chamber.language)
    return join([
        el("p", " · ".join((view.chamber.title, *heading.when(view, say))), class_="soft"),
        el("h1", link, class_="long" if len(subject) > BRIGHT else None),
        el("p", notice, class_="status", role="status") if notice else None,
        _status(view, say, corrected=notice is not None),
        el("p", tally.figure(best, abstention=view.chamber.abstention), class_="figure") if best else None,
        el("p", tally.in_short(view, say), class_="soft"),
        _bar(best),
        el("ul", _counts(view, say), class_="key"),
        _groups(view, say),
        el("footer", el("span", _source(view, say)), el("a", say("embed.page"), href=page, rel="noopener")),
    ])  # fmt: skip


def corrected(view: VoteView, before: VoteView | None, say: Words) -> Html | None:
    """Say what has moved since another reading: `Corregido el 30 de junio de 2023: yes 5→4`; None: no figure has."""
    steps = list(_steps(before, view, say)) if before is not None else []
    if not steps:
        return None
    at = view.origin.since or view.origin.at
    day = say.day(at.astimezone(ZoneInfo(view.chamber.zone)).date())
    cause = say(f"cause.{view.origin.cause}") if view.origin.cause else None
    return join([el("strong", say("embed.corrected", day=day)), " ", ", ".join(steps), f". {cause}." if cause else "."])


def _steps(before: VoteView, now: VoteView, say: Words) -> Iterator[str]:
    was, is_ = before.tallies.best or Tally(), now.tallies.best or Tally()
    words = tally.position_words(now, say)
    for position in PLACES:
        if was.of(position) != is_.of(position):
            yield f"{words[position]} {say.number(was.of(position))}→{say.number(is_.of(position))}"
    first, last = dict(was.candidates), dict(is_.candidates)
    for name in {**last, **first}:
        if first.get(name, 0) != last.get(name, 0):
            yield f"{name} {say.number(first.get(name, 0))}→{say.number(last.get(name, 0))}"


def _status(view: VoteView, say: Words, *, corrected: bool) -> Html | None:
    """Say in words how settled the record is, where that is out of the ordinary and has not been said."""
    said = say(f"status.{Status.CORRECTED}") if corrected else None
    told = [
        join([el("strong", word), f". {meaning.rstrip('.')}."])
        for word, meaning in standing.unusual(view, say)
        if word != said
    ]
    return el("p", join(told, " "), class_="status") if told else None


def _bar(best: Tally | None) -> Html | None:
    if best is None or not best.cast:
        return None
    shown = (("yes", best.yes), ("abstain", best.abstain), ("no", best.no))
    return el("div", [el("span", class_=f"esc-fill-{name}", grow=n) for name, n in shown if n], class_="bar",
              aria_hidden="true")  # fmt: skip


def _counts(view: VoteView, say: Words) -> Iterator[Html]:
    best = view.tallies.best
    if best is None:
        return
    rows = tally.ranked(best)
    for name, n in rows[:MOST_CANDIDATES]:
        yield el("li", f"{name} {say.number(n)}")
    if len(rows) > MOST_CANDIDATES:
        yield el("li", say.count("card.more", len(rows) - MOST_CANDIDATES), class_="soft")
    words = tally.position_words(view, say)
    for position in PLACES:
        if best.of(position):
            count = tally.count(best.of(position), position, words, say)
            yield el("li", el("span", count, class_=f"esc-mark esc-mark-{position}"))


def shown_groups(view: VoteView, say: Words) -> list[parts.Bench]:
    """Return the groups that the card names, the largest first."""
    if parts.drawable(view) is None:
        return []
    return [bench for bench in parts.benches(view, say) if bench.code is not None and bench.tally.cast]


def _groups(view: VoteView, say: Words) -> Html | None:
    found, wide = shown_groups(view, say), view.chamber.abstention
    if not found:
        return None
    rows = [
        el("li", el("span", one.name), el("span", tally.figure(one.tally, abstention=wide)))
        for one in found[:MOST_GROUPS]
    ]
    if len(found) > MOST_GROUPS:
        rows.append(el("li", el("span", say.count("embed.more", len(found) - MOST_GROUPS), class_="soft")))
    return el("ul", rows, class_="groups", aria_label=say("groups.title"))


def _source(view: VoteView, say: Words) -> Html:
    """Return the way to the paper that the count was read from."""
    read = view.paper_read
    address = f"{read.url}#page={read.leaf}" if read.leaf else read.url
    return join([f"{say('embed.source')} ", el("a", _where(view, say), href=address, rel="noopener noreferrer")])


def _where(view: VoteView, say: Words) -> str:
    page = view.paper_read.page
    return heading.host(view) + (say("card.page", n=page) if page else "")


def height(view: VoteView, say: Words) -> int:
    """Return how high a frame has to be, in pixels, where no script of the page around it makes it so."""
    shown = min(len(shown_groups(view, say)), MOST_GROUPS + 1)
    subject = calm(view.subject)
    lines = -(-len(subject) // (42 if len(subject) > BRIGHT else 32))
    told = sum(len(word) + len(meaning) for word, meaning in standing.unusual(view, say))
    return 300 + 22 * lines + 24 * shown + 20 * -(-told // 42)
