"""Which sentence and which citation can a reporter paste?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from tracker.domain.votes import Position, Spoken, Tally

Language = Literal["en", "es"]

_SMALL = {
    "en": ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
    "es": ("ningún", "un", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve"),
}
_SIDES = (Position.YES, Position.NO, Position.ABSTAIN)
_LISTED = 4
"""Candidates named in a sentence; the rest are summed up."""
_MONTHS = {  # the Spanish ones as Peru writes them: setiembre
    "en": (
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
    "es": (
        "enero", "febrero", "marzo", "abril", "mayo", "junio",
        "julio", "agosto", "setiembre", "octubre", "noviembre", "diciembre",
    ),
}  # fmt: skip


def sentence(
    final: Tally,
    board: Tally | None,
    spoken: tuple[Spoken, ...],
    language: Language,
    *,
    sitting: date,
    abstention: bool,
    provisional: bool = False,
) -> str:
    """Say a vote in one whole sentence: its sitting, the tally, and the voice votes that separate it from the board.

    It says what was counted, not what was passed: that only a source can say. A provisional record is called one.

    Vote tabulations stand in figures, other counts under ten are spelled out (Associated Press practice). `board` is
    the count that the statements were added to. Statements are spelled out only if they lead from it to `final`; where
    they do not, both figures are given and no sum is claimed. `abstention` says whether the chamber knows abstaining.
    """
    told = f"{_outcome(final, language, abstention)}{_voices(final, board, spoken, language, abstention)}"
    if provisional:
        told += ", según el registro provisional" if language == "es" else ", according to the provisional record"
    return f"{_lead(final, sitting, language)} {told}."


def _lead(tally: Tally, sitting: date, language: Language) -> str:
    """Begin the sentence: `The vote at the sitting of 18 May 2023 was`."""
    if language == "es":
        return f"{'Al pasar lista en' if tally.called else 'En la votación de'} la sesión del {day(sitting, 'es')} hubo"
    thing, verb = ("call", "found") if tally.called else ("vote", "was")
    return f"The {thing} at the sitting of {day(sitting, 'en')} {verb}"


def _outcome(tally: Tally, language: Language, abstention: bool) -> str:
    """Say the tally: `70 to 33, with four abstentions`."""
    if tally.candidates:
        return _election(tally, language)
    if tally.called:
        if language == "es":
            return _many(tally.present, "miembro presente", "miembros presentes")
        return _many(tally.present, "member present", "members present")
    shown = abstention or tally.abstain > 0
    if language == "es":
        parts = [f"{_many(tally.yes, 'voto', 'votos')} a favor", f"{tally.no} en contra"]
        if shown:
            parts.append(_many(tally.abstain, "abstención", "abstenciones") if tally.abstain else "ninguna abstención")
        if tally.present:
            parts.append(_many(tally.present, "voto «presente»", "votos «presente»"))
        return _join(parts, "es")
    aside = [f"{_word(tally.abstain, 'en')} {'abstention' if tally.abstain == 1 else 'abstentions'}"] if shown else []
    if tally.present:
        aside.append(f"{_word(tally.present, 'en')} voting present")
    text = f"{tally.yes} to {tally.no}"
    return f"{text}, with {_join(aside, 'en')}" if aside else text


def _election(tally: Tally, language: Language) -> str:
    """Say an election by name: `220 votes for Scalise and 212 for Jeffries`."""
    ranked = sorted(tally.candidates, key=lambda pair: (-pair[1], pair[0]))
    one, more, link = ("voto", "votos", "para") if language == "es" else ("vote", "votes", "for")
    counts = [(count, name) for name, count in ranked[:_LISTED]]
    if rest := sum(count for _, count in ranked[_LISTED:]):
        counts.append((rest, "otros" if language == "es" else "others"))
    (first, leader), *others = counts
    parts = [f"{_many(first, one, more)} {link} {leader}", *(f"{count} {link} {name}" for count, name in others)]
    if tally.present:
        parts.append(f"{tally.present} «presente»" if language == "es" else f"{tally.present} voting present")
    return _join(parts, language)


@dataclass(frozen=True, slots=True)
class _Heard:
    """The statements that were counted: how many new votes on each side, how many went from one side to another."""

    added: Counter[Position]
    changed: Counter[tuple[Position, Position]]

    def after(self, board: Tally) -> tuple[int, int, int] | None:
        """Return yes, no and abstentions once they are counted; None if they do not fit the board."""
        counts = {side: board.of(side) + self.added[side] for side in _SIDES}
        for (was, now), n in self.changed.items():
            counts[was] -= n
            counts[now] += n
        yes, no, abstain = counts.values()
        return None if min(yes, no, abstain) < 0 else (yes, no, abstain)


def _heard(spoken: Iterable[Spoken]) -> _Heard | None:
    """Sort the statements that count; None if they cannot be put into these words."""
    heard = _Heard(Counter(), Counter())
    stands: dict[str, Position] = {}
    for said in spoken:
        who = said.member or said.name
        if not said.counts or stands.get(who) is said.now:
            continue
        was = said.was if said.was is not None else said.declared
        if who in stands or said.now not in _SIDES:
            return None
        if said.declared is None and (was in _SIDES or was is Position.OTHER):
            continue  # already on the board: an error of the paper, not counted
        stands[who] = said.now
        if was in _SIDES:
            heard.changed[was, said.now] += 1
        else:
            heard.added[said.now] += 1
    return heard


def _voices(final: Tally, board: Tally | None, spoken: tuple[Spoken, ...], language: Language, abstention: bool) -> str:
    """Say what separates the final tally from the board: `, including one yes vote recorded by voice after …`."""
    if board is None or board.same_cast(final) or board.candidates or final.candidates:
        return ""
    shown = board.text(abstention=abstention)
    heard = _heard(spoken)
    if (
        heard is None
        or not (heard.added or heard.changed)
        or heard.after(board) != (final.yes, final.no, final.abstain)
    ):
        return f" (el tablero marcó {shown})" if language == "es" else f" (the board showed {shown})"
    if not abstention and board.margin == 0 and heard.added.total() == 1 and not heard.changed:
        # In a chamber without abstentions one vote added to a tie is the presiding officer's: the Vice President of the
        # United States has no ballot in the Senate, only this one.
        if language == "es":
            return f", con el voto dirimente de quien presidía (antes de ese voto, {shown})"
        return f", with the tie-breaking vote of the presiding officer ({shown} before it)"
    return _including_es(heard, shown, abstention) if language == "es" else _including_en(heard, shown, abstention)


def _including_en(heard: _Heard, shown: str, electronic: bool) -> str:
    names = {Position.YES: "yes", Position.NO: "no", Position.ABSTAIN: "abstention"}
    added = []
    for side in _SIDES:
        if n := heard.added[side]:
            thing = "abstention" if side is Position.ABSTAIN else f"{names[side]} vote"
            added.append(f"{_word(n, 'en')} {thing}{'' if n == 1 else 's'}")
    parts = [f"{_join(added, 'en')} recorded by voice"] if added else []
    parts += [
        f"{_word(n, 'en')} {'vote' if n == 1 else 'votes'} changed from {names[was]} to {names[now]}"
        for (was, now), n in sorted(heard.changed.items())
    ]
    return f", including {_join(parts, 'en')} after the {'electronic ' if electronic else ''}count ({shown})"


def _including_es(heard: _Heard, shown: str, electronic: bool) -> str:
    """Say it in the Congress of Peru's own words: *cambio de voto de abstención por voto a favor*."""
    from_side = {Position.YES: "a favor", Position.NO: "en contra", Position.ABSTAIN: "abstención"}
    to_side = {Position.YES: "voto a favor", Position.NO: "voto en contra", Position.ABSTAIN: "abstención"}
    added = []
    for side in _SIDES:
        if n := heard.added[side]:
            if side is Position.ABSTAIN:
                added.append("una abstención" if n == 1 else f"{_word(n, 'es')} abstenciones")
            else:
                added.append(f"{_word(n, 'es')} {'voto' if n == 1 else 'votos'} {from_side[side]}")
    gender = "a" if heard.added.total() == heard.added[Position.ABSTAIN] else "o"
    number = "" if heard.added.total() == 1 else "s"
    parts = [f"{_join(added, 'es')} registrad{gender}{number} de viva voz"] if added else []
    parts += [
        f"{_word(n, 'es')} {'cambio' if n == 1 else 'cambios'} de voto de {from_side[was]} por {to_side[now]}"
        for (was, now), n in sorted(heard.changed.items())
    ]
    if heard.changed:
        gender, number = "o", "" if heard.added.total() + heard.changed.total() == 1 else "s"
    count = "conteo electrónico" if electronic else "conteo"
    return f", incluid{gender}{number} {_join(parts, 'es')} tras el {count} ({shown})"


