"""Which totals does a page print: by code, and by group?"""

from __future__ import annotations

import re
from dataclasses import dataclass

from tracker.domain.people import fold
from tracker.sources.peru.chambers.slate import BREAK, Slate
from tracker.sources.peru.foot import LABELS, label_of

_EDGE, _END = rf"(?<![^\s{BREAK}])", rf"(?![^\s{BREAK}])"
_CAPITALS = r"[A-ZÁÉÍÓÚÜÑ][A-ZÁÉÍÓÚÜÑ.'’]*"
_BENCH = re.compile(
    rf"{_EDGE}([A-Z][A-Z0-9]{{0,4}}(?:\s?-\s?[A-Z0-9]{{1,4}})?)\s+({_CAPITALS}(?:\s+(?:{_CAPITALS}|-)){{0,9}}?)"
    rf"((?:\s+[0-9]{{1,3}}){{4,5}}){_END}"
)
_KNOWN = {label: code for code, labels in LABELS.items() for label in labels} | {
    "a favor": "SI +++",
    "en contra": "NO ---",
    "abstenciones": "Abst.",
    "presente": "PRE",
    "presentes": "PRE",
    "ausentes": "aus",
    "suspendidos": "Sus",
    "fallecido": "F",
    "fallecidos": "F",
}
_LABELS = (
    *("A FAVOR", "EN CONTRA", "ABSTENCI[ÓO]N(?:ES)?", "SIN RESPUESTA", "PRESENTES?", "AUSENTES?", "SUSPENDIDOS?"),
    *("FALLECIDOS?", "Presentes", "Ausentes", "Suspendidos", "Fallecidos", "Con licencia Oficial"),
    *(r"SI ?\+\+\+", "NO ?---", r"Abst\.", "SinRes", r"LIC\. ", "LICENCIA ", "Licencia "),
)
"""How the labels of the box since 2026 begin (`A FAVOR (SI)`, `LIC. OFICIAL`), and those of the sheets before it."""
_TOTAL = re.compile(
    rf"{_EDGE}((?:{'|'.join(_LABELS)})[^\d\n{BREAK}(]{{0,40}}?(?:\s?\([A-Za-z0-9+-]{{1,8}}\))?)\s*:?\s+([0-9]{{1,3}}){_END}"
)
_HEADS = (
    re.compile(r"Grupo\s+Parlamentario", re.IGNORECASE),
    re.compile(r"Si\s?\+{3}\s+No\s?-{3}\s+Abst\.?\s+Sin\s+Resp\.?", re.IGNORECASE),
    re.compile(r"PRESENTES?\s+AUSENTES?\s+LICENCIAS?\s+(?:SUPS|SUSP)\.?\s+OTROS", re.IGNORECASE),
    re.compile(r"Resultados?\s+de(?:\s+la)?(?:\s+(?:VOTACI[ÓO]N|ASISTENCIA))?(?![^\s\0])"),
    re.compile(r"RESULTADOS?\s+DE(?:\s+LA)?\s+(?:VOTACI[ÓO]N|ASISTENCIA)(?![^\s\0])"),
    re.compile(r"ASISTENCIA\s+PARA\s+QU[ÓO]RUM\s+[0-9]{1,3}(?![^\s\0])", re.IGNORECASE),
    re.compile(r"QU[ÓO]RUM\s+(?:NO\s+)?ALCANZADO", re.IGNORECASE),
)


@dataclass(frozen=True, slots=True)
class Bench:
    """One row of the table by group: its code, its name, four figures for a vote, five for an attendance."""

    code: str
    name: str
    figures: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Totals:
    """The totals of a page, by the code they count; `unknown` are labels that are none of the known ones.

    `twice` are codes for which two figures are printed that differ: the first one stands in `by_code`.
    """

    by_code: dict[str, int | None]
    benches: tuple[Bench, ...]
    unknown: tuple[str, ...] = ()
    twice: tuple[str, ...] = ()


def read(slate: Slate, *, by_eye: bool) -> Totals:
    """Take the totals and the table by group from a text, and the words above them.

    `by_eye`: the text was recognised on a picture, so that a label may have a wrong letter.
    """
    for head in _HEADS:
        slate.take_all(head)
    benches = tuple(
        Bench(re.sub(r"\s", "", m[1]), " ".join(m[2].split()), tuple(int(figure) for figure in m[3].split()))
        for m in slate.take_all(_BENCH)
    )
    by_code: dict[str, int | None] = {}
    unknown: list[str] = []
    twice: list[str] = []
    for match in slate.take_all(_TOTAL):
        label, figure = " ".join(match[1].split()), int(match[2])
        code = _KNOWN.get(fold(label)) or (label_of(label) if by_eye else None)
        if code is None:
            unknown.append(label)
        elif by_code.setdefault(code, figure) != figure:
            twice.append(f"{label} {by_code[code]} and {figure}")
    return Totals(by_code, benches, tuple(unknown), tuple(twice))
