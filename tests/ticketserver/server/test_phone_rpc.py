"""What a phone asks over plain HTTP: the same as on its socket, by the token of its slip, within limits of its own."""

import json

import aiohttp
import pytest

from tests.ticketserver.server.servers import REQUESTS, running, settings_in
from tests.ticketserver.server.test_phone_page import issue
from tests.ticketserver.server.test_ratings import served
from ticketserver.server.phone_rpc import PhoneRpc
from ticketserver.shared.settings import Limits

STRANGER = "x" * 22


async def ask(hall, method, language="zh-CN,zh;q=0.9", **params):
    """→ (result, error code)"""
    body = json.dumps({"jsonrpc": "2.0", "id": 1, "method": method, "params": params})
    headers = {"Accept-Language": language}
    async with aiohttp.ClientSession() as http, http.post(hall.http + "/phone/rpc", data=body, headers=headers) as told:
        assert told.status == 200
        assert "Date" in told.headers
        answer = await told.json()
        assert answer["id"] == 1
        return answer.get("result"), answer.get("error", {}).get("data", {}).get("code", "")


async def test_a_ticket_is_seen_and_given_up_by_its_token(tmp_path):
    async with running(settings_in(tmp_path)) as hall, hall.talk("kiosk") as kiosk:
        token, ticket = await issue(kiosk)
        assert (await ask(hall, "get_ticket", token=token))[0]["number"] == ticket["number"]
        request = next(REQUESTS)
        for _ in range(2):
            result, _ = await ask(hall, "cancel_ticket", token=token, request_id=request)
            assert result["state"] == "cancelled"


async def test_a_finished_visit_is_rated_once_and_the_ticket_says_that_it_was(tmp_path):
    async with running(settings_in(tmp_path)) as hall, hall.talk("kiosk") as kiosk, hall.talk("clerk") as clerk:
        token, _ = await issue(kiosk)
        rate = {"token": token, "level": 4}
        assert (await ask(hall, "rate_visit", request_id=next(REQUESTS), **rate))[1] == "wrong_state"
        await clerk.change("open_counter", counter=3)
        for act in ("call_next", "start_service", "finish_service"):
            await clerk.change(act, counter=3)
        assert "rated" not in (await ask(hall, "get_ticket", token=token))[0]
        assert (await ask(hall, "rate_visit", request_id=next(REQUESTS), **rate))[1] == ""
        assert (await ask(hall, "get_ticket", token=token))[0]["rated"] is True
        assert (await ask(hall, "rate_visit", request_id=next(REQUESTS), **rate))[1] == "already_rated"
        (visit,) = hall.server.line.sequencer.state.visits.values()
        assert visit.ratings == {"": 4}
        other = await served(kiosk, clerk, "ARC-01")
        assert (await ask(hall, "rate_visit", request_id=next(REQUESTS), visit_id=other, level=1))[1] == "not_allowed"


@pytest.mark.parametrize(
    ("method", "params", "code"),
    [
        ("get_ticket", {"token": STRANGER}, "unknown_ticket"),
        ("get_ticket", {"number": "A001", "check_code": "0000"}, "not_allowed"),
        ("list_visits", {}, "not_allowed"),
        ("call_next", {"request_id": "phone-000001", "counter": 3}, "not_allowed"),
        ("subscribe", {"topics": ["ticket"], "token": STRANGER}, "not_allowed"),
    ],
)
async def test_nothing_else_is_to_be_had(tmp_path, method, params, code):
    async with running(settings_in(tmp_path)) as hall, hall.talk("kiosk") as kiosk:
        await issue(kiosk)
        assert await ask(hall, method, **params) == (None, code)


async def test_a_token_of_a_role_opens_nothing_here(tmp_path):
    body = json.dumps({"jsonrpc": "2.0", "id": 1, "method": "list_visits", "params": {}})
    async with running(settings_in(tmp_path)) as hall, aiohttp.ClientSession() as http:
        headers = {"Authorization": f"Bearer {hall.token('supervisor')}"}
        async with http.post(hall.http + "/phone/rpc", data=body, headers=headers) as told:
            assert (await told.json())["error"]["data"]["code"] == "not_allowed"


async def test_one_slip_asks_as_much_as_one_phone_and_others_still_may(tmp_path, monkeypatch):
    monkeypatch.setattr(PhoneRpc, "_now", lambda _: 0.0)
    settings = settings_in(tmp_path, Limits(phone_burst_requests=2, phone_connections=2))
    async with running(settings) as hall, hall.talk("kiosk") as kiosk:
        tokens = [(await issue(kiosk))[0] for _ in range(3)]
        codes = [(await ask(hall, "get_ticket", token=tokens[0]))[1] for _ in range(4)]
        assert codes == ["", "", "too_fast", "too_fast"]
        for other in tokens[1:]:
            assert (await ask(hall, "get_ticket", token=other))[1] == ""
        # There was no room for the third: what the first had asked is forgotten.
        assert (await ask(hall, "get_ticket", token=tokens[0]))[1] == ""


async def test_all_together_ask_as_much_as_one_program_of_the_hall(tmp_path, monkeypatch):
    monkeypatch.setattr(PhoneRpc, "_now", lambda _: 0.0)
    async with running(settings_in(tmp_path, Limits(burst_requests=3))) as hall:
        codes = [(await ask(hall, "get_ticket", token=STRANGER))[1] for _ in range(5)]
        assert codes == ["unknown_ticket"] * 3 + ["too_fast"] * 2


@pytest.mark.parametrize(("language", "word"), [("zh-CN", "号码"), ("en", "number")])
async def test_refusals_are_in_the_language_of_the_page(tmp_path, language, word):
    body = json.dumps({"jsonrpc": "2.0", "id": 1, "method": "get_ticket", "params": {"token": STRANGER}})
    async with running(settings_in(tmp_path)) as hall, aiohttp.ClientSession() as http:
        async with http.post(hall.http + "/phone/rpc", data=body, headers={"Accept-Language": language}) as told:
            assert word in (await told.json())["error"]["message"]
        async with http.post(hall.http + "/phone/rpc", data="[]") as told:
            assert told.status == 400
