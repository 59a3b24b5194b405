"""Messages as bytes: golden ones, round trips of every method and notification, and every way to be refused."""

import json
import re

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import Raw

from ticketserver.core.terms import Basis, CallReason, Role
from ticketserver.wire import codec, errors
from ticketserver.wire import params as p
from ticketserver.wire.methods import METHODS, NOTIFICATIONS
from ticketserver.wire.views_board import CallView
from ticketserver.wire.views_hall import Accepted

TOKEN = "AAAAAAAAAAAAAAAAAAAAAA"


def request(method: str, params: str = "{}", id: str = "7") -> bytes:
    return f'{{"jsonrpc":"2.0","id":{id},"method":"{method}","params":{params}}}'.encode()


def refused(data: bytes | str) -> codec.WireError:
    with pytest.raises(codec.WireError) as caught:
        codec.decode_request(data)
    return caught.value


CALL = CallView(
    call_id=31,
    visit_id=12,
    number="A012",
    counter=6,
    zone="front",
    call_no=2,
    called_at_ms=5,
    reason=CallReason.PRIORITY,
)
GOLDEN = [
    (
        codec.encode_request(7, "call_next", p.CallNext(request_id="box-1.6:55", counter=6)),
        '{"jsonrpc":"2.0","id":7,"method":"call_next","params":{"request_id":"box-1.6:55","counter":6}}',
    ),
    (
        codec.encode_request("k-1", "hello", p.Hello(protocol=1, role=Role.KIOSK, token="x", device="kiosk1")),
        '{"jsonrpc":"2.0","id":"k-1","method":"hello",'
        '"params":{"protocol":1,"role":"kiosk","token":"x","device":"kiosk1"}}',
    ),
    (codec.encode_result(7, Accepted(seq=812)), '{"jsonrpc":"2.0","id":7,"result":{"seq":812}}'),
    (codec.encode_result("a", Raw(b'{"x":1}')), '{"jsonrpc":"2.0","id":"a","result":{"x":1}}'),
    (
        codec.encode_error(codec.refusal("nobody_waiting", "没有人等候。", 7)),
        '{"jsonrpc":"2.0","id":7,"error":{"code":-32000,"message":"没有人等候。","data":{"code":"nobody_waiting"}}}',
    ),
    (
        codec.encode_error(codec.WireError(errors.PARSE_ERROR, "Not JSON.")),
        '{"jsonrpc":"2.0","id":null,"error":{"code":-32700,"message":"Not JSON."}}',
    ),
    (
        codec.encode_note("visit_called", 812, 5, codec.note_tail("call", CALL)),
        '{"jsonrpc":"2.0","method":"visit_called","params":{"seq":812,"n":5,"call":{"call_id":31,"visit_id":12,'
        '"number":"A012","counter":6,"zone":"front","call_no":2,"called_at_ms":5,"reason":"priority"}}}',
    ),
]


@pytest.mark.parametrize(("encoded", "golden"), GOLDEN)
def test_golden_messages(encoded, golden):
    assert encoded.decode() == golden


def test_a_request_is_decoded_to_its_row_and_typed_parameters():
    params = p.IssueTicket(
        request_id="kiosk1-000001",
        token=TOKEN,
        day="2026-11-23",
        services=[p.ServiceItem("ARC-01", 2)],
        priority=p.PriorityClaim("age", Basis.CARD),
    )
    call = codec.decode_request(codec.encode_request("9", "issue_ticket", params))
    assert call == codec.Call("9", "issue_ticket", METHODS["issue_ticket"], params)
    assert codec.decode_request(codec.encode_request("9", "issue_ticket", params).decode()) == call


FILLED = {
    "request_id": st.from_regex(r"\A[A-Za-z0-9._:-]{8,64}\Z"),
    "token": st.from_regex(r"\A[A-Za-z0-9_-]{22}\Z"),
    "text_zh": st.from_regex(r"\A[一-龥]{1,60}\Z"),
    "text_en": st.from_regex(r"\A([a-zA-Z][a-z ]{0,100})?\Z"),
}


def struct_of(kind: type) -> st.SearchStrategy:
    """Any value of a struct, with names filled as the wire wants them."""
    fields = msgspec.structs.fields(kind)
    return st.builds(kind, **{f.name: FILLED[f.name] if f.name in FILLED else value_of(f.type) for f in fields})


def value_of(kind: object) -> st.SearchStrategy:
    info = msgspec.inspect.type_info(kind)
    return of_info(info)


