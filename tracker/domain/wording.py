"""Which words for a count can a reporter paste: a sentence, a clause, a headline?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tracker.domain.heard import Heard, counted, including_en, including_es
from tracker.domain.spelled import Language, cut, day, join, many, press_day, word
from tracker.domain.votes import Spoken, Tally

_LISTED = 4
"""Candidates named in a sentence; the rest are summed up."""
_HEADLINE, _SUBJECT = 140, 50
"""Characters of a headline, and how many of them its subject has at least."""
VERDICTS = {"Guilty": "culpable", "Not Guilty": "no culpable"}
"""Printed where a verdict was asked for, not yes or no: for and against; in Spanish."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A count to be put into words. `chamber` is what running text calls the chamber: `Peru's Congress`.

    `board` is the count that the statements were added to; `abstention` says whether the chamber knows abstaining. A
    `provisional` record is called one. `verdicts` are the words of those for and those against where these were asked
    for another answer than yes or no (`VERDICTS`). The words say what was counted, not what was passed: that only a
    source can say.

    English follows Associated Press practice: tallies in figures (`70-33`), other counts under ten spelled out, months
    short before a day.
    """

    language: Language
    chamber: str
    sitting: date
    final: Tally
    board: Tally | None = None
    spoken: tuple[Spoken, ...] = ()
    abstention: bool = True
    provisional: bool = False
    verdicts: tuple[str, str] | None = None


def sentence(told: Told) -> str:
    """Say a vote in one whole sentence: chamber, sitting, tally, and the voice votes that separate it from the board.

    Statements are spelled out only if they lead from the board to the final count; where they do not, both figures are
    given and no sum is claimed.
    """
    text = f"{_lead(told)} {_outcome(told)}{_voices(told)}"
    if told.provisional:
        text += ", según el registro provisional" if told.language == "es" else ", according to the provisional record"
    return f"{text}."


def short(told: Told) -> str:
    """Say the count as a clause for a sentence of one's own: `70-33, with four abstentions (69-31-4 before …)`."""
    spanish = told.language == "es"
    remarks = []
    if (board := _apart(told)) is not None:
        heard = _fitting(told)
        if heard is None:
            remarks.append(f"{board} en el tablero" if spanish else f"{board} on the board")
        elif _tie_broken(told, heard):
            remarks.append(
                "con el voto dirimente de quien presidía" if spanish else "the presiding officer broke the tie"
            )
        else:
            remarks.append(f"{board} antes de los votos de viva voz" if spanish else f"{board} before votes by voice")
    if told.provisional:
        remarks.append("registro provisional" if spanish else "provisional record")
    return _outcome(told) + (f" ({'; '.join(remarks)})" if remarks else "")


def headline(told: Told, subject: str) -> str:
    """Say the count over a story: `Peru's Congress votes 70-33, with 4 abstentions, counting voice votes: …`.

    The subject is as the paper prints it, never translated, and cut at a word where the line would be too long.
    """
    tally, spanish = told.final, told.language == "es"
    chamber = told.chamber if spanish else told.chamber.removeprefix("the ")
    if tally.called:
        verb = "cuenta" if spanish else "counts"
        return f"{_capital(chamber)} {verb} {_outcome(told)}{_marked(told)}"
    if tally.candidates:
        return f"{_capital(chamber)} {'vota' if spanish else 'votes'}: {_outcome(told)}{_marked(told)}"
    figures = f"{tally.yes} a {tally.no}" if spanish else _against(tally)
    if tally.abstain:
        one, more = ("abstención", "abstenciones") if spanish else ("abstention", "abstentions")
        figures += f", {'con' if spanish else 'with'} {many(tally.abstain, one, more)}"
    if _apart(told) is not None and _fitting(told) is not None:
        figures += ", contando los votos de viva voz" if spanish else ", counting voice votes"
    line = f"{_capital(chamber)} {'vota' if spanish else 'votes'} {figures}{_marked(told)}: "
    return line + cut(" ".join(subject.split()), max(_HEADLINE - len(line), _SUBJECT))


def _marked(told: Told) -> str:
    return " (provisional)" if told.provisional else ""


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _lead(told: Told) -> str:
    """Begin the sentence: `The vote in Peru's Congress at the sitting of May 18, 2023, was`."""
    called = told.final.called
    if told.language == "es":
        whose = f"Al pasar lista en {told.chamber}" if called else f"En la votación {_of_the(told.chamber)}"
        return f"{whose} en la sesión del {day(told.sitting, 'es')} hubo"
    thing, verb = ("roll call", "found") if called else ("vote", "was")
    return f"The {thing} in {told.chamber} at the sitting of {press_day(told.sitting)}, {verb}"


