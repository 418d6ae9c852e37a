"""Which sentences stand under a sheet, and what is each of them about?"""

from __future__ import annotations

import re
from enum import Enum, auto

from tracker.domain.people import fold
from tracker.sources.peru import formula
from tracker.sources.peru.formula import CHANGE, CONSTANCY, MEMBERS, PRESIDENT, RANK, THE, VOTE, WAY, Head
from tracker.sources.peru.letters import Letters, tidy, word

_CHAIR = rf"(?:vice)?{PRESIDENT}[ae]"
_REPORT = word("eneste") + word("reporte")
_OPENER = re.compile(
    rf"{THE}(?:{MEMBERS}|{RANK}?{_CHAIR})|{_REPORT}|despuesde|luegode|{word('efectuada')}|asimismo"
    r"|ademas|finalmente|sedeja|seprecisa|sehace|enla(?:presente)?votacion"
)
_SPEAKER = re.compile(
    rf"(?:(?<!d)e[li]|(?<!de)[li]a)(?:{MEMBERS}\w{{5,45}}?)?{RANK}?{_CHAIR}\w{{0,90}}?(?:dejan?|dejo|eja)(?:[li]a)?{CONSTANCY}"
)
MOST_SMALL = 60
"""A remark has no more small letters than this (`El asunto se encuentra incompleto.`)."""
_STOPS = '.»”"*'
_BEFORE = re.compile(r"^[\s\d:;,.\"“”»«*'|_-]+")
_NOISE = re.compile(r"[A-ZÁÉÍÓÚÑ][a-záéíóúñ]{2,}")
_SEALS = frozenset(("relatoria", "agenda", "actas", "area", "congreso", "republica", "oficialia", "mayor", "peru"))
"""Words of the round seals that lie over the foot of a sheet."""

_FOOT = (
    re.compile(_REPORT),
    re.compile(rf"nose{word('consider')}\w{{1,4}}?{MEMBERS}"),
    re.compile(rf"que{word('ejerce')}(?:la)?{word('presiden')}"),
)
_ANNOTATION = re.compile(
    r"(?:e|de)lpdf|documento(?:oficial|original)|^horanota$|sin(?:[li]os)?(?:votos|registros)ora[li]es|copiainformativa"
)
_TRANSCRIBER = re.compile(r"\W*\((?:OP|Transparencia)\)")
_VOID = tuple(
    re.compile(pattern)
    for pattern in (
        word("sinefecto"), rf"{word('anula', 0)}(?:d[ao]s?|cion|r|n|ron)?|anu[li]o", word("invalida"),
        "nu[li][ao]|nu[li]idad",
    )
)  # fmt: skip
_THIS_VOTE = re.compile(rf"{word('votacion')}|{word('registro')}|{word('reporte')}")
_ANOTHER = re.compile(rf"anterior|previa|inicial|{word('asistencia')}|{VOTE}s?(?:de|del|dela|delos|delas){MEMBERS}")
_TAKEN_OUT = re.compile(
    rf"nose(?:{word('consider')}|{word('tomar')}|{word('contabiliz')}|{word('comput')})\w{{0,3}}?(?:encuenta)?"
    rf"(?:el|los){VOTE}s?(?:emitidos?)?(?:por|de)?"
)
_REASON = re.compile("por(?:ser|est|enc|ten|hab)|todavez|debidoa|envistade|yaque|dadoque|enrazonde")
_ATTENDANCE = re.compile(rf"(?:de)?(?:la|su)?(?:{word('asisten')}{word('cia')}|{word('presencia')})(?=(?:de|los|las))")
_JOINED = re.compile(rf"se{word('incorpor')}(?:o|aron|an|a)?(?:a)?(?:la)?(?:{word('sesion')})?(?=\w{{0,8}}?{MEMBERS})")
_ABOUT_VOTES = re.compile(
    rf"{CONSTANCY}|{WAY}|{CHANGE}|{word('votacion')}|{word('votaron')}|(?:del?|su|el|los|un){VOTE}|{word('asistencia')}"
    rf"|rectific|{word('precisa', 0)}|dondedice|debedecir|{'|'.join(pattern.pattern for pattern in _VOID[:3])}"
)
_LEAD = re.compile(
    rf"(?P<who>.{{0,260}}?)(?:(?:dej|ej)(?:an?|o|aron|ando)(?:la)?)?(?:{CONSTANCY}|{word('precisa', 0)}n?)"
    rf"(?:mente|tambien|asimismo|{word('verbal')}|ora[li])*(?:de[li]a{word('asistencia', 2)}y)?(?P<rest>\w{{0,5}})"
    rf"|\w{{0,60}}{word('nominal')}\w{{0,60}}|(?:asimismo|ademas|tambien)"
)
_MISSPELT_NOUN = re.compile(rf"^{THE}{CONSTANCY}")
"""`La constancia Monteza Facho, segunda vicepresidenta …` (2023-06-22T14-50)."""
_BEFORE_VOTE = frozenset({"", "de", "del", "dei", "que", "deque", "en", "dela"})
_DENIED = re.compile(r"no(?=dej|ej|se)|sindejar")
_DENIALS = frozenset({"no", "deno", "ni", "sin", "queno"})
_SPEAKERS = re.compile(rf"[li][oa]s{MEMBERS}")
_THE_PRESIDENT = re.compile(rf"(?:e[li]|[li]a)(?:senora?)?{PRESIDENT}[ae](?:delcongres\w{{1,4}})?(?!enejercicio)")
_NOUN_BETWEEN = re.compile(rf"(?:de[li]?|d)?{THE}?{MEMBERS}")