def of_info(info: object) -> st.SearchStrategy:
    i = msgspec.inspect
    match info:
        case i.IntType():
            low, high = (0 if info.ge is None else info.ge), (10**12 if info.le is None else info.le)
            return st.integers(low, high)
        case i.StrType():
            return st.text(st.characters(codec="utf-8"), min_size=info.min_length or 0, max_size=info.max_length or 8)
        case i.BoolType():
            return st.booleans()
        case i.EnumType():
            return st.sampled_from(list(info.cls))
        case i.ListType():
            return st.lists(of_info(info.item_type), min_size=info.min_length or 0, max_size=2)
        case i.VarTupleType():
            return st.lists(of_info(info.item_type), max_size=2).map(tuple)
        case i.NoneType():
            return st.none()
        case i.UnionType():
            return st.one_of(*map(of_info, info.types))
        case i.StructType():
            return struct_of(info.cls)
    raise AssertionError(info)


@pytest.mark.parametrize("name", METHODS)
@settings(max_examples=6, derandomize=True)
@given(data=st.data())
def test_every_method_goes_there_and_back(name, data):
    method = METHODS[name]
    params = data.draw(struct_of(method.params))
    encoded = codec.encode_request(1, name, params)
    assert codec.decode_request(encoded).params == params
    assert json.loads(encoded)["params"] == json.loads(codec.encode_params(params))
    result = data.draw(struct_of(method.result))
    incoming = codec.decode_incoming(codec.encode_result(1, result))
    assert (incoming.id, incoming.error) == (1, None)
    assert codec.decode_result(name, incoming.result) == result
    assert codec.decode_result(name, Raw(codec.encode_view(result))) == result


@pytest.mark.parametrize("name", NOTIFICATIONS)
@settings(max_examples=6, derandomize=True)
@given(data=st.data())
def test_every_notification_arrives_as_it_was_told(name, data):
    note = data.draw(struct_of(NOTIFICATIONS[name]))
    (field,) = set(note.__struct_fields__) - {"seq", "n"}
    tail = codec.note_tail(field, getattr(note, field))
    incoming = codec.decode_incoming(codec.encode_note(name, note.seq, note.n, tail))
    assert (incoming.method, incoming.id) == (name, None)
    assert codec.decode_note(name, incoming.params) == note


def test_a_notification_of_a_newer_server_is_left_alone():
    assert codec.decode_note("weather_changed", Raw(b"{}")) is None


def test_unknown_fields_are_ignored_everywhere():
    call = codec.decode_request(
        b'{"jsonrpc":"2.0","id":1,"method":"call_next","trace":9,'
        b'"params":{"request_id":"12345678","counter":6,"mood":"good"}}'
    )
    assert call.params == p.CallNext(request_id="12345678", counter=6)
    assert codec.decode_incoming(b'{"jsonrpc":"2.0","id":1,"result":{},"took_ms":3}').id == 1
    assert codec.decode_result("press_key", Raw(b'{"outcome":"done","counter":1,"state":"idle","new":1}')).counter == 1


def test_parameters_may_be_left_out_where_all_have_a_default():
    call = codec.decode_request(b'{"jsonrpc":"2.0","id":1,"method":"get_catalogue"}')
    assert call.params == p.GetCatalogue()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"hello",
        b"{",
        b'{"jsonrpc":"2.0","id":1,"method":"hello"',
        b'{"method":"\xff\xfe"}',
        b"\xc3",
        '{"method":"\ud800"}',
        request("hello", "[" * 5000 + "]" * 5000),
    ],
)
def test_not_json(data):
    error = refused(data)
    assert (error.code, error.request) == (errors.PARSE_ERROR, None)
    assert error.message.startswith("Not JSON: ")


@pytest.mark.parametrize(
    "data",
    [
        b"[]",
        b"[" + request("get_catalogue") + b"]",
        b'"hello"',
        b"7",
        b"null",
        b"{}",
        b'{"jsonrpc":"2.0","id":1}',
        b'{"jsonrpc":"2.0","id":1,"method":5}',
        b'{"id":1,"method":"hello"}',
        b'{"jsonrpc":"1.0","id":1,"method":"hello"}',
        b'{"jsonrpc":"2.0","method":"hello"}',
        request("hello", id="null"),
        request("hello", id="1.5"),
        request("hello", id="true"),
        request("hello", id="[1]"),
    ],
)
def test_not_a_request_or_a_batch(data):
    error = refused(data)
    assert (error.code, error.request) == (errors.INVALID_REQUEST, None)


