"""How is a bill numbered in each chamber's notation?"""

from __future__ import annotations

import re
from dataclasses import dataclass

_US_TYPES = {
    "hr": "H.R.",
    "s": "S.",
    "hres": "H.Res.",
    "sres": "S.Res.",
    "hconres": "H.Con.Res.",
    "sconres": "S.Con.Res.",
    "hjres": "H.J.Res.",
    "sjres": "S.J.Res.",
    "treatydoc": "Treaty Doc.",
    "pn": "PN",
    "samdt": "S.Amdt.",
    "hamdt": "H.Amdt.",
}
_US = re.compile(r"\s*([A-Za-z][A-Za-z. ]{0,20}?)\.?\s*(\d{1,6}(?:-\d{1,6})?(?:\([A-Z]\))?)\s*")


@dataclass(frozen=True, slots=True)
class Bill:
    """A bill: `number` in the chamber's own notation, unique within `period` (a Congress, a parliamentary period)."""

    number: str
    period: str


def united_states(printed: str, congress: int) -> Bill | None:
    """Read `H R 2638`, `S 2503`, `H.J.Res. 210`, `Treaty Doc. 111-5`, `PN999-4`; None if it names none (`QUORUM 1`).

    The Clerk prints types in capitals apart (`H CON RES 5`), the Secretary of the Senate with points (`H.Con.Res. 5`).
    """
    match = _US.fullmatch(printed)
    if match is None:
        return None
    kind = _US_TYPES.get(re.sub(r"[. ]", "", match[1]).lower())
    if kind is None:
        return None
    number = f"{kind}{match[2]}" if kind == "PN" else f"{kind} {match[2]}"
    return Bill(number, str(congress))


_PE_NUMBER = r"\d{1,5}(?!\d)(?:/\d{4}-[A-Z]{2,3})?(?:\s*\(actualizados?\))?"
_PE_LIST = re.compile(
    r"\b(?:proyectos?|pls?|p\.\s?l\.)"
    r"(?:\s+de)?(?:\s+(?:ley|resoluci[oó]n(?:es)?\s+legislativas?(?:\s+del\s+congreso)?))?"
    r"(?:\s+de)?(?:\s+reforma\s+constitucional)?"
    rf"\s+(?:n\S{{0,3}}\s+)?({_PE_NUMBER}(?:(?:\s*,\s*(?:y\s+)?|\s+[ye]\s+){_PE_NUMBER})*)",
    re.IGNORECASE,
)


def peru(text: str, period: str = "2021-2026") -> tuple[Bill, ...]:
    """Find the bills a subject names, in order of mention: `PROYECTOS DE LEY 9055, 9100 Y 9180`.

    Numbers run through a parliamentary period, so a bare one is unique within it. Laws and decrees are not bills.
    """
    found: dict[str, Bill] = {}
    for match in _PE_LIST.finditer(text):
        for number in re.findall(r"\d{1,5}(?!\d)(?:/\d{4}-[A-Z]{2,3})?", match[1]):
            bare = str(int(number.split("/")[0]))
            found.setdefault(bare, Bill(bare, period))
    return tuple(found.values())
