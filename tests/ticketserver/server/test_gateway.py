"""The sockets: who is let in, what one connection may do, and what bad input is answered with."""

import asyncio
import json

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus

from tests.ticketserver.server.servers import WAIT_S, Refused, running, settings_in
from ticketserver.server.socket_peer import SocketPeer
from ticketserver.shared.settings import Limits

NONE_AFTER = 0
"""After the burst no request is allowed: no clock lets one more in, however long a test takes."""


async def refused(talk, method, **params):
    with pytest.raises(Refused) as raised:
        await talk.call(method, **params)
    return raised.value


async def raw(talk, text):
    await talk.socket.send(text)
    return (await talk.receive())["error"]


async def test_hello_tells_the_hall_and_its_day(tmp_path):
    async with running(settings_in(tmp_path)) as hall, hall.bare() as talk:
        hello = await talk.call("hello", protocol=1, role="kiosk", token=hall.token("kiosk"), device="kiosk1")
        assert hello["hall_id"] == "sample"
        assert hello["hours"]["phase"] == "calling"
        assert hello["server_time_ms"] > 1_700_000_000_000


async def test_the_first_message_is_hello(tmp_path):
    async with running(settings_in(tmp_path)) as hall, hall.bare() as talk:
        error = await refused(talk, "get_catalogue")
        assert error.code == "hello_first"
        assert "hello" in str(error)
        with pytest.raises(ConnectionClosed):
            await talk.receive()


async def test_who_says_nothing_is_let_go(tmp_path):
    limits = Limits(hello_within_ms=50)
    async with running(settings_in(tmp_path, limits)) as hall, hall.bare() as talk:
        with pytest.raises(ConnectionClosed) as closed:
            await talk.receive()
        assert closed.value.rcvd.code == 1008
        assert "hello" in closed.value.rcvd.reason


@pytest.mark.parametrize("token", ["", "wrong", "wr\u00f6ng"])
async def test_a_wrong_token_is_refused_in_the_asked_language_and_ends_the_line(tmp_path, token):
    async with running(settings_in(tmp_path)) as hall, hall.bare() as talk:
        error = await refused(talk, "hello", protocol=1, role="clerk", token=token, locale="en")
        assert error.code == "wrong_token"
        assert "run/tokens" in str(error)
        with pytest.raises(ConnectionClosed):
            await talk.receive()


async def test_a_token_proves_its_own_role_only(tmp_path):
    async with running(settings_in(tmp_path)) as hall, hall.bare() as talk:
        error = await refused(talk, "hello", protocol=1, role="supervisor", token=hall.token("clerk"))
        assert error.code == "wrong_token"


async def test_another_version_of_the_wire_is_refused(tmp_path):
    async with running(settings_in(tmp_path)) as hall, hall.bare() as talk:
        error = await refused(talk, "hello", protocol=2, role="kiosk", token=hall.token("kiosk"))
        assert error.code == "protocol_version"


async def test_hello_is_said_once(tmp_path):
    async with running(settings_in(tmp_path)) as hall, hall.talk("kiosk") as talk:
        error = await refused(talk, "hello", protocol=1, role="kiosk", token=hall.token("kiosk"))
        assert error.code == "hello_twice"
        assert (await talk.call("get_catalogue"))["services"]


MALFORMED = [
    ("{", -32700),
    ("[]", -32600),
    ('[{"jsonrpc":"2.0","id":1,"method":"hello"}]', -32600),
    ('{"jsonrpc":"2.0","method":"get_catalogue"}', -32600),
    ('{"jsonrpc":"2.0","id":1,"method":"fly"}', -32601),
    ('{"jsonrpc":"2.0","id":1,"method":"call_next","params":{"counter":"three","request_id":"abcdefgh"}}', -32602),
]


ADVICE = ("Send one", 'needs "jsonrpc": "2.0" and an "id"', "Known: ", "$.counter")
"""What each of these says to do, or where to look."""


@pytest.mark.parametrize(("text", "code"), MALFORMED)
async def test_a_malformed_message_is_answered_and_the_line_stays(tmp_path, text, code):
    async with running(settings_in(tmp_path)) as hall, hall.talk("clerk") as talk:
        error = await raw(talk, text)
        assert error["code"] == code
        assert any(advice in error["message"] for advice in ADVICE)
        assert (await talk.call("get_catalogue"))["services"]


async def test_a_bad_parameter_is_named_by_its_path(tmp_path):
    async with running(settings_in(tmp_path)) as hall, hall.talk("clerk") as talk:
        error = await refused(talk, "call_next", counter=0, request_id="abcdefgh")
        assert error.rpc == -32602
        assert "$.counter" in str(error)


