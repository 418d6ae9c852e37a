"""How is a file of somebody else's folder read without being led elsewhere, or never coming to an end?"""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

_FLAGS = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


class Refused(Exception):
    """A path that is not read: `code` names the reason for findings (`link`, `not_a_file`, `too_large`)."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def read_regular(path: Path, most: int) -> bytes:
    """Return the content of a file of at most `most` bytes. FileNotFoundError if there is none.

    Refused if it is a link (it may lead out of the folder), a device or a pipe, or larger.
    """
    if path.is_symlink():
        raise linked(path)
    try:
        handle = os.open(path, _FLAGS)
    except OSError as error:
        if error.errno == errno.ELOOP:
            raise linked(path) from error
        raise
    try:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise Refused("not_a_file", f"{path}: no regular file; it is not read")
        with os.fdopen(handle, "rb", closefd=False) as file:
            content = file.read(most + 1)
    finally:
        os.close(handle)
    if len(content) > most:
        raise Refused("too_large", f"{path}: more than {most:,} bytes, more than such a file has; it is not read")
    return content


def linked(path: Path) -> Refused:
    """Say that a path is a link, which is not followed."""
    return Refused("link", f"{path}: a link, which may lead out of the folder; it is not followed")
