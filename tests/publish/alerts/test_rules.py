"""Does the file of rules say where it is wrong, and is it changed without losing a line?"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tracker.domain.spelled import Language
from tracker.publish.messages import word
from tracker.publish.rules import Rule, RulesError, added, label, load, parse, resolved, without
from tracker.queries.ranks import RULES

GOOD = """# Rules of the desk.
[[rule]]
name = "troops"
to = ["env:DESK"]
text = "tropas"

# Closest votes.
[[rule]]
name = "close"
to = "mailto://user:hunter2secret@example.org"
margin = 3
digest = "08:00"
zone = "America/Lima"

[[rule]]
name = "health"
to = ["env:DESK"]
trouble = ["silent", "failing"]
"""


def test_a_good_file_is_read_in_its_order() -> None:
    rules = parse(GOOD, "alerts.toml")
    assert [rule.name for rule in rules] == ["troops", "close", "health"]
    assert rules[1].to == ("mailto://user:hunter2secret@example.org",)


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("rule", RULES)
def test_every_rule_of_broken_ranks_has_its_name_in_messages(rule: str, language: Language) -> None:
    assert word(language, f"rule_{rule}")


def test_no_file_is_no_rules(tmp_path: Path) -> None:
    assert load(tmp_path / "none.toml") == ()


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('margn = 3', "line 2: rule 1 (troops): margn: no such key; known: name, to"),
        ('margin = "3x"', "margin: "),
        ("margin = -1", "margin: Input should be greater than or equal to 0"),
        ("margin = true", "margin: a whole number is expected"),
        ('language = "fr"', "language: Input should be 'en' or 'es'"),
        ('digest = "8:00"', "digest: "),
        ('digest = "08:00"', "digest needs a zone"),
        ('zone = "America/Lima"', "zone is of use with digest only"),
        ('digest = "08:00"\nzone = "Lima"', "zone: there is no time zone 'Lima'; write it as America/Lima"),
        ('trouble = "silent"', "asks nothing of votes: take text out, or make two rules"),
        ('source = "pe_sheets"', "source is of use with trouble only"),
        ('position = "yes"', "position is of use with member only"),
        ('member = "a"\nposition = "maybe"', "position.0: "),
        ('ranks_rule = "plurality"', "ranks_rule is of use with broke_ranks only"),
        ('broke_ranks = 1\nranks_rule = "mine"', "ranks_rule: there is no rule 'mine'; known: plurality"),
        ('stand = "yes"', "stand is of use with group only"),
        ('tell = "everything"', "tell.0: "),
    ],
)  # fmt: skip
def test_what_is_wrong_says_where(line: str, said: str) -> None:
    text = GOOD.replace('text = "tropas"', f'text = "tropas"\n{line}')
    with pytest.raises(RulesError) as found:
        parse(text, "alerts.toml")
    assert str(found.value).startswith("alerts.toml, line 2: rule 1 (troops): ")
    assert said in str(found.value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[rule]]\nname = 'x'\n", "rule 1 (x): to: Field required"),
        ("[[rule]]\nto = ['env:X']\n", "rule 1 (without a name): name: Field required"),
        ("[[rule]]\nname = 'A b'\nto = 'env:X'\n", "name: String should match pattern"),
        (GOOD + "[[rule]]\nname = 'troops'\nto = 'env:X'\n", "line 19: rule 4 (troops): another rule has this name"),
        ("rule = 3\n", "every rule begins with [[rule]]"),
        ("[rules]\n", "rules is no key here"),
        ("[[rule]\n", "line 1"),
        ("[[rule]]\nname = 'x'\nto = ['env:X', 'env:X']\n", "the same address stands there twice"),
    ],
)
def test_what_is_no_rule_says_so(text: str, said: str) -> None:
    with pytest.raises(RulesError) as found:
        parse(text, "alerts.toml")
    assert said in str(found.value)


@pytest.mark.parametrize("address", ["hunter2secret", "env:", "env:a b", "mailto: //hunter2secret", "hunter2secret://"])
def test_a_wrong_address_is_not_repeated(address: str) -> None:
    with pytest.raises(RulesError) as found:
        parse(f"[[rule]]\nname = 'x'\nto = ['{address}']\n", "alerts.toml")
    assert "address 1 is neither env:NAME nor an address" in str(found.value)
    assert "hunter2secret" not in str(found.value)


def test_of_an_address_only_the_kind_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    assert label("mailto://user:hunter2secret@example.org") == "mailto://…"
    assert label("env:DESK") == "env:DESK"
    monkeypatch.setenv("DESK", "hunter2secret")
    with pytest.raises(RulesError, match="DESK holds no address"):
        resolved("env:DESK")
    monkeypatch.setenv("DESK", " slack://a/b/c ")
    assert resolved("env:DESK") == "slack://a/b/c"


def test_a_rule_is_added_and_taken_out_and_all_else_stays() -> None:
    more = added(
        GOOD, {"name": "new", "to": ["env:X"], "text": 'ley "Soto" \\ \x07', "exact": True, "margin": 2}, "a.toml"
    )
    assert more.startswith(GOOD)
    assert parse(more, "a.toml")[-1].text == 'ley "Soto" \\ \x07'
    assert without(more, "new", "a.toml").rstrip() == GOOD.rstrip()
    less = without(GOOD, "troops", "a.toml")
    assert less.startswith('# Rules of the desk.\n# Closest votes.\n[[rule]]\nname = "close"')
    assert [rule.name for rule in parse(less, "a.toml")] == ["close", "health"]
    with pytest.raises(RulesError, match="there is no rule 'nobody'; known: troops, close, health"):
        without(GOOD, "nobody", "a.toml")


def test_a_file_written_in_another_way_is_left_to_a_person() -> None:
    text = 'rule = [{name = "a", to = "env:X"}, {name = "b", to = "env:X"}]\n'
    with pytest.raises(RulesError, match="only a person can take out"):
        without(text, "a", "a.toml")
    with pytest.raises(RulesError):
        added(text, {"name": "c", "to": ["env:X"]}, "a.toml")


def test_the_page_of_the_docs_has_rules_that_can_be_read_and_names_every_key() -> None:
    page = (Path(__file__).parents[3] / "docs" / "alerts.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```toml\n(.*?)```", page, re.DOTALL)
    assert len(parse(example, "alerts.md")) == 5
    for key in Rule.model_fields:
        assert f"`{key}" in page or f"{key} = " in example, key
