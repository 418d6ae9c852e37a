"""Which bills are before Peru's Congress, and how far has each come? Reads the open list of its system of bills, SPLEY.

There are four lists: of the Congress until July 2026, and since then of the Senate, of the Deputies and of the Congress
as a whole. A page holds a thousand rows, newest first. What that site hides or guards is not asked for.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from tracker.domain.bills import Bill, BillRecord, peru_bill
from tracker.domain.evidence import Document, Request
from tracker.sources.catalogue import load_sheet
from tracker.sources.contract import Finding, Role, Severity, Sheet, Source, Trouble, Unreadable, Window
from tracker.sources.peru.personal import struck

LISTS = ((2026, "D"), (2026, "S"), (2026, "C"), (2021, "C"))
"""Parliamentary period and chamber: Deputies, Senate, the Congress as a whole (until 2026 all there was)."""
BEGAN = {2021: date(2021, 7, 27), 2026: date(2026, 7, 27)}
PRESENT = 2026
"""The period whose lists still grow. Of a past one only a whole reading asks."""
ANY = {"period": "", "code": "", "row": "0", "whole": "no"}
"""What is known of a page that was not asked for by its list: a file somebody has."""
ROWS = 1_000
MOST_ROWS = 50_000
LONGEST = {"titulo": 6_000, "autores": 20_000}
USUAL = 300
"""Characters of any other field."""
SUNDAY = 6

_FIELDS: dict[str, tuple[type, ...]] = {
    "perParId": (int,), "pleyNum": (int,), "proyectoLey": (str,), "desEstado": (str,), "fecPresentacion": (str,),
    "titulo": (str,), "desProponente": (str, type(None)), "autores": (str, type(None)), "codTipoParl": (str,),
    "codTipoParlActual": (str, type(None)), "rowsTotal": (int,),
}  # fmt: skip
_NEEDED = frozenset(_FIELDS) - {"codTipoParlActual", "rowsTotal"}


def start(window: Window, sheet: Sheet) -> Iterable[Request]:
    """Ask for the newest page of each list that grows; for whole lists on a Sunday, or if their period begins in it.

    An old bill may move at any time, and stages carry no date: the days of the window choose nothing else. Filling in
    the years one by one asks for each whole list once.
    """
    usual = window.until - window.since <= timedelta(sheet.timetable.window_days)
    for period, code in LISTS:
        begun = window.until >= BEGAN[period]
        whole = BEGAN[period] in window or (begun and usual and window.until.weekday() == SUNDAY)
        if whole or (begun and period == PRESENT):
            yield page(sheet, period, code, 0, whole=whole)


def page(sheet: Sheet, period: int, code: str, row: int, *, whole: bool) -> Request:
    """Return the request for a page of a list, from a row on. Page and row only count in what is sent along."""
    asked: dict[str, object] = {"perParId": period, "codTipoParl": code}
    asked |= dict.fromkeys(
        ("perLegId", "comisionId", "estadoId", "congresistaId", "grupoParlamentarioId", "proponenteId", "legislaturaId",
         "fecPresentacionDesde", "fecPresentacionHasta", "pleyNum", "palabras", "tipoFirmanteId")
    )  # fmt: skip
    asked |= {"conAcumulado": False, "pageSize": ROWS, "rowStart": row}
    context = {"period": str(period), "code": code, "row": str(row), "whole": "yes" if whole else "no"}
    return Request.posting(sheet.address.url("list"), asked, "list", context)


def read_list(document: Document, sheet: Sheet) -> Iterator[Finding]:
    """Yield the bills of a page, and the request for the next one where all are wanted.

    Unreadable, by code: `not_json`, `not_a_list` (another shape, or an error told with status 200), `wrong_field` (one
    is missing or of another type), `too_long`, `too_many_rows`, `empty_list`. A row that contradicts itself, another
    one or the list asked for is left out and noted as doubtful.
    """
    asked = ANY | dict(document.request.context)
    rows, total = _rows(document, _where(asked))
    first = int(asked["row"])
    if not rows and not first:
        raise Unreadable(
            "empty_list",
            f"{_where(asked)}: the list is empty, which is also how the site answers for a period or chamber it does "
            f"not know; look at {sheet.page} and, if there are bills, correct LISTS in tracker/sources/peru/bills.py",
        )
    met: dict[Bill, set[BillRecord]] = {}
    for place, row in enumerate(rows, first + 1):
        found = _bill(row, f"{_where(asked)}, row {place}", asked, sheet)
        if isinstance(found, Trouble):
            yield found
        else:
            met.setdefault(found.key, set()).add(found)
    for alike in met.values():
        if len(alike) == 1:
            yield from alike
        else:
            message = f"{next(iter(alike)).notation} stands there more than once, unlike; left out"
            yield Trouble(Severity.DOUBTFUL, "bill_twice", message, _where(asked))
    yield from _unknown(rows, _where(asked))
    if asked["whole"] == "yes" and len(rows) == ROWS and first + ROWS < MOST_ROWS:
        yield page(sheet, int(asked["period"]), asked["code"], first + ROWS, whole=True)
    elif len(rows) < min(total - first, ROWS):  # the total is 0 in some answers
        message = f"{len(rows)} rows came from row {first} on, of {total} announced; the rest is missing"
        yield Trouble(Severity.DOUBTFUL, "list_cut", message, _where(asked))


def _where(asked: Mapping[str, str]) -> str:
    return f"list {asked['period'] or 'of any period'} {asked['code']} from row {asked['row']}".replace("  ", " ")


def _rows(document: Document, where: str) -> tuple[list[dict[str, Any]], int]:
    try:
        answer = json.loads(document.content)
    except (ValueError, RecursionError) as error:
        raise Unreadable("not_json", f"{where}: the answer is no JSON ({error}); see what the site says") from error
    data = answer.get("data") if isinstance(answer, dict) else None
    rows = data.get("proyectos") if isinstance(data, dict) else None
    total = data.get("rowsTotal", 0) if isinstance(data, dict) else 0
    if not isinstance(rows, list) or answer.get("status") != "success" or type(total) is not int:
        said = str(answer.get("message", answer.get("status", "")))[:200] if isinstance(answer, dict) else ""
        raise Unreadable("not_a_list", f"{where}: the answer holds no list of bills ({said!r}); see what the site says")
    if len(rows) > MOST_ROWS:
        raise Unreadable("too_many_rows", f"{where}: {len(rows):,} rows, a list has at most {MOST_ROWS:,}; look at it")
    for place, row in enumerate(rows):
        _checked(row, f"{where}, line {place + 1}")
    return rows, total


def _checked(row: object, where: str) -> None:
    if not isinstance(row, dict) or (missing := _NEEDED - row.keys()):
        lacks = ", ".join(sorted(missing)) if isinstance(row, dict) else "everything"
        raise Unreadable("wrong_field", f"{where}: a bill without {lacks}; the list has changed, see its answer")
    for name, kinds in _FIELDS.items():
        value = row.get(name)
        if name in row and type(value) not in kinds:
            raise Unreadable("wrong_field", f"{where}: {name} is {type(value).__name__}; the list has changed")
        if isinstance(value, str) and len(value) > LONGEST.get(name, USUAL):
            raise Unreadable("too_long", f"{where}: {name} has {len(value):,} characters; look at the answer")


def _bill(row: Mapping[str, Any], where: str, asked: Mapping[str, str], sheet: Sheet) -> BillRecord | Trouble:
    notation = _line(row["proyectoLey"])
    bill = peru_bill(notation.upper(), "", "") if not notation.isdigit() else None
    same = bill is not None and (bill.number, bill.period[:4]) == (str(row["pleyNum"]), str(row["perParId"]))
    listed = asked["period"] in ("", str(row["perParId"])) and asked["code"] in ("", row["codTipoParl"])
    presented = _day(row["fecPresentacion"], ZoneInfo(sheet.chamber.zone))
    title, stage = _line(row["titulo"]), _line(row["desEstado"])
    if bill is None or not (same and listed and presented and title and stage):
        message = (
            f"{where}: {notation!r}, number {row['pleyNum']} of {row['perParId']} {row['codTipoParl']!r}, filed "
            f"{row['fecPresentacion']!r}: not a row of this list, or without title or stage; left out"
        )
        return Trouble(Severity.DOUBTFUL, "odd_row", message[:600], where)
    return BillRecord(
        legislature=bill.legislature,
        period=bill.period,
        number=bill.number,
        notation=notation,
        title=title,
        stage=stage,
        presented=presented,
        proponent=_line(row["desProponente"] or ""),
        authors=tuple(dict.fromkeys(filter(None, map(_line, (row["autores"] or "").split(";"))))),
    )


def _line(text: str) -> str:
    """Set a text in one line (titles hold line breaks), without signs that no page shows."""
    return " ".join("".join(sign for sign in text if sign.isprintable() or sign.isspace()).split())


def _day(text: str, zone: ZoneInfo) -> date | None:
    """Read `2026-10-05T00:00:00.000-05:00`: the day by the clock of Lima."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment.astimezone(zone).date() if moment.tzinfo else None


def _unknown(rows: Iterable[Mapping[str, Any]], where: str) -> Iterator[Trouble]:
    names = sorted({name for row in rows for name in row} - _FIELDS.keys())
    if names:
        told = ", ".join(name[:40] for name in names[:10])
        yield Trouble(Severity.NOTED, "unknown_field", f"{where}: fields nobody has seen there before: {told}", where)


SHEET = load_sheet("tracker.sources.peru", "bills.toml")
SOURCE = Source(
    sheet=SHEET,
    start=start,
    roles={"list": Role(read=read_list, version=1, required=True, index=True, strike=struck)},
)
