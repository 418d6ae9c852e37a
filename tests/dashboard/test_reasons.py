"""Is every reason for a doubt said in the reader's language?"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from dashboard import reasons, words
from dashboard.reasons import in_words, message, told
from tracker.sources.catalogue import catalogue

ROOT = Path(__file__).parents[2]
ES, EN = words.of("es"), words.of("en")
LISTS = {"doubts", "misfits", "unsettled", "torn"}
"""What lists of reasons are called where they are made."""


@pytest.mark.parametrize(
    ("detail", "spanish"),
    [
        ("", []),
        (
            "the code could not be read: Taipe, María; Ávalos, Kelly; the clock time could not be read",
            ["no se pudo leer la marca de Taipe, María; Ávalos, Kelly", "no se pudo leer la hora"],
        ),
        ("yes +1, not_cast -2", ["a favor +1, no votó −2"]),
        (
            "FP: yes +1; no group: no -1, not in the table",
            ["FP: a favor +1", "sin grupo: en contra −1, que no está en el cuadro"],
        ),
        (
            "page 12: a piece of a list is not a name: 'foo; bar'",
            ["página 12: un trozo de una lista no es un nombre: «foo; bar»"],
        ),
        ("Flores is already on the board (not_cast)", ["Flores ya está en el tablero («no votó»)"]),
        (
            "A is marked leave_sick on the roll and is put down for yes",
            ["A figura en la lista con «licencia por enfermedad» y se le apunta «a favor»"],
        ),
        ("announced 7–3–0, the record makes 6–3–0 or 7–4–0", ["se anunció 7–3–0; el documento da 6–3–0 o 7–4–0"]),
        ("something nobody has seen; and more", ["something nobody has seen", "and more"]),
    ],
)
def test_a_reason_is_said_in_words(detail: str, spanish: list[str]) -> None:
    assert told(detail, ES) == spanish


def test_english_has_no_codes_either() -> None:
    assert told("A is placed at not_cast, the ballots have yes", EN) == [
        "A is placed at “did not vote”, the ballots have “yes”"
    ]


def test_what_stands_in_a_blank_never_becomes_a_blank() -> None:
    assert told("the code could not be read: {names}", ES) == ["no se pudo leer la marca de {names}"]


def test_both_languages_have_the_same_blanks() -> None:
    blanks = re.compile(r"\{\w+\}")
    for reason in reasons.reasons():
        assert sorted(blanks.findall(reason.english)) == sorted(blanks.findall(reason.spanish)), reason.english


def sentences(node: ast.AST) -> Iterator[str]:
    """Hand out the sentences written in an expression, each blank filled with a name, a position and a number.

    A blank called `where` is a page; an expression of blanks alone is no sentence.
    """
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        parts = [part.value if isinstance(part, ast.Constant) else None for part in node.values]
        pages = [
            "page 7" if "where" in {getattr(blank, "id", "") for blank in ast.walk(part)} else None
            for part in node.values
        ]
        if any(len(str(part or "")) > 3 for part in parts):
            for sample in ("X", "yes", "7"):
                yield "".join(str(part or page or sample) for part, page in zip(parts, pages, strict=True))
    elif isinstance(node, ast.BinOp | ast.IfExp):
        return
    else:
        for child in ast.iter_child_nodes(node):
            yield from sentences(child)


def name_of(node: ast.AST) -> str:
    return ast.unparse(node).rpartition(".")[2]


def written(tree: ast.AST) -> Iterator[list[str]]:
    """Hand out each sentence of a module that becomes a doubt, in its samples."""
    found: list[ast.AST] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            if node.func.attr == "doubt" or (node.func.attr == "append" and name_of(node.func.value) in LISTS):
                found += node.args
        elif isinstance(node, ast.AugAssign | ast.Assign) and node.value is not None:
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            if any(name_of(target) in LISTS for target in targets):
                found += getattr(node.value, "elts", [])
        elif isinstance(node, ast.FunctionDef) and node.returns and ast.unparse(node.returns) == "Iterator[str]":
            found += [inner.value for inner in ast.walk(node) if isinstance(inner, ast.Yield) and inner.value]
    for expression in found:
        samples = [text for text in sentences(expression) if " " in text]
        if samples:
            yield samples


def test_every_doubt_the_readers_write_has_words() -> None:
    modules = {*ROOT.glob("tracker/sources/**/*.py"), *ROOT.glob("tracker/domain/*.py")}
    modules -= {ROOT / "tracker/sources/peru/days.py"}  # its doubts are of a whole document: findings, of no vote
    every = [
        (path.name, samples) for path in modules for samples in written(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert len(every) > 70
    unknown = [(where, samples[0]) for where, samples in every if not any(known(text) for text in samples)]
    assert unknown == []


def known(text: str) -> bool:
    """Whether each piece of a text is known; a word alone goes on with a list of names."""
    return all(in_words(piece, ES) for piece in text.split("; ") if " " in piece)


def test_every_doubt_of_the_examples_has_words() -> None:
    doubts = {
        doubt
        for path in ROOT.glob("tests/sources/examples/*/*/expected.json")
        for doubt in found_in(json.loads(path.read_text(encoding="utf-8")))
    }
    assert len(doubts) > 5
    assert [doubt for doubt in doubts if not known(doubt)] == []


def found_in(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for key, part in value.items():
            yield from part if key == "doubts" else found_in(part)
    elif isinstance(value, list):
        for part in value:
            yield from found_in(part)


def test_how_every_chamber_decides_has_words() -> None:
    sheets = [source.sheet for source in catalogue().values()]
    because = {sheet.chamber.because for sheet in sheets} | {
        entry.rule().source for sheet in sheets for entry in sheet.majorities
    }
    assert len(because) > 8
    assert [text for text in because if text and in_words(text, ES) in (None, text)] == []


@pytest.mark.parametrize(
    ("text", "spanish"),
    [
        ("", ""),
        (
            "https://x.test/a: answered with HTTP status 503; the next run asks again; https://x.test/b is not there",
            "https://x.test/a: respondió con el estado HTTP 503; la próxima recogida lo vuelve a pedir; "
            "https://x.test/b no está",
        ),
        (
            "7 of 9 votes do not add up: see the findings before quoting any of them",
            "7 de 9 votaciones no cuadran: véase lo advertido antes de citar ninguna",
        ),
        ("OSError: the disk is full", "OSError: the disk is full"),
    ],
)
def test_why_a_run_failed_is_said_in_words(text: str, spanish: str) -> None:
    assert message(text, ES) == spanish
