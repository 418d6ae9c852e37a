"""Which names do the files of an archive have?"""

from __future__ import annotations

from tracker.archive import journal, words

OBJECTS = "objects"
JOURNAL = "journal"
WORDS = "words"
PARTS = (OBJECTS, WORDS, JOURNAL)
"""The journal last: it speaks of what lies in the others."""
READING = "reading"
"""Words of stretches of pages while the whole is being read: no record, and no part of the archive for good."""


def object_name(sha256: str) -> str:
    """Return the name of the file of a digest. ValueError if it is none."""
    if not journal.is_digest(sha256):
        raise ValueError(f"{sha256!r} is not a SHA-256 in small hexadecimal digits")
    return f"{OBJECTS}/{sha256[:1]}/{sha256}"


def is_object(name: str) -> bool:
    """Whether an object would have this name."""
    sha256 = name.rpartition("/")[2]
    return journal.is_digest(sha256) and name == object_name(sha256)


def is_entry(name: str) -> bool:
    """Whether sightings would have this name."""
    _, _, within = name.partition("/")
    month, _, entry = within.partition("/")
    return journal.is_entry(entry, month)


def is_words(name: str) -> bool:
    """Whether words would have this name."""
    file = name.rpartition("/")[2]
    return words.is_name(file) and name == f"{WORDS}/{file[:1]}/{file}"


def words_name(sha256: str, key: str, part: str = "") -> str:
    """Return the name of the words of a document, or of a part of its pages, as one way of reading found them."""
    if part:
        return f"{READING}/{sha256[:1]}/{words.name(sha256, f'{key}.{part}')}"
    return f"{WORDS}/{sha256[:1]}/{words.name(sha256, key)}"
