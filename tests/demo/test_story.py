"""Do the waves and the amended document come when the clock says so, each once?"""

from __future__ import annotations

from tracker.demo import Site, Story


class Clock:
    """A clock that goes when it is pushed."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_everything_happens_once_and_in_order() -> None:
    clock = Clock()
    with Site() as site:
        story = Story(site, every=10, clock=clock)
        clock.now += 50
        assert story.tick() == []
        clock.now += 9.9
        assert (story.tick(), site.wave) == ([], 1)
        clock.now += 0.2
        assert (story.tick(), site.wave) == (["Wave 2 of 3 has arrived at the recorded site."], 2)
        assert story.tick() == []
        clock.now += 10
        assert story.tick() == ["Wave 3 of 3 has arrived at the recorded site."]
        assert (story.over, site.amended) == (False, False)
        clock.now += 10
        (what,) = story.tick()
        assert "47–49–2 becomes 51–49–2" in what
        assert (story.over, site.amended) == (True, True)
        clock.now += 1000
        assert story.tick() == []


def test_a_late_tick_catches_up() -> None:
    clock = Clock()
    with Site() as site:
        story = Story(site, every=10, clock=clock)
        assert story.tick() == []
        clock.now += 500
        assert len(story.tick()) == 3
        assert (site.wave, site.amended, story.over) == (3, True, True)
