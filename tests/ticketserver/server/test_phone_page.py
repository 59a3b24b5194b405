"""What a phone loads, and what it is told: its own ticket and nothing else."""

import json
import re
from contextlib import AsyncExitStack

import aiohttp
import pytest
from msgspec.structs import replace

from tests.ports import free_port
from tests.ticketserver.server.servers import TOKENS, Refused, running, settings_in
from ticketserver.server import hub
from ticketserver.server.phone_page import PAGE
from ticketserver.server.tickets import AT_ONCE
from ticketserver.shared.texts import LANGUAGES

WEB = PAGE.parents[1]


async def fetch(hall, path, **options):
    async with aiohttp.ClientSession() as http, http.get(hall.http + path, **options) as answer:
        return answer, await answer.read()


async def issue(kiosk, *services):
    """→ (token, ticket)"""
    token = next(TOKENS)
    items = [{"service": each} for each in services or ("ARC-01",)]
    return token, await kiosk.change("issue_ticket", token=token, day=kiosk.day, services=items)


async def test_the_page_is_the_same_for_every_token_and_is_kept_nowhere(tmp_path):
    async with running(settings_in(tmp_path)) as hall, hall.talk("kiosk") as kiosk:
        token, _ = await issue(kiosk)
        answer, body = await fetch(hall, f"/t/{token}")
        assert answer.status == 200
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        policy = answer.headers["Content-Security-Policy"]
        assert f"connect-src 'self' {hall.url}" in policy
        assert "ws: wss:" not in policy
        for other in ("x" * 22, "1", "..x"):
            assert (await fetch(hall, f"/t/{other}"))[1] == body
        assert "正在打开您的号" in body.decode()
        assert "Opening your number" in body.decode()


async def test_the_page_asks_no_other_site(tmp_path):
    for file in (WEB / "phone").iterdir():
        assert re.findall(r"https?://|//[a-z]+\.", file.read_text("utf-8")) == []


async def test_the_words_are_of_one_language_and_of_this_page_only(tmp_path):
    settings = settings_in(tmp_path, phone_check_in=True, nearly_ahead=5, comeback_after=4)
    async with running(settings) as hall:
        for language in LANGUAGES:
            words = json.loads((await fetch(hall, f"/phone/words/{language}.json"))[1])
            assert words["ws_url"] == hall.url
            assert (words["nearly_ahead"], words["comeback_after"], words["check_in"]) == (5, 4, True)
            assert words["zones"].keys() == {zone.id for zone in settings.zone}
            assert {key.partition(".")[0] for key in words["texts"]} == {"phone", "terms", "console"}
            levels = [key for key in words["texts"] if key.startswith("console.")]
            assert sorted(levels) == [f"console.waiting.level_{level}" for level in range(1, 6)]
        assert words["zones"]["pension-review"] == ["Pension review counters", "Pension review"]
        for kind in ("words", "services"):
            answer, body = await fetch(hall, f"/phone/{kind}/fr.json")
            assert answer.status == 404
            assert b"zh, en" in body


async def test_every_service_has_its_everyday_name_and_prechecked_ones_are_not_added(tmp_path):
    settings = settings_in(tmp_path)
    async with running(settings) as hall:
        rows = {row[0]: row for row in json.loads((await fetch(hall, "/phone/services/zh.json"))[1])}
        english = {row[0]: row for row in json.loads((await fetch(hall, "/phone/services/en.json"))[1])}
    assert len(rows) == len(settings.catalogue.service) + len(settings.purpose)
    assert rows["ARC-01"][1] == "存档案"
    assert "arc-01" in rows["ARC-01"][2]
    assert english["ARC-01"][1] == settings.catalogue.by_code["ARC-01"].plain_en
    asked_first = {code for check in settings.catalogue.precheck for code in check.services}
    assert asked_first
    assert {code for code, row in rows.items() if not row[3]} == asked_first | {each.id for each in settings.purpose}


