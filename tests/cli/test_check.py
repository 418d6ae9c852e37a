"""Does `tracker check` say what the record says of a text, to a person and to a programme, whatever it is given?"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import jsonschema
import pytest

from tracker.claims.steps import KEYS
from tracker.claims.verdict import Verdict
from tracker.cli.verdicts import WORDS

if TYPE_CHECKING:
    from conftest import Tracker

SCHEMA = json.loads((Path(__file__).resolve().parents[2] / "docs" / "check.schema.json").read_text(encoding="utf-8"))
SENTENCE = "Con 70 votos a favor, 33 en contra y 4 abstenciones, el Congreso aprobó el ingreso de tropas de EE. UU."


def test_a_sentence_gets_its_card(demonstrated: Tracker) -> None:
    said = demonstrated("check", SENTENCE).stdout
    for part in (
        "matches-final: matches the count, votes put on record included", "board", "Flores", "Portalatino",
        "no vote → no", "SHA-256", "página",
        "To copy: En la votación del Congreso del Perú en la sesión del 18 de mayo de 2023 hubo 70 votos",
        "How this was reached",
    ):  # fmt: skip
        assert part in said, part


def test_what_is_to_be_copied_is_in_the_language_of_the_text(demonstrated: Tracker) -> None:
    said = demonstrated("check", "By 70 votes to 33, with 4 abstentions, Congress let in US troops.").stdout
    assert "To copy: The vote in Peru's Congress at the sitting of May 18, 2023, was 70-33, with four" in said
    assert "sitting of 18 May 2023" in said


def test_json_has_the_documented_shape(demonstrated: Tracker, tmp_path: Path) -> None:
    article = tmp_path / "article.txt"
    article.write_text(f"Título\n\n{SENTENCE} No hubo más. Kelly Portalatino votó en contra.", encoding="utf-8")
    shape = json.loads(demonstrated("check", str(article), "--json", "--date", "2023-05-20").stdout)
    jsonschema.validate(shape, SCHEMA)
    first, second = shape["claims"]
    assert first["verdict"] == "matches-final"
    assert first["matches"][0]["matched"] == "final"
    assert first["matches"][0]["subject_fits"] is True
    assert second["members"][0]["agreement"] == "agrees"


@pytest.mark.parametrize(
    ("content", "why"),
    [(b"", "nothing to read"), (b"\xff\xfe\x00", "no text in UTF-8"), (b"a" * 10_000_000, "larger than 2 MB"),
     (b"a" * 500_000, "at most 400000"), (b"a\x00b", "zero bytes")],
)  # fmt: skip
def test_what_is_no_article_is_refused_in_words(
    demonstrated: Tracker, tmp_path: Path, content: bytes, why: str
) -> None:
    file = tmp_path / "given"
    file.write_bytes(content)
    done = demonstrated("check", str(file), code=2)
    assert why in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_a_text_without_claims_says_so(demonstrated: Tracker) -> None:
    assert "No count of a vote" in demonstrated("check", "Mañana habrá sesión.").stdout


def test_every_verdict_and_every_step_has_words() -> None:
    assert {str(verdict) for verdict in Verdict} <= WORDS.keys()
    assert {"step-several" if key == "several" else key for key in KEYS} <= WORDS.keys()


def test_drafts_of_a_claim_review_are_json_without_a_rating(demonstrated: Tracker) -> None:
    ran = demonstrated(
        "check", SENTENCE, "--claim-review", "--date", "2023-05-20", "--appeared", "https://press.example/a"
    )
    (draft,) = json.loads(ran.stdout)
    assert draft["itemReviewed"]["appearance"]["url"] == "https://press.example/a"
    assert draft["reviewRating"]["ratingValue"] == ""
    wrong = demonstrated("check", SENTENCE, "--claim-review", "--appeared", "press", code=2)
    assert "is no address of an article" in wrong.stderr
