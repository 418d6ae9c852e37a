"""How does Peru's Congress lay out the minutes of a sitting? Drawn from facts as a PDF, the same bytes each time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from fpdf import FPDF
from fpdf.enums import Align

from tracker.demo.facts import Minutes, PlenaryVote, Said

DRAWN = (
    "Documento de demostración: dibujado por Escrutinio a partir de hechos publicados, con la disposición del acta "
    "oficial; no es una copia de ella."
)
_PAGE = (612, 936)
"""The sheet of the official minutes, in points: 21.6 by 33 cm."""
_MARGIN = 85
_TEXT = 12
_LEADING = 15
_INDENT = " " * 10
_FOOT = ("DEPARTAMENTO DE RELATORÍA, AGENDA Y ACTAS", "ÁREA DE REDACCIÓN DE ACTAS")
_LISTS = (
    ("yes", "CONGRESISTAS QUE VOTARON A FAVOR:", "CONGRESISTA QUE VOTÓ A FAVOR:"),
    ("no", "CONGRESISTAS QUE VOTARON EN CONTRA:", "CONGRESISTA QUE VOTÓ EN CONTRA:"),
    ("abstain", "CONGRESISTAS QUE SE ABSTUVIERON:", "CONGRESISTA QUE SE ABSTUVO:"),
)
_LEAVE = (("E", "CON LICENCIA POR ENFERMEDAD"), ("O", "CON LICENCIA OFICIAL"), ("L", "CON LICENCIA PERSONAL"))


@dataclass(frozen=True, slots=True)
class Shape:
    """What a drawing leaves out or does otherwise, for the demonstration's first version and for odd examples.

    `without_notes` holds the headings of votes whose note is left blank, `without_headings` of those whose heading is;
    `votes` draws only these (by place, from 0), `label` is printed at the end in place of the usual one.
    """

    without_notes: frozenset[str] = frozenset()
    without_headings: frozenset[str] = frozenset()
    votes: tuple[int, ...] | None = None
    label: str = DRAWN


@dataclass(slots=True)
class _Sheet:
    """A PDF in the making, and on which page each vote began."""

    pdf: FPDF
    pages: dict[str, int] = field(default_factory=dict)

    def centred(self, *lines: str, bold: bool = True) -> None:
        self.pdf.set_font("Times", "B" if bold else "", _TEXT)
        for line in lines:
            self.pdf.multi_cell(0, _LEADING, line, align=Align.C, new_x="LMARGIN", new_y="NEXT")

    def paragraph(self, text: str) -> None:
        self.pdf.set_font("Times", "", _TEXT)
        self.pdf.multi_cell(0, _LEADING, f"{_INDENT}{text}", align=Align.J, new_x="LMARGIN", new_y="NEXT")

    def option(self, text: str) -> None:
        self.pdf.set_font("Times", "B", _TEXT)
        self.pdf.multi_cell(0, _LEADING, f"{_INDENT}{text}", align=Align.L, new_x="LMARGIN", new_y="NEXT")

    def blank(self, text: str) -> None:
        """Leave as much room as a paragraph and its separator take, so that nothing after it moves."""
        self.pdf.set_font("Times", "", _TEXT)
        wide = self.pdf.epw - self.pdf.c_margin * 2
        lines = -(-self.pdf.get_string_width(f"{_INDENT}{text}") // wide)
        self.pdf.ln(_LEADING * (lines + 1))

    def separator(self, text: str = "-") -> None:
        self.centred(text, bold=False)


class _Pages(FPDF):
    """Pages with the foot of the minutes, which stands first in the text of each page, as in the official files."""

    def header(self) -> None:
        self.set_auto_page_break(False)
        self.set_font("Times", "", 8)
        for step, line in enumerate((*_FOOT, f"- {self.page_no()} -")):
            self.set_xy(_MARGIN, _PAGE[1] - 60 + 11 * step)
            self.cell(0, 11, line, align=Align.R if step < 2 else Align.C)
        self.set_xy(_MARGIN, _MARGIN)
        self.set_auto_page_break(True, _MARGIN)


def minutes(facts: Minutes, shape: Shape | None = None) -> bytes:
    """Draw the minutes of a sitting. It is drawn twice, the second time with the summary's page numbers."""
    shape = shape or Shape()
    votes = [facts.votes[i] for i in shape.votes] if shape.votes is not None else list(facts.votes)
    first = _draw(facts, votes, shape, {})
    return bytes(_draw(facts, votes, shape, first.pages).pdf.output())


def _draw(facts: Minutes, votes: Sequence[PlenaryVote], shape: Shape, pages: dict[str, int]) -> _Sheet:
    pdf = _Pages(unit="pt", format=_PAGE)
    pdf.set_margins(_MARGIN, _MARGIN)
    pdf.set_lang("es")
    pdf.set_title(f"Acta de la {facts.session}.a sesión del Pleno, {facts.date.isoformat()}")
    pdf.set_author("Escrutinio")
    pdf.set_subject(shape.label)
    pdf.set_producer("Escrutinio")
    pdf.set_creation_date(datetime(facts.date.year, facts.date.month, facts.date.day, tzinfo=UTC))
    sheet = _Sheet(pdf)
    pdf.add_page()
    _heading(sheet, facts)
    _summary(sheet, votes, pages)
    pdf.add_page()
    _heading(sheet, facts)
    _attendance(sheet, facts)
    for vote in votes:
        _vote(sheet, vote, shape)
    _end(sheet, facts, shape)
    return sheet


