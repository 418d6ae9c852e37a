"""What kind of motion does a heading name, and what is its matter without the words 'digital register of the vote'?"""

from __future__ import annotations

import re

from tracker.domain.people import fold

_REGISTER = re.compile(
    r"(?:R\w{5,9}\s+(?:DE\s+(?:LA\s+)?)?(?:VOTACI[ÓO]N\s+)?DIGITAL(?:\s+DE\s+(?:LA\s+)?VOTACI[ÓO]N(?!\s+(?:NOMINAL|RECA)))?"
    r"|R\w{5,9}\s+DE\s+(?:LA\s+)?VOTACI[ÓO]N|VOTACI[ÓO]N\s+(?:DIGITAL|NOMINAL)(?:\s+DE\s+VOTACI[ÓO]N)?|VOTACI[ÓO]N)"
    r"(?:\s+(?:DEL?|A|AL|PARA|SOBRE)\b(?:\s+(?:LAS?|LOS))?)?\s*",
    re.IGNORECASE,
)

_PROJECT = r"pro[yvect]{3,5}os?"
"""`proyecto` and what character recognition makes of it."""
_RESOLUTION = rf"(?:los? |el |la )?(?:{_PROJECT} (?:de )?|proposicion(?:es)? de )reso[a-z]{{4,8}}"
_MOTION = (
    r"(?:la |las )?mocion(?:es)?(?: del? orden del dia)? (?:[0-9]{1,5} y |[0-9]{1,5} ){0,4}"
    r"(?:que |mediante la cual )?(?:propone |proponen |plantea |plantean )?(?:que )?(?:el congreso de la republica )?"
    r"(?:se )?(?:declar[ae]r? )?(?:de |la |el )?"
)
KINDS: tuple[tuple[str, str], ...] = (
    ("reconsideración", r"(?:votacion (?:de |a )?)?(?:la )?reconsideracion"),
    ("cuestión previa", r"(?:la )?cuestion previa"),
    ("cuestión de orden", r"(?:la )?cuestion de orden"),
    ("cuestión de confianza", r"(?:la |el )?(?:cuestion|voto) de confianza"),
    (
        "exoneración de segunda votación",
        r"(?:la )?exon[a-z]{0,9} (?:de )?(?:las? )?(?:seg[a-z]{3,4}|2d?a?) vot"
        r"|(?:la )?dispensa de (?:la )?segunda votacion",
    ),
    ("exoneración de trámite", r"(?:la )?exoneracion|(?:la )?dispensa"),
    ("segunda votación", r"(?:la )?(?:segunda|2d?a) votacion"),
    ("primera votación", r"(?:la )?(?:primera|1r?a) votacion"),
    ("aclaración", r"(?:votacion )?recaida en la aclaracion|(?:la )?aclaracion"),
    ("ratificación de acuerdo", r"(?:la )?ratificacion"),
    ("insistencia", r"(?:la )?insistencia"),
    ("allanamiento", r"(?:el )?allanamiento"),
    ("admisión de moción", r"(?:la )?admi+sion"),
    ("moción de censura", rf"{_MOTION}censur|(?:la )?censura"),
    (
        "vacancia",
        rf"{_MOTION}(?:permanente incapacidad|vacancia)|(?:la )?vacancia"
        rf"|(?:{_RESOLUTION}|(?:la )?resolucion) (?:legislativa )?(?:del congreso )?(?:[0-9]{{1,4}} ){{0,3}}(?:cr )?"
        r"que (?:propone )?declarar? (?:la )?(?:permanente incapacidad|vacancia)",
    ),
    ("interpelación", rf"{_MOTION}interpela|(?:la )?interpelacion|.{{0,140}}pliegos? interpelatori"),
    ("interpelación", r"(?:la )?propuesta para que la interpelacion"),
    (
        "acusación constitucional",
        r"(?:la )?acusacion|(?:el )?(?:articulo \d+ del )?"
        rf"{_RESOLUTION}.{{0,110}}(?:inhabilit|formacion de causa|suspende (?:al|a la) congresista)",
    ),
    (
        "elección",
        r"(?:la )?eleccion|(?:la )?(?:propuesta (?:del |de la ))?candidat"
        r"|(?:la )?conformacion de la nueva comision especial encargada de seleccionar",
    ),
    (
        "cuadro o nómina de comisiones",
        r"(?:el |la )?(?:aprobacion del )?(?:cuadro|nomina|conformacion|numero de integrantes|acreditacion de"
        r"|modificacion(?:es)? (?:al|del) cuadro|propuesta de (?:la )?cuadro|(?:cambio|modificacion) en la nomina)",
    ),
    ("levantamiento de inmunidad", r"(?:el )?levantamiento de (?:la )?inmunidad"),
    ("levantamiento de reserva o secreto", r"(?:el )?levantamiento de(?:l| la)? (?:reserva|secreto)"),
    ("informe", r"(?:el |las? )?(?:informe|recomendacion|conclusion)"),
    ("opinión consultiva", r"(?:la )?opinion consultiva"),
    ("nuevo texto", r"(?:el )?nuevo texto (?:su[a-z]{4,9}rio )?de la autografa"),
    ("texto sustitutorio", r"(?:el )?(?:nuevo )?(?:texto |t )(?:su[a-z]{4,9}rio|s )"),
    ("texto", r"(?:el )?(?:nuevo )?texto"),
    ("dictamen", r"(?:el )?dictamen"),
    (
        "parte de un texto",
        r"(?:los? |las? |el )?(?:articulos? \d|[a-z]{4,14} disposicion(?:es)? ).{0,60}texto"
        r"|(?:votacion )?en (?:primer termino|el extremo)",
    ),
    ("proyecto de resolución legislativa", rf"(?:articulo \d+ del? )?{_RESOLUTION}"),
    (
        "proyecto de ley",
        rf"(?:los? |el )?(?:{_PROJECT} (?:de )?(?:ley|ely|reforma|\d)|proposicion(?:es)? de ley|pls? \d)",
    ),
    ("moción", r"(?:la |las )?mocion"),
    ("acuerdo", r"(?:el )?acuerdo del? (?:senado|congreso|pleno|la camara)"),
    ("pedido o propuesta", r"(?:el |la )?(?:pedido|propuesta|solicitud|autoriza|ampliacion|prorroga)"),
)  # fmt: skip
"""Outermost words first: a reconsideration of a preliminary question is a reconsideration. Written with blanks to be
read, compared without: character recognition loses blanks and adds some (`DELTEXTO`, `PROYECT O`)."""
_KINDS = tuple((kind, re.compile(pattern.replace(" ", ""))) for kind, pattern in KINDS)

