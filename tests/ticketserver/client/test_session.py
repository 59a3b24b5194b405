"""The conversation of a client: what it sends, tells and answers whatever the line does."""

from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from tests.ticketserver.client.lines import HELLO, SNAPSHOT, Line
from ticketserver.client.session import (
    ANSWER_MS,
    FIRST_REST_MS,
    LONGEST_REST_MS,
    Connected,
    Disconnected,
    Notified,
    Phase,
    Refused,
    Session,
    Unreachable,
)
from ticketserver.core.ids import CounterNo, RequestId, Seq
from ticketserver.core.terms import CounterState, Role
from ticketserver.wire import codec
from ticketserver.wire.errors import INVALID_PARAMS, REFUSED
from ticketserver.wire.params import CallNext, GetCatalogue
from ticketserver.wire.views_visits import VisitDone

DONE = VisitDone(counter=CounterNo(3), counter_state=CounterState.CALLING)


def press(name: str = "request-1") -> CallNext:
    return CallNext(request_id=RequestId(name), counter=CounterNo(3))


@pytest.fixture
def line() -> Line:
    return Line()


def test_greets_subscribes_and_tells_the_snapshot(line: Line) -> None:
    assert line.session.deadline() == 0
    line.greet()
    assert line.dialled == 1
    assert line.session.phase is Phase.SUBSCRIBING
    assert not line.session.live
    line.result(SNAPSHOT)
    hello, subscribe = line.sent
    assert hello["params"] == {"protocol": 1, "role": "kiosk", "token": "secret", "device": "kiosk1"}
    assert subscribe["params"] == {"topics": ["board"]}
    assert line.events == [Connected(HELLO, SNAPSHOT)]
    assert line.session.live
    assert line.session.deadline() is None


def test_without_topics_the_greeting_is_enough() -> None:
    line = Line(topics=())
    line.greet()
    assert line.methods() == ["hello"]
    (event,) = line.events
    assert isinstance(event, Connected)
    assert event.snapshot.seq == HELLO.seq


def test_a_call_before_the_greeting_goes_out_after_it(line: Line) -> None:
    number = line.ask("call_next", press())
    line.up()
    assert line.methods() == ["hello", "subscribe", "call_next"]
    line.result(DONE, number)
    assert line.outcomes == {number: DONE}
    assert line.session.deadline() is None


def test_a_call_on_a_live_line_goes_out_at_once(line: Line) -> None:
    line.up()
    first, second = line.ask("call_next", press()), line.ask("get_catalogue", GetCatalogue())
    assert [message["id"] for message in line.sent[2:]] == [first, second]


def test_after_a_lost_line_the_same_calls_are_sent_again_in_order(line: Line) -> None:
    line.up()
    first, second = line.ask("call_next", press("request-1")), line.ask("call_next", press("request-2"))
    before = line.sent[2:]
    line.close()
    assert line.events[-1] == Disconnected("cable out")
    line.wait(FIRST_REST_MS)
    line.up()
    assert [message for message in line.sent[4:] if message["method"] == "call_next"] == before
    line.result(DONE, second)
    line.result(DONE, first)
    assert set(line.outcomes) == {first, second}


def test_a_refusal_carries_code_and_sentence(line: Line) -> None:
    line.up()
    number = line.ask("call_next", press())
    line.error(REFUSED, "暂时没有等候的人。", "nobody_waiting")
    refused = line.outcomes[number]
    assert isinstance(refused, Refused)
    assert (refused.code, refused.message, str(refused)) == ("nobody_waiting",) + ("暂时没有等候的人。",) * 2


def test_an_error_without_a_code_of_the_hall_keeps_its_number(line: Line) -> None:
    line.up()
    number = line.ask("call_next", press())
    line.error(INVALID_PARAMS, "call_next: counter")
    assert line.outcomes[number].code == "rpc-32602"


