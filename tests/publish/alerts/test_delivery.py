"""Does each message go out once: through a real web hook and a real mail server, past deaths and rivals?"""

from __future__ import annotations

import email
import email.policy
import logging
import socket
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from typing import Any

import pytest
import seed
from aiosmtpd.controller import Controller
from newsroom import SHEETS, Hook, Newsroom, house, official, provisional, sheet

from tracker.publish.alerts import TRIES, Sent, back_off, plan, rehearse, send
from tracker.publish.delivery import BadAddress, scrubbed, service
from tracker.queries.alerted import Stage, deliveries, outbox
from tracker.storage.deliveries import LEASE, take
from tracker.storage.runs import me

Sender = Callable[..., list[int]]


class Mailbox(Controller):
    """A mail server on loopback; `got` is what it took."""

    def __init__(self) -> None:
        self.got: list[EmailMessage] = []
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        super().__init__(self, hostname="127.0.0.1", port=port)
        self.start()

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        self.got.append(email.message_from_bytes(envelope.content, policy=email.policy.default))  # type: ignore[arg-type]
        return "250 OK"


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    opened = Mailbox()
    yield opened
    opened.stop()


def test_a_vote_and_its_correction_arrive_by_mail_as_plain_text(small: Newsroom, mailbox: Mailbox) -> None:
    rule = {"to": [f"mailto://127.0.0.1:{mailbox.port}?from=votes@example.org&to=desk@example.org"], "text": "ingreso"}
    small.run(SHEETS, sheet(provisional()))
    assert small.deliver(rule) == Sent(sent=1)
    small.run(SHEETS, sheet(official(), day=1))
    assert small.deliver(rule) == Sent(sent=1)
    assert small.deliver(rule) == Sent()
    first, second = mailbox.got
    assert first.get_content_type() == second.get_content_type() == "text/plain"
    assert first["Subject"].startswith("PROVISIONAL · 69–31–4 · Congreso del Perú: Proyecto de resolución legislativa")
    assert second["Subject"].startswith("Changed: yes 69→70, no 31→33 · Congreso del Perú")
    assert first["Escrutinio-Delivery"] != second["Escrutinio-Delivery"]
    body = second.get_content()
    assert "The official document was changed: yes 69→70 (+Flores Ruíz); no 31→33" in " ".join(body.split())
    assert f"https://votes.example.org/v/{seed.SHEET}?lang=en" in body


def test_a_web_hook_gets_each_event_once(newsroom: Newsroom, hook: Hook) -> None:
    newsroom.run(seed.CLERK, house(1), house(2))
    assert newsroom.deliver({"to": [hook.address()]}) == Sent(sent=2)
    assert newsroom.deliver({"to": [hook.address()]}) == Sent()
    assert len(hook.got) == len(set(hook.keys)) == 2
    assert [one.state for one in deliveries(newsroom.reader)] == [Stage.SENT, Stage.SENT]


def test_killed_between_the_commit_and_the_delivery(newsroom: Newsroom, hook: Hook, sender: Sender) -> None:
    newsroom.run(seed.CLERK, house(1))
    assert sender({"to": [hook.address()]}, point="after planning") == [-9]
    assert newsroom.deliveries() == [("r1", "waiting", 0)]
    assert hook.got == []
    assert newsroom.deliver({"to": [hook.address()]}) == Sent(sent=1)
    assert len(hook.got) == 1
    assert "already" not in hook.got[0]["message"], "it was never handed over"


def test_killed_between_handing_over_and_marking(newsroom: Newsroom, hook: Hook, sender: Sender) -> None:
    newsroom.run(seed.CLERK, house(1))
    assert sender({"to": [hook.address()]}, point="after handing over") == [-9]
    assert newsroom.deliveries() == [("r1", "sending", 1)]
    assert newsroom.deliver({"to": [hook.address()]}) == Sent(sent=1)
    first, second = hook.got
    assert (
        second["message"] == f"You may have had this message already: sending it was interrupted.\n\n{first['message']}"
    )
    assert hook.keys[0] == hook.keys[1], "who counts keys takes it once"
    assert newsroom.deliveries() == [("r1", "sent", 2)]


def test_who_died_on_another_machine_is_waited_for(small: Newsroom, hook: Hook) -> None:
    small.run(seed.CLERK, house(1))
    post = small.post({"to": [hook.address()]})
    plan(post)
    assert take(small.engine, now=small.now, holder="elsewhere:7") is not None
    small.now += LEASE - timedelta(seconds=1)
    assert send(post) == Sent()
    small.now += timedelta(seconds=1)
    assert send(post) == Sent(sent=1)
    assert "already" in hook.got[0]["message"]


