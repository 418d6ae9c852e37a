"""How are the files of one record of a repository put into one document, and taken out of it again?

The document is plain text to look at, much as `head` prints several files: a line that says what it is, one with the
folder, then each file under a line with its name and length. Nothing but the folder and the files goes in, in the order
of their names, so that the same files always make the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from tracker.sources.contract import Unreadable

HEAD = b"# The files of one record, as they lie in a repository. Form 1.\n"
MOST_FILES = 20

_FOLDER = re.compile(rb"# Folder: ([^\n]{1,500})\n")
_FILE = re.compile(rb"==> ((?:\.\./)?[A-Za-z0-9_]{1,60}\.[a-z]{1,8}), (\d{1,9}) bytes <==\n")


@dataclass(frozen=True, slots=True)
class Bundle:
    """A record's folder, by its path in the repository, and its files; those of the folder above begin with `../`."""

    folder: str
    files: Mapping[str, bytes]


def pack(folder: str, files: Mapping[str, bytes]) -> bytes:
    """Put files into one document. ValueError if a name, the path or their number does not fit its form."""
    parts = [HEAD, b"# Folder: %s\n" % folder.encode()]
    if not _FOLDER.fullmatch(parts[1]) or len(files) > MOST_FILES:
        raise ValueError(f"{folder!r} with {len(files)} files does not fit into one document")
    for name in sorted(files):
        line = b"==> %s, %d bytes <==\n" % (name.encode(), len(files[name]))
        if not _FILE.fullmatch(line):
            raise ValueError(f"{name!r} is no name that a document of several files can hold")
        parts += [line, files[name], b"\n"]
    return b"".join(parts)


def unpack(content: bytes, url: str) -> Bundle:
    """Take the files out. Unreadable: `not_a_bundle`, `broken_bundle` where it is not as `pack` leaves it."""
    if not content.startswith(HEAD):
        raise Unreadable("not_a_bundle", f"{url}: it does not begin as a document of several files does; look at it")
    match = _FOLDER.match(content, len(HEAD))
    if match is None:
        raise Unreadable("broken_bundle", f"{url}: its second line does not name a folder")
    folder, at = match[1], match.end()
    files: dict[str, bytes] = {}
    while at < len(content):
        match = _FILE.match(content, at)
        if match is None:
            raise Unreadable("broken_bundle", f"{url}: at byte {at} no file begins")
        end = match.end() + int(match[2])
        name = match[1].decode()
        if content[end : end + 1] != b"\n" or name in files or len(files) == MOST_FILES:
            raise Unreadable("broken_bundle", f"{url}: {name} is cut short, comes twice, or is one file too many")
        files[name] = content[match.end() : end]
        at = end + 1
    try:
        found = Bundle(folder.decode(), files)
    except UnicodeDecodeError as error:
        raise Unreadable("broken_bundle", f"{url}: the path of its folder is not UTF-8") from error
    if pack(found.folder, files) != content:
        raise Unreadable("broken_bundle", f"{url}: its files are not in the order of their names")
    return found
