"""Which folders and files does a checkout of a public repository hold, and at which address does each lie there?"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, unquote

from tracker.archive import commit
from tracker.archive.commit import Commit, Unknown
from tracker.archive.regular import Refused, linked, read_regular

MOST_BYTES = 1_000_000
"""Of one file: the largest of a roll has 6,000."""
MOST_FOLDERS = 100_000


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder of a checkout, by its path from the root with `/` between; `refused` says why it is not entered."""

    path: str
    refused: Refused | None = None


class Checkout:
    """A folder on this machine that somebody cloned, or unpacked, from a repository. Only ever read, no link followed.

    `why` says why no commit is known; empty if one is.
    """

    def __init__(self, root: Path, repository: str) -> None:
        self.root = root
        self.repository = repository
        self.commit: Commit | None = None
        self.why = ""
        try:
            self.commit = commit.of(root, repository)
        except Unknown as error:
            self.why = str(error)

    def folders(self, top: str, depth: int) -> Iterator[Folder]:
        """Yield the folders so many levels below one, in order of their paths; a link on the way is refused there.

        FileNotFoundError or NotADirectoryError if `top` is no folder; Refused if it has too many.
        """
        level = [Folder(top)]
        for _ in range(depth):
            below: list[Folder] = []
            for folder in level:
                below += [folder] if folder.refused else self._within(folder.path)
                if len(below) > MOST_FOLDERS:
                    raise Refused("too_large", f"{self.root}: more than {MOST_FOLDERS:,} folders; look at what it is")
            level = below
        yield from sorted(level, key=lambda folder: folder.path)

    def has(self, path: str) -> bool:
        """Whether a folder is there."""
        place = self.root / path
        return place.is_dir() and not place.is_symlink()

    def files(self, folder: str, names: Collection[str]) -> dict[str, bytes]:
        """Return those of the named files that a folder has. Refused if one is a link, no plain file, or too large."""
        found: dict[str, bytes] = {}
        for name in sorted(names):
            try:
                found[name] = read_regular(self.root / folder / name, MOST_BYTES)
            except FileNotFoundError:
                continue
        return found

    def address(self, folder: str, files: Mapping[str, bytes]) -> str:
        """Return where a folder lies in the repository, at the commit if git has just these files there.

        Otherwise the address leads to the repository and only names the folder: nothing is guessed. `files` are by
        path from the root.
        """
        if self.commit is not None and all(self.commit.holds(path, content) for path, content in files.items()):
            return f"{self.repository}/tree/{self.commit.sha}/{quote(folder, errors='surrogateescape')}"
        return self.named(folder)

    def named(self, folder: str) -> str:
        """Return an address that leads to the repository and only names a folder of this checkout."""
        return f"{self.repository}#{quote(folder, errors='surrogateescape')}"

    def path(self, url: str) -> str | None:
        """Return the folder that an address made here names, of whatever commit; None if it is no such address."""
        rest = url.removeprefix(self.repository)
        if rest == url:
            return None
        path = rest[1:] if rest.startswith("#") else rest.removeprefix("/tree/").partition("/")[2]
        return unquote(path) or None

    def _within(self, folder: str) -> list[Folder]:
        with os.scandir(self.root / folder) as entries:
            return [
                Folder(f"{folder}/{entry.name}", linked(Path(entry.path)) if entry.is_symlink() else None)
                for entry in entries
                if entry.is_symlink() or entry.is_dir(follow_symlinks=False)
            ]
