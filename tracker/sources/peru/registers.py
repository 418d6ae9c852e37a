"""Where does each electronic vote stand in the minutes, and which lines are its heading, its lists and its notes?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from tracker.domain.people import fold
from tracker.sources.peru.paper import Line, joined

DIRECTIONS = ("A FAVOR", "EN CONTRA", "ABSTENCIÓN")
"""The codes of the three lists, as the sheet lists them."""

_OPTION = re.compile(
    r"(?:(?:LOS|LAS|SEÑORES) )*(?P<who>[A-ZÁÉÍÓÚ]{9,14}) Q[UI]\w{1,2} (?P<act>[^:(]{4,60}?)\s*"
    r"(?:\((?P<count>\d{1,3})\))?\s*(?::\s*(?P<rest>.*)|\.?)",
    re.IGNORECASE,
)
_OTHER_HEAD = re.compile(r"(?:VOTARON|VOT[ÓO]|VOTOS?|SE ABSTUV\w+|A FAVOR|EN CONTRA|EN ABSTENCI[ÓO]N)\b[^a-z]{0,60}:")
_SEPARATOR = re.compile(r"[-–—_=oO*.\s]{1,7}")
_SENTENCE = re.compile(
    r"(?:el|la|los|las) (?:senor\w* )?"
    r"(?:congresist|president|primer|segund|tercer|vicepresid|relator|pleno|texto)"
    r"|(?:efectuad|dej|consultad|registrad|verificad|previ|antes|a (?:pedido|solicitud|continuacion)|asimismo"
    r"|finalmente|en (?:este|ese|tal|consecuencia|seguida)|enseguida|seguidamente|luego|tras|con la|por disposicion"
    r"|al respecto|se )"
)
_NOTE = re.compile(
    r"[^\d]{0,220}?\bdej\w+ (?:la )?constancia (?:verbal )?(?:de|del|el|en|por)\b.{0,30}\b(?:vot|coto|abst)"
    r"|[^\d]{0,80}\bconsulta nominal\b.{0,80}\bvot"
    r"|.{0,160}\bno se (?:consider|tom|contabil|comput)\w* .{0,40}\bvoto"
)
_FIGURE = re.compile(r"\d+ (?:votos? )?(?:a favor|en contra)")
_CAPS = re.compile(r"[A-ZÁÉÍÓÚÜÑ]")
_LOWER = re.compile(r"[a-záéíóúüñ]")


@dataclass(frozen=True, slots=True)
class Listing:
    """One list of a vote: the direction, the number printed beside it if any, the text of the names."""

    direction: str
    printed_count: int | None
    text: str
    page: int


@dataclass(slots=True)
class Block:
    """One electronic vote: heading, lists, the notes after them, and the running text before it (`before`).

    `alone` False: it follows another vote with no text between, so that both share the text before the first.
    """

    start: int
    page: int
    heading: str
    lists: list[Listing]
    before: str = ""
    notes: list[str] = field(default_factory=list)
    alone: bool = True
    doubts: list[str] = field(default_factory=list)
    end: int = 0


def option(text: str) -> tuple[str | None, int | None, str] | None:
    """Read `CONGRESISTAS QUE VOTARON EN CONTRA (66):`: direction, printed number, names on the same line.

    None if it is no such line; a direction of None if it is one whose direction is not understood.
    """
    match = _OPTION.fullmatch(text)
    if match is None or SequenceMatcher(None, fold(match["who"]), "congresistas").ratio() < 0.8:
        return None
    if text != text.upper() and ":" not in text and match["count"] is None:
        return None
    act = fold(match["act"])
    if not re.search(r"\bvot|\bab|tuv", act):
        return None
    ways = [
        way
        for way, sign in zip(DIRECTIONS, (r"\bfa\w*r", r"\bcont", r"\bab?s?t?\w*tuv|\babst"), strict=True)
        if re.search(sign, act)
    ]
    count = int(match["count"]) if match["count"] else None
    return (ways[0] if len(ways) == 1 else None), count, (match["rest"] or "").strip()


def mended(lines: Sequence[Line]) -> list[Line]:
    """Put together a list's heading that is broken over two lines: `CONGRESISTAS QUE SE / ABSTUVIERON:`."""
    whole: list[Line] = []
    for line in lines:
        if whole and _looks_like_option(whole[-1].text) and (option(whole[-1].text) or (None,))[0] is None:
            both = f"{whole[-1].text} {line.text}"
            if (option(both) or (None,))[0] is not None:
                whole[-1] = Line(whole[-1].page, both)
                continue
        whole.append(line)
    return whole


def unread(lines: Sequence[Line]) -> list[Line]:
    """Return the lines in capitals that seem to head a list of votes and are not read as such."""
    return [
        line
        for line in lines
        if option(line.text) is None
        and (_looks_like_option(line.text) or _OTHER_HEAD.fullmatch(line.text))
        and _is_capitals(line.text)
    ]


def _looks_like_option(text: str) -> bool:
    return re.match(r"(?:LOS |LAS )?CON\w{5,9} Q[UI]\w{1,2}\b", text) is not None


