"""An engine opened once, and pages to show it."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from tracker.archive.ocr.engine import Engine

Grey = NDArray[np.uint8]


@pytest.fixture(scope="session")
def engine() -> Engine:
    return Engine()


@pytest.fixture
def written() -> Callable[..., Grey]:
    """Write a line of text as black on white."""

    def write(text: str, *, high: int = 30, wide: int = 0, size: float = 0.8, bold: int = 2) -> Grey:
        (width, _), _ = cv2.getTextSize(text, cv2.FONT_HERSHEY_SIMPLEX, size, bold)
        line = np.full((high, wide or width + 12), 255, np.uint8)
        cv2.putText(line, text, (6, high - 8), cv2.FONT_HERSHEY_SIMPLEX, size, 0, bold, cv2.LINE_AA)
        return line

    return write
