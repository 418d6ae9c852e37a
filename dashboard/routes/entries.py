"""What does a feed say of a vote, and of a reading that changed it?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from dashboard import links
from dashboard.components import history, ranks, standing
from dashboard.components.escape import Html, el, join, plain, safe_address
from dashboard.components.tally import figure
from dashboard.words import Words
from tracker.publish.feed import Entry, tag
from tracker.queries import quote
from tracker.queries.casing import calm
from tracker.queries.changes import ChangeSet
from tracker.queries.moved import Moved
from tracker.queries.ranks import broke
from tracker.queries.view import ChangeView, Version, VoteView
from tracker.settings import settings

NOBODY = "escrutinio.invalid"
"""Stands in ids where no public address is set: a name that can never be anybody's."""
LONGEST = 240
"""Characters of an official title in the title of an entry; it stands whole in what the entry says."""


@dataclass(frozen=True, slots=True)
class Edition:
    """In which language, and at which address of our own, a feed is written."""

    say: Words
    lang: str | None
    site: str

    def id(self, *specific: str) -> str:
        """Return the id of something in this language; it does not depend on the host that was asked."""
        host = urlsplit(settings().public_url).hostname or NOBODY
        return tag(host if ":" not in host else NOBODY, self.say.language, *specific)

    def whole(self, address: str) -> str:
        """Return one of our addresses, whole."""
        return self.site + address.removeprefix("./")


@dataclass(frozen=True, slots=True)
class _Source:
    """An official paper: in words with a link, and its address; None if it is none that may be opened."""

    told: Html
    url: str | None


def of_vote(moved: Moved, edition: Edition) -> Entry:
    """Return the entry of a vote: its count and subject, the sentence to quote, how settled it is, where it stands."""
    view, say = moved.view, edition.say
    warning = standing.provisional(view, say)
    count = figure(view.tallies.best, abstention=view.chamber.abstention)
    sentence = quote.sentence(view, say.language)
    gone = say("vote.gone", at=say.moment(view.gone_since, view.chamber.zone)) if view.gone_since else None
    source = _source(view.origin.url, view.origin.page, say)
    where = f"{view.chamber.title} · {say('vote.sitting', day=say.day(view.sitting_date))}"
    parts = [
        standing.warnings(view, say),
        el("p", gone) if gone else None,
        el("p", calm(view.subject), lang=view.chamber.language),
        el("p", where),
        el("p", sentence) if sentence else None,
        el("p", say("majority.stated", result=view.result)) if view.result else None,
        _broke(view, say),
        source.told,
    ]
    return Entry(
        id=edition.id("vote", view.id),
        title=_title(warning, count, calm(view.subject)),
        link=edition.whole(links.plain(view.id, edition.lang)),
        updated=moved.at,
        published=min(view.first_seen, moved.at),
        content=join(parts),
        summary=plain(
            ". ".join(filter(None, (warning, gone))) + f"{'. ' if warning or gone else ''}{sentence or where}"
        ),
        language=say.language,
        of_title=view.chamber.language,
        source=source.url,
        rights=_rights(view, say),
        categories=(view.chamber.slug, *view.bills),
    )


def of_version(version: Version, view: VoteView, edition: Edition, first: VoteView) -> Entry:
    """Return the entry of a reading of a vote: why it differs from the one before, and which numbers moved.

    `first` is the vote as its first reading has it, whose count that entry gives.
    """
    say = edition.say
    why = say(f"cause.{version.cause}") if version.cause else say("history.first" if version.n == 1 else "history.same")
    count = figure(first.tallies.best, abstention=first.chamber.abstention) if version.n == 1 else None
    source = _source(version.url, version.page, say)
    at, language = version.since or version.at, view.chamber.language
    return _reading(edition, view.id, version.n, why, version.changes, at, view.subject, language, source, count)


def of_change(one: ChangeSet, language: str, edition: Edition) -> Entry:
    """Return the entry of a set of changes: the one that the vote's own feed has; `language` is the chamber's."""
    why, source = edition.say(f"cause.{one.cause}"), _source(one.url, one.page, edition.say)
    return _reading(edition, one.vote, one.version, why, one.changes, one.at, one.subject, language, source, None)


def _reading(
    edition: Edition, slug: str, n: int, why: str, changes: Iterable[ChangeView], at: datetime, subject: str,
    language: str, source: _Source, count: str | None,
) -> Entry:  # fmt: skip
    say, moved = edition.say, tuple(changes)
    lines = history.told(moved, say)[: history.MOST]
    name, subject = say("history.version", n=n), calm(subject)
    parts = [
        el("p", el("strong", name), f" · {why}"),
        el("p", count) if count else None,
        history.moved(moved, say),
        el("p", subject, lang=language),
        source.told,
    ]
    return Entry(
        id=edition.id("vote", slug, "version", str(n)),
        title=_title(count or (lines[0] if lines else why), name, subject),
        link=edition.whole(links.plain(slug, edition.lang, n)),
        updated=at,
        published=at,
        content=join(parts),
        summary=plain("; ".join([why, *lines, *([count] if count else [])])),
        language=say.language,
        of_title=language,
        source=source.url,
    )


def _title(*parts: str | None) -> str:
    whole = " · ".join(part for part in parts if part)
    return plain(whole if len(whole) <= LONGEST else f"{whole[:LONGEST].rsplit(' ', 1)[0]} …")


def _broke(view: VoteView, say: Words) -> Html | None:
    """Say how many voted differently from their group, by the rule in use; nothing where no group has a line."""
    found = broke(view) if ranks.asked(view) else None
    if found is None or not found.groups:
        return None
    rebels = len(found.rebels)
    return el("p", say.count("ranks.broke", rebels) if rebels else say("ranks.none"))


def _source(url: str, page: int | None, say: Words) -> _Source:
    """Return the official paper: the way to it, at the page where it has pages."""
    whole = f"{url}#page={page}" if page and urlsplit(url).path.lower().endswith(".pdf") else url
    told = f", {say('evidence.page').lower()} {page}" if page else None
    opens = urlsplit(url).scheme in ("http", "https") and safe_address(whole)
    return _Source(el("p", say("feed.source"), " ", el("a", url, href=whole), told), whole if opens else None)


def _rights(view: VoteView, say: Words) -> str | None:
    """Say whose a transcription is; of the chambers' own papers the feed says what may be done."""
    if view.credit is None:
        return None
    return f"{say('paper.transcription_is', by=view.credit.by)} {view.credit.licence}"
