"""Which names does a printed list hold, and how are they split without losing or inventing one?"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from tracker.domain.people import Register, bare
from tracker.sources.peru.letters import Letters

_BETWEEN = re.compile(r"\s*(?:[,;]\s*(?:[yeYE]\s+)?|\s[yeYE]\s+|\.\s+)\s*")
_GLUED_AND = re.compile(r"\b([ye])(?=[A-ZÁÉÍÓÚÜÑ])")
_NOBODY = re.compile(r"ningun[oa]?|ningún congresista|no hubo|[-–—]", re.IGNORECASE)
_WORD = re.compile(r"[A-ZÁÉÍÓÚÜÑ][\w'’.-]*|de|del|la|las|los|y", re.UNICODE)
_GLUED = re.compile(r"(?<=[a-záéíóúüñ])(?=[A-ZÁÉÍÓÚÜÑ])")
_EDGES = " .,;:·'\"´`’“”«»|*_~"
MOST_WORDS = 8
"""`Jáuregui Martínez de Aguayo, María de los Milagros Jackeline`: no printed form of a member's name is longer."""
MOST_LETTERS = 160
"""A piece of a list longer than this is not searched for names that stand in it without a sign between them."""


@dataclass(slots=True)
class Names:
    """The names of a list as printed, remarks on how they were split, and pieces that cannot be names."""

    names: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)


def pieces(text: str) -> list[str]:
    """Split at commas, semicolons, full stops, `y` and `e`; drop what is empty."""
    return [piece for piece in (p.strip(_EDGES) for p in _BETWEEN.split(_GLUED_AND.sub(r"\1 ", text))) if piece]


def split(text: str, register: Register, day: date) -> Names:
    """Split a printed list into names.

    A comma inside a name (`Rivas, Chacara`), a comma missing between two (`Alva Prieto Alva Rojas`) and blanks that
    were lost (`MontalvoCubasyAlva Rojas`) are mended only where the register of that day leaves one way to do it; each
    mending is noted. A piece that cannot be a name is a doubt, never a ballot. A name nobody bears is kept as printed.
    """
    found = Names()
    if _NOBODY.fullmatch(text.strip(" .:")):
        return found

    def known(name: str) -> str | None:
        return _known(name, register, day)

    waiting = pieces(text)
    while waiting:
        piece = waiting.pop(0)
        if known(piece) is not None:
            if waiting and _belongs(piece, waiting[0], known):
                found.notes.append(f"{piece}, {waiting[0]}: read as one name")
                piece = f"{piece} {waiting.pop(0)}"
            found.names.append(spaced(piece))
            continue
        if waiting and (_belongs(waiting[0], piece, known) or _halves(piece, waiting[0], known)):
            found.notes.append(f"{piece}, {waiting[0]}: read as one name")
            found.names.append(f"{piece} {waiting.pop(0)}")
            continue
        _unknown(piece, found, register, day)
    return found


def _unknown(piece: str, found: Names, register: Register, day: date) -> None:
    """Take a piece of a list that is nobody's name as it stands; without a capital it is none at all."""
    if piece == piece.lower():
        found.doubts.append(f"a piece of a list is not a name: {piece[:80]!r}")
        return
    several = _run(piece, register, day) or _two(piece, register, day)
    if several:
        if len(several) > 1:
            found.notes.append(f"{piece}: read as {', '.join(several[:-1])} and {several[-1]}")
        found.names += several
    elif register.place([piece], day)[piece].mandate is not None:
        found.names.append(spaced(piece))
    elif _could_be_name(piece):
        found.names.append(piece)
    else:
        found.doubts.append(f"a piece of a list is not a name: {piece[:80]!r}")


def _known(name: str, register: Register, day: date) -> str | None:
    """Return the member of that name, blanks and look-alike letters aside; None if nobody or more than one bears it."""
    mandate = register.find(name, day).mandate
    if mandate is not None:
        return mandate.person.id
    people = {m.person.id for m in register.written(day).get(bare(name), ())}
    return people.pop() if len(people) == 1 else None


def spaced(name: str) -> str:
    """Give a name the blanks back that stood before its capitals."""
    return _GLUED.sub(" ", name)


def _belongs(piece: str, after: str, known: Callable[[str], str | None]) -> bool:
    """Whether a lone word beside a comma is the given name of the member on its other side (`…, Ernesto, …`)."""
    return (
        " " not in after
        and known(after) is None
        and known(piece) is not None
        and known(f"{piece} {after}") == known(piece)
    )


def _halves(piece: str, after: str, known: Callable[[str], str | None]) -> bool:
    """Whether a comma stands inside a name: neither half is one, both together are."""
    return known(after) is None and known(f"{piece} {after}") is not None


def _could_be_name(piece: str) -> bool:
    words = piece.split()
    return len(words) <= MOST_WORDS and len(piece) >= 3 and all(_WORD.fullmatch(w) for w in words)


def _run(piece: str, register: Register, day: date) -> list[str] | None:
    """Cut a piece into names written in full, one after the other, if there is exactly one way to do it."""
    letters, written = Letters(piece), register.written(day)
    size = len(letters.flat)
    if size > MOST_LETTERS:
        return None
    ways: dict[int, list[list[str]]] = {size: [[]]}
    for start in range(size - 1, -1, -1):
        found = []
        for end in range(start + 5, size + 1):
            if bare(letters.flat[start:end]) not in written:
                continue
            name = spaced(letters.cut(start, end).strip(_EDGES + "-"))
            behind = [*ways.get(end, ())]
            if end < size and letters.flat[end] in "ye":
                behind += ways.get(end + 1, ())
            found += [[name, *rest] for rest in behind]
        ways[start] = found[:2]
    whole = ways.get(0, [])
    if size and letters.flat[0] in "ye":
        whole = [*whole, *ways.get(1, ())]
    return whole[0] if len(whole) == 1 else None


def _two(piece: str, register: Register, day: date) -> list[str] | None:
    """Cut a piece that is nobody's name into two that are somebody's, if there is exactly one way.

    One of them must be written in full; the other may be misspelt, or joined to it by a `y` that lost its blanks.
    """
    letters, written = Letters(piece), register.written(day)
    size = len(letters.flat)
    if not 12 <= size <= MOST_LETTERS or register.place([piece], day)[piece].mandate is not None:
        return None
    ways: dict[tuple[str, str], list[str]] = {}
    for cut in range(5, size - 4):
        for link in range(3):
            if set(letters.flat[cut : cut + link]) - set("ye"):
                break
            parts = [letters.cut(0, cut).strip(_EDGES + "-"), letters.cut(cut + link, size)]
            if not any(bare(part) in written for part in parts):
                continue
            parts = [spaced(part) for part in parts]
            met = [register.place(parts, day)[part].mandate for part in parts]
            if met[0] is not None and met[1] is not None and met[0] is not met[1]:
                who = (met[0].person.id, met[1].person.id)
                ways[who] = min(ways.get(who, parts), parts, key=lambda way: len("".join(way)))
    return ways.popitem()[1] if len(ways) == 1 else None
