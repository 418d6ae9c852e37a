"""Which names does a printed list hold, and how are they split without losing or inventing one?"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from tracker.domain.people import Register

_BETWEEN = re.compile(r"\s*(?:[,;]\s*(?:(?:y|e)\s+)?|\s(?:y|e)\s+|\.\s+)\s*")
_NOBODY = re.compile(r"ningun[oa]?|ningún congresista|no hubo|[-–—]", re.IGNORECASE)
_WORD = re.compile(r"[A-ZÁÉÍÓÚÜÑ][\w'’.-]*|de|del|la|las|los|y", re.UNICODE)
MOST_WORDS = 8
"""`Jáuregui Martínez de Aguayo, María de los Milagros Jackeline`: no printed form of a member's name is longer."""


@dataclass(slots=True)
class Names:
    """The names of a list as printed, remarks on how they were split, and pieces that cannot be names."""

    names: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)


def pieces(text: str) -> list[str]:
    """Split at commas, semicolons, full stops, `y` and `e`; drop what is empty."""
    return [piece for piece in (p.strip(" .,;:") for p in _BETWEEN.split(text)) if piece]


def split(text: str, register: Register, day: date) -> Names:
    """Split a printed list into names.

    A comma inside a name (`Rivas, Chacara`) and a comma missing between two (`Alva Prieto Alva Rojas`) are mended only
    where the register of that day leaves one way to do it; each mending is noted. A piece that cannot be a name is a
    doubt, never a ballot. A name nobody bears is kept as printed.
    """
    found = Names()
    if _NOBODY.fullmatch(text.strip(" .:")):
        return found

    def known(name: str) -> str | None:
        mandate = register.find(name, day).mandate
        return mandate.person.id if mandate else None

    waiting = pieces(text)
    while waiting:
        piece = waiting.pop(0)
        if known(piece) is not None:
            if waiting and _belongs(piece, waiting[0], known):
                found.notes.append(f"{piece}, {waiting[0]}: read as one name")
                piece = f"{piece} {waiting.pop(0)}"
            found.names.append(piece)
            continue
        if waiting and _belongs(waiting[0], piece, known):
            found.notes.append(f"{piece}, {waiting[0]}: read as one name")
            found.names.append(f"{piece} {waiting.pop(0)}")
            continue
        if waiting and known(waiting[0]) is None and known(f"{piece} {waiting[0]}") is not None:
            found.notes.append(f"{piece}, {waiting[0]}: read as one name")
            found.names.append(f"{piece} {waiting.pop(0)}")
            continue
        if not _could_be_name(piece):
            found.doubts.append(f"a piece of a list is not a name: {piece[:80]!r}")
            continue
        two = _two(piece, register, day)
        if two:
            found.notes.append(f"{piece}: read as {two[0]} and {two[1]}")
            found.names += two
        else:
            found.names.append(piece)
    return found


def _belongs(piece: str, after: str, known: Callable[[str], str | None]) -> bool:
    """Whether a lone word beside a comma is the given name of the member on its other side (`…, Ernesto, …`)."""
    return (
        " " not in after
        and known(after) is None
        and known(piece) is not None
        and known(f"{piece} {after}") == known(piece)
    )


def _could_be_name(piece: str) -> bool:
    words = piece.split()
    return len(words) <= MOST_WORDS and len(piece) >= 3 and all(_WORD.fullmatch(w) for w in words)


def _two(piece: str, register: Register, day: date) -> list[str] | None:
    """Cut a piece that is nobody's name into two that are somebody's, if there is exactly one way."""
    words = piece.split()
    if len(words) < 4 or register.place([piece], day)[piece].mandate is not None:
        return None
    ways = []
    for cut in range(2, len(words) - 1):
        halves = [" ".join(words[:cut]), " ".join(words[cut:])]
        met = register.place(halves, day)
        exact = [h for h in halves if register.find(h, day).mandate is not None]
        if exact and all(met[h].mandate is not None for h in halves):
            ways.append(halves)
    return ways[0] if len(ways) == 1 else None
