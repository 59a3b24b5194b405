"""The messages that docs/wire.md shows, made by the codec itself."""

from ticketserver.core.ids import CallId, CounterNo, DeviceId, Ms, RequestId, Seq, TicketNumber, VisitId, ZoneId
from ticketserver.core.terms import CallReason, CounterState, Key, KeyOutcome, Role
from ticketserver.wire import codec
from ticketserver.wire import params as p
from ticketserver.wire.methods import PROTOCOL
from ticketserver.wire.views_board import CallView
from ticketserver.wire.views_visits import KeyResult

HERE = CounterNo(6)
NUMBER = TicketNumber("A012")
HELLO = p.Hello(protocol=PROTOCOL, role=Role.BRIDGE, token="…", device=DeviceId("bridge1"))
PRESS = RequestId("bridge1:6:0001")
PRESSED = KeyResult(outcome=KeyOutcome.DONE, counter=HERE, state=CounterState.CALLING, number=NUMBER)
CALL = CallView(
    call_id=CallId(31),
    visit_id=VisitId(12),
    number=NUMBER,
    counter=HERE,
    zone=ZoneId("front"),
    call_no=1,
    called_at_ms=Ms(1_795_395_600_000),
    reason=CallReason.WAITED_LONGEST,
)
MESSAGES = (
    ("→", codec.encode_request(1, "hello", HELLO)),
    ("→", codec.encode_request(2, "press_key", p.PressKey(request_id=PRESS, counter=HERE, key=Key.NEXT))),
    ("←", codec.encode_result(2, PRESSED)),
    ("←", codec.encode_error(codec.refusal("counter_closed", "The counter is closed. Open it first.", 3))),
    ("←", codec.encode_note("visit_called", Seq(812), 5, codec.note_tail("call", CALL))),
)
EXAMPLE = "\n".join(f"{way} {message.decode()}" for way, message in MESSAGES)
