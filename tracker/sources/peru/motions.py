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

KINDS: tuple[tuple[str, str], ...] = (
    ("reconsideración", r"(?:votacion (?:de|a) )?(?:la )?reconsideracion"),
    ("cuestión previa", r"(?:la )?cuestion previa"),
    ("cuestión de orden", r"(?:la )?cuestion de orden"),
    ("cuestión de confianza", r"(?:la |el )?(?:cuestion|voto) de confianza"),
    ("exoneración de segunda votación", r"(?:la )?exoneracion|(?:la )?dispensa de (?:la )?segunda votacion"),
    ("segunda votación", r"(?:la )?segunda votacion"),
    ("primera votación", r"(?:la )?primera votacion"),
    ("aclaración", r"(?:votacion )?recaida en la aclaracion|(?:la )?aclaracion"),
    ("ratificación de acuerdo", r"(?:la )?ratificacion"),
    ("insistencia", r"(?:la )?insistencia"),
    ("allanamiento", r"(?:el )?allanamiento"),
    ("admisión de moción", r"(?:la )?admision"),
    ("moción de censura", r"(?:la )?mocion de censura|(?:la )?censura"),
    ("vacancia", r".{0,160}\bvacancia\b"),
    ("interpelación", r"(?:la )?(?:mocion )?.{0,30}\binterpela|.{0,160}\bpliegos? interpelatori"),
    (
        "acusación constitucional",
        r"(?:la )?acusacion|.{0,80}\binhabilita|.{0,120}\bformacion de causa"
        r"|.{0,120}\bsuspende (?:al|a la) congresista",
    ),
    (
        "elección",
        r"(?:la )?eleccion|.{0,40}\bcandidat"
        r"|(?:la )?conformacion de la nueva comision especial encargada de seleccionar",
    ),
    (
        "cuadro o nómina de comisiones",
        r"(?:el |la )?(?:cuadro|nomina|conformacion|modificacion(?:es)? (?:al|del) cuadro|propuesta de (?:la )?cuadro"
        r"|cambio en la nomina|numero de integrantes|acreditacion de)",
    ),
    ("levantamiento de inmunidad", r"(?:el )?levantamiento"),
    ("informe", r"(?:el |las )?(?:informe|recomendacion|conclusion)"),
    ("nuevo texto", r"(?:el )?nuevo texto"),
    ("texto sustitutorio", r"(?:el )?texto sustitutorio"),
    ("proyecto de resolución legislativa", r"(?:los? |el |articulo \d+ del? )?proyectos? de resolucion"),
    ("proyecto de ley", r"(?:los? |el )?proyectos? (?:de ley|\d)"),
    ("moción", r"(?:la |las )?mocion"),
    ("pedido o propuesta", r"(?:el |la )?(?:pedido|propuesta|solicitud|autorizacion|ampliacion|prorroga)"),
)  # fmt: skip
_KINDS = tuple((kind, re.compile(pattern)) for kind, pattern in KINDS)


def subject(heading: str) -> str:
    """Return the matter voted, in the official words: the heading without `REGISTRO DIGITAL DE VOTACIÓN DE(L)`.

    `… DE LA SEGUNDA VOTACIÓN DEL TEXTO …` keeps which vote it was. A heading that says nothing else is kept whole.
    """
    match = _REGISTER.match(heading)
    rest = heading[match.end() :].strip(" .:") if match else heading
    return rest or heading


def kind(matter: str) -> str | None:
    """Return the kind of motion by its outermost words; None if none of the known ones begins it."""
    plain = fold(matter)
    return next((name for name, pattern in _KINDS if pattern.match(plain)), None)
