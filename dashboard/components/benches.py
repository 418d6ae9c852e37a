"""How united was each group in a year, and which groups voted alike?"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from dashboard import frame, links
from dashboard.charts.cohesion import cohesion
from dashboard.charts.colours import PAGE
from dashboard.components import figures, shares
from dashboard.components.escape import Html, el, join
from dashboard.words import Words
from tracker.queries.benches import Bench, Mean, Pair
from tracker.queries.record import Record


def table(record: Record, of: Sequence[Bench], say: Words, lang: str | None) -> Html:
    """Return the groups with their members, and how often two of a group agreed: in contested votes, and in all."""
    head = [(say("groups.group"), False), (say("benches.members"), True), (say("benches.contested"), True),
            (say("benches.all"), True)]  # fmt: skip
    rows = [
        (
            name(bench, record, say, lang),
            say.number(bench.members),
            *(_mean(m, say) for m in (bench.course.contested, bench.course.all)),
        )
        for bench in of
    ]
    return shares.table(say("benches.caption", year=record.year), head, rows, kind="esc-benches esc-stack")


def _mean(mean: Mean | None, say: Words) -> Html | str:
    return "–" if mean is None else shares.share(mean.pairs, mean.votes, say)


def name(bench: Bench, record: Record, say: Words, lang: str | None) -> Html:
    """Return a group as a link, with its code; a label says that it is none."""
    group = bench.group
    link = el("a", group.name, href=links.group(group.code, record.chamber.slug, lang, year=record.year))
    code = el("span", group.code, class_="esc-code") if group.code != group.name else None
    loose = None if group.attached else el("span", say("groups.unattached"), class_="esc-hint")
    return join([link, code, loose], " ")


def indices(record: Record, of: Sequence[Bench], say: Words) -> Html:
    """Return the published indices, contested votes before all of them."""
    head = [(say("groups.group"), False), *((say(f"benches.{key}"), True) for key in
            ("ai_contested", "ai_all", "rice_contested", "rice_all", "cast"))]  # fmt: skip
    rows = []
    for bench in of:
        hard, every = bench.course.contested, bench.course.all
        values = [shares.index(mean.agreement_index if mean else None) for mean in (hard, every)]
        values += [shares.index(mean.rice if mean else None) for mean in (hard, every)]
        rows.append((bench.group.code, *values, f"{every.cast:.1f}" if every else "–"))
    summary = el("summary", say("benches.indices"))
    note = el("p", say("benches.indices_is"), class_="esc-hint")
    return el("details", summary, shares.table(say("benches.indices"), head, rows), note, class_="esc-official")


def course(bench: Bench, say: Words) -> Html:
    """Say how united one group was, in sentences: contested votes before all of them, each with its number."""
    hard, every = bench.course.contested, bench.course.all
    lines = []
    for key, mean in (("contested", hard), ("all", every)):
        if mean is None:
            lines.append(el("li", say(f"benches.few_{key}")))
        else:
            told = say(f"benches.in_{key}", share=say.fraction(mean.pairs or 0), n=say.number(mean.votes),
                       cast=f"{mean.cast:.1f}")  # fmt: skip
            more = say("benches.as_indices", ai=shares.index(mean.agreement_index), rice=shares.index(mean.rice))
            lines.append(el("li", told, " ", el("span", more, class_="esc-hint")))
    return join([el("ul", lines, class_="esc-ranks"), el("p", say("benches.pairs_is"), class_="esc-hint")])


def months(of: Sequence[Bench], say: Words, address: Callable[[str], str]) -> None:
    """Show how united groups were, month by month; labels that are no group have no line."""
    drawn = cohesion([bench for bench in of if bench.group.attached], say, PAGE)
    if drawn is not None:
        frame.show(el("h2", say("benches.months"), id="months"))
        figures.show(drawn, say, address)


def finding(of: Sequence[Pair], say: Words) -> Html | None:
    """Say which two groups voted most alike over contested votes, and which least."""
    known = [(pair.hard_share, pair) for pair in of if pair.hard_share is not None]
    if not known:
        return el("p", say("benches.pairs_none"), class_="esc-note")
    (high, most), (low, least) = max(known, key=lambda k: k[0]), min(known, key=lambda k: k[0])
    told = say("benches.most", a=most.one, b=most.other, share=say.fraction(high))
    if most is not least:
        told += " " + say("benches.least", a=least.one, b=least.other, share=say.fraction(low))
    return el("p", told, class_="esc-finding")


def square(of: Sequence[Pair], codes: Sequence[str], names: dict[str, str], say: Words) -> Html:
    """Return a table of every two groups: how often members of both agreed, and in how many contested votes."""
    found = {frozenset((pair.one, pair.other)): pair for pair in of}
    head = el(
        "tr",
        el("td"),
        [el("th", el("abbr", code, title=names[code]), scope="col", class_="esc-n") for code in codes[:-1]],
    )
    body = []
    for n, code in enumerate(codes[1:], 1):
        cells = [_cell(found[frozenset((code, other))], say) for other in codes[:n]]
        empty = [el("td") for _ in codes[n:-1]]
        body.append(el("tr", el("th", el("abbr", code, title=names[code]), scope="row"), cells, empty))
    whole = el(
        "table",
        el("caption", say("benches.square")),
        el("thead", head),
        el("tbody", body),
        class_="esc-table esc-square",
    )
    return shares.boxed(whole, say("benches.square"))


def _cell(pair: Pair, say: Words) -> Html:
    if pair.hard_share is None:
        return el(
            "td",
            el("span", "–", class_="esc-zero"),
            el("span", say.number(pair.hard_n), class_="esc-hint"),
            class_="esc-n",
        )
    return el(
        "td",
        el("span", say.fraction(pair.hard_share), class_="esc-num"),
        el("span", say.number(pair.hard_n), class_="esc-hint"),
        class_="esc-n",
    )


def beside(of: Sequence[Pair], code: str, names: dict[str, str], record: Record, say: Words, lang: str | None) -> Html:
    """Return how often one group agreed with each other one, the most alike first."""
    ours = [pair for pair in of if code in (pair.one, pair.other)]
    ours.sort(key=lambda pair: -(pair.hard_share if pair.hard_share is not None else -1))
    head = [(say("groups.group"), False), (say("member.contested"), True), (say("benches.all"), True)]
    rows = []
    for pair in ours:
        other = pair.other if pair.one == code else pair.one
        link = el("a", names[other], href=links.group(other, record.chamber.slug, lang, year=record.year))
        rows.append((link, shares.share(pair.hard_share, pair.hard_n, say), shares.share(pair.share, pair.n, say)))
    return shares.table(say("benches.beside", year=record.year), head, rows)