def _of_the(chamber: str) -> str:
    """Say whose: *de* and *el* are one word."""
    return f"del {chamber.removeprefix('el ')}" if chamber.startswith("el ") else f"de {chamber}"


def _against(tally: Tally) -> str:
    """Set yes against no: `70-33`; from a thousand on, `1,020 to 990`."""
    if max(tally.yes, tally.no) < 1000:
        return f"{tally.yes}-{tally.no}"
    return f"{tally.yes:,} to {tally.no:,}"


def _outcome(told: Told) -> str:
    """Say the tally: `70-33, with four abstentions`."""
    tally, spanish = told.final, told.language == "es"
    if tally.candidates:
        return _election(tally, told.language)
    if tally.called:
        if spanish:
            return many(tally.present, "miembro presente", "miembros presentes")
        return many(tally.present, "member present", "members present")
    shown = told.abstention or tally.abstain > 0
    if spanish:
        yes, no = (f" (por «{VERDICTS[one]}»)" for one in told.verdicts) if told.verdicts else ("", "")
        parts = [f"{many(tally.yes, 'voto', 'votos')} a favor{yes}", f"{tally.no} en contra{no}"]
        if shown:
            parts.append(many(tally.abstain, "abstención", "abstenciones") if tally.abstain else "ninguna abstención")
        if tally.present:
            parts.append(many(tally.present, "voto «presente»", "votos «presente»"))
        return join(parts, "es")
    aside = [f"{word(tally.abstain, 'en')} {'abstention' if tally.abstain == 1 else 'abstentions'}"] if shown else []
    if tally.present:
        aside.append(f"{word(tally.present, 'en')} voting present")
    said = f" ({tally.yes} “{told.verdicts[0]},” {tally.no} “{told.verdicts[1]}”)" if told.verdicts else ""
    return f"{_against(tally)}{said}, with {join(aside, 'en')}" if aside else f"{_against(tally)}{said}"


def _election(tally: Tally, language: Language) -> str:
    """Say an election by name: `220 for Scalise and 212 for Jeffries`."""
    ranked = sorted(tally.candidates, key=lambda pair: (-pair[1], pair[0]))
    link = "para" if language == "es" else "for"
    counts = [(count, name) for name, count in ranked[:_LISTED]]
    if rest := sum(count for _, count in ranked[_LISTED:]):
        counts.append((rest, "otros" if language == "es" else "others"))
    (first, leader), *others = counts
    lead = many(first, "voto", "votos") if language == "es" else str(first)
    parts = [f"{lead} {link} {leader}", *(f"{count} {link} {name}" for count, name in others)]
    if tally.present:
        parts.append(f"{tally.present} «presente»" if language == "es" else f"{tally.present} voting present")
    return join(parts, language)


def _apart(told: Told) -> str | None:
    """Return the board's figures where the count is another; None where it is the same, or there is none to compare."""
    board = told.board
    if board is None or board.same_cast(told.final) or board.candidates or told.final.candidates:
        return None
    shown = board.text(abstention=told.abstention)
    return shown if told.language == "es" else shown.replace("–", "-")


def _fitting(told: Told) -> Heard | None:
    """Return the statements that lead from the board to the count; None if they do not, or there are none."""
    heard, final = counted(told.spoken), told.final
    if told.board is None or heard is None or not (heard.added or heard.changed):
        return None
    return heard if heard.after(told.board) == (final.yes, final.no, final.abstain) else None


def _tie_broken(told: Told, heard: Heard) -> bool:
    """Whether one vote was added to a tie in a chamber without abstentions.

    It is the presiding officer's: the Vice President of the United States has no ballot in the Senate, only this one.
    """
    level = told.board is not None and told.board.margin == 0
    return level and not told.abstention and heard.added.total() == 1 and not heard.changed


def _voices(told: Told) -> str:
    """Say what separates the final tally from the board: `, including one yes vote recorded by voice after …`."""
    board, spanish = _apart(told), told.language == "es"
    if board is None:
        return ""
    heard = _fitting(told)
    if heard is None:
        return f" (el tablero marcó {board})" if spanish else f" (the board showed {board})"
    if _tie_broken(told, heard):
        if spanish:
            return f", con el voto dirimente de quien presidía (antes de ese voto, {board})"
        return f", with the tie-breaking vote of the presiding officer ({board} before it)"
    return (including_es if spanish else including_en)(heard, board, told.abstention)
