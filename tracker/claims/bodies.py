"""Who is said to have voted: a chamber whose votes may be held, or another parliament, a committee, a court?"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from tracker.claims.claim import Body
from tracker.claims.countries import country, name
from tracker.claims.lexicon import listed
from tracker.claims.tokens import Token
from tracker.domain.legislature import EUROPE, PERU, UNITED_STATES
from tracker.domain.spelled import Language

CODE = 2
"""Letters of a country's code."""
_PERU = frozenset(("pe_congress", "pe_senate", "pe_deputies"))
_US = frozenset(("us_house", "us_senate"))
_EU = frozenset(("eu_parliament",))
_OURS = {
    (PERU, "congress"): _PERU,
    (PERU, "senate"): frozenset(("pe_senate",)),
    (PERU, "house"): frozenset(("pe_deputies",)),
    (PERU, "deputies"): frozenset(("pe_deputies",)),
    (UNITED_STATES, "congress"): _US,
    (UNITED_STATES, "senate"): frozenset(("us_senate",)),
    (UNITED_STATES, "house"): frozenset(("us_house",)),
    (UNITED_STATES, "deputies"): frozenset(("us_house",)),
    (EUROPE, "congress"): _EU,
}
_NOBODY = {
    "congress": frozenset(), "senate": frozenset(("pe_senate", "us_senate")), "deputies": frozenset(("pe_deputies",)),
    "house": frozenset(("us_house",)),
}  # fmt: skip
"""What a chamber may be where no country is told; empty: any."""
_NOUNS = {
    "congreso": "congress", "congress": "congress", "parlamento": "congress", "parliament": "congress",
    "legislativo": "congress", "hemiciclo": "congress", "asamblea": "congress", "assembly": "congress",
    "senado": "senate", "senate": "senate", "camara": "house", "house": "house", "legislature": "congress",
    "legislatura": "congress",
}  # fmt: skip
_COUNTRIES: dict[str | tuple[str, str], str] = {
    **dict.fromkeys(listed("bodies", "countries"), PERU),
    **dict.fromkeys(
        listed("bodies", "countries_2"),
        UNITED_STATES,
    ),
    **{("estados", "unidos"): UNITED_STATES, ("ee", "uu"): UNITED_STATES, ("united", "states"): UNITED_STATES,
       ("u", "s"): UNITED_STATES},
}  # fmt: skip
_REGIONS = frozenset(listed("bodies", "regions"))
_REGIONS_TWO = frozenset(
    (("puerto", "rico"), ("new", "york"), ("new", "jersey"), ("new", "mexico"), ("new", "hampshire"),
     ("north", "carolina"), ("south", "carolina"), ("north", "dakota"), ("south", "dakota"), ("rhode", "island"),
     ("west", "virginia"), ("naciones", "unidas"), ("united", "nations"))
)  # fmt: skip
_ALONE = frozenset(listed("bodies", "alone"))
_EUROPEAN = frozenset(listed("bodies", "european"))
_ELSE = frozenset(listed("bodies", "else"))
_VOTED = tuple(listed("bodies", "voted"))
_COMMITTEES = frozenset(listed("bodies", "committees"))
_PAPERS = frozenset(listed("bodies", "papers"))
_BESIDE = 20
"""Characters after figures within which *in the Senate* says whose they are."""
_NO_VERBS = frozenset(("vote", "votes", "votos", "votacion", "votaciones", "aprobacion", "approval", "rejection"))
_NAMES = _NOUNS.keys() | _ALONE | _EUROPEAN | _ELSE | _COMMITTEES
_LINKS = frozenset(listed("bodies", "links"))
_KINDS = {
    "diputados": "deputies", "representantes": "house", "representatives": "house", "commons": "abroad",
    "lords": "abroad", "delegates": "abroad", "comunes": "abroad", "lores": "abroad", "general": "abroad",
    "consejeros": "abroad",
}  # fmt: skip
_NOT_BODIES = frozenset(("white", "casa", "speaker", "comercio"))


