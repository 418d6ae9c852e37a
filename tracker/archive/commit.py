"""At which commit of a public repository is a checkout, and which of its files are as git has them?

Only files are read, in git's own forms; no programme is run, because a checkout may come from anybody.
"""

from __future__ import annotations

import hashlib
import re
import struct
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tracker.archive.regular import Refused, read_regular

SMALL, LARGE = 1_000_000, 64_000_000
"""Bytes of a file of git's that is read: of those that are a few lines, and of its lists."""

_SHA = re.compile(r"[0-9a-f]{40}")
_REF = re.compile(r"refs/heads/[A-Za-z0-9._/-]{1,200}")
_URL = re.compile(r"^\s*url\s*=\s*(\S+)\s*$", re.MULTILINE)
_REMOTE = re.compile(r"(?:https?://(?:[^@/]+@)?|ssh://git@|git@)([^/:]+)[/:](.+?)(?:\.git)?/?")
_FIXED = 62
"""Bytes of an entry of the index before its name: times and numbers, the file's digest, flags."""


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit of a repository: its digest, and the digest of each file that git holds for it, by path."""

    sha: str
    files: Mapping[str, bytes] = field(repr=False)

    def holds(self, path: str, content: bytes) -> bool:
        """Whether git has these very bytes at that path."""
        known = self.files.get(path)
        return known is not None and known == blob(content)


class Unknown(Exception):
    """Which commit a checkout is at cannot be told; the message says why."""


def blob(content: bytes) -> bytes:
    """Return the digest by which git names a file's content."""
    return hashlib.sha1(b"blob %d\0%s" % (len(content), content), usedforsecurity=False).digest()


def of(root: Path, repository: str) -> Commit:
    """Return the commit that a checkout of a repository is at.

    Unknown without a `.git` folder, if it is not a clone of that repository, or in a form that is not read here.
    """
    git = root / ".git"
    if git.is_symlink() or not git.is_dir():
        raise Unknown("there is no .git folder in the checkout")
    try:
        remotes = {_plain(url) for url in _URL.findall(_text(git / "config"))}
        if _plain(repository) not in remotes:
            raise Unknown(f"its .git does not say that it is a clone of {repository}")
        sha = _head(git)
        files = _index(read_regular(git / "index", LARGE))
    except FileNotFoundError as error:
        raise Unknown(f"its .git has no {Path(error.filename).name}") from error
    except Refused as error:
        raise Unknown(str(error)) from error
    return Commit(sha, files)


def _plain(url: str) -> str:
    match = _REMOTE.fullmatch(url)
    return f"{match[1]}/{match[2]}".casefold() if match else url


def _text(path: Path, most: int = SMALL) -> str:
    return read_regular(path, most).decode("utf-8", "replace")


def _head(git: Path) -> str:
    head = _text(git / "HEAD").strip()
    name = head.removeprefix("ref: ")
    if name != head:
        if not _REF.fullmatch(name) or ".." in name:
            raise Unknown(f"its HEAD is {head[:80]!r}")
        try:
            head = _text(git / name).strip()
        except FileNotFoundError:
            packed = re.search(
                rf"^({_SHA.pattern}) {re.escape(name)}$", _text(git / "packed-refs", LARGE), re.MULTILINE
            )
            head = packed[1] if packed else ""
    if not _SHA.fullmatch(head):
        raise Unknown("its HEAD leads to no commit")
    return head


def _index(content: bytes) -> dict[str, bytes]:
    """Read git's index, of any of its versions: the digest of each file by path. Unknown if it is in parts or odd."""
    try:
        signature, version, count = struct.unpack_from(">4sII", content)
        if signature != b"DIRC" or version not in (2, 3, 4):
            raise Unknown(f"its index is of version {version}")
        files: dict[str, bytes] = {}
        at, name = 12, b""
        for _ in range(count):
            digest = content[at + 40 : at + 60]
            (flags,) = struct.unpack_from(">H", content, at + 60)
            start = at + _FIXED + (2 if flags & 0x4000 else 0)
            if version == 4:
                drop, start = _number(content, start)
                name = name[: len(name) - drop] if drop else name
                end = content.index(b"\0", start)
                name += content[start:end]
                at = end + 1
            else:
                end = content.index(b"\0", start)
                name = content[start:end]
                at += (end - at + 8) & ~7
            if not flags & 0x3000:
                files[name.decode("utf-8", "surrogateescape")] = digest
    except (struct.error, ValueError, IndexError) as error:
        raise Unknown(f"its index cannot be read: {error}") from error
    if content[at : at + 4] == b"link":
        raise Unknown("its index is kept in two parts")
    return files


def _number(content: bytes, at: int) -> tuple[int, int]:
    """Read a number of the fourth version: seven bits a byte, each further byte one more."""
    value = content[at] & 0x7F
    while content[at] & 0x80:
        at += 1
        value = ((value + 1) << 7) | (content[at] & 0x7F)
    return value, at + 1
