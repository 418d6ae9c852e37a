"""Who sits in a chamber by its own list of members, and what does the project's register lack of it?

The register is a file of the project: which names are whose is settled before a sheet is read, not by what an interface
says that day. From the list come names in full, districts, and findings that say what to correct in the file.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from tracker.domain.evidence import Document, Request
from tracker.domain.people import Mandate, fold
from tracker.sources.contract import Finding, Reader, Severity, Sheet, Trouble
from tracker.sources.peru.chambers import answer, members
from tracker.sources.peru.chambers.members import House, Member

MOST_PAGES = 5
LONGEST = 120
"""Letters of a name; `Jáuregui Martínez de Aguayo, María de los Milagros Jackeline` has 59."""
IN_OFFICE = "en-ejercicio"
DISTRICTS = {
    "ancash": "Áncash",
    "apurimac": "Apurímac",
    "huanuco": "Huánuco",
    "junin": "Junín",
    "la-libertad": "La Libertad",
    "lima-metropolitana": "Lima Metropolitana",
    "madre-de-dios": "Madre de Dios",
    "peruanos-en-el-exterior": "Peruanos en el exterior",
    "san-martin": "San Martín",
}
"""Districts whose names cannot be told from the address form, which has neither accents nor capitals."""
_NAME = re.compile(r"[^\W\d_][^\d<>&]*,\s*[^\W\d_][^\d<>&]*")


@dataclass(frozen=True, slots=True)
class Listed:
    """An entry of the list: name; group, district, condition as addresses write them, empty where it has none."""

    name: str
    group: str
    district: str
    condition: str


def first(sheet: Sheet) -> Request:
    """Ask for the first page of the list."""
    return _page(sheet, 1)


def _page(sheet: Sheet, number: int) -> Request:
    return Request(sheet.address.url("members", page=number), "members", None, {"page": str(number)})


def reader(house: House) -> Reader:
    """Return the reader of a chamber's list of members.

    It yields a mandate, with the name in full, for each member whom the register has, and says who is in one of the two
    and not in the other. Unreadable: as `answer.entries`.
    """

    def read_members(document: Document, sheet: Sheet) -> Iterator[Finding]:
        listed = answer.entries(document)
        day = document.fetched_at.date()
        seated = members.on(house, day)
        met: set[str] = set()
        for entry in listed:
            found = _listed(entry)
            if found is None:
                shown = str(dict(entry))[:200]
                message = f"{document.url}: an entry has another shape than a member's: {shown}"
                yield Trouble(Severity.NOTED, "odd_entry", message, shown[:80])
                continue
            member = _member(found, seated)
            if member is None or member.id in met:
                yield _unknown(found, member, house)
                continue
            met.add(member.id)
            yield _mandate(found, member)
            yield from _differences(found, member, sheet, house)
        number = int(document.request.context.get("page", "1"))
        if len(listed) == answer.SIZE and number < MOST_PAGES:
            yield _page(sheet, number + 1)
        elif number == 1 and listed:
            yield from _not_listed([member for member in seated if member.id not in met], house)

    return read_members


def _listed(entry: Mapping[str, Any]) -> Listed | None:
    title = entry.get("title")
    rendered = title.get("rendered") if isinstance(title, dict) else None
    classes = entry.get("class_list")
    # WordPress makes an object of the list of classes when one of them has been taken out.
    if isinstance(classes, dict):
        classes = list(classes.values())
    if not isinstance(rendered, str) or not isinstance(classes, list):
        return None
    name = " ".join(html.unescape(rendered).split())
    if len(name) > LONGEST or not _NAME.fullmatch(name):
        return None
    told = [one for one in classes[:100] if isinstance(one, str)]
    return Listed(name, *(_of(told, what) for what in ("grupo_parlamentario", "distrito_electoral", "condicion")))


def _of(classes: Sequence[str], what: str) -> str:
    found = {one.removeprefix(f"{what}-") for one in classes if one.startswith(f"{what}-")}
    return found.pop()[:LONGEST] if len(found) == 1 else ""


def _member(found: Listed, seated: Sequence[Member]) -> Member | None:
    surnames, _, given = found.name.partition(",")
    return members.meant(f"{surnames}, {given}", None, seated)


def _mandate(found: Listed, member: Member) -> Mandate:
    """Return the mandate of a member, with the name and the district that the list has."""
    surnames, _, given = (part.strip() for part in found.name.partition(","))
    person = replace(member.mandate.person, name=f"{surnames}, {given}", surnames=surnames, given=given)
    district = DISTRICTS.get(found.district) or found.district.replace("-", " ").title() or None
    return replace(member.mandate, person=person, region=district)


def _unknown(found: Listed, member: Member | None, house: House) -> Trouble:
    if member is not None:
        message = f"the list of members has {found.name}, which means {member.printed} a second time; look at it"
        return Trouble(Severity.UNRESOLVED, "member_twice", message, found.name)
    message = (
        f"the list of members has {found.name} ({found.group or 'no group'}), whom {members.FILE} does not know: until "
        f"an entry is added under [{house}], with the day of the oath, ballots under this name stay unplaced"
    )
    return Trouble(Severity.UNRESOLVED, "unknown_member", message, found.name)


def _differences(found: Listed, member: Member, sheet: Sheet, house: House) -> Iterator[Trouble]:
    groups = {fold(entry.name).replace(" ", "-"): code for code, entry in sheet.groups.items()}
    code = groups.get(found.group)
    if found.group and code is None:
        message = (
            f"the list of members has {found.name} in {found.group!r}, a group that the sheet of {sheet.slug} lacks"
        )
        yield Trouble(Severity.NOTED, "unknown_group", message, found.name)
    elif code is not None and code != member.group:
        message = f"the list of members has {found.name} in {code}, {members.FILE} in {member.group}"
        yield Trouble(Severity.NOTED, "other_group", message, found.name)
    if found.condition and found.condition != IN_OFFICE:
        message = (
            f"the list of members says of {found.name}: {found.condition!r}; if the seat was given up, write `until` "
            f"under [{house}] in {members.FILE}"
        )
        yield Trouble(Severity.NOTED, "not_in_office", message, found.name)


def _not_listed(missing: Sequence[Member], house: House) -> Iterator[Trouble]:
    for member in missing:
        message = (
            f"{member.mandate.person.name} is not in the list of members any more; if the seat was given up, write "
            f"`until` under [{house}] in {members.FILE}"
        )
        yield Trouble(Severity.NOTED, "not_listed", message, member.printed)