def test_two_senders_at_once_send_nothing_twice(newsroom: Newsroom, hook: Hook, sender: Sender) -> None:
    newsroom.run(seed.CLERK, *(house(n) for n in range(1, 9)))
    hook.slow = 0.1
    counted = sender({"to": [hook.address()]}, count=2)
    assert sum(counted) == 8
    assert min(counted) > 0, "both had a hand in it"
    assert len(hook.keys) == len(set(hook.keys)) == 8
    assert {state for _, state, _ in newsroom.deliveries()} == {"sent"}


def test_two_threads_take_different_messages(small: Newsroom, hook: Hook) -> None:
    small.run(seed.CLERK, *(house(n) for n in range(1, 9)))
    plan(small.post({"to": [hook.address()]}))
    taken: list[Any] = []

    def grab() -> None:
        while parcel := take(small.engine, now=small.now, holder=me()):
            taken.append(parcel.batch)

    threads = [threading.Thread(target=grab) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(taken) == len(set(taken)) == 8


def test_a_refusal_is_tried_again_later_and_given_up_at_last(small: Newsroom, hook: Hook) -> None:
    small.run(seed.CLERK, house(1))
    hook.bad = True
    rule = {"to": [hook.address("room/T0ken99")]}
    assert small.deliver(rule) == Sent(put_off=1)
    assert small.deliver(rule) == Sent(), "it is not due yet"
    (one,) = deliveries(small.reader)
    assert timedelta(seconds=15) <= one.next_at - small.now <= timedelta(seconds=45)
    assert "503" in one.error
    for secret in ("secretword", "T0ken99", "127.0.0.1"):
        assert secret not in one.error + one.label
    for n in range(2, TRIES + 1):
        small.now += timedelta(hours=10)
        assert small.deliver(rule) == (Sent(given_up=1) if n == TRIES else Sent(put_off=1))
    assert (outbox(small.reader).waiting, outbox(small.reader).failed) == (0, 1)
    hook.bad = False
    small.now += timedelta(days=9)
    assert small.deliver(rule) == Sent()


def test_what_else_waits_for_a_target_that_fails_is_put_off_with_it(small: Newsroom, hook: Hook) -> None:
    small.run(seed.CLERK, *(house(n) for n in range(1, 4)))
    hook.bad = True
    rule = {"to": [hook.address()]}
    assert small.deliver(rule) == Sent(put_off=1)
    hook.bad = False
    small.now += timedelta(minutes=1)
    assert small.deliver(rule) == Sent(sent=3)
    assert ["already" in one["message"] for one in hook.got] == [False] * 3, "a refusal is sure"


def test_no_answer_may_mean_that_it_arrived(small: Newsroom, hook: Hook) -> None:
    small.run(seed.CLERK, house(1))
    hook.slow = 1.0
    rule = {"to": [f"{hook.address()}?rto=0.3"]}
    assert small.deliver(rule) == Sent(put_off=1)
    hook.slow, small.now = 0.0, small.now + timedelta(minutes=1)
    assert small.deliver(rule) == Sent(sent=1)
    assert ["already" in one["message"] for one in hook.got] == [False, True]


def test_the_wait_doubles_up_to_six_hours() -> None:
    middle = [back_off(n, lambda: 0.5) for n in range(1, 13)]
    assert middle[:3] == [timedelta(seconds=30), timedelta(seconds=60), timedelta(seconds=120)]
    assert middle[-1] == timedelta(hours=6)
    assert back_off(1, lambda: 0.0) == timedelta(seconds=15)


def test_an_address_from_the_environment_is_read_when_it_is_needed(
    small: Newsroom, hook: Hook, monkeypatch: pytest.MonkeyPatch
) -> None:
    small.run(seed.CLERK, house(1))
    rule = {"to": ["env:DESK_HOOK"]}
    assert small.deliver(rule) == Sent(put_off=1)
    assert deliveries(small.reader)[0].error == "env:DESK_HOOK: the environment variable DESK_HOOK is not set"
    monkeypatch.setenv("DESK_HOOK", hook.address())
    small.now += timedelta(minutes=1)
    assert small.deliver(rule) == Sent(sent=1)
    assert deliveries(small.reader)[0].label == "env:DESK_HOOK"


def test_a_rule_taken_out_sends_nothing_more(small: Newsroom, hook: Hook) -> None:
    small.run(seed.CLERK, house(1))
    plan(small.post({"to": [hook.address()]}))
    assert send(small.post()) == Sent(given_up=1)
    assert hook.got == []


def test_a_rule_made_today_is_not_told_of_yesterday(small: Newsroom, hook: Hook) -> None:
    small.run(seed.CLERK, house(1))
    plan(small.post({"to": [hook.address("a")], "name": "old"}))
    assert plan(small.post({"to": [hook.address("b")], "name": "new"})) == 0


@pytest.mark.parametrize("address", ["nonsense://x", "mailto://", "slack://a"])
def test_an_address_nobody_serves_is_refused_without_being_said(address: str) -> None:
    with pytest.raises(BadAddress, match="is no address that Apprise understands"):
        service(address)


def test_nothing_of_an_address_is_left_in_what_a_service_said() -> None:
    address = "mailto://u%40ser:p%40ss@smtp.example.org:2525/x1y2?to=boss@example.org&from=me@example.org"
    said = f"535 for u@ser with p@ss at smtp.example.org x1y2: {address} boss@example.org"
    left = scrubbed(said, address)
    for secret in ("u@ser", "p@ss", "smtp.example.org", "x1y2", "boss"):
        assert secret not in left
    assert left.startswith("535 for …")


@pytest.mark.parametrize("bad", [False, True])
def test_no_secret_reaches_the_log(small: Newsroom, hook: Hook, bad: bool) -> None:
    heard: list[str] = []

    class Ear(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            heard.append(f"{record.name} {record.getMessage()}")

    ear, root = Ear(logging.DEBUG), logging.getLogger()
    level = root.level
    root.addHandler(ear)
    root.setLevel(logging.DEBUG)
    try:
        small.run(seed.CLERK, house(1))
        hook.bad = bad
        assert small.deliver({"to": [hook.address("room/T0ken99")]}) == (Sent(put_off=1) if bad else Sent(sent=1))
    finally:
        root.removeHandler(ear)
        root.setLevel(level)
    assert any("did not go out" in line for line in heard) is bad
    for secret in ("secretword", "T0ken99"):
        assert not [line for line in heard if secret in line]


def test_many_at_once_come_as_one(small: Newsroom, hook: Hook) -> None:
    small.run(seed.CLERK, *(house(n) for n in range(1, 13)))
    assert small.deliver({"to": [hook.address()]}) == Sent(sent=1)
    assert hook.titles == ["12 alerts · r1 · 20 May 2023"]
    assert all(f"us-house-2023-{n}?" in hook.got[0]["message"] for n in range(1, 13))


def test_an_address_of_two_rules_is_told_of_a_vote_by_the_first(small: Newsroom, hook: Hook) -> None:
    small.run(seed.CLERK, house(1), house(2))
    both: list[dict[str, Any]] = [
        {"to": [hook.address()], "vote": "us-house-2023-2"},
        {"to": [hook.address(), hook.address("other")]},
        {"to": [hook.address()], "language": "es"},
        {"to": [hook.address()], "digest": "08:00", "zone": "America/Lima"},
    ]
    assert Counter(one.rule for one in rehearse(small.post(*both), 30)) == {"r1": 1, "r2": 3, "r3": 2, "r4": 1}
    assert small.deliver(*both) == Sent(sent=6)
    assert [(rule, state) for rule, state, _ in small.deliveries()] == [
        ("r1", "sent"),
        *[("r2", "sent")] * 3,
        *[("r3", "sent")] * 2,
        *[("r4", "waiting")] * 2,
    ]


def test_a_digest_waits_for_its_hour_and_comes_once(small: Newsroom, hook: Hook) -> None:
    rule = {"to": [hook.address()], "digest": "08:00", "zone": "America/Lima"}
    small.now = datetime(2023, 5, 20, 12, 59, tzinfo=UTC)
    small.run(seed.CLERK, house(1))
    assert small.deliver(rule) == Sent()
    small.now = datetime(2023, 5, 20, 13, 0, tzinfo=UTC)
    small.run(seed.CLERK, house(2))
    assert small.deliver(rule) == Sent(sent=1), "what came at the hour waits for tomorrow's"
    assert hook.titles == ["1 alert · r1 · 20 May 2023"]
    small.now = datetime(2023, 5, 21, 13, 0, tzinfo=UTC)
    small.run(SHEETS, sheet(provisional()))
    assert small.deliver(rule) == Sent(sent=1)
    assert small.deliver(rule) == Sent()
    assert "us-house-2023-2" in hook.got[1]["message"]


@pytest.mark.parametrize(
    ("clock", "zone", "now", "due"),
    [
        ("08:00", "America/New_York", "2026-03-07T14:00", "2026-03-08T12:00"),
        ("08:00", "America/New_York", "2026-03-06T14:00", "2026-03-07T13:00"),
        ("02:30", "America/New_York", "2026-03-08T06:00", "2026-03-08T07:30"),
        ("01:30", "America/New_York", "2026-11-01T04:00", "2026-11-01T05:30"),
        ("01:30", "America/New_York", "2026-11-01T05:45", "2026-11-02T06:30"),
        ("08:00", "America/Lima", "2026-03-08T13:00", "2026-03-09T13:00"),
    ],
)
def test_the_hour_is_kept_when_clocks_change(small: Newsroom, clock: str, zone: str, now: str, due: str) -> None:
    (rule,) = small.post({"to": ["env:X"], "digest": clock, "zone": zone}).rules
    found = rule.due(datetime.fromisoformat(now).replace(tzinfo=UTC))
    assert found is not None
    assert found[1] == datetime.fromisoformat(due).replace(tzinfo=UTC)
