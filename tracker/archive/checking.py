"""Does each file of an archive hold what its name says?"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from tracker.archive import journal, words
from tracker.archive.files import Place, is_passing
from tracker.archive.journal import Sighting
from tracker.archive.layout import JOURNAL, OBJECTS, PARTS, WORDS, is_entry, is_object, is_words, object_name


class State(StrEnum):
    """What a check of one file of the archive found."""

    OK = "ok"
    """It holds what its name says."""
    DAMAGED = "damaged"
    """It is named as an object or a sighting and holds something else."""
    MISNAMED = "misnamed"
    """The archive gives no file such a name, or not in this folder."""
    TEMPORARY = "temporary"
    """Being written at this moment, or left by a process that was killed: no record, safe to clean once old."""


@dataclass(frozen=True, slots=True)
class Checked:
    """One file of the archive by its name in there, how it stands, and in words what is wrong with it."""

    name: str
    state: State
    problem: str = ""


_STRANGE = {
    OBJECTS: (is_object, "not the name of a digest, or in another digest's folder"),
    WORDS: (is_words, "not a name of words, or in another digest's folder"),
    JOURNAL: (is_entry, "not a name of the journal, or in another month's folder"),
}
_BYTES = "its bytes have another SHA-256 than its name"


def named(name: str) -> Checked:
    """Look at a name alone."""
    if is_passing(name):
        return Checked(name, State.TEMPORARY, "being written, or left by a process that was killed")
    fits, problem = _STRANGE[name.partition("/")[0]]
    return Checked(name, State.OK) if fits(name) else Checked(name, State.MISNAMED, problem)


def decoded(name: str, content: bytes) -> list[Sighting]:
    """Read a file of the journal. ValueError says what is wrong with it."""
    if not journal.is_whole(name.rpartition("/")[2], content):
        raise ValueError("its text is not what its name says was written")
    return journal.decode(content)


def held(name: str, content: bytes) -> Checked:
    """Look at a name, and whether this is what it says."""
    found = named(name)
    if found.state is not State.OK:
        return found
    part = name.partition("/")[0]
    try:
        if part == JOURNAL:
            decoded(name, content)
        elif part == WORDS:
            words.decode(content)
        elif hashlib.sha256(content).hexdigest() != name[-64:]:
            return Checked(name, State.DAMAGED, _BYTES)
    except ValueError as error:
        advice = "; remove the file, the next reading makes it anew" if part == WORDS else ""
        return Checked(name, State.DAMAGED, f"{error}{advice}")
    return found


def all_of(place: Place) -> Iterator[Checked]:
    """Check every file of an archive."""
    checks: dict[str, Callable[[str], Checked]] = {
        OBJECTS: lambda name: _object(place, name),
        WORDS: lambda name: _file(place, name),
        JOURNAL: lambda name: _entry(place, name),
    }
    for part in PARTS:
        yield from place.each(checks[part], place.walk(part))


def _object(place: Place, name: str) -> Checked:
    found = named(name)
    if found.state is not State.OK:
        return found
    digest = place.digest(name)
    if digest is None:
        return Checked(name, State.MISNAMED, "not a file")
    return found if digest == name[-64:] else Checked(name, State.DAMAGED, _BYTES)


def _file(place: Place, name: str) -> Checked:
    found = named(name)
    return held(name, place.fresh(name)) if found.state is State.OK else found


def _entry(place: Place, name: str) -> Checked:
    found = named(name)
    if found.state is not State.OK:
        return found
    try:
        sightings = decoded(name, place.fresh(name))
    except ValueError as error:
        return Checked(name, State.DAMAGED, str(error))
    for sha256 in dict.fromkeys(sighting.sha256 for sighting in sightings):
        if place.size(object_name(sha256)) is None:
            return Checked(name, State.DAMAGED, f"the archive holds no document {sha256} that it speaks of")
    return found
