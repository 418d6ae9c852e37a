"""How does a reader of feeds follow a search, one vote, or what is put right in the records?"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from functools import lru_cache

from starlette.requests import Request
from starlette.responses import Response

from dashboard import links, sought, words
from dashboard.components.escape import plain
from dashboard.routes import asked
from dashboard.routes.entries import Edition, of_change, of_version, of_vote
from dashboard.routes.record import engine
from dashboard.routes.templates import POLICY
from dashboard.routes.trouble import NoSuchVote, guarded, no_page
from tracker.domain.changes import Cause
from tracker.domain.legislature import Legislature
from tracker.domain.spelled import Language
from tracker.publish import atom, jsonfeed
from tracker.publish.feed import Entry, Feed
from tracker.queries import changes, moved, votes
from tracker.queries.casing import calm
from tracker.queries.database import data_version
from tracker.settings import settings

MOST = 50
"""Entries in one document."""
FEEDS = 64
"""Feeds kept ready, each for as long as the data stay the same."""
FORMS: Mapping[str, tuple[str, Callable[[Feed], bytes]]] = {
    "atom": (atom.KIND, atom.atom),
    "json": (jsonfeed.KIND, jsonfeed.json_feed),
}


@dataclass(frozen=True, slots=True)
class Question:
    """What a feed is asked for: at which of our addresses, in which form and language, with which words."""

    path: str
    form: str
    site: str
    language: Language
    asked: tuple[tuple[str, str], ...] = ()
    page: int = 1

    @property
    def edition(self) -> Edition:
        """The language and address the feed is written in."""
        lang = None if self.language == settings().language else self.language
        return Edition(words.of(self.language), lang, self.site)

    def address(self, form: str | None = None, page: int | None = None) -> str:
        """Return the whole address of this feed, in another form or at another page if one is named."""
        number = page or self.page
        query = dict(self.asked) | ({"page": str(number)} if number > 1 else {})
        return self.edition.whole(links.to(f"{self.path}.{form or self.form}", self.edition.lang, **query))


@guarded
def listed(request: Request) -> Response:
    """Answer with the votes that meet a search, those that came or changed last first."""
    return _answer(request, "feed", sought.KEYS, _votes)


@guarded
def corrections(request: Request) -> Response:
    """Answer with what moved in the records, of a cause and a chamber if the address names them."""
    return _answer(request, "feed/corrections", ("ch", "cause"), _changes)


@guarded
def of_one(request: Request) -> Response:
    """Answer with the readings of a vote and what each moved."""
    slug, _ = links.asked_vote({"id": request.path_params["id"]})
    if slug is None:
        raise NoSuchVote(request.path_params["id"], looked=False)
    return _answer(request, f"feed/v/{slug}", ("own",), _readings)


def _answer(request: Request, path: str, keys: tuple[str, ...], make: Callable[[Question], Feed]) -> Response:
    form, query = request.path_params["form"], dict(request.query_params)
    if form not in FORMS:
        return no_page(request)
    known = tuple((key, query[key]) for key in keys if query.get(key))
    page = min(links.asked_page(query), 1_000)
    question = Question(path, form, asked.site(request), asked.language(query), known, page)
    made = _made(settings().database, data_version(engine()), settings().public_url, question, make)
    return _unless_held(request, *made, FORMS[form][0])


@lru_cache(maxsize=FEEDS)
def _made(
    url: str, version: str, public: str, question: Question, make: Callable[[Question], Feed]
) -> tuple[bytes, datetime]:
    """Return a feed as it is sent, and when it last changed; made once for each version of the data."""
    feed = make(question)
    return FORMS[question.form][1](feed), feed.updated


def _unless_held(request: Request, body: bytes, changed: datetime, kind: str) -> Response:
    """Answer with a feed, or that whoever asks holds it already: by its digest, else by when it last changed.

    What is sent packed has a tag of its own, since a strong one stands for the very bytes.
    """
    packed = "-gzip" if "gzip" in request.headers.get("accept-encoding", "") else ""
    tag = f'"{hashlib.blake2b(body, digest_size=12).hexdigest()}{packed}"'
    headers = {
        "ETag": tag,
        "Last-Modified": format_datetime(changed.astimezone(UTC).replace(microsecond=0), usegmt=True),
        "Cache-Control": "no-cache",
        "Access-Control-Allow-Origin": "*",
        "Content-Security-Policy": POLICY,
    }
    held = request.headers.get("if-none-match")
    if held is not None:
        same = "*" in held or tag in {one.strip().removeprefix("W/") for one in held.split(",")}
    else:
        same = _since(request) >= changed.replace(microsecond=0)
    return Response(status_code=304, headers=headers) if same else Response(body, media_type=kind, headers=headers)


def _since(request: Request) -> datetime:
    """Return when whoever asks last got the feed; long ago if they do not say."""
    try:
        return parsedate_to_datetime(request.headers.get("if-modified-since", "")).astimezone(UTC)
    except (ValueError, OverflowError):
        return datetime.min.replace(tzinfo=UTC)


def _feed(question: Question, title: str, subtitle: str, page: str, entries: tuple[Entry, ...], *, more: bool) -> Feed:
    edition, n = question.edition, question.page
    other = next(form for form in FORMS if form != question.form)
    return Feed(
        id=edition.id(question.path, *(f"{key}={value}" for key, value in question.asked)),
        title=plain(f"Escrutinio · {title}"),
        subtitle=subtitle,
        site=question.site,
        page=edition.whole(page),
        here=question.address(),
        other=(question.address(other), FORMS[other][0]),
        language=question.language,
        rights=edition.say("feed.rights"),
        entries=entries,
        first=question.address(page=1) if n > 1 else None,
        behind=question.address(page=n - 1) if n > 1 else None,
        ahead=question.address(page=n + 1) if more else None,
    )


def _votes(question: Question) -> Feed:
    edition, say = question.edition, question.edition.say
    wanted = sought.votes(dict(question.asked))
    found, more = moved.votes(engine(), replace(wanted, limit=MOST, offset=MOST * (question.page - 1)))
    title = sought.in_words(wanted, _chambers(lambda one: one.short), say) or say("feed.votes")
    page = links.to("votes", edition.lang, **dict(question.asked))
    return _feed(question, title, say("feed.votes_is"), page, tuple(of_vote(one, edition) for one in found), more=more)


def _changes(question: Question) -> Feed:
    edition, say, query = question.edition, question.edition.say, dict(question.asked)
    chamber, cause, shorts = query.get("ch"), query.get("cause"), _chambers(lambda one: one.short)
    for key, value, known in (("ch", chamber, shorts), ("cause", cause, tuple(Cause))):
        if value is not None and value not in known:
            raise sought.NoChoice(key, value)
    start = MOST * (question.page - 1)
    found = changes.listing(
        engine(), cause=Cause(cause) if cause else None, legislature=chamber, limit=MOST, offset=start
    )
    named = [shorts[chamber] if chamber else None, say(f"cause.{cause}") if cause else None]
    title = ": ".join(filter(None, (say("changes.title"), ", ".join(filter(None, named)))))
    languages = _chambers(lambda one: one.language)
    entries = tuple(of_change(one, languages[one.legislature], edition) for one in found.sets)
    page, more = links.to("changes", edition.lang, **query), found.total > start + MOST
    return _feed(question, title, say("changes.lead"), page, entries, more=more)


def _readings(question: Question) -> Feed:
    edition, say, slug = question.edition, question.edition.say, question.path.rpartition("/")[2]
    own = links.asked_own(dict(question.asked))
    view = votes.one(engine(), slug, own=own)
    first = votes.one(engine(), view.id, 1) if view else None
    if view is None or first is None:
        raise NoSuchVote(slug, looked=True)
    shown = view.versions[::-1][MOST * (question.page - 1) :]
    entries = tuple(of_version(version, view, edition, first) for version in shown[:MOST])
    title = say("feed.vote", subject=calm(view.subject))
    page = links.plain(view.id, edition.lang, own=view.leads_to is not None)
    return _feed(question, title, say("changes.lead"), page, entries, more=len(shown) > MOST)


def _chambers(what: Callable[[Legislature], str]) -> dict[str, str]:
    return {one.slug: what(one) for one in votes.legislatures(engine())}