def _heading(sheet: _Sheet, facts: Minutes) -> None:
    sheet.centred("CONGRESO DE LA REPÚBLICA")
    sheet.separator("-=o=-")
    sheet.centred(f"{facts.legislature} DEL", f"PERIODO ANUAL DE SESIONES {facts.year}")
    sheet.separator("-=o=-")
    sheet.centred(f"ACTA DE LA {facts.session}.a SESIÓN DEL PLENO DEL CONGRESO,", f"CELEBRADA EL {facts.held}")
    sheet.separator("-=o=-")
    sheet.centred(f"Presidida por {facts.presided}.", bold=False)
    sheet.separator("-=o=-")


def _summary(sheet: _Sheet, votes: Iterable[PlenaryVote], pages: dict[str, int]) -> None:
    sheet.centred("S U M A R I O")
    sheet.paragraph("Se produjeron, entre otras, las votaciones siguientes:")
    for vote in votes:
        matter = vote.heading.removeprefix("REGISTRO DIGITAL DE ")
        sheet.paragraph(f"{matter} (pág. {pages.get(vote.heading, 0)}).")


def _attendance(sheet: _Sheet, facts: Minutes) -> None:
    opened = f"A las {facts.opened} h, en" if facts.opened else "En"
    here = facts.attendance["P"]
    sheet.paragraph(
        f"{opened} el hemiciclo de sesiones del Congreso, al iniciarse la verificación del quorum, se constató "
        f"mediante el sistema digital la presencia de los parlamentarios siguientes: {joined(here)}."
    )
    for letter, label in (*_LEAVE, ("A", "AUSENTES")):
        if names := facts.attendance.get(letter):
            sheet.paragraph(f"{label}, {_article(names, facts.women)} {joined(names)}.")
    if names := facts.attendance.get("S"):
        sheet.paragraph(
            f"{'SUSPENDIDOS' if len(names) > 1 else 'SUSPENDIDO'}, {_article(names, facts.women)} {joined(names)}."
        )
    sheet.separator("-=o=-")


def _article(names: Sequence[str], women: frozenset[str]) -> str:
    if len(names) > 1:
        return "los congresistas"
    return "la congresista" if names[0] in women else "el congresista"


def _vote(sheet: _Sheet, vote: PlenaryVote, shape: Shape) -> None:
    sheet.paragraph(announcement(vote))
    sheet.separator()
    sheet.pages[vote.heading] = sheet.pdf.page_no()
    if vote.heading not in shape.without_headings:
        sheet.centred(vote.heading)
    for key, several, one in _LISTS:
        names: tuple[str, ...] = getattr(vote, key)
        if names:
            sheet.option(several if len(names) > 1 else one)
            sheet.paragraph(f"{joined(names)}.")
    if vote.heading in shape.without_notes:
        sheet.blank(note(vote))
    elif vote.spoken:
        sheet.separator()
        sheet.paragraph(note(vote))
    sheet.separator("-=o=-")


def _end(sheet: _Sheet, facts: Minutes, shape: Shape) -> None:
    sheet.paragraph(
        "Fue aprobada la dispensa del trámite de sanción del acta para ejecutar lo acordado en la presente sesión."
    )
    sheet.separator("-=o=-")
    sheet.paragraph("Después de lo cual, el PRESIDENTE suspendió la sesión.")
    if facts.closed:
        sheet.paragraph(f"Eran las {facts.closed}.")
    sheet.separator("-=o=-")
    sheet.pdf.set_font("Times", "I", 8)
    sheet.pdf.multi_cell(0, 10, shape.label, align=Align.L, new_x="LMARGIN", new_y="NEXT")


# --- sentences --------------------------------------------------------------------------------------------------------


def announcement(vote: PlenaryVote) -> str:
    """Return the sentence that announces a vote, in its time's wording: the board, or `incluidos los votos orales`."""
    if vote.announced is None:
        return vote.announcement
    figure = figures(vote.announced)
    spoken = f"incluidos los votos orales, {figure}"
    tally = f"por, {spoken}" if vote.announced_is == "final" else f"por {figure}"
    return vote.announcement.format(tally=tally, figure=figure, spoken_figure=spoken)


def figures(three: tuple[int, int, int]) -> str:
    """Print `70 votos a favor, 33 votos en contra y 1 abstención`."""
    yes, no, abstain = three
    abstentions = f"{abstain} abstenci{'ón' if abstain == 1 else 'ones'}"
    return f"{yes} voto{_s(yes)} a favor, {no} voto{_s(no)} en contra y {abstentions}"


def note(vote: PlenaryVote) -> str:
    """Return the paragraph that puts votes on record outside the board."""
    parts = [f"del voto {_clause(said)}" if " por " not in said.way else _change(said) for said in vote.spoken]
    if vote.own:
        parts[:0] = [f"de su voto {vote.own}, así como"]
        head = f"{parts[0]} {parts[1]}"
        parts[:2] = [head]
    glue = "; " if len(parts) > 2 else ", y "
    body = ", y ".join(["; ".join(parts[:-1]), parts[-1]]) if len(parts) > 2 else glue.join(parts)
    return f"{vote.speaker} dejó constancia {body}."


def _clause(said: Said) -> str:
    return f"{said.way} {said.article} {joined(said.names)}"


def _change(said: Said) -> str:
    return f"del cambio de voto de {said.way} {said.article} {joined(said.names)}"


def joined(names: Sequence[str]) -> str:
    """Join names as the minutes do: commas, `y` before the last."""
    return f"{', '.join(names[:-1])} y {names[-1]}" if len(names) > 1 else names[0]


def _s(number: int) -> str:
    return "" if number == 1 else "s"
