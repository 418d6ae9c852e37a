"""Do the pages of members, groups and comparisons, and the blocks of a vote about them, say what they should?"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import seed

Open = Callable[..., Any]

TAIPE = "taipe-coronado-maria-elizabeth"


# --- a vote -----------------------------------------------------------------------------------------------------------


def test_the_vote_says_who_broke_ranks_with_the_rule_beside_it(page: Open) -> None:
    shown = page("vote", id=seed.FOUNDING)
    for part in (
        "Quiénes votaron distinto a su grupo 8 personas votaron distinto a la mayoría de su grupo.",
        "Acción Popular 10–4–0 · la mayoría: a favor en contra : Doroteo Carbajo, Raúl Felipe ; Espinoza Vargas",
        "Bloque Magisterial de Concertación Nacional 6–1–2 · la mayoría: a favor en contra : Dávila Atanacio, Pasión "
        "Neomias abstención : Quiroz Barboza",
        "Perú Bicentenario 1–5–0 · la mayoría: en contra a favor : Marticorena Mendoza",
        "Sin mayoría que contradecir: No agrupados (5–0–1): no es un grupo; Podemos Perú (1–1–1): empate.",
        "La de Escrutinio . La línea de un grupo es lo que hizo la mayor parte de quienes votaron",
        "las 4 que se pueden aplicar aquí dan entre 6 y 9 nombres",
    ):
        assert part in shown.text, part
    assert 'href="./member?id=marticorena-mendoza-jorge-alfonso&amp;ch=pe_congress"' in shown.html
    assert 'href="./group?id=AP&amp;ch=pe_congress"' in shown.html
    order = [shown.text.index(part) for part in ("Quiénes votaron distinto", "De dónde sale", "¿Quién pudo cambiarlo?")]
    assert order == sorted(order)


def test_the_rule_stands_in_the_address_and_is_switched_on_the_page(page: Open) -> None:
    shown = page("vote", id=seed.SHEET, rule="public_whip", lang="en")
    assert "8 members voted differently from most of their group." in shown.text
    choice = shown.app.selectbox(key="rule")
    assert [option.rsplit(" ", 2)[1] for option in choice.options] == ["8", "9", "6", "1", "10", "20"]
    choice.select("openparliament").run()
    assert "1 member voted differently" in shown.text
    assert shown.app.query_params["rule"] in ("openparliament", ["openparliament"])
    assert "rule" not in page("vote", id=seed.SHEET, rule="<script>").app.query_params


def test_a_rule_on_silence_is_not_applied_to_a_paper_that_lists_no_absent(page: Open) -> None:
    text = page("vote", id=seed.FOUNDING, rule="opora").text
    assert "Esta regla pregunta quién no votó, y este documento no lo dice." in text


def test_a_split_is_no_rebellion_and_candidates_make_lines(page: Open, year: str) -> None:
    shown = page("vote", id="us-house-2024-1", at=year, lang="en")
    assert "it split, so nobody is called a rebel. On the smaller side:" in shown.text
    assert "By this rule, nobody broke ranks." in page("vote", id=seed.SPEAKER, lang="en").text
    senate = page("vote", id=seed.SENATE, lang="en").text
    assert "With no line to break: Independent (2–0): no group." in senate


def test_where_the_final_count_cannot_be_told_the_list_is_the_boards(page: Open, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/open.sqlite"
    engine = seed.open_engine(url)
    seed.upgrade(engine)
    writer = seed.Writer(engine, seed.MINUTES)
    vote = seed.founding(whole=True, spoken_whole=False)
    writer.take(seed.reading(seed.MINUTES, vote, url="https://example.org/x.pdf", at=datetime(2023, 6, 1, tzinfo=UTC)))
    writer.flush()
    assert "the list is the board's" in page("vote", at=url, id=seed.SHEET, lang="en").text


def test_who_could_have_changed_it_is_counted_and_named_by_reason(page: Open) -> None:
    shown = page("vote", id=seed.SHEET)
    assert "A favor y en contra se separan por 37 votos. 23 personas no votaron." in shown.text
    assert "No consta qué mayoría hacía falta" in shown.text
    assert "ausente 8" in shown.text
    assert "El documento no dice quiénes no votaron." in page("vote", id=seed.FOUNDING).text
    house = page("vote", id=seed.HOUSE, lang="en").text
    assert "What was needed was reached. To fail, any one of these alone:" in house
    assert "65 yes votes cast as no" in house
    assert "all 9 who could have voted and did not would have been too few" in house
    assert "Who could have changed it?" not in page("vote", id=seed.SPEAKER, lang="en").text


def test_a_majority_that_was_missed_says_what_would_have_made_it(page: Open, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/missed.sqlite"
    engine = seed.open_engine(url)
    seed.upgrade(engine)
    marks = [(seed.YEA, "R", 60), (seed.NAY, "D", 32), (seed.AWAY, "D", 6)]
    vote = seed.american(seed.HOUSE, seed.date(2023, 9, 28), "H.R. 1: A bill", marks, requirement="2/3 YEA-AND-NAY")
    writer = seed.Writer(engine, seed.CLERK)
    writer.take(seed.reading(seed.CLERK, vote, url="https://example.org/x", at=datetime(2023, 10, 1, tzinfo=UTC)))
    writer.flush()
    text = page("vote", at=url, id=seed.HOUSE, lang="en").text
    assert "What was needed was not reached. To pass, any one of these alone: 2 no votes cast as yes 4 of the 6" in text


def test_the_votes_on_one_matter_stand_together(page: Open, year: str) -> None:
    shown = page("vote", id="us-house-2024-5", at=year, lang="en")
    assert "Other votes on the same matter 2 votes in all. They name the same by number: H.R. 2." in shown.text
    assert 'href="./compare?a=us-house-2024-5&amp;b=us-house-2024-6&amp;lang=en"' in shown.html
    assert "Other votes on the same matter" not in page("vote", id=seed.SPEAKER, lang="en").text


def test_the_roll_leads_to_its_members_and_says_who_has_no_page(page: Open, tmp_path: Path) -> None:
    shown = page("vote", id=seed.SHEET)
    assert f'<a href="./member?id={TAIPE}&amp;ch=pe_congress">Taipe Coronado, María Elizabeth</a>' in shown.html
    assert "los nombres sin enlace no tienen página" not in shown.text
    url = nameless(tmp_path)
    old = page("vote", at=url, id=seed.HOUSE, lang="en")
    assert "names without a link have no page" in old.text
    assert "./member?" not in old.html


def nameless(folder: Path) -> str:
    """A database with one vote whose paper prints no identifiers, as the House did before 2003."""
    url = f"sqlite:///{folder}/nameless.sqlite"
    engine = seed.open_engine(url)
    seed.upgrade(engine)
    printed = tuple(
        seed.PrintedBallot(f"Member {n}", code, party, None, "CA")
        for n, (code, party) in enumerate([(seed.YEA, "R")] * 5 + [(seed.NAY, "D")] * 4)
    )
    vote = seed.american(seed.HOUSE, seed.date(1996, 9, 28), "H.R. 1", [], ballots=printed, board=None, groups=())
    writer = seed.Writer(engine, seed.CLERK)
    writer.take(seed.reading(seed.CLERK, vote, url="https://example.org/x", at=datetime(2023, 10, 1, tzinfo=UTC)))
    writer.flush()
    return url


# --- members ----------------------------------------------------------------------------------------------------------


def test_the_list_of_members_follows_its_address(page: Open, year: str) -> None:
    shown = page("members", at=year, lang="en")
    assert "United States House of Representatives · 2024" in shown.text
    assert "14 members" in shown.text
    assert 'href="./members?ch=us_house&amp;year=2023&amp;lang=en"' in shown.html
    assert 'href="./members?ch=pe_congress&amp;lang=en"' in shown.html
    assert shown.text.index("Member 004 Independent") < shown.text.index("Member 005 Republican")
    by_group = page("members", at=year, sort="group", lang="en")
    assert by_group.text.index("Member 008 Democratic") < by_group.text.index("Member 004 Independent")
    assert "1 member" in page("members", at=year, q="member 004", lang="en").text
    assert "7 members" in page("members", at=year, group="D", lang="en").text
    assert "Nobody of that name or group" in page("members", at=year, q="nobody", lang="en").text


def test_a_list_of_people_has_pages_and_shows_how_often_each_voted(page: Open) -> None:
    shown = page("members", ch="pe_congress", year="2023", page="3")
    told = "«Votó» cuenta 1 de las 2: la única que entra en las cifras y cuyo documento nombra a los ausentes"
    assert told in shown.text
    assert "130 personas" in shown.text
    assert "página 3 de 3" in shown.text
    assert shown.html.count("./member?") == 30
    assert "Taipe Coronado, María Elizabeth Perú Libre 1 de 1" in shown.text


def test_names_without_an_identifier_are_counted_and_have_no_page(page: Open, tmp_path: Path) -> None:
    url = nameless(tmp_path)
    text = page("members", at=url, lang="en").text
    assert "9 names stand without an identifier and have no page" in text
    assert "Nobody of that name or group" in text
    groups = page("group", at=url, id="R", ch="us_house", lang="en")
    assert "5 named at the sitting of 28 September 1996." in groups.text
    assert "./member?" not in groups.html


def test_a_member_of_the_founding_vote(page: Open) -> None:
    shown = page("member", id=TAIPE, ch="pe_congress")
    for part in (
        "Taipe Coronado, María Elizabeth Perú Libre · según la votación del 18 de mayo de 2023",
        "Participación en 2023 Tomó parte en 1 de 1 votación cuyo documento nombra a los ausentes.",
        "En 1 votación más de ese año no se sabe quién faltó: el documento solo nombra a quienes votaron.",
        "1 de sus votos consta de viva voz: el tablero solo no lo tiene.",
        "Votó 0 veces distinto a la mayoría de su grupo, en 2 votaciones.",
        "en contra de viva voz; tablero: licencia oficial 18 de mayo de 2023, 00:10 (19 de mayo) · 70–33–4",
        "Grupos, por fecha Perú Libre el 18 de mayo de 2023 · 1 votación",
        "Escaño: desde el 27 de julio de 2021.",
    ):
        assert part in shown.text, part
    assert f'href="./vote?id={seed.SHEET}"' in shown.html


def test_a_rebel_has_the_vote_on_the_page_with_what_the_group_did(page: Open) -> None:
    shown = page("member", id="marticorena-mendoza-jorge-alfonso", ch="pe_congress", show="apart")
    assert "Votó 2 veces distinto a la mayoría de su grupo, en 2 votaciones." in shown.text
    assert "PB 1–5–0: la mayoría, en contra" in shown.text
    by_rule = page("member", id="marticorena-mendoza-jorge-alfonso", ch="pe_congress", rule="openparliament")
    assert "Votó 0 veces distinto" in by_rule.text
    assert "rule=openparliament&amp;show=yes" in by_rule.html.replace(
        "show=yes&amp;rule=openparliament", "rule=openparliament&amp;show=yes"
    )


def test_a_year_of_a_member_has_figures_with_their_numbers(page: Open, year: str) -> None:
    shown = page("member", at=year, id=seed.SWITCHED, lang="en")
    assert "Independent (not a group) · as of the vote of 27 November 2024" in shown.text
    assert "Least alike, in contested votes" not in shown.text
    assert "There are not 30 contested votes in common with anybody: not ranked by agreement." in shown.text
    assert 'href="./versus?ch=us_house&amp;a=H00004&amp;b=H00001&amp;year=2024&amp;lang=en"' in shown.html
    assert "Independent 12 June 2024 to 27 November 2024 · 13 votes" in shown.text
    assert "of 22 votes (" in shown.text
    earlier = page("member", at=year, id=seed.SWITCHED, year="2023", lang="en")
    assert "Votes in 2023" in earlier.text
    assert "page 1 of" not in earlier.text


def test_a_list_of_votes_of_a_member_is_narrowed_down_and_never_beyond_its_last_page(page: Open, year: str) -> None:
    every = page("member", at=year, id="H00001", lang="en", page="99", show="nonsense")
    assert every.html.count("esc-rowdid") == 24
    away = page("member", at=year, id="H00001", lang="en", show="not_cast")
    assert 0 < away.html.count("esc-rowdid") < 24
    assert "did not vote" in away.text


@pytest.mark.parametrize(
    ("text", "count"),
    [("h.r. 3", 3), ("HR3", 3), ("bill", 24), ("a bíll Número", 0), ("H.R. 99", 0), ("?!", 0)],
)
def test_the_votes_of_a_member_are_searched_by_words_and_by_bills(page: Open, year: str, text: str, count: int) -> None:
    shown = page("member", at=year, id="H00001", year="2024", q=text, lang="en")
    assert f"{count} of 24 votes, for “{text}”." in shown.text
    assert shown.html.count('<ol class="esc-votes esc-course">') == (1 if count else 0)
    if count:
        assert f"all {count}" in shown.text or f"Show all {count}" in shown.text
        assert "q=" in shown.html.partition('aria-label="Show"')[2].partition("</nav>")[0], "the kinds keep the search"
    else:
        assert "None of these votes has those words in its subject, nor that number of a bill." in shown.text
        assert "year=all" in shown.html


def test_a_search_is_typed_on_the_page_and_cleared_by_a_link(page: Open, year: str) -> None:
    shown = page("member", at=year, id="H00001", year="2024", lang="en")
    assert "votes, for “" not in shown.text
    (box,) = shown.app.text_input
    box.set_value("H.R. 3").run()
    assert "3 of 24 votes, for “H.R. 3”. Clear the search" in shown.text
    assert 'href="./member?id=H00001&amp;ch=us_house&amp;year=2024&amp;lang=en">Clear the search' in shown.html


def test_the_votes_of_all_years_stand_in_one_list(page: Open, year: str) -> None:
    shown = page("member", at=year, id="H00001", year="all", lang="en")
    for part in (
        "Year 2024 2023 all years", "Participation and whom they voted with are figures of one year: choose one.",
        "Votes of all years",
    ):  # fmt: skip
        assert part in shown.text, part
    assert '<strong aria-current="true">all years</strong>' in shown.html
    assert "Took part in" not in shown.text
    single = {at: page("member", at=year, id="H00001", year=at, lang="en").text for at in ("2023", "2024")}
    totals = [int(re.search(r"Show all (\d+)", text)[1]) for text in (*single.values(), shown.text)]
    assert totals[0] + totals[1] == totals[2] > 25
    assert "page 1 of 2" in shown.text
    last = page("member", at=year, id="H00001", year="all", page="2", lang="en")
    assert "2023" in last.text.partition("Votes of all years")[2].partition("Groups, by date")[0]
    found = page("member", at=year, id="H00001", year="all", q="defense", lang="en")
    assert f"1 of {totals[2]} votes, for “defense”." in found.text


def test_one_year_alone_has_no_way_to_all_of_them(page: Open) -> None:
    shown = page("member", id=TAIPE, year="all")
    assert "todos los años" not in shown.text
    assert "Sus votos en 2023" in shown.text


def test_one_person_in_two_chambers_is_led_from_one_to_the_other(page: Open, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/two.sqlite"
    engine = seed.open_engine(url)
    seed.upgrade(engine)
    for paper in (seed.MINUTES, seed.SENATE_SHEETS):
        writer = seed.Writer(engine, paper)
        writer.register(seed.register())
        writer.flush()
    shown = page("member", at=url, id=TAIPE, ch="pe_senate")
    assert "También en: Congreso del Perú" in shown.text
    assert "No figura en ninguna votación recogida." in shown.text
    assert f'href="./member?id={TAIPE}&amp;ch=pe_congress"' in shown.html


# --- groups -----------------------------------------------------------------------------------------------------------


def test_the_groups_of_a_year_with_how_united_and_how_alike(page: Open, year: str) -> None:
    text = page("groups", at=year, lang="en").text
    assert "Over 22 votes. 2 votes are in no figure" in text
    assert "Democratic D 7" in text
    assert "Independent I not a group 1" in text
    assert "In contested votes, most alike: D and R (" in text
    assert "Hotly contested: the smaller side was a quarter or more." in text, "another cut-off has another name"
    assert "Least alike" not in text
    few = page("groups", ch="pe_congress").text
    assert "Demasiado pocas votaciones disputadas para comparar grupos." in few


def test_a_group_with_its_members_by_date_and_its_votes(page: Open, year: str) -> None:
    shown = page("group", at=year, id="R", ch="us_house", lang="en")
    for part in (
        "How united, 2024 In ", "6 named at the sitting of 27 November 2024.",
        "Member 004 10 January 2024 29 May 2024 then I", "When it did not vote together, 2024",
        "Agreement with the other groups, 2024",
    ):  # fmt: skip
        assert part in shown.text, part
    assert "Month by month" not in shown.text, "no month has five votes"
    assert "Who of them voted with whom" not in shown.text, "no two have thirty contested votes in common"
    label = page("group", at=year, id="I", ch="us_house", lang="en").text
    assert "No group, but the label of members without one" in label
    assert "When it did not vote together" not in label
    assert "We know no group XX" in page("group", at=year, id="XX", lang="en").text


# --- comparisons ------------------------------------------------------------------------------------------------------


def test_two_votes_side_by_side_with_names_and_changes_of_group(page: Open, year: str) -> None:
    shown = page("compare", at=year, a="us-house-2024-1", b="us-house-2024-22", lang="en")
    assert "members changed position, of 14 on both rolls." in shown.text
    assert "1 with another group in the second Member 004 (R → I)" in shown.text
    assert 'href="./compare?a=us-house-2024-22&amp;b=us-house-2024-1&amp;lang=en"' in shown.html
    founding = page("compare", a=seed.FOUNDING, b=seed.SHEET)
    assert "0 personas cambiaron de posición, de 107 que figuran en ambas." in founding.text
    assert "23 figuran solo en B" in founding.text
    assert "a favor → a favor · 70" in founding.text


def test_votes_of_two_chambers_are_not_compared(page: Open) -> None:
    assert "They are of two chambers" in page("compare", a=seed.HOUSE, b=seed.SENATE, lang="en").text


def test_two_members_side_by_side(page: Open, year: str) -> None:
    shown = page("versus", at=year, a="H00001", b="H00002", ch="us_house", lang="en")
    assert "Member 001 and Member 002 voted alike in" in shown.text
    assert "On the same roll in 22 votes." in shown.text
    parted = shown.html.count("esc-rowdid")
    assert f"{parted} contested votes" in shown.text
    few = page("versus", a="alva-prieto-maria-del-carmen", b=TAIPE, ch="pe_congress", lang="en").text
    assert "Only 2 contested votes that both cast: too few for a figure." in few


def test_a_group_with_enough_contested_votes_shows_who_of_it_voted_with_whom(page: Open, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/inside.sqlite"
    engine = seed.open_engine(url)
    seed.upgrade(engine)
    writer = seed.Writer(engine, seed.CLERK)
    names = ("Ash", "Birch", "Cole", "Dunn", "Elm", "Fox")
    for n in range(32):
        marks = [seed.YEA, seed.YEA, seed.NAY if n % 2 else seed.YEA, *[seed.NAY] * 3]
        printed = tuple(
            seed.PrintedBallot(f"{names[i]}, Ann", mark, "RD"[i > 2], f"X{i}", "CA") for i, mark in enumerate(marks)
        )
        vote = seed.american(f"us-house-{n}", seed.date(2024, 1, 6) + seed.timedelta(days=n), "A bill", [],
                             ballots=printed, groups=(), board=seed.Tally.count(marks))  # fmt: skip
        at = datetime(2024, 3, 1, tzinfo=UTC)
        writer.take(seed.reading(seed.CLERK, vote, url=f"https://example.org/{n}", at=at, content=str(n).encode()))
    writer.flush()
    shown = page("group", at=url, id="R", ch="us_house", lang="en")
    assert (
        "Who of them voted with whom, 2024 Most alike: Birch, Ann and Ash, Ann (100%); least: Cole, Ann" in shown.text
    )
    assert "Cole, Ann – Ash, Ann 50% 32" in shown.text
    assert "In all of them (32), 67%" in shown.text
    assert "Month by month Republican: 67% agreement on average" in shown.text, "the chart has the page's figure"
    assert "Republican January 2024 67% 26 Republican February 2024 67% 6" in shown.text
    assert (
        "Month by month Most united: Democratic (100%); least: Republican (67%)"
        in page("groups", at=url, ch="us_house", lang="en").text
    )
    member = page("member", at=url, id="X0", lang="en").text
    assert "Most alike, in contested votes With Contested All κ Birch, Ann R compare 100% of 32 100% of 32 –" in member
    assert "16 contested votes" in page("versus", at=url, a="X0", b="X2", ch="us_house", lang="en").text
