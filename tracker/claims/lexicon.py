"""Which words does reading go by: how votes are told (`lexicon.toml`), and what they are about (`words.toml`)?"""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib.resources import files
from typing import Any


@lru_cache(maxsize=2)
def told(name: str) -> dict[str, Any]:
    """Return what one of the two files holds."""
    return tomllib.loads(files("tracker.claims").joinpath(f"{name}.toml").read_text(encoding="utf-8"))


def listed(part: str, name: str) -> list[str]:
    """Return the words of a list of `lexicon.toml`, in its order."""
    words: str = told("lexicon")[part][name]
    return words.split()
