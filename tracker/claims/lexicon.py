"""Which words does reading go by? The lists stand in `lexicon.toml`."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib.resources import files


@lru_cache(maxsize=1)
def _lists() -> dict[str, dict[str, str]]:
    text = files("tracker.claims").joinpath("lexicon.toml").read_text(encoding="utf-8")
    told: dict[str, dict[str, str]] = tomllib.loads(text)
    return told


def listed(part: str, name: str) -> list[str]:
    """Return the words of a list, in its order."""
    return _lists()[part][name].split()
