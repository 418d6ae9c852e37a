"""How does the Domino view of Peru's Congress list its minutes, with every heading open?"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from urllib.parse import quote

from tracker.demo.draw_house import DRAWN
from tracker.demo.facts import Minutes

BASE = "/sicr/RedacActas/Actas.nsf/"
VIEW = f"{BASE}new_ActasPlenoAct"
_PERIOD = "Congreso de la República - Periodo Parlamentario 2021 - 2026"


def path(facts: Minutes) -> str:
    """Return where the minutes of a sitting lie."""
    return f"{BASE}{_relative(facts)}"


def _relative(facts: Minutes) -> str:
    return f"Pleno/{facts.unid}/$FILE/{quote(facts.file)}"


def listing(sittings: Sequence[Minutes]) -> bytes:
    """Draw the view: levels shown by `colspan` alone, unquoted addresses in a script, dates MONTH/DAY/YEAR."""
    lines = [
        "<html><head>",
        "<title>Actas del Pleno</title>",
        f"<!-- {DRAWN} -->",
        '</head><body text="#000000" bgcolor="#FFFFFF">',
        '<table border="0" cellpadding="2" cellspacing="0">',
        *_heading("1", 5, _PERIOD),
    ]
    newest = sorted(sittings, key=lambda one: one.date, reverse=True)
    for i, year in enumerate(dict.fromkeys(one.year for one in newest), 1):
        lines += _heading(f"1.{i}", 4, f"Período Anual de Sesiones {year.replace('-', ' - ')}")
        of_year = [one for one in newest if one.year == year]
        for j, legislature in enumerate(dict.fromkeys(one.legislature for one in of_year), 1):
            lines += _heading(f"1.{i}.{j}", 3, legislature.title())
            lines += [_row(one) for one in of_year if one.legislature == legislature]
    lines += ["</table>", "</body></html>", ""]
    return "\n".join(lines).encode()


def _heading(code: str, span: int, title: str) -> list[str]:
    empty = "<td></td>" * (5 - span)
    link = f"{VIEW}?OpenForm&amp;Start=1&amp;Count=1000&amp;Collapse={code}&amp;Seq=2"
    shown = escape(title)
    return [
        f'<tr valign="top">{empty}<td colspan="{span}">',
        '<table border="0" cellspacing="0" cellpadding="0">',
        f'<tr valign="top"><td><a href="{link}" target="_self"><img src="/icons/collapse.gif" border="0" height="16" '
        f'width="16" alt="Hide details for {shown}"></a></td><td><font face="Arial">{shown}</font></td></tr>',
        "</table>",
        "</td><td></td></tr>",
    ]


def _row(facts: Minutes) -> str:
    name = f"Acta de la {facts.session}.ª sesión, {facts.held.lower()}"
    font = '<font size="4" face="Calibri">'
    return (
        '<tr valign="top"><td></td><td></td><td></td>'
        f"<td>{font}{facts.date:%m/%d/%Y}</font></td>"
        f"<td>{font}<A HREF=javascript:openWindow('{_relative(facts)}')>"
        f"<div align='justify'>{escape(name)}</A></font></td>"
        "<td></td></tr>"
    )