@pytest.mark.parametrize(
    ("url", "socket"),
    [("https://hall.example", "wss://hall.example/live"), ("http://hall.example/a/", "ws://hall.example/a/live")],
)
async def test_behind_a_proxy_the_socket_is_beside_the_public_address(tmp_path, url, socket):
    settings = settings_in(tmp_path)
    async with running(replace(settings, hall=replace(settings.hall, public_url=url))) as hall:
        outside = {"Host": "hall.example"}
        _, body = await fetch(hall, "/phone/words/zh.json", headers=outside)
        assert json.loads(body)["ws_url"] == socket
        answer, _ = await fetch(hall, "/t/x", headers=outside)
        assert socket in answer.headers["Content-Security-Policy"]


async def test_without_a_proxy_the_public_address_is_the_server_itself(tmp_path):
    settings = settings_in(tmp_path)
    port = free_port()
    here = f"http://127.0.0.1:{port}"
    hall_info, server = replace(settings.hall, public_url=here), replace(settings.server, http_port=port)
    async with running(replace(settings, hall=hall_info, server=server)) as hall:
        assert hall.http == here
        assert json.loads((await fetch(hall, "/phone/words/zh.json"))[1])["ws_url"] == hall.url
        async with hall.bare(origin=here) as talk:
            assert (await talk.call("hello", protocol=1, role="phone"))["public_url"] == here


async def test_a_phone_hears_of_its_own_ticket_and_of_no_other(tmp_path):
    async with running(settings_in(tmp_path)) as hall, hall.talk("kiosk") as kiosk, hall.talk("clerk") as clerk:
        (first, mine), (second, other) = await issue(kiosk), await issue(kiosk, "PAY-02")
        async with hall.talk("phone") as one, hall.talk("phone") as two:
            snapshot = await one.call("subscribe", topics=["ticket"], token=first)
            assert snapshot["ticket"]["number"] == mine["number"]
            await two.call("subscribe", topics=["ticket"], token=second)
            await clerk.change("open_counter", counter=3)
            await clerk.change("call_next", counter=3)
            while (note := await one.note("ticket_changed"))["ticket"]["state"] != "called":
                pass
            assert note["ticket"]["counter"] == 3
            assert note["ticket"]["call_no"] == 1
            while (ahead := (await two.note("ticket_changed"))["ticket"]).get("ahead", 0):
                pass
            assert ahead["state"] == "waiting"
            await one.call("get_ticket", token=first)
            await two.call("get_ticket", token=second)
            for talk, number in ((one, mine["number"]), (two, other["number"])):
                told = json.dumps([params for _, params in talk.notes])
                assert set(re.findall(r"[A-Z]\d{3}", told)) <= {number}


@pytest.mark.parametrize("topic", ["board", "queue", "counters", "devices", "help", "prints"])
async def test_a_phone_may_not_watch_the_hall(tmp_path, topic):
    async with running(settings_in(tmp_path)) as hall, hall.talk("phone") as phone:
        with pytest.raises(Refused) as refused:
            await phone.call("subscribe", topics=[topic])
        assert refused.value.code == "not_allowed"


async def test_a_phone_needs_the_token_and_an_unknown_one_is_refused_alike_everywhere(tmp_path):
    async with running(settings_in(tmp_path)) as hall, hall.talk("kiosk") as kiosk, hall.talk("phone") as phone:
        _, ticket = await issue(kiosk)
        by_number = {"number": ticket["number"], "check_code": ticket["check_code"]}
        for method, params, code in (
            ("get_ticket", by_number, "not_allowed"),
            ("get_ticket", {"visit_id": ticket["visit_id"]}, "not_allowed"),
            ("get_ticket", {"token": "x" * 22}, "unknown_ticket"),
            ("subscribe", {"topics": ["ticket"], "token": "x" * 22}, "unknown_ticket"),
            ("cancel_ticket", {"request_id": "phone-000001", "token": "x" * 22}, "unknown_ticket"),
        ):
            with pytest.raises(Refused) as refused:
                await phone.call(method, **params)
            assert refused.value.code == code