def test_a_stopping_server_is_no_answer(line: Line) -> None:
    line.up()
    number = line.ask("call_next", press())
    line.error(REFUSED, "stopping", "server_stopping")
    assert line.outcomes == {}
    line.close()
    line.wait(FIRST_REST_MS)
    line.up()
    line.result(DONE, number)
    assert line.outcomes == {number: DONE}


def test_gives_up_after_the_callers_time_and_ignores_a_late_answer(line: Line) -> None:
    line.up()
    number = line.ask("call_next", press(), give_up_ms=2_000)
    assert line.session.deadline() == line.now + 2_000
    line.wait(1_999)
    assert line.outcomes == {}
    line.wait(1)
    assert isinstance(line.outcomes[number], Unreachable)
    line.result(DONE, number)
    assert line.session.live


def test_giving_up_without_a_line_says_why_there_is_none(line: Line) -> None:
    number = line.ask("call_next", press(), give_up_ms=100)
    line.do(line.session.tick(line.now))
    line.close("cannot reach the server")
    line.wait(100)
    assert "cannot reach the server" in str(line.outcomes[number])


def test_a_forgotten_call_is_neither_sent_again_nor_answered(line: Line) -> None:
    line.up()
    number = line.ask("call_next", press())
    line.session.forget(number)
    line.session.forget(number)
    line.result(DONE, number)
    assert line.outcomes == {}
    assert line.session.deadline() is None


def test_notifications_in_order_are_told(line: Line) -> None:
    line.up()
    line.note(1, 8)
    line.note(2, 9)
    notes = [event.note for event in line.events if isinstance(event, Notified)]
    assert [(note.seq, note.n) for note in notes] == [(8, 1), (9, 2)]


@pytest.mark.parametrize("n", [0, 1, 3])
def test_a_jump_in_n_subscribes_again(line: Line, n: int) -> None:
    line.up()
    line.note(1)
    line.note(n, 11)
    assert line.methods() == ["hello", "subscribe", "subscribe"]
    assert not line.session.live
    line.note(4)
    line.result(msgspec.structs.replace(SNAPSHOT, seq=Seq(12)))
    line.note(1, 13)
    assert [type(event) for event in line.events] == [Connected, Notified, Connected, Notified]
    fresh = line.events[2]
    assert isinstance(fresh, Connected)
    assert fresh.resync
    assert fresh.snapshot.seq == 12


def test_a_new_line_is_no_resync(line: Line) -> None:
    line.up()
    line.close()
    line.wait(FIRST_REST_MS)
    line.up()
    assert [event.resync for event in line.events if isinstance(event, Connected)] == [False, False]


def test_calls_go_on_while_subscribing_again(line: Line) -> None:
    line.up()
    line.note(5)
    number = line.ask("call_next", press())
    line.result(DONE, number)
    assert line.outcomes == {number: DONE}


def test_an_unknown_notification_is_counted_and_not_told(line: Line) -> None:
    line.up()
    line.hear(codec.encode_note("weather_changed", 8, 1, b',"weather":{}}}'))
    line.note(2)
    assert [type(event) for event in line.events] == [Connected, Notified]


def test_an_error_about_nothing_of_ours_is_ignored(line: Line) -> None:
    line.up()
    line.hear(b'{"jsonrpc":"2.0","id":null,"error":{"code":-32700,"message":"Not JSON"}}')
    assert line.session.live


@pytest.mark.parametrize(
    "garbage",
    [
        b"garbage",
        b'{"jsonrpc":"2.0","method":"board_changed","params":{"seq":"x"}}',
        b'{"jsonrpc":"2.0","method":"weather_changed","params":[]}',
    ],
)
def test_garbage_ends_the_line(line: Line, garbage: bytes) -> None:
    line.up()
    line.hear(garbage)
    assert line.hung_up == 1
    assert line.session.phase is Phase.LEAVING
    line.note(1)
    line.close("closed by us")
    assert line.session.phase is Phase.RESTING
    last = line.events[-1]
    assert isinstance(last, Disconnected)
    assert "does not fit" in last.reason