@dataclass(frozen=True, slots=True)
class Mentioned:
    """A body at a place of the text; `explicit`: with its country beside it; `inside`: *in the Senate*."""

    start: int
    body: Body
    explicit: bool
    committee: bool = False
    inside: bool = False


class Bodies:
    """The bodies that a text names, and which of them is meant at a place."""

    def __init__(self, found: Sequence[Token], spoken: Language) -> None:
        self._language = spoken
        self._tokens = [token for token in found if token.text not in ".,\"'“”«»()"]
        self._all: list[Mentioned] = []
        self._country: str | None = self._dateline()
        self._placed: list[Mentioned] = []
        for place, token in enumerate(self._tokens):
            if place and self._tokens[place - 1].plain in ("en", "in"):
                self._in_country(place)
            named = self._at(place) if token.plain in _NAMES else None
            if named is not None:
                self._all.append(named)
        self._starts = [one.start for one in self._all]
        self._parliaments = [one for one in self._all if not one.committee]

    def of(self, start: int, end: int, begins: int, ends: int) -> Body:
        """Return who voted, by a sentence from `start` to `end` whose figures stand from `begins` to `ends`.

        The one right after the figures (*97-1 in the Senate*); else the nearest one before them in the sentence; else
        one after them; else the last parliament named before.
        """
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, end)
        here = self._all[first:last]
        abroad = next((one for one in reversed(self._placed) if start <= one.start < begins), None)
        if abroad and abroad.explicit and not any(one.explicit for one in here if one.start > abroad.start):
            return abroad.body
        beside = [one for one in here if one.inside and ends <= one.start <= ends + _BESIDE]
        before = [one for one in here if one.start < begins]
        if here:
            return (beside[:1] or before[-1:] or here)[0].body
        earlier = bisect_left(self._parliaments, start, key=lambda one: one.start)
        return self._parliaments[earlier - 1].body if earlier else Body()

    def _dateline(self) -> str | None:
        """Return the country that a text begins with, as agencies do: *México.- La Cámara…*."""
        if len(self._tokens) > 1 and self._tokens[1].plain == "-":
            return self._country_at(0)
        return None

    def _in_country(self, place: int) -> None:
        """Note *in Peru*, which holds for what follows, and *In France*, with which a sentence of its own begins."""
        country = self._country_at(place)
        start = self._tokens[place].start
        if country in (PERU, UNITED_STATES):
            self._country = country
            self._placed.append(Mentioned(start, Body(), explicit=False))
        elif country is not None and self._tokens[place - 1].capital:
            body = Body(other=self._named(country), country=_code(country))
            self._placed.append(Mentioned(start, body, explicit=True))

    def _country_at(self, place: int) -> str | None:
        if not 0 <= place < len(self._tokens):
            return None
        token = self._tokens[place]
        after = self._tokens[place + 1].plain if place + 1 < len(self._tokens) else ""
        two = (token.plain, after)
        short = UNITED_STATES if token.text == "US" else None
        if token.text == "EU" and self._language == "en":
            short = EUROPE
        found = short or _COUNTRIES.get(two) or _COUNTRIES.get(token.plain)
        if found is not None:
            return found
        if two in _REGIONS_TWO:
            return f"{token.text} {self._tokens[place + 1].text}"
        if token.plain in _REGIONS:
            return token.text
        return country(self._tokens, place)

    def _at(self, place: int) -> Mentioned | None:
        token = self._tokens[place]
        before = [t.plain for t in self._tokens[max(0, place - 4) : place]]
        if token.plain in _ALONE and token.capital:
            return Mentioned(token.start, Body(other=token.text), explicit=True)
        if token.plain in _EUROPEAN:
            return Mentioned(token.start, Body(_EU), explicit=True)
        if token.plain == "un" and token.text != "UN":
            return None
        if token.plain in _COMMITTEES or token.plain in _ELSE:
            begins = place > 0 and self._tokens[place - 1].capital
            voted = (token.capital or begins) and not _PAPERS & set(before) and self._votes(place)
            return Mentioned(token.start, Body(other=token.text), explicit=True, committee=True) if voted else None
        kind = _NOUNS.get(token.plain)
        if kind is None or (before and before[-1] in _NOT_BODIES) or self._no_body(place):
            return None
        return self._chamber(place, kind)

    def _chamber(self, place: int, kind: str) -> Mentioned:
        """Return the chamber that a word names, with the country beside it, or of the last one that had its own."""
        token = self._tokens[place]
        inside = bool({t.plain for t in self._tokens[max(0, place - 2) : place]} & {"in", "en"})
        kind, after = self._kind(place, kind)
        if kind == "abroad":
            return Mentioned(token.start, Body(other=token.text), explicit=True)
        country = self._beside(place, after)
        explicit = country is not None
        self._country = country or self._country
        country = country or self._country
        if country is None:
            return Mentioned(token.start, Body(_NOBODY[kind]), explicit=False, inside=inside)
        ours = _OURS.get((country, kind))
        body = (
            Body(ours) if ours else Body(other=f"{token.text} ({self._said(place, country)})", country=_code(country))
        )
        return Mentioned(token.start, body, explicit, inside=inside)

    def _said(self, place: int, country: str) -> str:
        """Return a country as the text has it beside a body: *chileno*."""
        near = range(max(0, place - 2), min(len(self._tokens), place + 6))
        return next((self._tokens[at].text for at in near if self._country_at(at) == country), self._named(country))

    def _named(self, country: str) -> str:
        return name(country, self._language) if _code(country) else country

    def _votes(self, place: int) -> bool:
        """Whether it is a committee, a court or a council here that votes: *la Comisión de Justicia aprobó*."""
        after = (token.plain for token in self._tokens[place + 1 : place + 9])
        return any(word.startswith(_VOTED) and word not in _NO_VERBS for word in after)

    def _no_body(self, place: int) -> bool:
        """Whether the word is common here: *a house*, *house prices*, *la asamblea de socios*."""
        token = self._tokens[place]
        return not token.capital and token.plain in ("house", "asamblea", "assembly", "camara", "legislatura", "senate")

    def _kind(self, place: int, kind: str) -> tuple[str, int]:
        """Look for what the chamber is of: *de Diputados*, *of Commons*; return the kind and the place after it."""
        at = place + 1
        while at < len(self._tokens) and at < place + 4 and self._tokens[at].plain in _LINKS:
            at += 1
        if at < len(self._tokens) and at < place + 4:
            word = self._tokens[at].plain
            if word in _COMMITTEES:
                return "abroad", at + 1
            if word == "diputados" and self._tokens[place].plain == "congreso":
                return "abroad", at + 1
            if word in _KINDS:
                return _KINDS[word], at + 1
        return kind, place + 1

    def _beside(self, place: int, after: int) -> str | None:
        """Return the country told right before a body (*Peruvian Congress*) or after it (*Congreso del Perú*)."""
        for at in (place - 1, place - 2):
            country = self._country_at(at)
            if country is not None and (at == place - 1 or self._tokens[place - 1].plain in ("s", "unidos", "state")):
                return country
        at = after
        while at < len(self._tokens) and at < after + 3 and self._tokens[at].plain in _LINKS:
            at += 1
        if at < len(self._tokens) and self._tokens[at].plain == "republica" and at < after + 3:
            return None if self._country else PERU
        if at < len(self._tokens) and self._tokens[at].plain in ("nacional", "union") and at > after:
            return self._tokens[at].text
        return self._country_at(at)


def _code(country: str) -> str | None:
    """Return the code of a country, None for a region."""
    return country if len(country) == CODE and country.isupper() else None