class Kind(Enum):
    """What a sentence is about."""

    VOTES = auto()
    """It puts votes on record."""
    PRESENT = auto()
    """It says who was there, or came later."""
    TAKEN_OUT = auto()
    """It takes a vote that was cast out of the count."""
    VOID = auto()
    """It declares this vote void."""
    FOOT = auto()
    """The line at the foot of every sheet: the presiding member is not in the count."""
    ANNOTATION = auto()
    """No words of the chair: of those who transcribed the sheets, or the stamp of a provisional copy."""
    REMARK = auto()
    """It says nothing of votes."""
    UNKNOWN = auto()
    """It speaks of votes and is not understood."""


def split(text: str) -> list[str]:
    """Split the text under a sheet into sentences that begin as the notes and the foot do; noise at the end is cut."""
    text = _BEFORE.sub("", tidy(text))
    letters = Letters(text)
    starts = {0}
    for match in _OPENER.finditer(letters.flat):
        before = letters.text[: letters.place(match.start())].rstrip()
        if not before or before[-1] in _STOPS:
            starts.add(match.start())
    for pattern in (_SPEAKER, _FOOT[0]):
        starts |= {_snapped(letters, match.start()) for match in pattern.finditer(letters.flat)}
    order = sorted(starts)
    found = []
    for start, end in zip(order, [*order[1:], len(letters.flat)], strict=True):
        sentence = _without_noise(
            _BEFORE.sub("", text[letters.place(start) if start else 0 : letters.place(end)]).strip(" *")
        )
        if Letters(sentence).flat:
            found.append(sentence)
    return found


def _snapped(letters: Letters, at: int) -> int:
    """Leave the last letter of the word before to it: a word with a letter too many may be found one too early."""
    return at + 1 if not letters.begins(at) and letters.begins(at + 1) else at


def _without_noise(sentence: str) -> str:
    """Cut what a seal leaves behind the last full stop: no word of it is written as names are, none speaks of votes."""
    while not sentence.isupper():
        head, stop, tail = sentence.rpartition(". ")
        words = [word for word in _NOISE.findall(tail) if fold(word) not in _SEALS]
        if not stop or words or _ABOUT_VOTES.search(Letters(tail).flat):
            break
        sentence = f"{head}."
    return sentence


def kind(sentence: str) -> Kind:
    """Tell what a sentence is about."""
    letters = Letters(sentence)
    first = next(formula.heads(letters), None)
    annotated = _TRANSCRIBER.match(sentence) or _ANNOTATION.search(letters.flat)
    if annotated and not re.search(CONSTANCY, letters.flat):
        return Kind.ANNOTATION
    if first is None and sum(part.search(letters.flat) is not None for part in _FOOT) > 1:
        return Kind.FOOT
    if _TAKEN_OUT.search(letters.flat):
        return Kind.TAKEN_OUT
    return _kind_of_note(letters, first)