def _word(count: int, language: Language) -> str:
    """Spell a count under ten."""
    return _SMALL[language][count] if count < 10 else str(count)


def _many(count: int, one: str, more: str) -> str:
    return f"{count} {one if count == 1 else more}"


def _join(parts: list[str], language: Language) -> str:
    """Join with commas and a last *and*."""
    *most, last = parts
    return f"{', '.join(most)} {'y' if language == 'es' else 'and'} {last}" if most else last


def day(value: date, language: Language) -> str:
    """Write a date out: `18 May 2023`, `18 de mayo de 2023`."""
    month = _MONTHS[language][value.month - 1]
    return f"{value.day} de {month} de {value.year}" if language == "es" else f"{value.day} {month} {value.year}"


def citation(
    chamber: str,
    sitting: date,
    taken_at: datetime | None,
    url: str,
    page: int | None,
    *,
    retrieved: datetime,
    sha256: str,
    language: Language,
    transcribed_by: str | None = None,
    permalink: str | None = None,
) -> str:
    """Cite the official page: chamber, sitting, clock time, address and page, when it was retrieved, its bytes.

    `retrieved` is UTC; `transcribed_by` says who wrote the page down where it is a transcription; `permalink` is the
    address of the record here, with its version where there are several.
    """
    words = {
        "en": ("sitting of", "vote at", "page", "retrieved", "SHA-256", "as transcribed by"),
        "es": ("sesión del", "votación de las", "página", "consultado el", "SHA-256", "según la transcripción de"),
    }[language]
    parts = [f"{chamber}, {words[0]} {day(sitting, language)}"]
    if taken_at is not None:
        after_midnight = "" if taken_at.date() == sitting else f", {day(taken_at.date(), language)}"
        parts.append(f"{words[1]} {taken_at:%H:%M}{after_midnight}")
    if transcribed_by:
        parts.append(f"{words[5]} {transcribed_by}")
    parts.append(url + (f", {words[2]} {page}" if page else ""))
    parts.append(f"{words[3]} {day(retrieved.date(), language)}")
    parts.append(f"{words[4]} {sha256[:12]}")
    if permalink:
        parts.append(permalink)
    return "; ".join(parts) + "."
