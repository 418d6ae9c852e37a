"""What is the address of each page, and what does an address ask for?"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Protocol
from urllib.parse import urlencode

from tracker.claims.read import PAGE_LONGEST

ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:-]{0,119}\Z")
"""The shape of a vote's id. Anything else in an address is answered without asking the database."""

PAGES = ("votes", "check", "members", "groups", "changes", "coverage", "method")
"""The pages that every page leads to, in the order of the masthead; the overview has the empty address."""
LED_TO = ("vote", "member", "group", "compare", "versus")
"""The pages of one thing, or of two, that lists and other pages lead to."""
ASKED = (
    "id", "version", "own", "q", "ch", "since", "until", "page", "group", "position", "kind", "state", "out", "margin",
    "stand", "sort", "exact", "cause", "term", "seats", "rule", "year", "show", "a", "b", "as_of",
    "claim", "date", "appeared",
)  # fmt: skip
"""What an address may ask for."""
LONGEST = 200
"""Characters kept of what an address asks for; of a text to check, all that is read."""
_MOMENT = re.compile(
    r"(?P<day>[12]\d{3}-\d\d-\d\d)([Tt ](?P<clock>\d\d:\d\d(:\d\d)?)(?P<offset>[Zz]|[ +-]\d\d:\d\d)?)?", re.ASCII
)
"""A day, or a moment; in an address that somebody typed, the `+` of an offset has become a blank."""


def to(page: str, lang: str | None = None, /, **query: object) -> str:
    """Return the address of a page, relative to its neighbours so that it holds under any prefix; empty values go."""
    wanted = {key: str(value) for key, value in query.items() if value not in (None, "", ())}
    if lang:
        wanted["lang"] = lang
    return f"./{page}" + (f"?{urlencode(wanted, safe=':')}" if wanted else "")


def kept(query: Mapping[str, str]) -> dict[str, str]:
    """Return what an address asks for beside the language: only what some page knows."""
    return {key: value[: PAGE_LONGEST if key == "claim" else LONGEST] for key, value in query.items() if key in ASKED}


def vote(
    slug: str, lang: str | None = None, version: int | None = None, *, own: bool = False, as_of: datetime | None = None
) -> str:
    """Return the address of a vote's page; with `own`, of that very record of a vote which several papers record.

    `as_of` is the moment whose reading is meant.
    """
    return to("vote", lang, id=slug, version=version, own="1" if own else None, as_of=stamp(as_of))


def member(slug: str, legislature: str, lang: str | None = None, /, **query: object) -> str:
    """Return the address of a member's page; one person may have a seat in two chambers, one after the other."""
    return to("member", lang, id=slug, ch=legislature, **query)


def group(code: str, legislature: str, lang: str | None = None, /, **query: object) -> str:
    """Return the address of a group's page."""
    return to("group", lang, id=code, ch=legislature, **query)


def asked_year(query: Mapping[str, str]) -> int | None:
    """Return the year an address asks for; None where it is missing or cannot be one."""
    year = query.get("year", "")
    return int(year) if year.isascii() and year.isdigit() and len(year) == 4 else None


def asked_page(query: Mapping[str, str]) -> int:
    """Return the page of a list an address asks for, from 1."""
    page = query.get("page", "")
    return max(1, int(page)) if page.isascii() and page.isdigit() and len(page) < 6 else 1


def sitting(legislature: str, day: date, lang: str | None = None, **more: object) -> str:
    """Return the address of the list of a sitting's votes."""
    return to("votes", lang, ch=legislature, since=day, until=day, **more)


def term(name: str, lang: str | None = None) -> str:
    """Return the address where a word is explained."""
    return to("method", lang, term=name)


def plain(
    slug: str, lang: str | None = None, version: int | None = None, *, own: bool = False, as_of: datetime | None = None
) -> str:
    """Return the address of a vote's plain page, with the same choices as `vote`."""
    return to(f"v/{slug}", lang, version=version, own="1" if own else None, as_of=stamp(as_of))


FORMS = ("png", "svg", "csv", "json")
"""In which forms a chart can be had."""


def chart(
    name: str, slug: str, form: str, lang: str | None = None, version: int | None = None, *, own: bool = False
) -> str:
    """Return the address of a chart of a vote as a file."""
    return to(f"v/{slug}/chart/{name}.{form}", lang, version=version, own="1" if own else None)


def many(name: str, lang: str | None, form: str, /, **query: object) -> str:
    """Return the address of a chart of many votes as a file, with what it rests on."""
    return to(f"chart/{name}.{form}", lang, **query)


def feed_of(slug: str, lang: str | None = None, *, own: bool = False) -> str:
    """Return the address of the feed of a vote's changes."""
    return to(f"feed/v/{slug}.atom", lang, own="1" if own else None)


def stamp(moment: datetime | None) -> str | None:
    """Write a moment as addresses do: to the second, never before it."""
    if moment is None:
        return None
    up = timedelta(seconds=1) if 0 < moment.microsecond < 999_999 else timedelta()
    return (moment + up).isoformat(timespec="seconds")


class ToVote(Protocol):
    """Where links to votes lead: `vote`, or `plain` on a plain page."""

    def __call__(
        self,
        slug: str,
        lang: str | None = None,
        version: int | None = None,
        *,
        own: bool = False,
        as_of: datetime | None = None,
    ) -> str:
        """Return the address of a vote."""


def asked_vote(query: Mapping[str, str]) -> tuple[str | None, int | None]:
    """Return the id and the version an address asks for; None where it is missing or cannot be one."""
    slug, number = query.get("id", ""), query.get("version", "")
    version = int(number) if number.isascii() and number.isdigit() and len(number) < 6 else None
    return (slug if ID.match(slug) else None), version


class NoMoment(ValueError):
    """What an address asks for is neither a day nor a moment; the message is what it says."""


def asked_moment(query: Mapping[str, str]) -> date | datetime | None:
    """Return the day or the moment whose record an address asks for; None if it asks for none. Raise NoMoment."""
    text = query.get("as_of", "").strip()
    if not text:
        return None
    found = _MOMENT.fullmatch(text)
    try:
        if found is None:
            raise NoMoment(text[:LONGEST])
        if found["clock"] is None:
            return date.fromisoformat(found["day"])
        offset = (found["offset"] or "").replace(" ", "+").upper()
        return datetime.fromisoformat(f"{found['day']}T{found['clock']}{offset}")
    except ValueError as error:
        raise NoMoment(text[:LONGEST]) from error


def asked_own(query: Mapping[str, str]) -> bool:
    """Whether an address asks for that very record, not for the one shown first."""
    return query.get("own") == "1"