def _kind_of_note(letters: Letters, first: Head | None) -> Kind:
    flat = letters.flat
    if any(letters.begins(match.start()) for pattern in _VOID for match in pattern.finditer(flat)):
        this = _THIS_VOTE.search(flat) and not _ANOTHER.search(flat) and first is None
        return Kind.VOID if this else Kind.UNKNOWN
    there = attendance(letters)
    if there is not None and (first is None or there[0] < first.start):
        return Kind.PRESENT
    if first is not None:
        return Kind.VOTES
    return Kind.UNKNOWN if _ABOUT_VOTES.search(flat) else Kind.REMARK


def is_prose(sentence: str) -> bool:
    """Whether a sentence is long enough, in small letters, to be a note that was not recognised as one."""
    return sum(char.islower() for char in sentence) > MOST_SMALL


def is_lead(text: str) -> bool:
    """Whether a text is what may stand before the first vote of a note, and holds no more than who is speaking."""
    letters = Letters(text)
    match = _LEAD.fullmatch(letters.flat)
    if match is None:
        return False
    if any(letters.begins(denial.start()) for denial in _DENIED.finditer(letters.flat)):
        return False
    who, rest = _MISSPELT_NOUN.sub("", match["who"] or ""), match["rest"] or ""
    # Before the vote stands `de`, `del` or `que`; in small letters it may be misspelt, but it must deny nothing.
    small = letters.small(len(letters.flat) - len(rest), len(letters.flat)) and rest not in _DENIALS
    return (
        (rest in _BEFORE_VOTE or small)
        and not re.search(rf"{CONSTANCY}|{WAY}|(?:de[li]|su){VOTE}", who)
        and len(re.findall(MEMBERS, who)) < 3  # `El diputado Reto Otero, presidente de la Cámara de Diputados, …`
    )


def speakers(lead: str) -> str | None:
    """Return the names of several who speak for themselves (`Los congresistas … dejan constancia de su voto`)."""
    letters = Letters(lead)
    match = _SPEAKERS.match(letters.flat)
    stop = formula.act(letters)
    if match is None or stop is None:
        return None
    return letters.cut(formula.after_noun(letters, match.end()), stop).strip(" ,;")


def ends(sentence: str) -> bool:
    """Whether a sentence ends in a full stop."""
    return sentence.rstrip('"”» ').endswith((".", "…"))


def hangs(sentence: str) -> bool:
    """Whether a sentence ends in a comma or in a word that another must follow."""
    return re.search(r"[,;:-]\s*$|\s(?:y|e|de|del|el|la|los|las|a|en|su|voto)\s*$", sentence, re.IGNORECASE) is not None


def joined(names: str) -> bool:
    """Whether a list has a `y` before its last name, even one that lost its blanks."""
    return re.search(r"[\s,;][yeYE]\s|[yY]\s*[A-ZÁÉÍÓÚÑ][^,;]*$", names) is not None


def of_several(quote: str) -> bool:
    """Whether the words of a clause announce more than one name: `de los congresistas`."""
    return re.search(r"\b[ld]?[oa]s\s+\w+s\s", quote, re.IGNORECASE) is not None


def by_the_president(lead: str) -> bool:
    """Whether the president of the Congress speaks by office alone."""
    return _THE_PRESIDENT.match(Letters(lead).flat) is not None


def taken_out(sentence: str) -> str | None:
    """Return the names whose votes `no se considerarán`, without the reason given; None if none follow."""
    letters = Letters(sentence)
    match = _TAKEN_OUT.search(letters.flat)
    begin = formula.members(letters, match.end()) if match else None
    if begin is None:
        return None
    reason = _REASON.search(letters.flat, begin)
    return letters.cut(begin, reason.start() if reason else len(letters.flat)).strip(" .,;") or None


def attendance(letters: Letters) -> tuple[int, int, int] | None:
    """Return where `de la asistencia` begins, where its list does, and where the next vote begins; None without one."""
    match = _JOINED.search(letters.flat) or _ATTENDANCE.search(letters.flat)
    if match is None:
        return None
    after = (head.start for head in formula.heads(letters) if head.start >= match.end() and head.kind != "same")
    return match.start(), match.end(), next(after, len(letters.flat))


def without_nouns(names: str) -> str:
    """Set a comma where a list begins anew with `y del congresista`."""
    letters = Letters(names)
    kept, last = "", 0
    for match in _NOUN_BETWEEN.finditer(letters.flat):
        if letters.begins(match.start()):
            kept += letters.cut(last, match.start()) + ", "
            last = formula.after_noun(letters, match.end())
    return kept + names[letters.place(last) if last else 0 :]