REFORM = "reforma constitucional"
_REFORM = re.compile(
    rf"(?:propone[nr]?|relativ[oa]s?a|{_PROJECT}de|textosustitutoriode)(?:la|una)?(?:leyde)?reformaconstitucional"
)
"""What is voted is itself an amendment of the Constitution. A law on how such amendments are made names them too."""


def subject(heading: str) -> str:
    """Return the matter voted, in the official words: the heading without `REGISTRO DIGITAL DE VOTACIÓN DE(L)`.

    `… DE LA SEGUNDA VOTACIÓN DEL TEXTO …` keeps which vote it was. A heading that says nothing else is kept whole.
    """
    match = _REGISTER.match(heading)
    rest = heading[match.end() :].strip(" .:") if match else heading
    return rest or heading


def kind(matter: str) -> str | None:
    """Return the kind of motion by its outermost words; None if none of the known ones begins it.

    Where the matter says that it is an amendment of the Constitution, that is added: `segunda votación, reforma
    constitucional`. Without these words it may be one all the same: they say what the paper says, no more.
    """
    plain = fold(matter).replace(" ", "")
    found = next((name for name, pattern in _KINDS if pattern.match(plain)), None)
    return ", ".join(filter(None, (found, REFORM if _REFORM.search(plain) else None))) or None


def outermost(kind: str | None) -> str | None:
    """Return a kind without what is added to it: `segunda votación`."""
    return (kind or "").removesuffix(REFORM).removesuffix(", ") or None