async def test_a_recall_is_told_and_a_held_number_says_where_it_is_kept(tmp_path):
    at_once = settings_in(tmp_path, same_press_ms=0)
    async with running(at_once) as hall, hall.talk("kiosk") as kiosk, hall.talk("clerk") as clerk:
        token, _ = await issue(kiosk)
        async with hall.talk("phone") as phone:
            await phone.call("subscribe", topics=["ticket"], token=token)
            await clerk.change("open_counter", counter=3)
            await clerk.change("call_next", counter=3)
            await clerk.change("recall", counter=3)
            while (await phone.note("ticket_changed"))["ticket"].get("call_no") != 2:
                pass
            await clerk.change("start_service", counter=3)
            await clerk.change("hold_visit", counter=3, kind="papers_kept", same_counter=True)
            while (note := await phone.note("ticket_changed"))["ticket"]["state"] != "held":
                pass
            assert note["ticket"]["counter"] == 3
            assert "call_no" not in note["ticket"]


async def test_two_phones_of_one_slip_hear_the_same_and_who_left_hears_nothing(tmp_path):
    async with running(settings_in(tmp_path)) as hall, hall.talk("kiosk") as kiosk:
        token, ticket = await issue(kiosk)
        async with hall.talk("phone") as one, hall.talk("phone") as two:
            async with hall.talk("phone") as gone:
                await gone.call("subscribe", topics=["ticket"], token=token)
            for phone in (one, two):
                await phone.call("subscribe", topics=["ticket"], token=token)
            await one.change("cancel_ticket", token=token)
            for phone in (one, two):
                while (note := await phone.note("ticket_changed"))["ticket"]["state"] != "cancelled":
                    pass
                assert note["ticket"]["number"] == ticket["number"]


async def test_waits_are_told_in_whole_minutes(tmp_path):
    async with running(settings_in(tmp_path)) as hall, hall.talk("kiosk") as kiosk, hall.talk("phone") as phone:
        for _ in range(40):
            await kiosk.issue("ARC-01")
        token, ticket = await issue(kiosk)
        shown = (await phone.call("subscribe", topics=["ticket"], token=token))["ticket"]
        asked = await phone.call("get_ticket", token=token)
        for name in ("wait_p50_ms", "wait_p90_ms"):
            assert shown[name] % 60_000 == asked[name] % 60_000 == 0
            assert 0 <= shown[name] - ticket[name] <= 60_000


async def test_more_phones_than_are_looked_at_in_one_turn_all_hear(tmp_path):
    async with running(settings_in(tmp_path)) as hall, hall.talk("kiosk") as kiosk, AsyncExitStack() as stack:
        first, _ = await issue(kiosk)
        phones = []
        for _ in range(3 * AT_ONCE):
            token, _ = await issue(kiosk)
            phone = await stack.enter_async_context(hall.talk("phone"))
            ahead = (await phone.call("subscribe", topics=["ticket"], token=token))["ticket"]["ahead"]
            phones.append((phone, ahead))
        await kiosk.change("cancel_ticket", token=first)
        for phone, before in phones:
            while (await phone.note("ticket_changed"))["ticket"].get("ahead", 0) != before - 1:
                pass


async def test_what_happens_to_a_ticket_waits_for_no_list_and_for_no_other_ticket(tmp_path, monkeypatch):
    """Lists are told once, and then not again while this test runs: only what happened to the ticket itself comes."""
    monkeypatch.setattr(hub, "STATE_MS", 10**9)
    at_once = settings_in(tmp_path, same_press_ms=0)
    async with (
        running(at_once) as hall,
        hall.talk("kiosk") as kiosk,
        hall.talk("clerk") as clerk,
        hall.talk("phone") as phone,
        AsyncExitStack() as stack,
    ):
        for _ in range(2 * AT_ONCE):
            other = await stack.enter_async_context(hall.talk("phone"))
            await other.call("subscribe", topics=["ticket"], token=(await issue(kiosk))[0])
        token, mine = await issue(kiosk)
        await phone.call("subscribe", topics=["ticket"], token=token)
        await clerk.change("open_counter", counter=3)
        await clerk.change("call_visit", counter=3, number=mine["number"], reason="asked")
        await clerk.change("recall", counter=3)
        await clerk.change("start_service", counter=3)
        await clerk.change("finish_service", counter=3)
        told = []
        while not told or told[-1] != ("finished", 0):
            ticket = (await phone.note("ticket_changed"))["ticket"]
            told.append((ticket["state"], ticket.get("call_no", 0)))
        assert told[-4:] == [("called", 1), ("called", 2), ("serving", 0), ("finished", 0)]
