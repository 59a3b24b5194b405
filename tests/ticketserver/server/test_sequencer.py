"""The line: nothing leaves before it is durable, the same request gets the same reply, a broken core lets nothing out.

The desk and the journal are made up: the hall here counts ticks, and the disk is a list that a test commits by hand.
"""

import json
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from msgspec import Raw
from msgspec.json import encode as encode_json

from tests.ticketserver.core.halls import PLAN, RULES
from ticketserver.core import commands as c
from ticketserver.core import events as e
from ticketserver.core.events import Record
from ticketserver.core.ids import CounterNo, Ms, RequestId, Seq
from ticketserver.core.refusal import Rejection
from ticketserver.core.state import new_state
from ticketserver.server.sequencer import Asked, Broken, Sequencer, digest
from ticketserver.wire.codec import refusal
from ticketserver.wire.errors import Refusal
from ticketserver.wire.params import OpenCounter, Params

NOON = Ms(43_200_000)
OPEN = "open_counter"


class Sink:
    """A client; what it was given, decoded."""

    def __init__(self) -> None:
        self.got: list[Any] = []

    def release(self, message: object) -> None:
        self.got.append(json.loads(message) if isinstance(message, bytes) else message)


class Hall:
    """Sequencer, desk, core and disk. Counter 1 opens, counter 2 changes nothing, 3 is refused by the desk, 4 by the
    core, 5 breaks the core, 6 opens a new day, 7 is answered although refused."""

    def __init__(self, **more: Any) -> None:
        self.state = new_state()
        self.disk: list[Record] = []
        self.decided_seqs: list[int] = []
        self.desk_sees: list[tuple[int, int]] = []
        self.nows: list[int] = []
        self.line = Sequencer(self.state, self, self.run, self.recall, **more)
        self.client = Sink()
        self.ids = 0

    # the desk

    def command(self, asked: Asked, state: Any) -> c.Command | Rejection:
        counter = asked.params.counter
        return Rejection("unknown_counter", asked.method) if counter == 3 else c.OpenCounter(counter=counter)

    def reply(self, asked: Asked, command: c.Command, state: Any, events: Any, seq: Seq) -> bytes:
        self.desk_sees.append((seq, len(events)))
        return encode_json({"seq": seq, "n": self.ids})

    def refusal(self, asked: Asked, state: Any, rejection: Rejection) -> Any:
        if rejection.code == "key_not_here":
            return b'{"beep":true}'
        return refusal(rejection.code, f"no: {rejection.code}", None)

    def decided(self, state: Any, record: Record) -> None:
        self.decided_seqs.append(record.seq)

    # the core

    def run(self, state: Any, command: c.Command, now: Ms) -> list[e.Event] | Rejection:
        self.nows.append(now)
        number = getattr(command, "counter", 1)
        if number == 5:
            raise ZeroDivisionError
        if number in (4, 7):
            return Rejection("counter_open" if number == 4 else "key_not_here", "OpenCounter")
        state.now = now
        self.ids += 1
        if number == 6:
            return [e.DayOpened(rules=RULES, plan=PLAN, next_visit=1, next_call=1)]
        return [] if number == 2 else [e.CounterOpened(counter=CounterNo(number))]

    # the disk

    def recall(self, seq: Seq) -> Record:
        return self.disk[seq - 1]

    def write(self) -> list[Record]:
        """Hands over what is to be written; the commit is a step of its own."""
        return self.line.take()

    def commit(self, records: list[Record]) -> None:
        self.disk += records
        if records:
            self.line.committed(records[-1].seq)
        self.let_go()

    def let_go(self) -> None:
        for sink, message in self.line.release():
            sink.release(message)

    # what a test does

    def ask(self, counter: int, request_id: str = "", id: int = 1, wall: int = NOON, method: str = OPEN) -> None:
        params: Params = OpenCounter(request_id=RequestId(request_id or "anonymous"), counter=CounterNo(counter))
        self.line.ask(Asked(self.client, id, method, params, RequestId(request_id)), Ms(wall))

    @property
    def got(self) -> list[Any]:
        return self.client.got

    def codes(self) -> list[str]:
        return [message["error"]["data"]["code"] for message in self.got if "error" in message]


def test_a_reply_leaves_once_its_record_is_durable():
    hall = Hall()
    hall.ask(1, "request-1")
    hall.let_go()
    assert hall.got == []
    records = hall.write()
    hall.let_go()
    assert hall.got == []
    hall.commit(records)
    assert hall.got == [{"jsonrpc": "2.0", "id": 1, "result": {"seq": 1, "n": 1}}]
    assert records == [
        Record(
            Seq(1),
            NOON,
            (e.CounterOpened(counter=1),),
            RequestId("request-1"),
            "open_counter",
            digest("open_counter", OpenCounter(request_id="request-1", counter=1)),
            Raw(b'{"seq":1,"n":1}'),
        )
    ]


