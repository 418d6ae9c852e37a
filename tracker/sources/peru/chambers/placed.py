"""What text do the words of a page make, put in order by where they stand?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tracker.domain.evidence import Word
from tracker.sources.peru.chambers.slate import clean
from tracker.sources.peru.form import lines


@dataclass(frozen=True, slots=True)
class Placed:
    """A text of lines from the top of a page, words from the left; `sure` says how surely each stretch was read."""

    text: str
    sure: tuple[tuple[int, int, float], ...]

    def surest(self, start: int, end: int) -> float:
        """Return how sure the least sure word of a stretch is, from 0 to 1."""
        return min((sure for begin, stop, sure in self.sure if begin < end and start < stop), default=1.0)


def placed(words: Iterable[Word]) -> Placed:
    """Put words in order."""
    text = ""
    sure: list[tuple[int, int, float]] = []
    for line in lines(words):
        for word in line.words:
            said = " ".join(clean(word.text).split())
            if said:
                sure.append((len(text), len(text) + len(said), word.confidence))
                text += f"{said} "
        text = text.rstrip(" ") + "\n"
    return Placed(text, tuple(sure))