def find(lines: Sequence[Line]) -> list[Block]:
    """Cut the lines into votes, from the lines `CONGRESISTA(S) QUE …` outwards: headings vary or are missing."""
    blocks: list[Block] = []
    i, floor = 0, 0
    while i < len(lines):
        if option(lines[i].text) is None:
            i += 1
            continue
        block = _block(lines, i, floor)
        if blocks and block.start <= floor + 1 and not _running(lines[floor : block.start]):
            block.alone = False
        block.before = joined([x for x in lines[floor : block.start] if not _is_separator(x.text)])
        blocks.append(block)
        i = floor = block.end
    return blocks


def _block(lines: Sequence[Line], first: int, floor: int) -> Block:
    start = _heading_start(lines, first, floor)
    block = Block(start, lines[start].page, joined(list(lines[start:first])), [])
    i = first
    while i < len(lines):
        here = option(lines[i].text)
        if here is None:
            if _opens_another(lines, i, {got.direction for got in block.lists}):
                i += 1
                continue
            break
        direction, count, rest = here
        page, head = lines[i].page, lines[i].text
        names, i = _names(lines, i, rest)
        if direction is None:
            block.doubts.append(
                f"page {page}: the direction of the list headed {head[:80]!r} is unclear; it is not counted: "
                f"{joined(names)[:300]}"
            )
            continue
        # A heading printed twice in a row, at the foot of one page and the head of the next, opens one list.
        block.lists = [got for got in block.lists if got.text or got.direction != direction]
        if direction in {got.direction for got in block.lists}:
            block.doubts.append(f"the list {direction} is printed twice")
        block.lists.append(Listing(direction, count, joined(names), page))
    block.end = _notes(lines, i, block)
    return block


def _opens_another(lines: Sequence[Line], at: int, held: set[str]) -> bool:
    """Whether a separator stands between two lists of one vote: the next line opens a list it does not hold yet."""
    if not _is_separator(lines[at].text) or at + 1 >= len(lines):
        return False
    then = option(lines[at + 1].text)
    return then is not None and then[0] not in held


def _heading_start(lines: Sequence[Line], first: int, floor: int) -> int:
    """Go up from the first list over the lines in capitals to the separator or the sentence before them."""
    start = first
    while start > floor and _is_capitals(lines[start - 1].text) and option(lines[start - 1].text) is None:
        start -= 1
    return start


def _names(lines: Sequence[Line], at: int, rest: str) -> tuple[list[Line], int]:
    """Take the lines of a list: up to the first that ends in a full stop, unless names go on after it."""
    taken = [Line(lines[at].page, rest)] if rest else []
    i = at + 1
    while i < len(lines):
        text = lines[i].text
        if _is_separator(text) or option(text) is not None or _SENTENCE.match(fold(text)):
            break
        if taken and taken[-1].text.endswith((".", ".”", ".»")) and not _goes_on(text):
            break
        taken.append(lines[i])
        i += 1
    return taken, i


def _goes_on(text: str) -> bool:
    """Whether a line after a full stop still lists names: commas between capitalised words and nothing else."""
    pieces = [p for p in re.split(r",| y ", text.rstrip(".")) if p.strip()]
    return len(pieces) > 1 and all(
        re.fullmatch(
            r"(?:[A-ZÁÉÍÓÚÑ][\wáéíóúüñ-]+|de|del|la)(?: (?:[A-ZÁÉÍÓÚÑ][\wáéíóúüñ-]+|de|del|la)){0,4}", p.strip()
        )
        for p in pieces
    )


def _notes(lines: Sequence[Line], at: int, block: Block) -> int:
    """Take the paragraphs after the lists that put votes on record; return where they end."""
    i = end = at
    while i < len(lines):
        if _is_separator(lines[i].text):
            i += 1
            continue
        paragraph, after = _paragraph(lines, i)
        text = fold(joined(paragraph))
        if _NOTE.match(text) is None or _FIGURE.search(text):
            break
        block.notes.append(joined(paragraph))
        i = end = after
    return end


def _paragraph(lines: Sequence[Line], at: int) -> tuple[list[Line], int]:
    i = at
    while i < len(lines) and not _is_separator(lines[i].text) and option(lines[i].text) is None:
        i += 1
        if lines[i - 1].text.endswith((".", ".”", ".»")) and not (i < len(lines) and _goes_on(lines[i].text)):
            break
    return list(lines[at:i]), i


def _running(lines: Sequence[Line]) -> bool:
    return any(not _is_separator(line.text) for line in lines)


def _is_separator(text: str) -> bool:
    return _SEPARATOR.fullmatch(text) is not None and not text.isalpha()


def _is_capitals(text: str) -> bool:
    """Whether a line belongs to a heading: nearly all its letters are capitals (`PROYECTOS 3, 6 y 36`)."""
    if _is_separator(text):
        return False
    text = re.sub(r"\([^()]*\)", "", text) or text
    capitals, lower = len(_CAPS.findall(text)), len(_LOWER.findall(text))
    return lower * 6 <= capitals or (capitals + lower == 0 and any(c.isdigit() for c in text))