def test_nothing_is_heard_before_the_line_is_open(line: Line) -> None:
    line.hear(b"garbage")
    assert line.hung_up == 0


def test_an_answer_that_does_not_fit_fails_its_call_only(line: Line) -> None:
    line.up()
    number = line.ask("call_next", press())
    line.hear(b'{"jsonrpc":"2.0","id":%d,"result":{"counter":"three"}}' % number)
    assert "does not fit" in str(line.outcomes[number])
    assert line.session.live


def test_a_refused_greeting_ends_the_line_with_the_servers_sentence(line: Line) -> None:
    line.do(line.session.tick(line.now))
    line.do(line.session.opened(line.now))
    line.error(REFUSED, "口令不对。", "wrong_token")
    assert line.hung_up == 1
    line.close("closed by us")
    assert line.events == [Disconnected("口令不对。")]


def test_the_same_reason_is_told_once(line: Line) -> None:
    for _ in range(3):
        line.wait(LONGEST_REST_MS)
        line.close("refused")
    line.wait(LONGEST_REST_MS)
    line.close("no route")
    assert line.events == [Disconnected("refused"), Disconnected("no route")]


def test_rests_longer_after_each_failure_up_to_a_limit_and_anew_after_success(line: Line) -> None:
    rests = []
    for _ in range(7):
        line.wait(LONGEST_REST_MS)
        line.close()
        due = line.session.deadline()
        assert due is not None
        rests.append(due - line.now)
    assert rests == [200, 400, 800, 1600, 3200, 5000, 5000]
    line.wait(LONGEST_REST_MS - 1)
    assert line.session.phase is Phase.RESTING
    line.wait(1)
    line.up()
    line.close()
    assert line.session.deadline() == line.now + FIRST_REST_MS


def test_a_screen_tries_again_soon_while_nothing_can_be_reached_and_rarely_where_it_is_refused() -> None:
    line = Line(unreached_ms=250)
    rests = []
    for refused in (False, False, False, True, True, False):
        line.wait(LONGEST_REST_MS)
        if refused:
            line.do(line.session.opened(line.now))
            line.error(REFUSED, "口令不对。", "wrong_token")
        line.close()
        due = line.session.deadline()
        assert due is not None
        rests.append(due - line.now)
    assert rests == [200, 250, 250, 250, 500, 250]


@pytest.mark.parametrize(("share", "rest"), [(0.0, 100), (0.5, 150), (1.0, 200)])
def test_jitter_shortens_the_rest_by_up_to_half(share: float, rest: int) -> None:
    line = Line(jitter=share)
    line.wait(0)
    line.close()
    assert line.session.deadline() == line.now + rest


def test_the_longest_rest_is_the_default_jitter() -> None:
    session = Session(Role.DISPLAY, "secret")
    session.tick(0)
    session.closed("away", 0)
    assert session.deadline() == FIRST_REST_MS


@pytest.mark.parametrize("greeted", [False, True])
def test_a_silent_handshake_ends_the_line(line: Line, greeted: bool) -> None:
    if greeted:
        line.greet()
    else:
        line.do(line.session.tick(line.now))
        line.do(line.session.opened(line.now))
    assert line.session.deadline() == line.now + ANSWER_MS
    line.wait(ANSWER_MS - 1)
    assert line.hung_up == 0
    line.wait(1)
    assert line.hung_up == 1
    line.wait(ANSWER_MS)
    assert line.hung_up == 1


def test_an_unanswered_call_ends_the_line_and_is_sent_again(line: Line) -> None:
    line.up()
    number = line.ask("call_next", press())
    line.wait(ANSWER_MS)
    assert line.hung_up == 1
    line.close()
    line.wait(FIRST_REST_MS)
    line.up()
    line.result(DONE, number)
    assert line.outcomes == {number: DONE}


