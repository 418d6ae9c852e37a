"""How fast and how right are scanned vote sheets read, beside Tesseract? Run: python tests/benchmarks/sheets.py --help

`speed`: pages per CPU second (user and system, children included) on the scans of the corpus, both readers in turn,
medians over the rounds; the positions they read are held against the minutes of the sitting. `drawn`: marks and sound
votes on sheets drawn from real votes and scanned in several ways, where every mark is known. `memory`: what all
processes hold while a sitting of 40 pages is read. `again`: what reading costs once the words are in the archive.
The recipe beside ours is a page rendered at 300 dpi, binarised by Otsu, and `tesseract -l spa --psm 6`.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

import pypdfium2 as pdfium
import real_votes
import recipe

from tracker.archive.ocr import Sight
from tracker.archive.store import Store
from tracker.demo import draw_sheet
from tracker.demo.draw_sheet import Shape
from tracker.demo.scanned import Scanner
from tracker.demo.sheet_facts import Sheet
from tracker.domain.evidence import Document, Request
from tracker.domain.reconcile import Verdict
from tracker.pipeline.collect import Journey, read
from tracker.pipeline.desk import Desk
from tracker.sources.catalogue import source
from tracker.sources.peru import roster
from tracker.storage.reading import Fetch, Reading

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"
SITTING, DAY = "peru/scans/Asis_y_vot_16-10-2024_pages_01-20.pdf", date(2024, 10, 16)
MOST_MB = 1200
VOTED = {"SI +++": "SI", "NO ---": "NO", "Abst.": "ABSTENCION"}

Known = Mapping[str, str]
"""Marks by name."""

PLAIN = Shape(benches=real_votes.BENCHES)
WAYS: tuple[tuple[str, Scanner, Shape], ...] = (
    ("200 dpi, black or white", Scanner(depth="bilevel"), PLAIN),
    ("300 dpi, black or white, tilted", Scanner(dpi=300, depth="bilevel", tilt=-0.8), PLAIN),
    ("150 dpi, grey, tilted", Scanner(dpi=150, depth="grey", tilt=0.6), PLAIN),
    ("150 dpi, black or white", Scanner(dpi=150, depth="bilevel"), PLAIN),
    ("300 dpi, colour, two seals", Scanner(dpi=300), replace(PLAIN, seals=((539, 640), (539, 725)))),
    ("200 dpi, grey, seal on the roll", Scanner(depth="grey"), replace(PLAIN, seals=((539, 640), (350, 330)))),
    ("200 dpi, grey, turned", Scanner(depth="grey", turned={1: 90}), PLAIN),
)


@dataclass(slots=True)
class Score:
    """Pages of votes and their marks: how many were read right, wrong, and not at all."""

    pages: int = 0
    sound: int = 0
    perfect: int = 0
    right: int = 0
    wrong: int = 0
    unread: int = 0
    wrong_in_sound: int = 0

    def add(self, truth: Known, read_as: Mapping[str, str | None], *, sound: bool) -> None:
        """Count a page."""
        wrong = sum(read_as.get(name) not in (mark, None) for name, mark in truth.items())
        unread = sum(read_as.get(name) is None for name in truth)
        self.pages += 1
        self.sound += sound
        self.perfect += not (wrong or unread)
        self.right += len(truth) - wrong - unread
        self.wrong += wrong
        self.unread += unread
        self.wrong_in_sound += wrong if sound else 0

    def join(self, other: Score) -> None:
        """Add the figures of another."""
        for name in self.__slots__:
            setattr(self, name, getattr(self, name) + getattr(other, name))

    def told(self, who: str) -> str:
        """Say it in a line; sound votes are known of ours alone."""
        share = 100 * self.right / max(1, self.right + self.wrong + self.unread)
        sound = f"; {self.sound} sound, {self.wrong_in_sound} wrong marks in them" if who == "ours" else ""
        return (
            f"{who:7} {share:6.2f}% of marks right ({self.wrong} wrong, {self.unread} unread), "
            f"{self.perfect} of {self.pages} pages perfect{sound}"
        )


def ours(content: bytes, sight: Sight, day: date | None = None) -> Reading:
    """Read a document of sheets from pictures to reconciled votes; `day` is what the list of sheets says of it."""
    request = Request("https://example.test/sheets.pdf", "sheet", day)
    document = Document.of(request, content, datetime(2026, 1, 1, tzinfo=UTC), "application/pdf")
    fetch = Fetch(url=document.url, role="sheet", at=document.fetched_at, status=200, sha256=document.sha256)
    return read(source("pe_sheets"), fetch, document, Journey(), Desk(sight))[0]


def marks_of(reading: Reading) -> Iterator[tuple[int | None, dict[str, str | None], bool]]:
    """Yield page, marks by name (None: left open), and whether the vote is sound."""
    for vote, sums, _ in reading.votes:
        read_as = {b.name: None if b.code.printed == "?" else b.code.printed for b in vote.ballots}
        yield vote.printed.page, read_as, sums.verdict is Verdict.SOUND


def spent() -> float:
    """CPU seconds of this process and of those it waited for."""
    usages = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def minutes() -> list[Known]:
    """Return the positions that the minutes have, vote by vote; `-` for members who cast none."""
    rolls = [one for one in real_votes.records(CORPUS, "minutes_rollcalls") if one["date"] == str(DAY)]
    printed = {seat.member: seat.printed[0] for seat in roster.roll(DAY)}
    found: list[Known] = []
    for one in sorted(rolls, key=lambda one: one["n"]):
        cast = {printed[real_votes.member(name, DAY) or name]: key for key in VOTED.values() for name in one[key]}
        found.append({name: cast.get(name, "-") for name in printed.values()})
    return found


def as_minutes(read_as: Mapping[str, str | None]) -> dict[str, str | None]:
    """Turn marks into positions as the minutes know them."""
    return {name: mark and VOTED.get(mark, "-") for name, mark in read_as.items()}


def speed(rounds: int, processes: int, folder: Path) -> None:
    """Print pages per CPU second of both, and how they agree with the minutes."""
    content = (CORPUS / SITTING).read_bytes()
    ratios, cost = [], []
    pages = 20
    for _ in range(rounds):
        begun = spent()
        with Sight(None, processes=processes) as sight:
            reading = ours(content, sight)
        mine = spent() - begun
        begun = spent()
        texts = list(recipe.texts(content, folder, {}))
        theirs = spent() - begun
        ratios.append(theirs / mine)
        cost.append((pages / mine, pages / theirs))
    scores = {"ours": Score(), "recipe": Score()}
    for (page, read_as, sound), truth in zip(marks_of(reading), minutes(), strict=False):
        chair = next((name for name, mark in read_as.items() if mark == "***"), "")
        seen = recipe.marks(texts[(page or 1) - 1], list(truth), chair)
        scores["ours"].add(truth, as_minutes(read_as), sound=sound)
        scores["recipe"].add(truth, as_minutes(dict(zip(truth, seen, strict=True))), sound=False)
    print(f"{pages} scanned pages, {processes} processes; the marks are positions, held against the minutes")
    for who, score, per_second in zip(scores, scores.values(), zip(*cost, strict=True), strict=True):
        print(f"  {score.told(who)}; {statistics.median(per_second):.2f} pages per CPU second")
    print(f"  ours, times the pages of the recipe: {statistics.median(ratios):.2f}  ({_range(ratios)})")


def drawn(count: int, folder: Path, *, beside: bool) -> None:
    """Print how right the marks of drawn pages are, by the way they were scanned; each page is read for itself."""
    with Sight(None, processes=1) as sight:
        every = _whole(real_votes.sheets(CORPUS, count), sight)
        whole = {"ours": Score(), "recipe": Score()}
        for n, (way, scanner, shape) in enumerate(WAYS):
            scores = {"ours": Score(), "recipe": Score()}
            # Each way has votes of all days: every seventh sheet.
            for k, sheet in enumerate(every[n :: len(WAYS)]):
                turned = {1: 90 * (1 + k % 3)} if scanner.turned else {}
                content = draw_sheet.scan([sheet], shape, replace(scanner, turned=turned))
                truth = {row.name: row.code for row in sheet.rows}
                _, marks, sound = next(marks_of(ours(content, sight, sheet.sitting)), (1, {}, False))
                scores["ours"].add(truth, marks, sound=sound)
                if beside:
                    [text] = recipe.texts(content, folder, turned)
                    seen = recipe.marks(text, list(truth), sheet.chair)
                    scores["recipe"].add(truth, dict(zip(truth, seen, strict=True)), sound=False)
            print(way)
            _tell(scores, beside)
            for who, score in scores.items():
                whole[who].join(score)
    print(f"all {len(every)} drawn pages")
    _tell(whole, beside)


def _whole(sheets: Sequence[Sheet], sight: Sight) -> list[Sheet]:
    """Leave out votes whose paper is in doubt by itself: printed as text, where no letter can be mistaken."""
    sound = {page for page, _, is_sound in marks_of(ours(draw_sheet.printed(sheets, PLAIN), sight)) if is_sound}
    return [sheet for page, sheet in enumerate(sheets, 1) if page in sound]


def _tell(scores: Mapping[str, Score], beside: bool) -> None:
    for who in scores if beside else ["ours"]:
        print(f"  {scores[who].told(who)}")


def memory(folder: Path) -> None:
    """Print the most that `tracker read` and its two processes hold at once while they read a sitting of 40 pages."""
    whole = pdfium.PdfDocument.new()
    with pdfium.PdfDocument(CORPUS / SITTING) as scans:
        for _ in range(2):
            whole.import_pages(scans)
    path = folder / "sitting.pdf"
    whole.save(path)
    whole.close()
    command = [str(Path(sys.executable).parent / "tracker"), "read", str(path), "--as", "pe_sheets", "--json"]
    environment = {**os.environ, "ESCRUTINIO_READING_PROCESSES": "2", "ESCRUTINIO_HOME": str(folder)}
    most = 0.0
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as reading:
        while reading.poll() is None:
            most = max(most, sum(map(_resident, _family(reading.pid))))
            time.sleep(0.05)
    if reading.returncode:
        raise SystemExit(f"{' '.join(command)} ended with {reading.returncode}")
    print(f"peak memory of all processes, 40 pages, two processes: {most:.0f} MB (at most {MOST_MB})")


def _family(process: int) -> list[int]:
    """Return a process and those it started, and they."""
    found = [process]
    for parent in found:
        for tasks in Path(f"/proc/{parent}/task").glob("*/children"):
            try:
                found += map(int, tasks.read_text().split())
            except OSError:
                continue
    return found


def _resident(process: int) -> float:
    """Return the megabytes a process holds; 0 if it is gone."""
    try:
        pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    except (OSError, IndexError):
        return 0.0
    return pages * resource.getpagesize() / 1e6


def again(rounds: int, folder: Path) -> None:
    """Print what reading costs once the words are kept, as a share of the first time."""
    content = (CORPUS / SITTING).read_bytes()
    shares = []
    for n in range(rounds):
        store, took = Store(folder / f"archive-{n}"), []
        store.put(content)
        for _ in range(2):
            begun = spent()
            with Sight(store, processes=1) as sight:
                ours(content, sight)
            took.append(spent() - begun)
        shares.append(took[1] / took[0])
    print(f"reading again from the words kept, share of the first time: {statistics.median(shares):.4f}")


def _range(values: Sequence[float]) -> str:
    return f"{min(values):.2f}–{max(values):.2f}"


def main() -> None:
    """Print what is asked for."""
    parser = argparse.ArgumentParser(
        description=(__doc__ or "").partition("\n\n")[2], formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", choices=["speed", "drawn", "memory", "again", "all"], nargs="?", default="all")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--pages", type=int, default=42, help="how many pages to draw")
    parser.add_argument("--processes", type=int, default=2, help="that read at once")
    options = parser.parse_args()
    lacking = recipe.missing()
    if lacking:
        print(f"Without the recipe: {lacking}")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if options.what in ("speed", "all") and not lacking:
            speed(options.rounds, options.processes, folder)
        if options.what in ("drawn", "all"):
            drawn(options.pages, folder, beside=not lacking)
        if options.what in ("again", "all"):
            again(options.rounds, folder)
        if options.what in ("memory", "all"):
            memory(folder)


if __name__ == "__main__":
    main()
