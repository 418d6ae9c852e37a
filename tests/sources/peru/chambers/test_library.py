"""Which files of a media library are asked for, in which order, and what is refused?"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from types import ModuleType
from typing import Any

import pytest

from tracker.domain.evidence import Request
from tracker.sources.catalogue import source
from tracker.sources.contract import Unreadable, Window
from tracker.sources.peru.chambers import answer as answers
from tracker.sources.peru.chambers import library

SHEET = source("pe_senate").sheet
OCTOBER = Window(date(2026, 10, 1), date(2026, 10, 31))
FOLDER = "https://senado.congreso.gob.pe/wp-content/uploads/2026/10"
FIRST = library.first(OCTOBER, SHEET, library.OWN, "votaci")
Answer = Callable[..., Any]


def named(*names: str, at: str = "2026-10-08T10:00:00") -> list[tuple[int, str, str]]:
    return [(100 - i, at, f"{FOLDER}/{name}") for i, name in enumerate(names)]


def test_both_libraries_are_searched_by_both_words_and_the_table_comes_last() -> None:
    asked = list(source("pe_deputies").start(OCTOBER, source("pe_deputies").sheet))
    assert [request.role for request in asked] == [
        *("members", "library", "library", "library_page", "library_page", "sessions")
    ]
    assert asked[1].url == (
        "https://diputados.congreso.gob.pe/wp-json/wp/v2/media"
        "?search=votaci&per_page=100&page=1&_fields=id,date,source_url,mime_type"
    )
    assert asked[4].url.startswith("https://senado.congreso.gob.pe/wp-json/wp/v2/media?search=asistencia&")
    assert asked[5].url == "https://diputados.congreso.gob.pe/sesiones-del-pleno/"


def test_the_provisional_copy_is_asked_for_before_the_scan_that_replaces_it(
    answer: Answer, drawing: ModuleType
) -> None:
    entries = [
        (30, "2026-10-12T09:00:00", f"{FOLDER}/sesion_07_10_2026_vbo.pdf"),
        (20, "2026-10-08T18:00:00", f"{FOLDER}/PROVISIONAL_sesion_08_10_2026.pdf"),
        (10, "2026-10-07T17:13:14", f"{FOLDER}/PROVISIONAL_sesion_del_7_10_2026.pdf"),
    ]
    found = answer(FIRST, drawing.library(entries))
    assert [(request.day, request.context["name"]) for request in found.requests] == [
        (date(2026, 10, 7), "PROVISIONAL_sesion_del_7_10_2026.pdf"),
        (date(2026, 10, 7), "sesion_07_10_2026_vbo.pdf"),
        (date(2026, 10, 8), "PROVISIONAL_sesion_08_10_2026.pdf"),
    ]
    assert {request.role for request in found.requests} == {"sheet"}


def test_only_files_of_the_days_wanted_are_asked_for(answer: Answer, drawing: ModuleType) -> None:
    entries = named("sesion_30_09_2026.pdf", "sesion_01_10_2026.pdf", "sesion_01_11_2026.pdf", "Asistencia.pdf")
    found = answer(FIRST, drawing.library(entries))
    assert [(request.context["name"], request.day) for request in found.requests] == [
        ("sesion_01_10_2026.pdf", date(2026, 10, 1)),
        ("Asistencia.pdf", None),
        ("sesion_01_11_2026.pdf", None),
    ], "a day that cannot be is none, and a file without a day is asked for if it was put up since the first day"
    late = answer(FIRST, drawing.library(named("Asistencia.pdf", at="2026-09-30T23:59:59")))
    assert late.requests == []


def test_a_full_page_leads_to_the_next_before_its_files(answer: Answer, drawing: ModuleType) -> None:
    start = datetime(2026, 10, 31, 12, tzinfo=UTC)
    entries = [
        (500 - i, f"{start - timedelta(hours=i):%Y-%m-%dT%H:%M:%S}", f"{FOLDER}/a{i}_sesion_08_10_2026.pdf")
        for i in range(100)
    ]
    found = answer(FIRST, drawing.library(entries))
    assert len(found.requests) == 101
    onward = found.requests[0]
    assert (onward.role, "page=2&" in onward.url) == ("library_page", True)
    assert answer(onward, drawing.library(entries[:40])).requests[0].role == "sheet"
    assert len(answer(FIRST, drawing.library(entries[:99])).requests) == 99, "a short page is the last"


def test_a_page_that_ends_before_the_days_wanted_is_the_last(answer: Answer, drawing: ModuleType) -> None:
    old = [(500 - i, f"2026-09-{30 - i // 4:02}T00:00:00", f"{FOLDER}/x{i}_08_09_2026.pdf") for i in range(100)]
    assert answer(FIRST, drawing.library(old)).requests == []
    shuffled = [*old[50:], *old[:50]]
    assert [request.role for request in answer(FIRST, drawing.library(shuffled)).requests] == ["library_page"]


def test_a_library_without_end_is_not_followed_without_end(answer: Answer, drawing: ModuleType) -> None:
    entries = [(i, "2026-10-08T10:00:00", f"{FOLDER}/x{i}.pdf") for i in range(100)]
    last = Request(FIRST.url, "library_page", None, {**FIRST.context, "page": str(library.MOST_PAGES)})
    found = answer(last, drawing.library(entries))
    assert "library_too_long" in found.troubles
    assert {request.role for request in found.requests} == {"sheet"}


def test_pictures_are_left_and_strange_entries_are_named(answer: Answer, drawing: ModuleType) -> None:
    good = json.loads(drawing.library(named("sesion_07_10_2026.pdf")))
    picture = [{**good[0], "mime_type": "image/png"}]
    odd = [{}, {**good[0], "date": "yesterday"}, {**good[0], "source_url": 5}, {**good[0], "id": "x"}]
    found = answer(FIRST, json.dumps([*odd, *picture, *good]).encode())
    assert len(found.requests) == 1
    assert [one.code for one in found.found if hasattr(one, "severity")] == ["odd_entry"] * 4


@pytest.mark.parametrize(
    "url",
    [
        "https://elsewhere.example/sesion_07_10_2026.pdf",
        "http://senado.congreso.gob.pe/sesion_07_10_2026.pdf",
        "https://senado.congreso.gob.pe.evil.example/sesion_07_10_2026.pdf",
        "file:///etc/passwd",
        "//[",
        "https://senado.congreso.gob.pe/" + "x" * 2_000,
        r"https://senado.congreso.gob.pe/sesion_07_10_2026\ud800.pdf",
    ],
)
def test_files_on_other_sites_are_not_followed(url: str, answer: Answer, drawing: ModuleType) -> None:
    listed = drawing.library([(1, "2026-10-08T10:00:00", url)]).replace(rb"\\u", rb"\u")
    found = answer(FIRST, listed)
    assert found.requests == []
    assert "not followed" in found.troubles["elsewhere"].message


def test_a_name_with_blanks_and_accents_becomes_an_address(answer: Answer, drawing: ModuleType) -> None:
    found = answer(FIRST, drawing.library(named("Asistencia y votación 07-10-2026.pdf")))
    assert found.requests[0].url == f"{FOLDER}/Asistencia%20y%20votaci%C3%B3n%2007-10-2026.pdf"
    again = answer(FIRST, drawing.library(named("Asistencia%20y%20votaci%C3%B3n%2007-10-2026.pdf")))
    assert again.requests[0].url == found.requests[0].url


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"  \n", "empty"),
        (b"<!DOCTYPE html><html></html>", "html_instead_of_json"),
        (b'[{"id": 1', "broken_json"),
        (b"\xff\xfe[]", "broken_json"),
        (b"[" * 100_000, "broken_json"),
        (b'{"code": "rest_no_route", "data": {"status": 404}}', "not_a_list"),
        (b"[1, 2]", "not_a_list"),
        (b'"x"', "not_a_list"),
        (json.dumps([{}] * 101).encode(), "too_many"),
    ],
)
def test_what_is_no_list_is_refused_by_name(content: bytes, code: str, answer: Answer) -> None:
    with pytest.raises(Unreadable) as refused:
        answer(FIRST, content)
    assert refused.value.code == code


def test_the_answer_beyond_the_last_page_is_recognised() -> None:
    beyond = b'{"code":"rest_post_invalid_page_number","message":"...","data":{"status":400}}'
    role = source("pe_senate").roles["library_page"]
    assert role.absent(beyond, "https://x/")
    assert not role.absent(b"[]", "https://x/")
    assert answers.SIZE == 100
