"""Why does a vote not add up, or did a run fail, in the reader's language? The record has it in English sentences."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from dashboard.words import Words, catalogue

_BLANK = re.compile(r"\{(([a-z]+)\d?)\}")
_PAGE = re.compile(r"page (\d+): ")
_STEP = r"[^,;]+? [+-]\d+"
_SHAPES = {"n": r"\d+", "gap": rf"{_STEP}(?:, {_STEP})*", "position": r"[a-zN_]+", "reason": r"[a-z_]+"}
"""What may stand in a blank of each kind; in any other kind, anything."""
_PLACES = re.compile(r"\b(yes|no|abstain|present|not_cast)(?= [+-]?\d)")


@dataclass(frozen=True, slots=True)
class Reason:
    """A sentence of the record with blanks, and the same in Spanish; `plain` is how much of it is no blank."""

    shape: re.Pattern[str]
    english: str
    spanish: str
    plain: int


@lru_cache(maxsize=1)
def reasons() -> tuple[Reason, ...]:
    """Return every reason there are words for, the most telling first."""
    listed = [(str(one.id), str(one.string)) for one in catalogue("es", "reasons") if one.id]
    found = [Reason(_shape(text), text, spanish, len(_BLANK.sub("", text))) for text, spanish in listed]
    return tuple(sorted(found, key=lambda reason: -reason.plain))


def _shape(text: str) -> re.Pattern[str]:
    pieces = _BLANK.split(text)
    shape = "".join(
        re.escape(plain) + (f"(?P<{name}>{_SHAPES.get(kind, '.+?')})" if name else "")
        for plain, name, kind in zip(pieces[::3], [*pieces[1::3], ""], [*pieces[2::3], ""], strict=True)
    )
    return re.compile(shape, re.DOTALL)


def told(detail: str, say: Words) -> list[str]:
    """Return the reasons that a detail of the record joins, each said in words; one nobody knows stays as it is.

    They are joined by the sign that also stands between names: a piece that is no reason by itself goes on with the one
    before, if that has room for it.
    """
    found: list[str] = []
    for piece in detail.split("; ") if detail else ():
        if found and _known(piece) is None and _known(longer := f"{found[-1]}; {piece}"):
            found[-1] = longer
        else:
            found.append(piece)
    return [in_words(piece, say) or piece for piece in found]


def in_words(text: str, say: Words) -> str | None:
    """Say one reason; None if it is none of the known ones."""
    known = _known(text)
    if known is None:
        return None
    reason, blanks, page = known
    whole = reason.english if say.language == "en" else reason.spanish
    said = _BLANK.sub(lambda blank: _say(blank[2], blanks[blank[1]], say), whole)
    return say("reasons.page", n=page, text=said) if page else said


def message(text: str, say: Words) -> str:
    """Say a message of the record, as far as there are words for its pieces."""
    return "; ".join(told(text, say))


def _known(text: str) -> tuple[Reason, Mapping[str, str], str | None] | None:
    page = _PAGE.match(text)
    rest = text[page.end() :] if page else text
    for reason in reasons():
        if match := reason.shape.fullmatch(rest):
            return reason, match.groupdict(), page[1] if page else None
    return None


def _say(kind: str, value: str, say: Words) -> str:
    return _KINDS[kind](value, say) if kind in _KINDS else value


def _position(value: str, say: Words) -> str:
    return say("filters.quoted", text=say.or_none(f"position.{value}") or say("history.nothing"))


def _reason(value: str, say: Words) -> str:
    return say("filters.quoted", text=say.or_none(f"reason.{value}") or value)


def _figures(value: str, say: Words) -> str:
    """Name the positions of a count: `217–213–0, not_cast 3` or `yes +1, not_cast -2`."""
    named = _PLACES.sub(lambda place: say(f"position.{place[1]}"), value)
    return named.replace(" -", " −").replace(" or ", say("reasons.or"))


def _column(value: str, say: Words) -> str:
    """Name a column of a file: `sin_responder`."""
    return value.replace("_", " ")


def _quote(value: str, say: Words) -> str:
    """Take the quotes of the record off and set those of the language."""
    bare = value[1:-1] if len(value) > 1 and value[0] in "'\"" and value[-1] == value[0] else value
    return say("filters.quoted", text=bare)


_KINDS: Mapping[str, Callable[[str, Words], str]] = {
    "position": _position, "reason": _reason, "gap": _figures, "tally": _figures, "quote": _quote,
    "column": _column,
}  # fmt: skip