@settings(derandomize=True)
@given(st.lists(st.sampled_from(["next", "skip", "double", "resync"]), max_size=30))
def test_nothing_missed_goes_unnoticed(steps: list[str]) -> None:
    """Whatever is lost or doubled, what the program holds after a snapshot and its notes is the newest state."""
    line = Line()
    line.up()
    n, seq, asked = 0, int(SNAPSHOT.seq), 0
    for step in steps:
        if step == "resync":
            subscriptions = line.methods().count("subscribe") - 1
            if subscriptions > asked:
                asked = subscriptions
                line.result(msgspec.structs.replace(SNAPSHOT, seq=Seq(seq)))
                n = 0
            continue
        if step != "double":
            n, seq = n + 1, seq + 1
        if step != "skip":
            line.note(n, seq)
        if line.session.live and step != "skip":
            last = line.events[-1]
            assert isinstance(last, Notified | Connected)
            assert (last.note.seq if isinstance(last, Notified) else last.snapshot.seq) == seq


class Talk(RuleBasedStateMachine):
    """A session against a server that carries out a call once per request id and answers when it pleases, over a line
    that breaks at any step: each call ends once, with the server's one answer or with `Unreachable`."""

    def __init__(self) -> None:
        super().__init__()
        self.line = Line()
        self.asked: dict[int, str] = {}
        self.give_up: dict[int, int] = {}
        self.replies: dict[str, VisitDone] = {}
        self.open = False
        self.read = 0
        self.count = 0

    def unread(self) -> list[dict[str, Any]]:
        return self.line.sent[self.read :]

    @rule(give_up_ms=st.integers(1, 20_000))
    def ask(self, give_up_ms: int) -> None:
        self.count += 1
        name = f"request-{self.count}"
        number = self.line.ask("call_next", press(name), give_up_ms)
        self.asked[number] = name
        self.give_up[number] = self.line.now + give_up_ms

    @rule(ms=st.integers(0, 7_000))
    def wait(self, ms: int) -> None:
        self.line.wait(ms)
        if self.line.session.phase is Phase.LEAVING:
            self.lose()

    @precondition(lambda self: self.line.session.phase is Phase.DIALLING)
    @rule(works=st.booleans())
    def dial(self, works: bool) -> None:
        if works:
            self.read = len(self.line.sent)
            self.open = True
            self.line.do(self.line.session.opened(self.line.now))
        else:
            self.line.close()

    @precondition(lambda self: self.open)
    @rule()
    def lose(self) -> None:
        self.open = False
        self.line.close()

    @precondition(lambda self: self.open and self.unread())
    @rule(answer=st.booleans())
    def serve(self, answer: bool) -> None:
        message = self.unread()[0]
        self.read += 1
        view: Any = {"hello": HELLO, "subscribe": SNAPSHOT}.get(message["method"])
        if view is None:
            name = message["params"]["request_id"]
            view = self.replies.setdefault(name, msgspec.structs.replace(DONE, call_id=len(self.replies) + 1))
        if answer:
            self.line.result(view, message["id"])

    @invariant()
    def calls_end_once_and_rightly(self) -> None:
        for number, outcome in self.line.outcomes.items():
            assert isinstance(outcome, Unreachable) or outcome == self.replies[self.asked[number]]
        for number, at in self.give_up.items():
            assert number in self.line.outcomes or self.line.now < at or self.line.session.deadline() == at

    @invariant()
    def always_something_to_wait_for(self) -> None:
        session = self.line.session
        waits = session.deadline() is not None or session.phase in (Phase.DIALLING, Phase.LEAVING)
        assert waits or session.live

    def teardown(self) -> None:
        """A good line at last: everything asked is answered or given up in the end."""
        for _ in range(100):
            phase = self.line.session.phase
            if phase is Phase.DIALLING:
                self.dial(works=True)
            elif self.open and self.unread():
                self.serve(answer=True)
            elif len(self.line.outcomes) == len(self.asked):
                return
            else:
                self.wait(ms=5_000)
        raise AssertionError(f"still waiting for {set(self.asked) - set(self.line.outcomes)}")


TestTalk = Talk.TestCase
TestTalk.settings = settings(derandomize=True)
