"""What does a request for a plain page ask for, and at which address do readers reach it?"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import quote, urlencode

from starlette.requests import Request

from dashboard import links, words
from dashboard.words import Words
from tracker.domain.spelled import Language
from tracker.settings import settings

_HOST = re.compile(r"([A-Za-z0-9._-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(:\d{1,5})?")


@dataclass(frozen=True, slots=True)
class Asked:
    """A vote in a reading and a language. `site` is our own address, whole; `query` what stands after the `?`."""

    slug: str
    version: int | None
    own: bool
    language: Language
    site: str
    query: str
    as_of: date | datetime | None = None

    @property
    def say(self) -> Words:
        """The words of the language."""
        return words.of(self.language)

    @property
    def lang(self) -> str | None:
        """What links carry to keep the language; None where it is the setting's anyway."""
        return None if self.language == settings().language else self.language


def vote(request: Request) -> Asked | None:
    """Return what a request asks for; None if its id cannot be one. Raise NoMoment if it asks for one that is none."""
    query = dict(request.query_params)
    slug, version = links.asked_vote(query | {"id": request.path_params["id"]})
    if slug is None:
        return None
    as_of = links.asked_moment(query)
    return Asked(slug, version, links.asked_own(query), language(query), site(request), request.url.query, as_of)


KNOWN: Mapping[str, str] = {
    "lang": "|".join(words.LANGUAGES), "version": r"\d{1,5}", "own": "1", "as_of": r".*\S.*",
    "theme": "light|dark", "bom": "0", "table": ".+",
}  # fmt: skip
"""What the addresses of a vote may ask for, and what with: all else changes nothing of the answer."""
EVERYWHERE = ("lang", "version", "own", "as_of")


def shorter(request: Request, *more: str) -> str | None:
    """Return the way to the address that asks for the same and for nothing else; None if it is this one.

    Any address may ask for a reading and a language; `more` names what else this one knows.

    What sharing an article adds to an address (`utm_source`, `fbclid`) would else be a page of its own to every cache.
    """
    query = dict(request.query_params)
    said = {
        key: str(int(query[key])) if key == "version" else query[key]
        for key, may in KNOWN.items()
        if (key in EVERYWHERE or key in more) and re.fullmatch(may, query.get(key, ""), re.ASCII | re.DOTALL)
    }
    if sorted(said.items()) == sorted(request.query_params.multi_items()):
        return None
    page = quote(request.scope["path"].rpartition("/")[2], safe=":._-")
    return f"./{page}" + (f"?{urlencode(said, safe=':')}" if said else "")


def language(query: Mapping[str, str]) -> Language:
    """Return the language an address asks for, or the setting's."""
    return words.asked(query, settings().language)


def site(request: Request) -> str:
    """Return the address of the front page, with a last `/`: the setting's, or as the reader asked for it.

    A reader may name any host. What cannot be one does not get into what we write.
    """
    if settings().public_url:
        return f"{settings().public_url}/"
    host = request.url.netloc if _HOST.fullmatch(request.url.netloc) else "localhost"
    return f"{request.url.scheme}://{host}{request.scope.get('root_path', '')}/"


def up(request: Request) -> str:
    """Return the way from the page asked for to the front page, so that links hold under any prefix."""
    below: str = request.scope["path"].removeprefix(request.scope.get("root_path", ""))
    return "../" * (below.count("/") - 1) or "./"
