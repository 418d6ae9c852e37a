"""What did the record say before, and why did it change?"""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from dashboard import links
from dashboard.components import badge, fields
from dashboard.components.escape import Html, el, join
from dashboard.words import Words
from tracker.queries.casing import calm
from tracker.queries.changes import ChangeSet
from tracker.queries.view import ChangeView, Version, VoteView

MOST = 12
"""How many changes of one reading are listed before the rest is only counted."""

QUOTED = ("result", "final", "announced", "board", "counted", "spoken", "ballot")


def block(view: VoteView, say: Words, lang: str | None, to_vote: links.ToVote = links.vote) -> Html:
    """Return the readings of a vote, the newest first, with what each changed and why."""
    items = [_version(version, view, say, lang, to_vote) for version in reversed(view.versions)]
    hint = el("p", say("history.dates"), class_="esc-hint") if len(items) > 1 else None
    feed = links.feed_of(view.id, lang, own=view.leads_to is not None)
    way = el("p", el("a", say("feed.of_vote"), href=feed, type="application/atom+xml"), class_="esc-hint")
    return join([hint, el("ol", items, class_="esc-history", reversed="reversed"), way])


def _version(version: Version, view: VoteView, say: Words, lang: str | None, to_vote: links.ToVote) -> Html:
    name = say("history.version", n=version.n)
    here = version.n == view.version
    title = el("strong", name) if here else el("a", name, href=to_vote(view.id, lang, version.n))
    if version.cause is not None:
        why = say(f"cause.{version.cause}")
    else:
        why = say("history.first") if version.n == 1 else say("history.same")
    return el(
        "li",
        el("p", title, " · ", *_when(version, view, say, lang, to_vote), " · ", why,
           el("span", f" · {say('history.in_force')}", class_="esc-hint") if version.in_force else None),
        moved(version.changes, say),
    )  # fmt: skip


def _when(
    version: Version, view: VoteView, say: Words, lang: str | None, to_vote: links.ToVote
) -> tuple[Html | str, ...]:
    """Return when the document came, and when the reading came into force, which leads to how the record stood then."""
    zone = view.chamber.zone
    fetched = say.moment(version.at, zone)
    if version.since is None:
        return fetched, " · ", say("history.never")
    local = version.since.astimezone(ZoneInfo(zone))
    address = to_vote(view.id, lang, own=view.leads_to is not None, as_of=local)
    if version.since == version.at:
        return (el("a", fetched, href=address),)
    return fetched, " · ", say("history.since"), " ", el("a", say.moment(version.since, zone), href=address)


def moved(changes: Sequence[ChangeView], say: Words) -> Html | None:
    """Return what moved, in words, the vote's own figures first."""
    if not changes:
        return None
    kept = _distinct(changes)
    items = [_change(change, say) for change in kept[:MOST]]
    if len(kept) > MOST:
        items.append(el("li", say.count("history.more", len(kept) - MOST), class_="esc-hint"))
    return el("ul", items, class_="esc-changes")


def told(changes: Sequence[ChangeView], say: Words) -> list[str]:
    """Return what moved as lines of plain text, the vote's own figures first."""
    return [": ".join(filter(None, (one.who, " ".join(_parts(one, say))))) for one in _distinct(changes)]


def _distinct(changes: Sequence[ChangeView]) -> list[ChangeView]:
    """Leave out what only repeats another change (a position beside its code, the words beside a statement).

    What a newspaper quotes comes first.
    """
    quoted = {field: n for n, field in enumerate(QUOTED)}
    coded = {change.who for change in changes if change.field == "ballot"}
    said = any(change.field == "spoken" for change in changes)
    kept = [
        change
        for change in changes
        if not (change.field in ("position", "reason") and change.who in coded)
        and not (change.field == "quotes" and said)
    ]
    return sorted(kept, key=lambda change: quoted.get(change.field, len(QUOTED)))


def _change(change: ChangeView, say: Words) -> Html:
    field, *was, arrow, now = _parts(change, say)
    return el(
        "li",
        el("span", f"{change.who}: " if change.who else None, field, class_="esc-what"),
        " ",
        [el("del", one) for one in was],
        f" {arrow} ",
        el("ins", now),
    )


def _parts(change: ChangeView, say: Words) -> tuple[str, ...]:
    """Return what a change is of, what stood there, an arrow, and what stands there now; the second may be missing."""
    was, now = _rows_apart(change) if change.field == "groups" else (change.was, change.now)
    before = () if was is None else (fields.in_words(change.field, was, say),)
    return (say(f"field.{change.field}"), *before, "→", fields.in_words(change.field, now, say))


def _rows_apart(change: ChangeView) -> tuple[str | None, str | None]:
    """Leave out the rows of a table by group that both readings have."""
    was, now = ((side or "").split("; ") for side in (change.was, change.now))
    return "; ".join(r for r in was if r not in now) or None, "; ".join(r for r in now if r not in was) or None


def sets(some: Sequence[ChangeSet], say: Words, lang: str | None) -> Html:
    """Return changes of any vote, each with its cause and a link to the vote."""
    items = [
        el(
            "li",
            el("p", el("a", calm(one.subject), href=links.vote(one.vote, lang)), class_="esc-subject"),
            el("p", _circumstances(one, say), " ", badge.transcribed(one.credit, say), class_="esc-hint"),
            moved(one.changes, say),
        )
        for one in some
    ]
    return el("ol", items, class_="esc-latest")


def _circumstances(one: ChangeSet, say: Words) -> str:
    return f"{one.short} · {say.moment(one.noticed_at, 'UTC')} · {say(f'cause.{one.cause}')}"