@pytest.mark.parametrize("id", ["0", "-5", "7", '"a"', '""', "12345678901234567890"])
def test_an_id_comes_back_as_it_was(id):
    assert json.dumps(codec.decode_request(request("get_catalogue", id=id)).id) == id
    error = refused(request("no_such", id=id))
    assert json.loads(codec.encode_error(error))["id"] == json.loads(id)


def test_an_unknown_method_is_named_with_those_that_there_are_and_never_echoed_at_length():
    error = refused(request("x" * 5000))
    assert (error.code, error.request) == (errors.METHOD_NOT_FOUND, 7)
    assert "x" * 61 not in error.message
    assert set(METHODS) <= set(re.findall(r"\w+", error.message))


@pytest.mark.parametrize(
    ("method", "params", "path"),
    [
        ("press_key", '{"request_id":"12345678","key":"next"}', "counter"),
        ("press_key", '{"request_id":"12345678","counter":0,"key":"next"}', "$.counter"),
        ("press_key", '{"request_id":"12345678","counter":1000,"key":"next"}', "$.counter"),
        ("press_key", '{"request_id":"12345678","counter":"6","key":"next"}', "$.counter"),
        ("press_key", '{"request_id":"12345678","counter":6,"key":"jump"}', "$.key"),
        ("press_key", '{"request_id":"1234567","counter":6,"key":"next"}', "$.request_id"),
        ("press_key", '{"request_id":"with space","counter":6,"key":"next"}', "$.request_id"),
        ("add_services", '{"request_id":"12345678","services":[]}', "$.services"),
        ("add_services", '{"request_id":"12345678","services":[{"service":"A"},{"service":"B","quantity":0}]}',
         "$.services[1].quantity"),
        ("add_services", '{"request_id":"12345678","services":[{"service":"A","quantity":501}]}',
         "$.services[0].quantity"),
        ("issue_ticket", '{"request_id":"12345678","token":"short","day":"2026-11-23"}', "$.token"),
        ("issue_ticket", f'{{"request_id":"12345678","token":"{TOKEN}","day":"x","priority":{{"class_id":"age"}}}}',
         "$.priority"),
        ("rate_visit", '{"request_id":"12345678","level":6}', "$.level"),
        ("call_visit", '{"request_id":"12345678","counter":6,"number":"A001","reason":""}', "$.reason"),
        ("hello", '{"protocol":1,"role":"king"}', "$.role"),
        ("hello", "null", "object"),
        ("hello", "[1]", "object"),
    ],
)  # fmt: skip
def test_bad_parameters_name_the_method_and_the_path(method, params, path):
    error = refused(request(method, params))
    assert (error.code, error.request) == (errors.INVALID_PARAMS, 7)
    assert error.message.startswith(f"{method}: ")
    assert path in error.message


def test_bad_utf_8_inside_parameters_is_a_bad_parameter():
    error = refused(request("hello", '{"protocol":1,"role":"kiosk","token":"?"}').replace(b"?", b"\xff"))
    assert (error.code, error.request) == (errors.INVALID_PARAMS, 7)


@pytest.mark.parametrize("data", [b"", b"[]", b"{", b"\xff", b'{"id":1.5}', b'{"result":' + b"[" * 9000])
def test_a_server_that_sends_nonsense_is_seen(data):
    with pytest.raises(codec.WireError) as caught:
        codec.decode_incoming(data)
    assert caught.value.code == errors.PARSE_ERROR


def test_a_refusal_arrives_with_its_code():
    incoming = codec.decode_incoming(codec.encode_error(codec.refusal("counter_closed", "窗口没开。", "r")))
    assert incoming.error == codec.ErrorObject(errors.REFUSED, "窗口没开。", codec.ErrorData("counter_closed"))
    assert incoming.id == "r"


def test_a_result_that_does_not_fit_is_an_error_of_the_client():
    with pytest.raises(msgspec.ValidationError):
        codec.decode_result("press_key", Raw(b'{"outcome":"dance"}'))


@settings(derandomize=True)
@given(st.binary(max_size=200))
def test_no_bytes_at_all_get_past_the_codec(data):
    """Bytes that are no request are a WireError and nothing else, and that can be sent."""
    error = refused(data)
    assert json.loads(codec.encode_error(error))["error"]["code"] == error.code


@pytest.mark.parametrize("text", ["", " 请", "请\n", "请\t坐", "\u3000请", "请" * 121])
def test_a_text_for_everybody_is_one_line_that_begins_with_something(text):
    error = refused(request("announce", json.dumps({"request_id": "guide-0001", "text_zh": text})))
    assert error.code == errors.INVALID_PARAMS
    assert "text_zh" in error.message