def test_everything_leaves_in_the_order_of_asking_refusals_and_readings_too():
    hall = Hall()
    hall.ask(1, "request-1", 1)
    hall.ask(3, "request-2", 2)
    hall.ask(4, "request-3", 3)
    hall.ask(7, "request-4", 4)
    hall.line.hold(hall.client, "reading")
    hall.ask(1, "request-5", 5)
    first = hall.write()
    hall.ask(4, "request-6", 6)
    hall.let_go()
    assert hall.got == []
    hall.commit(first[:1])
    assert [message if isinstance(message, str) else message["id"] for message in hall.got] == [1, 2, 3, 4, "reading"]
    assert hall.codes() == ["unknown_counter", "counter_open"]
    assert hall.got[3]["result"] == {"beep": True}
    hall.commit(first[1:])
    assert [message["id"] for message in hall.got[5:]] == [5, 6]


def test_what_was_decided_on_durable_state_leaves_at_once():
    hall = Hall()
    hall.ask(4, "request-1")
    hall.line.hold(hall.client, "reading")
    hall.let_go()
    assert (hall.codes(), hall.got[1]) == (["counter_open"], "reading")


def test_records_follow_on_each_other_and_each_is_handed_over_once():
    hall = Hall(seq=40)
    for number in range(3):
        hall.ask(1, f"request-{number}")
    assert [record.seq for record in hall.write()] == [41, 42, 43]
    hall.ask(1, "request-9")
    assert [record.seq for record in hall.write()] == [44]
    assert hall.write() == []
    assert hall.decided_seqs == [41, 42, 43, 44]


def test_a_request_that_changes_nothing_is_kept_by_its_id_and_not_without_one():
    hall = Hall()
    hall.ask(2, "request-1")
    hall.ask(2)
    (record,) = hall.write()
    assert (record.request_id, record.events) == ("request-1", ())
    assert hall.desk_sees == [(1, 0), (1, 0)]


def test_a_change_without_an_id_is_kept_without_a_digest_and_judged_anew_each_time():
    hall = Hall()
    hall.ask(1)
    hall.ask(1)
    assert [(record.request_id, record.digest) for record in hall.write()] == [("", ""), ("", "")]
    assert hall.ids == 2


@pytest.mark.parametrize("when", ["fresh", "flying", "durable"])
def test_the_same_request_gets_the_same_reply_and_is_decided_once(when):
    hall = Hall()
    hall.ask(1, "request-0", 9)
    hall.ask(1, "request-1", 1)
    records = hall.write() if when != "fresh" else []
    if when == "durable":
        hall.commit(records)
    hall.ask(1, "request-1", 2)
    if when != "durable":
        hall.let_go()
        assert hall.got == []
        hall.commit(records or hall.write())
    hall.let_go()
    assert [message["id"] for message in hall.got] == [9, 1, 2]
    assert hall.got[1]["result"] == hall.got[2]["result"] == {"seq": 2, "n": 2}
    assert (hall.ids, len(hall.disk)) == (2, 2)


def test_a_repetition_does_not_overtake_what_was_decided_meanwhile():
    hall = Hall()
    hall.ask(1, "request-1", 1)
    hall.commit(hall.write())
    hall.ask(1, "request-2", 2)
    hall.ask(1, "request-1", 3)
    hall.let_go()
    assert len(hall.got) == 1
    hall.commit(hall.write())
    assert [message["id"] for message in hall.got] == [1, 2, 3]


def test_the_same_id_for_something_else_is_refused_and_changes_nothing():
    hall = Hall()
    hall.ask(1, "request-1")
    hall.ask(2, "request-1", 2)
    hall.ask(1, "request-1", 3, method="close_counter")
    hall.commit(hall.write())
    assert hall.codes() == [Refusal.REQUEST_ID_REUSED, Refusal.REQUEST_ID_REUSED]
    assert len(hall.disk) == 1


def test_a_refused_request_is_judged_anew():
    hall = Hall()
    hall.ask(4, "request-1")
    hall.ask(1, "request-1", 2)
    hall.commit(hall.write())
    assert (hall.codes(), hall.got[1]["result"]) == (["counter_open"], {"seq": 1, "n": 1})


def test_ids_of_the_journal_are_known_after_a_restart():
    before = Hall()
    before.ask(1, "request-1")
    before.commit(before.write())
    after = Hall(seq=1, known={RequestId("request-1"): Seq(1)})
    after.disk = before.disk
    after.ask(1, "request-1", 5)
    after.let_go()
    assert after.got == [{"jsonrpc": "2.0", "id": 5, "result": {"seq": 1, "n": 1}}]
    assert (after.ids, after.write()) == (0, [])
    assert after.line.find(RequestId("request-1")) is before.disk[0]


def test_a_record_is_found_by_its_request_before_it_is_durable_and_after():
    hall = Hall()
    assert hall.line.find(RequestId("request-1")) is None
    hall.ask(1, "request-1")
    fresh = hall.line.find(RequestId("request-1"))
    records = hall.write()
    flying = hall.line.find(RequestId("request-1"))
    hall.commit(records)
    assert fresh is flying is records[0] is hall.line.find(RequestId("request-1"))


