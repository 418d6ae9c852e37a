"""Do addresses keep every sign, and do secrets and private networks stay out?"""

from __future__ import annotations

import socket

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.archive.addresses import checked, is_private, mask, official, origin, rewrite, stand_in

AT = "http://127.0.0.1:8000"


@given(st.text(alphabet="ab/%2F?&=+;:@!$'()*,~.-_[]", max_size=40))
def test_a_rewritten_address_keeps_path_and_query_and_comes_back(rest: str) -> None:
    url = f"https://www.example.org/{rest.lstrip('/')}"
    there = rewrite(url, AT)
    assert there == AT + url.removeprefix("https://www.example.org")
    assert official(there, AT, url) == url


def test_without_a_stand_in_addresses_are_left_alone() -> None:
    url = "https://www.example.org/a%2Fb?x#y"
    assert rewrite(url, None) == url
    assert official(url, None, "https://other.example.org/") == url
    assert official(url, AT, "https://other.example.org/") == url


def test_an_origin_is_scheme_host_and_port_without_names_and_passwords() -> None:
    assert origin("HTTPS://user:pw@WWW.Example.org:8443/x?y") == "https://www.example.org:8443"
    assert stand_in(AT + "/") == AT


@pytest.mark.parametrize(
    "url", ["", "x", "//h/x", "ftp://h/", "http://", "http://h:99999/", "http://h/a b", "http://h/\n"]
)
def test_what_is_no_address_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        checked(url)


@pytest.mark.parametrize(
    ("host", "private"),
    [
        ("127.0.0.1", True),
        ("localhost", True),
        ("10.1.2.3", True),
        ("192.168.0.1", True),
        ("169.254.169.254", True),
        ("0.0.0.0", True),
        ("2130706433", True),
        ("::1", True),
        ("fe80::1%lo", True),
        ("::ffff:127.0.0.1", True),
        ("8.8.8.8", False),
        ("2001:4860:4860::8888", False),
        ("x" * 300, False),
    ],
)
def test_hosts_of_this_machine_and_its_networks_are_private(host: str, private: bool) -> None:
    assert is_private(host) is private


def test_one_private_address_among_public_ones_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, 0)) for ip in ("8.8.8.8", "10.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **more: found)
    assert is_private("rebound.example.org")


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://me:pw@h/x", "https://***@h/x"),
        ("https://me:p@w@h/x@y", "https://***@h/x@y"),
        (
            "https://h/x?X-Amz-Signature=S&X-Amz-Credential=S&X-Amz-Date=2023",
            "https://h/x?X-Amz-Signature=***&X-Amz-Credential=***&X-Amz-Date=2023",
        ),
        ("https://h/x?client_secret=S", "https://h/x?client_secret=***"),
        ("https://h/x?api_key=S&year=2023", "https://h/x?api_key=***&year=2023"),
        ("https://h/x?year=2023&Token=S#f", "https://h/x?year=2023&Token=***#f"),
        ("https://h/x?access_token=S;sig=S", "https://h/x?access_token=***;sig=***"),
        ("https://h/keyboard=1?monkey=2", "https://h/keyboard=1?monkey=2"),
    ],
)
def test_secrets_are_not_shown(url: str, shown: str) -> None:
    assert mask(url) == shown
