"""How does a drawing become a picture? In a process of its own, one after the other, each drawn once and kept.

The library that draws holds the interpreter while it works and takes 140 MB: readers of pages should notice neither.
The process starts with the first drawing and ends when none has come for a while.
"""

from __future__ import annotations

import json
import os
import queue
import struct
import subprocess
import sys
import threading
from collections import OrderedDict
from contextlib import suppress
from io import BytesIO
from typing import Any, BinaryIO, Literal

from tracker.publish.drawing import Drawing, place
from tracker.publish.lettering import FONTS
from tracker.settings import settings

Form = Literal["png", "svg"]

SECONDS, IDLE = 20, 60
"""How long a drawing may take, and for how long the process waits for the next one."""
IN_LINE = 16
"""How many drawings may be asked for at once: whoever comes then is turned away at once."""
LARGEST = 32_000_000
"""Bytes of an answer."""
_LENGTH = struct.Struct(">?I")


class Undrawable(Exception):
    """A drawing of which no picture can be made, or not now."""


class Kept:
    """Pictures made before, the last ones asked for, no more bytes of them than `most`."""

    def __init__(self) -> None:
        self._held: OrderedDict[tuple[str, str], bytes] = OrderedDict()
        self._lock = threading.Lock()
        self.size = 0

    def get(self, key: tuple[str, str]) -> bytes | None:
        """Return a picture, and remember that it was asked for."""
        with self._lock:
            if (held := self._held.get(key)) is not None:
                self._held.move_to_end(key)
            return held

    def put(self, key: tuple[str, str], picture: bytes, most: int) -> None:
        """Keep a picture; what was asked for longest ago goes."""
        with self._lock:
            self.size += len(picture) - len(self._held.pop(key, b""))
            self._held[key] = picture
            while self.size > most:
                self.size -= len(self._held.popitem(last=False)[1])


class Press:
    """The process, as the one that asks sees it."""

    def __init__(self, idle: float = IDLE) -> None:
        self.kept = Kept()
        self._idle = idle
        self._process: subprocess.Popen[bytes] | None = None
        self._work, self._asked = threading.Lock(), threading.BoundedSemaphore(IN_LINE)

    def picture(self, drawing: Drawing, form: Form, scale: float = 1.0) -> bytes:
        """Return the picture of a drawing. Raise Undrawable."""
        key, most = (drawing.digest, f"{form}{scale:g}"), settings().pictures_mb * 1_000_000
        if (held := self.kept.get(key)) is not None:
            return held
        if not self._asked.acquire(blocking=False):
            raise Undrawable(f"{IN_LINE} others are being drawn; ask again")
        try:
            with self._work:
                if (held := self.kept.get(key)) is not None:
                    return held
                job = {"svg": drawing.svg, "charts": drawing.charts, "form": form, "scale": scale}
                made = self._made(json.dumps(job).encode() + b"\n")
            self.kept.put(key, made, most)
            return made
        finally:
            self._asked.release()

    def _made(self, job: bytes) -> bytes:
        """Have a job done; once more by a new process if the one at hand ended before it began."""
        held = self._process
        if held is not None and held.poll() is None:
            with suppress(EOFError, OSError):
                return self._done(held, job)
        self.stop()
        self._process = subprocess.Popen(  # noqa: S603 - our own words
            [sys.executable, "-P", "-m", "tracker.publish.press", str(self._idle)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            return self._done(self._process, job)
        except (EOFError, OSError) as error:
            self.stop()
            raise Undrawable(f"the drawing took longer than {SECONDS} s, or ended its process") from error

    def _done(self, process: subprocess.Popen[bytes], job: bytes) -> bytes:
        """Hand a job over and wait. Raise EOFError or OSError if the process ended."""
        given, taken = process.stdin, process.stdout
        assert given is not None and taken is not None  # noqa: PT018, S101 - they are pipes
        late = threading.Timer(SECONDS, process.kill)
        late.start()
        try:
            given.write(job)
            given.flush()
            well, length = _LENGTH.unpack(_read(taken, _LENGTH.size))
            answer = _read(taken, length)
        finally:
            late.cancel()
        if not well:
            raise Undrawable(answer.decode("utf-8", "replace")[:300])
        return answer

    def stop(self) -> None:
        """End the process, if there is one."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None


def _read(taken: BinaryIO | Any, length: int) -> bytes:
    read: bytes = taken.read(length)
    if len(read) < length:
        raise EOFError
    return read


PRESS = Press()


def picture(drawing: Drawing, form: Form, scale: float = 1.0) -> bytes:
    """Return the picture of a drawing, made by the one process of this one. Raise Undrawable."""
    return PRESS.picture(drawing, form, scale)


def draw(svg: str, charts: list[Any], form: Form, scale: float) -> bytes:
    """Draw here and now: nothing is read from a disk or a network. Raise ValueError."""
    import vl_convert as vlc  # noqa: PLC0415 - the process that asks never draws

    for n, spec in enumerate(charts):
        svg = svg.replace(place(n), vlc.vegalite_to_svg(spec, vl_version="6.4", allowed_base_urls=[]))
    return svg.encode() if form == "svg" else _smaller(vlc.svg_to_png(svg, scale=scale))


def _smaller(png: bytes) -> bytes:
    """Return a picture in the 255 colours that serve it best: a sixth of the bytes, which some previews insist on."""
    from PIL import Image  # noqa: PLC0415

    written = BytesIO()
    picture = Image.open(BytesIO(png)).convert("RGB").quantize(255, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    picture.save(written, "PNG")
    return written.getvalue()


def _listen(jobs: queue.Queue[bytes]) -> None:
    """Take jobs in, and at the end of them an empty one."""
    while line := sys.stdin.buffer.readline():
        jobs.put(line)
    jobs.put(b"")


def _serve(idle: float) -> None:
    """Draw what comes, until nothing has for so many seconds."""
    import vl_convert as vlc  # noqa: PLC0415

    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever the library prints is no picture
    with suppress(OSError, AttributeError):
        os.nice(5)
    vlc.register_font_directory(str(FONTS))
    jobs: queue.Queue[bytes] = queue.Queue()
    threading.Thread(target=_listen, args=(jobs,), daemon=True).start()
    while True:
        try:
            line = jobs.get(timeout=idle)
        except queue.Empty:
            return
        if not line:
            return
        try:
            well, answer = True, draw(**json.loads(line))
        except Exception as error:
            well, answer = False, f"{type(error).__name__}: {error}".encode()
        answers.write(_LENGTH.pack(well, len(answer)) + answer)
        answers.flush()


if __name__ == "__main__":
    _serve(float(sys.argv[1]))
    os._exit(0)  # the thread that listens would not let go
