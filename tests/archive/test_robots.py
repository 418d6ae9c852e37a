"""Are the rules of RFC 9309 kept, its own examples first?"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.archive.robots import EVERYTHING, LONGEST, read

SITE = "https://example.org"


def allowed(robots: str | bytes, *paths: str) -> list[str]:
    rules = read(robots if isinstance(robots, bytes) else robots.encode())
    return [path for path in paths if rules.refusal(SITE + path) is None]


def test_our_own_group_counts_and_no_other() -> None:
    robots = """
        User-agent: *
        Disallow: *.gif$
        Disallow: /example/
        Allow: /publications/

        User-agent: EscrutinioNews
        User-agent: foobot
        Disallow: /

        User-Agent: Escrutinio
        Disallow: /a # not here
    """
    assert allowed(robots, "/a", "/a/b", "/b", "/example/", "/x.gif") == ["/b", "/example/", "/x.gif"]


def test_groups_that_name_us_twice_are_one_and_unknown_lines_do_not_divide() -> None:
    robots = "user-agent: escrutinio/2.0\nUser-agent: b\nSitemap: /s.xml\nDisallow: /a\n\nDisallow: /b\n" * 2
    assert allowed(robots + "user-agent: ESCRUTINIO\ndisallow: /c", "/a", "/b", "/c", "/d") == ["/d"]


def test_the_longest_match_decides_and_allow_wins_a_draw() -> None:
    robots = "User-agent: *\nAllow: /example/page/\nDisallow: /example/page/disallowed.gif\nDisallow: /example/page/\n"
    paths = ["/example/page/", "/example/page/disallowed.gif", "/example/page/x"]
    assert allowed(robots, *paths) == ["/example/page/", "/example/page/x"]


@pytest.mark.parametrize(
    ("line", "forbidden", "free"),
    [
        ("/", ["/", "/a?b"], []),
        ("", [], ["/", "/a"]),
        ("/fish", ["/fish", "/fish.html", "/fishheads/y?z"], ["/Fish", "/catfish", "/"]),
        ("/fish/", ["/fish/", "/fish/a"], ["/fish"]),
        ("/*.php", ["/index.php", "/a/b.php?x", "/a.php/"], ["/", "/windows.PHP"]),
        ("/*.php$", ["/a.php", "/a/b.php"], ["/a.php?x", "/a.php5"]),
        ("/a*b*c$", ["/abc", "/aXbXc", "/abcbc"], ["/abcb", "/acb"]),
        ("/a*a$", ["/aa", "/aba"], ["/a"]),
        ("/a$", ["/a"], ["/ab", "/a/"]),
        ("*", ["/", "/x"], []),
        ("/x?y=", ["/x?y=1"], ["/x"]),
        ("/ñ", ["/%C3%B1", "/%c3%b1/a"], ["/n"]),
        ("/%7Ejoe%2fa", ["/~joe%2Fa"], ["/~joe/a"]),
    ],
)
def test_a_line_forbids_what_it_matches(line: str, forbidden: list[str], free: list[str]) -> None:
    assert allowed(f"User-agent: *\nDisallow: {line}", *forbidden, *free) == free


def test_robots_itself_may_always_be_asked_for() -> None:
    assert allowed("User-agent: *\nDisallow: /", "/robots.txt", "/robots.txt.bak") == ["/robots.txt"]


@pytest.mark.parametrize(
    "robots",
    [b"", b"<html><body>Not found</body></html>", b"\xff\xfe\x00", b"Disallow: /", b"User-agent: other\nDisallow: /"],
)
def test_a_file_that_says_nothing_to_us_allows(robots: bytes) -> None:
    assert read(robots) == EVERYTHING


def test_a_mark_at_the_beginning_and_other_line_ends_are_read() -> None:
    assert allowed(b"\xef\xbb\xbfUser-agent: *\rDisallow: /a\r\nDisallow: /b\n", "/a", "/b", "/c") == ["/c"]


def test_the_longest_delay_asked_of_us_counts() -> None:
    assert read(b"User-agent: *\nCrawl-delay: 10\nCrawl-delay: 2.5").delay == 10
    assert read(b"User-agent: *\nCrawl-delay: 10\n\nUser-agent: escrutinio\nDisallow: /a").delay == 0
    assert read(b"User-agent: *\nCrawl-delay: soon\nCrawl-delay: -1\nCrawl-delay: nan").delay == 0


def test_what_lies_beyond_the_limit_is_not_read() -> None:
    assert read(b"User-agent: *\n" + b"#" * LONGEST + b"\nDisallow: /") == EVERYTHING


@given(st.text(alphabet="ab*$%2f/", max_size=12), st.text(alphabet="ab$%2f/", max_size=12))
def test_a_line_matches_what_the_obvious_slow_way_matches(line: str, path: str) -> None:
    def slow(pattern: str, text: str) -> bool:
        if pattern == "":
            return True
        if pattern == "$":
            return text == ""
        if pattern[0] == "*":
            return any(slow(pattern[1:], text[n:]) for n in range(len(text) + 1))
        return text != "" and text[0] == pattern[0] and slow(pattern[1:], text[1:])

    rules = read(f"User-agent: *\nDisallow: /{line}".encode()).rules
    written = f"/{line.rstrip()}"
    normal = read(f"User-agent: *\nDisallow: /{path}".encode()).rules[0].printed
    assert normal == f"/{path}"
    if "%" not in line + path:
        assert rules[0].matches(f"/{path}") == slow(written, f"/{path}")
