"""Are the charts, the style sheet and Streamlit's options of one colour and one font, and can they be read?"""

from __future__ import annotations

import re
import tomllib
from dataclasses import fields
from pathlib import Path

import pytest

import dashboard
from dashboard.charts.agreement import LIMITS
from dashboard.charts.canvas import FONT
from dashboard.charts.colours import DARK, LIGHT, PAGE, Colours
from tracker.domain.votes import Position

HERE = Path(dashboard.__file__).parent
STYLE = (HERE / "style.css").read_text(encoding="utf-8")
OPTIONS = tomllib.loads((HERE / "options.toml").read_text(encoding="utf-8"))
BOTH = {name: (light, dark) for name, light, dark in re.findall(r"--esc-([\w-]+): light-dark\((\S+), (\S+)\);", STYLE)}


def named(colours: Colours) -> dict[str, str]:
    plain = {field.name: getattr(colours, field.name) for field in fields(colours) if field.name != "ramp"}
    return plain | {f"ramp-{n}": shade for n, shade in enumerate(colours.ramp, 1)}


def test_the_style_sheet_has_the_colours_of_the_charts() -> None:
    light, dark = named(LIGHT), named(DARK)
    assert {name: BOTH[name] for name in light} == {name: (light[name], dark[name]) for name in light}


def test_a_page_names_them_and_falls_back_to_light() -> None:
    assert named(PAGE) == {name: f"var(--esc-{name}, {colour})" for name, colour in named(LIGHT).items()}


def test_ground_ink_and_font_are_those_of_the_pages() -> None:
    theme = OPTIONS["theme"]
    assert theme["font"] == FONT
    for mode, colours in (("light", LIGHT), ("dark", DARK)):
        assert theme[mode]["backgroundColor"].lower() == colours.ground
        assert theme[mode]["textColor"].lower() == colours.ink


def light(colour: str) -> float:
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    r, g, b = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def ratio(a: str, b: str) -> float:
    high, low = sorted((light(a), light(b)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_what_is_drawn_stands_out_from_its_ground(colours: Colours) -> None:
    for position in (Position.YES, Position.NO, Position.ABSTAIN):
        assert ratio(colours.of(position), colours.ground) >= 3
    assert ratio(colours.soft, colours.ground) >= 4.5, "the edge of who did not vote, and small text"
    assert len(colours.ramp) == len(LIMITS) + 1
    for n, shade in enumerate(colours.ramp):
        assert ratio(shade, colours.ground if n >= 4 else colours.ink) >= 4.5, "a figure in its square"
    steps = [light(shade) for shade in colours.ramp]
    assert steps == sorted(steps, reverse=colours is LIGHT)
