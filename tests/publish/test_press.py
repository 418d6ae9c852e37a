"""Do drawings become pictures, whatever happens to the process that makes them?"""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator
from io import BytesIO

import pytest
from PIL import Image

from tracker.publish.drawing import Drawing, box, chart, whole, words
from tracker.publish.press import IN_LINE, Kept, Press, Undrawable

DOTS = {
    "width": 100, "height": 50, "layer": [{"data": {"values": [{"x": 1}, {"x": 2}]}, "mark": "point",
    "encoding": {"x": {"field": "x", "type": "quantitative"}}}],
}  # fmt: skip


def drawing(n: int = 0, *charts: dict[str, object]) -> Drawing:
    parts = [box(10, 10, 30 + n, 20, "#2468a3"), words(10, 80, "70–33–4 «ñ»"), chart(0, 60, 10) if charts else ""]
    return Drawing(whole(200, 100, parts, title="t", told="d", language="es"), charts)


@pytest.fixture(scope="module")
def press() -> Iterator[Press]:
    made = Press()
    yield made
    made.stop()


def test_a_drawing_becomes_a_picture_of_its_size_and_colours(press: Press) -> None:
    with Image.open(BytesIO(press.picture(drawing(0, DOTS), "png", 2.0))) as picture:
        assert picture.size == (400, 200)
        shown = picture.convert("RGB")
        red, green, blue = shown.getpixel((40, 40))
        assert max(abs(red - 0x24), abs(green - 0x68), abs(blue - 0xA3)) <= 3
        assert shown.getpixel((399, 199)) == (255, 255, 255)
        assert shown.crop((20, 130, 200, 170)).convert("L").getextrema()[0] < 90, "letters are drawn"
        assert shown.crop((120, 20, 399, 120)).convert("L").getextrema()[0] < 200, "and the chart"


def test_a_drawing_with_its_chart_is_one_picture_that_can_be_scaled(press: Press) -> None:
    svg = press.picture(drawing(0, DOTS), "svg").decode()
    assert svg.count("<svg") == 2
    assert "<!--chart" not in svg
    assert ">70–33–4 «ñ»</text>" in svg


def test_what_was_drawn_is_kept_and_no_more_than_allowed(press: Press) -> None:
    first = press.picture(drawing(1), "png")
    press.stop()
    assert press.picture(drawing(1), "png") == first
    assert press._process is None, "nothing was drawn again"
    kept = Kept()
    for n in range(9):
        kept.put((str(n), "png"), bytes(30), 100)
        kept.get(("0", "png"))
    assert kept.size == 90
    assert [n for n in range(9) if kept.get((str(n), "png"))] == [0, 7, 8]
    kept.put(("0", "png"), bytes(40), 100)
    assert kept.size == 100


def test_a_process_that_was_killed_is_followed_by_another(press: Press) -> None:
    press.picture(drawing(2), "png")
    assert press._process is not None
    os.kill(press._process.pid, signal.SIGKILL)
    assert press.picture(drawing(3), "png").startswith(b"\x89PNG")


def test_it_ends_when_nothing_comes_and_begins_again() -> None:
    short = Press(idle=0.3)
    short.picture(drawing(4), "png")
    assert short._process is not None
    assert short._process.wait(20) == 0
    assert short.picture(drawing(5), "png").startswith(b"\x89PNG")
    short.stop()


def test_what_cannot_be_drawn_is_refused_and_the_next_is_drawn(press: Press) -> None:
    with pytest.raises(Undrawable):
        press.picture(Drawing("<svg"), "png")
    elsewhere = {"data": {"url": "http://127.0.0.1:9/x.csv"}, "mark": "point"}
    with pytest.raises(Undrawable, match=r"127\.0\.0\.1:9"):
        press.picture(drawing(0, elsewhere), "png")
    assert press.picture(drawing(6), "png").startswith(b"\x89PNG")


def test_many_at_once_are_drawn_once_and_too_many_turned_away(press: Press) -> None:
    made: list[bytes] = []
    threads = [threading.Thread(target=lambda: made.append(press.picture(drawing(7), "png"))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 8
    assert len(set(made)) == 1
    for _ in range(IN_LINE):
        press._asked.acquire()
    with pytest.raises(Undrawable, match="ask again"):
        press.picture(drawing(8), "png")
    for _ in range(IN_LINE):
        press._asked.release()


def test_whoever_waits_for_a_picture_leaves_the_interpreter_to_others(press: Press) -> None:
    press.picture(drawing(9), "png")
    longest, done = [0.0], threading.Event()

    def look() -> None:
        while not done.is_set():
            before = time.perf_counter()
            time.sleep(0.001)
            longest[0] = max(longest[0], time.perf_counter() - before)

    watching = threading.Thread(target=look)
    watching.start()
    large = {**DOTS, "layer": [{**DOTS["layer"][0], "data": {"values": [{"x": n} for n in range(20_000)]}}]}  # type: ignore[index]
    started = time.perf_counter()
    press.picture(drawing(10, large), "png")
    took = time.perf_counter() - started
    done.set()
    watching.join()
    assert longest[0] < took / 2, f"{longest[0]:.2f} s of {took:.2f} s"