async def test_a_binary_frame_that_is_no_text_is_answered(tmp_path):
    async with running(settings_in(tmp_path)) as hall, hall.talk("clerk") as talk:
        error = await raw(talk, b"\xff\xfe")
        assert error["code"] == -32700


async def test_a_message_over_the_limit_is_refused_and_a_huge_one_ends_the_line(tmp_path):
    limits = Limits(max_message_bytes=1_000)
    async with running(settings_in(tmp_path, limits)) as hall, hall.talk("kiosk") as talk:
        error = await raw(talk, json.dumps({"x": "y" * 1_500}))
        assert error["data"]["code"] == "too_large"
        assert "请减少一次发送的内容" in error["message"]
        assert (await talk.call("get_catalogue"))["services"]
        await talk.socket.send("x" * 5_000)
        with pytest.raises(ConnectionClosed) as closed:
            await talk.receive()
        assert closed.value.rcvd.code == 1009


async def test_too_many_requests_are_refused_until_time_has_passed(tmp_path):
    limits = Limits(requests_per_s=NONE_AFTER, burst_requests=3)
    async with running(settings_in(tmp_path, limits)) as hall, hall.talk("clerk") as talk:
        for _ in range(3):
            await talk.call("list_visits")
        error = await refused(talk, "list_visits")
        assert error.code == "too_fast"
        assert "请稍等一秒再试" in str(error)


async def test_connections_are_limited_and_a_place_comes_free(tmp_path):
    limits = Limits(max_connections=1, phone_connections=1)
    async with running(settings_in(tmp_path, limits)) as hall:
        async with hall.talk("clerk"), hall.talk("phone"):
            with pytest.raises(InvalidStatus) as status:
                async with hall.bare():
                    pass
            assert status.value.response.status_code == 503
            assert "请关掉不用的页面" in status.value.response.body.decode()
        async with asyncio.timeout(WAIT_S):
            while hall.server.gateway.connections:
                await asyncio.sleep(0)
        async with hall.talk("clerk") as talk:
            assert await talk.call("list_visits") == {"visits": []}


async def test_phones_and_the_halls_own_programs_have_places_apart(tmp_path):
    limits = Limits(max_connections=2, phone_connections=1)
    async with running(settings_in(tmp_path, limits)) as hall, hall.talk("phone"):
        with pytest.raises(Refused) as full:
            async with hall.talk("phone"):
                pass
        assert full.value.code == "too_many_connections"
        async with hall.talk("clerk"), hall.talk("kiosk") as kiosk:
            assert (await kiosk.issue("ARC-01"))["number"] == "A001"


async def test_a_phone_that_tries_tokens_is_slowed_down(tmp_path):
    limits = Limits(phone_requests_per_s=NONE_AFTER, phone_burst_requests=3)
    async with running(settings_in(tmp_path, limits)) as hall, hall.talk("phone") as phone:
        codes = [(await refused(phone, "get_ticket", token=f"{guess:022d}")).code for guess in range(5)]
    assert codes == ["unknown_ticket"] * 3 + ["too_fast"] * 2


async def test_pages_of_others_are_kept_out_and_own_ones_let_in(tmp_path):
    async with running(settings_in(tmp_path)) as hall:
        port = hall.server.http.port
        with pytest.raises(InvalidStatus) as status:
            async with hall.bare(origin="http://evil.example"):
                pass
        assert status.value.response.status_code == 403
        async with hall.bare(origin=f"http://127.0.0.1:{port}") as talk:
            assert (await talk.call("hello", protocol=1, role="phone"))["hall_id"] == "sample"


async def test_a_role_does_only_what_is_its_own(tmp_path):
    async with running(settings_in(tmp_path)) as hall:
        async with hall.talk("display") as talk:
            error = await refused(talk, "issue_ticket", request_id="abcdefgh", token="A" * 22, day="2026-01-01")
            assert error.code == "not_allowed"
        async with hall.talk("phone") as talk:
            assert (await refused(talk, "get_ticket", number="A001", check_code="1234")).code == "not_allowed"


class _Transport:
    def __init__(self):
        self.waiting = 0
        self.aborted = False

    def is_closing(self):
        return self.aborted

    def get_write_buffer_size(self):
        return self.waiting

    def abort(self):
        self.aborted = True


class _Socket:
    remote_address = ("127.0.0.1", 1)

    def __init__(self):
        self.transport = _Transport()


def test_a_client_that_does_not_read_is_dropped_after_so_many_messages():
    socket = _Socket()
    peer = SocketPeer(socket, 3, "zh")
    assert all(peer.may_take() for _ in range(10))
    socket.transport.waiting = 100
    assert [peer.may_take() for _ in range(4)] == [True, True, False, False]
    assert socket.transport.aborted
    assert peer.dropped
