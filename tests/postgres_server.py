"""A PostgreSQL server of one's own, for tests and benchmarks: on a free loopback port, gone when it has served."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Server:
    """A PostgreSQL server: its address without a database name, its folder, and the ways to stop it and to start it."""

    url: str
    home: Path
    stop: Callable[[], None]
    start: Callable[[], None]

    def cpu(self) -> float:
        """Return the CPU seconds that the server and all its processes have taken since it was started."""
        first = (self.home / "data" / "postmaster.pid").read_text().split("\n", 1)[0]
        ticks = 0
        for file in Path("/proc").glob("[0-9]*/stat"):
            try:
                name, (_, parent, *rest) = file.parent.name, file.read_text().rpartition(")")[2].split()
            except OSError:
                continue  # It has just ended, and its time is now its parent's.
            if name == first:
                ticks += sum(map(int, rest[9:13]))
            elif parent == first:
                ticks += sum(map(int, rest[9:11]))
        return ticks / os.sysconf("SC_CLK_TCK")


def programmes() -> Path | None:
    """Return the folder with the server's programmes; None if this machine has none."""
    known = shutil.which("initdb") or next(iter(sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))), None)
    return Path(known).resolve().parent if known else None


@contextmanager
def running(parent: Path | None = None, **settings: str) -> Iterator[Server]:
    """Make a server and run it, in a folder of its own."""
    folder = programmes()
    if folder is None:
        raise FileNotFoundError("no PostgreSQL server programme")
    home = Path(tempfile.mkdtemp(prefix="escrutinio-pg-", dir=parent))
    # PostgreSQL refuses to run as root: the account its package makes is used instead.
    account = "postgres" if os.geteuid() == 0 else None
    if account:
        shutil.chown(home, account)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]

    def call(*words: str) -> None:
        subprocess.run(words, check=True, user=account, cwd=home, capture_output=True, text=True)

    # In Spanish, as a newsroom's may be: no answer may depend on how a language puts words in order.
    spanish = ("--locale-provider=icu", "--icu-locale=es")
    make = (str(folder / "initdb"), "-D", str(home / "data"), "-U", "tests", "-A", "trust", "-E", "UTF8", "--no-sync")
    call(*make, *spanish)
    said = {"fsync": "off"} | settings
    options = f"-p {port} -h 127.0.0.1 -k {home} " + " ".join(f"-c {name}={value}" for name, value in said.items())
    control = (str(folder / "pg_ctl"), "-D", str(home / "data"))

    def start() -> None:
        call(*control, "-l", str(home / "log"), "-w", "-o", options, "start")

    def stop() -> None:
        call(*control, "-m", "immediate", "stop")

    start()
    try:
        yield Server(f"postgresql+psycopg://tests@127.0.0.1:{port}", home, stop, start)
    finally:
        stop()
        shutil.rmtree(home, ignore_errors=True)
