"""What of an answer about bills may be kept: all but the identity numbers of persons and the time of answering.

The list prints no identity numbers; the same service's answers about single bills do (`dni`). Should one turn up, it is
struck out before anything is archived; the rest stays as it was sent. The time at which the site answered is struck out
too: it is another each time and says nothing of a bill. Without it an answer that says the same has the same bytes, so
that a copy is archived when something has moved and not every night.
"""

from __future__ import annotations

import json
import re

from tracker.sources.contract import Unreadable

_TOKEN = re.compile(rb'("(?:[^"\\]|\\.)*")(\s*:)?|-?\d[\d.eE+-]*|true|false', re.DOTALL)
"""A text, with its colon if it names a field, or another value. What is none of these stays as it is."""
_NAME = re.compile(
    r"(?:^|[^A-Za-z])dni(?![a-z])|Dni(?![a-z])|DNI|[Dd]oc(?:umento)?_?(?:de_?)?[Ii]den|(?:[Nn]um(?:ero)?|[Nn]ro)_?[Dd]oc"
    r"|[Pp]asaporte"
)
"""Fields of that name; not `codNivel`."""
_EIGHT = re.compile(r"\d{8}", re.ASCII)
"""Peru's identity number (DNI) has eight digits, which no field of a bill has."""
_SAID = re.compile(r"(\bd\.?n\.?i\b[^0-9]{0,20})\d{8}(?!\d)", re.IGNORECASE | re.ASCII)


def struck(content: bytes) -> bytes:
    """Return an answer without identity numbers and without the time it was given.

    A field of its own becomes null, a number in a text eight asterisks. Unreadable (`personal_number`) if one is left
    that could not be struck out: then nothing may be kept.
    """
    field = ""

    def one(match: re.Match[bytes]) -> bytes:
        nonlocal field
        whole, text, colon = match[0], match[1], match[2]
        said = _decoded(text) if text else whole.decode()
        if colon:
            field = said
            return whole
        if _NAME.search(field) or _EIGHT.fullmatch(said):
            return b"null"
        kept = re.sub(r"\d", "*", said) if text and field == "timestamp" else _SAID.sub(rf"\1{'*' * 8}", said)
        return whole if kept == said else json.dumps(kept, ensure_ascii=whole.isascii()).encode()

    kept = _TOKEN.sub(one, content)
    try:
        answer = json.loads(kept)
    except (ValueError, RecursionError):
        return kept
    if _left(answer):
        raise Unreadable(
            "personal_number",
            "the answer holds what looks like the identity number of a person, written so that it cannot be struck "
            "out; nothing of it is kept. Look at the answer by hand, then at tracker/sources/peru/personal.py",
        )
    return kept


def _decoded(text: bytes) -> str:
    """Return what a JSON text says; one that is none is taken as it stands."""
    if b"\\" not in text:
        return text[1:-1].decode(errors="replace")
    try:
        return str(json.loads(text, strict=False))
    except ValueError:
        return text[1:-1].decode(errors="replace")


def _left(answer: object) -> bool:
    """Whether anything of that kind is left, however it was written."""
    waiting = [(answer, False)]
    while waiting:
        value, named = waiting.pop()
        if isinstance(value, dict):
            waiting += [(inner, named or _NAME.search(name) is not None) for name, inner in value.items()]
        elif isinstance(value, list):
            waiting += [(inner, named) for inner in value]
        elif value is not None and (named or _EIGHT.fullmatch(str(value))):
            return True
    return False
