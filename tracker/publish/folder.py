"""Which files does the folder of a data package hold? To be asked by those who hand them out."""

from __future__ import annotations

import json
from pathlib import Path

DESCRIPTOR = "datapackage.json"
README = "README.md"


def files(folder: Path) -> frozenset[str]:
    """Return the names of the files of a package; none if the folder is none."""
    try:
        told = json.loads((folder / DESCRIPTOR).read_bytes())
        return frozenset([DESCRIPTOR, README, *(one["path"] for one in told["resources"])])
    except (OSError, ValueError, KeyError, TypeError):
        return frozenset()