def test_a_new_day_knows_nothing_of_the_requests_before_it():
    hall = Hall()
    hall.ask(1, "request-1", 1)
    hall.ask(6, "request-2", 2)
    hall.ask(1, "request-1", 3)
    hall.ask(6, "request-2", 4)
    hall.commit(hall.write())
    assert [message["result"]["seq"] for message in hall.got] == [1, 2, 3, 2]


def test_a_request_in_quarantine_is_refused_and_never_reaches_the_core():
    hall = Hall(quarantined=["request-5"])
    hall.ask(5, "request-5")
    hall.let_go()
    assert (hall.codes(), hall.nows) == ([Refusal.INTERNAL_ERROR], [])


def test_a_broken_core_names_the_request_and_lets_nothing_more_out():
    hall = Hall()
    hall.ask(1, "request-1", 1)
    hall.line.hold(hall.client, "reading")
    with pytest.raises(Broken) as caught:
        hall.ask(5, "request-2", 2)
    assert (caught.value.request_id, caught.value.method) == ("request-2", "open_counter")
    assert isinstance(caught.value.__cause__, ZeroDivisionError)
    assert hall.write() == []
    hall.line.committed(Seq(1))
    hall.let_go()
    assert hall.got == []


def test_a_broken_core_does_not_take_back_what_is_on_its_way_to_the_disk_but_its_reply_stays():
    hall = Hall()
    hall.ask(1, "request-1", 1)
    flying = hall.write()
    with pytest.raises(Broken):
        hall.ask(5, "request-2", 2)
    hall.commit(flying)
    assert (hall.got, len(hall.disk)) == ([], 1)


def test_the_servers_own_commands_are_journalled_without_an_id():
    hall = Hall()
    assert hall.line.tell(c.OpenCounter(counter=CounterNo(1)), NOON) == [e.CounterOpened(counter=1)]
    assert hall.line.tell(c.OpenCounter(counter=CounterNo(2)), NOON) == []
    assert isinstance(hall.line.tell(c.OpenCounter(counter=CounterNo(4)), NOON), Rejection)
    assert [(record.seq, record.request_id, record.reply) for record in hall.write()] == [(1, "", Raw(b"null"))]
    with pytest.raises(Broken) as caught:
        hall.line.tell(c.OpenCounter(counter=CounterNo(5)), NOON)
    assert (caught.value.request_id, caught.value.method) == ("", "OpenCounter")


def test_the_halls_time_never_runs_back():
    hall = Hall()
    for wall in (NOON, NOON - 60_000, NOON + 5):
        hall.ask(1, wall=wall)
        hall.line.tell(c.OpenCounter(counter=CounterNo(1)), Ms(wall))
    assert hall.nows == [NOON] * 4 + [NOON + 5] * 2
    assert [record.at_ms for record in hall.write()] == hall.nows


def test_the_digest_tells_method_and_parameters_apart():
    params = OpenCounter(request_id="request-1", counter=1)
    marks = {
        digest("open_counter", params),
        digest("close_counter", params),
        digest("open_counter", OpenCounter(request_id="request-1", counter=2)),
    }
    assert len(marks) == 3
    assert digest("open_counter", OpenCounter(request_id="request-1", counter=1)) in marks


class LineMachine(RuleBasedStateMachine):
    """Any order of asking, writing and committing: everybody gets every answer once, in order, never too early."""

    def __init__(self) -> None:
        super().__init__()
        self.hall = Hall()
        self.asked: list[int] = []
        self.writing: list[list[Record]] = []

    @rule(counter=st.sampled_from([1, 1, 2, 3, 4, 6, 7]), request=st.integers(0, 5), named=st.booleans())
    def ask(self, counter: int, request: int, named: bool) -> None:
        self.asked.append(len(self.asked))
        self.hall.ask(counter, f"request-{request}" if named else "", self.asked[-1])

    @rule()
    def write(self) -> None:
        self.writing.append(self.hall.write())

    @rule()
    def commit(self) -> None:
        if self.writing:
            self.hall.commit(self.writing.pop(0))

    @rule()
    def let_go(self) -> None:
        self.hall.let_go()

    @invariant()
    def answers_come_in_order_and_tell_only_what_is_durable(self) -> None:
        got = [message["id"] for message in self.hall.got]
        assert got == self.asked[: len(got)]
        told = [message["result"]["seq"] for message in self.hall.got if "seq" in message.get("result", {})]
        assert all(seq <= self.hall.line.durable for seq in told)

    def teardown(self) -> None:
        self.write()
        while self.writing:
            self.commit()
        self.let_go()
        assert [message["id"] for message in self.hall.got] == self.asked
        assert [record.seq for record in self.hall.disk] == list(range(1, len(self.hall.disk) + 1))


TestLine = LineMachine.TestCase
TestLine.settings = settings(max_examples=100, derandomize=True)
