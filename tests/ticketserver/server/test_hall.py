"""A hall over the real wire: numbers, calls, refusals, and that the same request gets the same reply."""

import pytest

from tests.ticketserver.server.servers import REQUESTS, TOKENS, Refused, running, settings_in
from ticketserver.shared.texts import load_texts


async def code_of(awaited):
    with pytest.raises(Refused) as raised:
        await awaited
    return raised.value.code


async def test_take_call_serve_finish(tmp_path):
    async with running(settings_in(tmp_path)) as hall, hall.talk("kiosk") as kiosk, hall.talk("clerk") as clerk:
        ticket = await kiosk.issue("ARC-01", "PAY-02")
        assert ticket["number"] == "A001"
        assert [stage["services"] for stage in ticket["stages"]] == [["ARC-01", "PAY-02"]]
        await clerk.change("open_counter", counter=3)
        called = await clerk.change("call_next", counter=3)
        assert (called["number"], called["counter_state"], called["visit_state"]) == ("A001", "calling", "called")
        await clerk.change("start_service", counter=3)
        done = await clerk.change("finish_service", counter=3)
        assert (done["number"], done["visit_state"], done["counter_state"]) == ("A001", "finished", "idle")


async def test_the_same_request_gets_the_same_reply_and_another_under_its_id_is_refused(tmp_path):
    settings = settings_in(tmp_path)
    asked = {"request_id": next(REQUESTS), "token": next(TOKENS), "services": [{"service": "ARC-01"}]}
    async with running(settings) as hall, hall.talk("kiosk") as kiosk:
        asked["day"] = kiosk.day
        first = await kiosk.call("issue_ticket", **asked)
        assert await kiosk.call("issue_ticket", **asked) == first
        other = {**asked, "services": [{"service": "PAY-02"}]}
        assert await code_of(kiosk.call("issue_ticket", **other)) == "request_id_reused"
    async with running(settings) as hall, hall.talk("kiosk") as kiosk:
        assert await kiosk.call("issue_ticket", **asked) == first
        assert (await kiosk.call("find_request", request_id=asked["request_id"]))["number"] == first["number"]
        assert (await kiosk.issue("ARC-01"))["number"] == "A002"


async def test_a_restart_goes_on_with_the_day_and_its_calls(tmp_path):
    settings = settings_in(tmp_path)
    async with running(settings) as hall, hall.talk("kiosk") as kiosk, hall.talk("clerk") as clerk:
        await kiosk.issue("ARC-01")
        await clerk.change("open_counter", counter=3)
        called = await clerk.change("call_next", counter=3)
    async with running(settings) as hall, hall.talk("clerk") as clerk:
        snapshot = await clerk.call("subscribe", topics=["counters"], counters=[3])
        (counter,) = snapshot["counters"]
        assert (counter["number"], counter["call_id"]) == (called["number"], called["call_id"])


REFUSED = [
    ("kiosk", "issue_ticket", {"services": [{"service": "ZZZ-99"}]}, "unknown_service"),
    ("kiosk", "issue_ticket", {"services": []}, "nothing_chosen"),
    ("kiosk", "issue_ticket", {"purpose": "ARC-01"}, "unknown_purpose"),
    ("kiosk", "issue_ticket", {"services": [{"service": "ARC-01"}, {"service": "ARC-01"}]}, "service_twice"),
    ("kiosk", "issue_ticket", {"services": [{"service": "ARC-01"}], "day": "2001-01-01"}, "wrong_day"),
    ("kiosk", "issue_ticket",
     {"services": [{"service": "ARC-01"}], "priority": {"class_id": "vip", "basis": "declared"}}, "unknown_priority"),
    ("clerk", "call_next", {"counter": 3}, "counter_closed"),
    ("clerk", "call_next", {"counter": 77}, "unknown_counter"),
    ("clerk", "recall", {"counter": 3}, "counter_closed"),
    ("clerk", "call_visit", {"counter": 3, "number": "Z999", "reason": "asked"}, "unknown_ticket"),
    ("clerk", "check_in", {"number": "A999"}, "unknown_ticket"),
    ("supervisor", "set_profile", {"counter": 3, "profile": "none"}, "unknown_profile"),
    ("supervisor", "set_hours", {"ends_ms": 1}, "bad_hours"),
]  # fmt: skip


@pytest.mark.parametrize(("role", "method", "params", "code"), REFUSED)
async def test_what_cannot_be_is_refused_by_code_and_sentence(tmp_path, role, method, params, code):
    async with running(settings_in(tmp_path)) as hall, hall.talk(role, locale="en") as talk:
        if method == "issue_ticket":
            params = {"token": next(TOKENS), "day": talk.day, **params}
        with pytest.raises(Refused) as raised:
            await talk.change(method, **params)
        assert raised.value.rpc == -32000
        assert raised.value.code == code
        assert str(raised.value) == load_texts("en")(f"errors.{code}")
        assert len(str(raised.value).split(". ")) >= 2, "what happened, and what to do"
        assert hall.server.line.sequencer.seq == 1


async def test_numbers_and_check_codes_find_a_ticket_and_wrong_ones_do_not(tmp_path):
    async with running(settings_in(tmp_path)) as hall, hall.talk("kiosk") as kiosk:
        ticket = await kiosk.issue("ARC-01")
        found = await kiosk.call("find_ticket", number="a001", check_code=ticket["check_code"])
        assert found["visit_id"] == ticket["visit_id"]
        wrong = f"{(int(ticket['check_code']) + 1) % 10_000:04d}"
        assert await code_of(kiosk.call("find_ticket", number="A001", check_code=wrong)) == "wrong_check_code"
        assert await code_of(kiosk.call("find_ticket", visit_id=1)) == "not_allowed"
        assert await code_of(kiosk.call("find_request", request_id="never-sent")) == "unknown_request"
        (listed,) = (await kiosk.call("list_visits"))["visits"]
        assert "check_code" not in listed or listed["check_code"] == ""
        async with hall.talk("guide") as guide:
            assert (await guide.call("find_ticket", number="A001"))["check_code"] == ticket["check_code"]


async def test_a_number_is_found_without_its_zeros_and_comes_before_those_that_hold_it(tmp_path):
    async with running(settings_in(tmp_path)) as hall, hall.talk("kiosk") as kiosk, hall.talk("guide") as guide:
        tickets = [await kiosk.issue("ARC-01") for _ in range(11)]
        found = await kiosk.call("find_ticket", number="a 11", check_code=tickets[-1]["check_code"])
        assert found["number"] == "A011"
        for typed, numbers in (("A-01", ["A001", "A011", "A010"]), ("a1", ["A001"]), ("a10", ["A010"]), ("a12", [])):
            listed = (await guide.call("list_visits", number=typed))["visits"]
            assert [each["number"] for each in listed] == numbers


async def test_the_holder_of_a_card_has_a_number_until_it_is_over(tmp_path):
    async with running(settings_in(tmp_path)) as hall, hall.talk("kiosk") as kiosk:
        first = await kiosk.issue("ARC-01", holder="0f" * 32)
        await kiosk.issue("ARC-01", holder="1e" * 32)
        await kiosk.issue("ARC-01")
        for role in ("kiosk", "guide"):
            async with hall.talk(role) as talk:
                found = await talk.call("find_ticket", holder="0f" * 32)
                assert (found["number"], found["check_code"]) == (first["number"], first["check_code"])
        assert await code_of(kiosk.call("find_ticket", holder="2d" * 32)) == "unknown_ticket"
        for role in ("clerk", "supervisor", "integrator", "phone"):
            async with hall.talk(role) as talk:
                assert await code_of(talk.call("find_ticket", holder="0f" * 32)) == "not_allowed"
        second = await kiosk.issue("ARC-01", holder="0f" * 32)
        assert (await kiosk.call("find_ticket", holder="0f" * 32))["number"] == second["number"]
        for each in (second, first):
            await kiosk.change("cancel_ticket", number=each["number"], check_code=each["check_code"])
        assert await code_of(kiosk.call("find_ticket", holder="0f" * 32)) == "unknown_ticket"


async def test_a_citizen_adds_while_waiting_and_a_clerk_also_later(tmp_path):
    async with running(settings_in(tmp_path)) as hall, hall.talk("kiosk") as kiosk, hall.talk("clerk") as clerk:
        ticket = await kiosk.issue("ARC-01")
        mine = {"number": ticket["number"], "check_code": ticket["check_code"]}
        added = await kiosk.change("add_services", services=[{"service": "PAY-02"}], **mine)
        assert [each["service"] for each in added["services"]] == ["ARC-01", "PAY-02"]
        await clerk.change("open_counter", counter=3)
        await clerk.change("call_next", counter=3)
        more = [{"service": "REG-06"}]
        assert await code_of(kiosk.change("add_services", services=more, **mine)) == "wrong_state"
        assert len((await clerk.change("add_services", services=more, number="A001"))["services"]) == 3


@pytest.mark.parametrize(("allowed", "code"), [(True, "wrong_state"), (False, "not_allowed")])
async def test_whether_a_phone_may_check_in_is_the_halls_rule(tmp_path, allowed, code):
    async with running(settings_in(tmp_path, phone_check_in=allowed)) as hall, hall.talk("kiosk") as kiosk:
        token = next(TOKENS)
        await kiosk.change("issue_ticket", token=token, day=kiosk.day, services=[{"service": "ARC-01"}])
        async with hall.talk("phone") as phone:
            assert await code_of(phone.change("check_in", token=token)) == code


async def test_a_plan_promises_what_the_number_then_says(tmp_path):
    async with running(settings_in(tmp_path)) as hall, hall.talk("kiosk") as kiosk:
        await kiosk.issue("ARC-01")
        planned = await kiosk.call("plan_visit", services=[{"service": "ARC-01"}, {"service": "PAY-02"}])
        ticket = await kiosk.issue("ARC-01", "PAY-02")
        for name in ("zone", "stages", "ahead", "wait_p50_ms", "wait_p90_ms"):
            assert planned.get(name) == ticket.get(name), name
        alone = await kiosk.call("plan_visit", services=[{"service": "PAY-02"}])
        assert "ARC-01" in alone["also"]
        assert not {"ARC-01", "PAY-02"} & set(planned["also"])
        assert len(alone["also"]) <= 3
        assert await code_of(kiosk.call("plan_visit", services=[{"service": "ZZZ-99"}])) == "unknown_service"


async def test_a_key_calls_and_a_refused_key_beeps(tmp_path):
    async with running(settings_in(tmp_path)) as hall, hall.talk("kiosk") as kiosk, hall.talk("bridge") as box:
        await kiosk.issue("ARC-01")
        beep = await box.change("press_key", counter=1, key="recall")
        assert (beep["outcome"], beep["state"]) == ("beep", "closed")
        pressed = await box.change("press_key", counter=1, key="next")
        assert (pressed["outcome"], pressed["state"], pressed["number"]) == ("done", "calling", "A001")
        again = await box.change("press_key", counter=1, key="next")
        assert (again["outcome"], again["number"]) == ("same", "A001")
        assert await code_of(box.change("press_key", counter=77, key="next")) == "unknown_counter"
        ready = await box.change("press_key", counter=2, key="next")
        assert ready["outcome"] == "ready"


async def test_waiting_is_listed_in_the_order_of_calls_with_reasons(tmp_path):
    async with running(settings_in(tmp_path)) as hall, hall.talk("kiosk") as kiosk, hall.talk("clerk") as clerk:
        for _ in range(3):
            await kiosk.issue("ARC-01")
        listed = await clerk.call("list_waiting", counter=3)
        assert [row["number"] for row in listed["rows"]] == ["A001", "A002", "A003"]
        assert {row["reason"] for row in listed["rows"]} == {"waited_longest"}
        await clerk.change("open_counter", counter=3)
        assert (await clerk.change("call_next", counter=3))["number"] == listed["rows"][0]["number"]
        assert await code_of(clerk.call("list_waiting", counter=77)) == "unknown_counter"


async def test_help_is_asked_once_seen_and_accepted(tmp_path):
    settings = settings_in(tmp_path)
    async with running(settings) as hall, hall.talk("kiosk", "kiosk1") as kiosk, hall.talk("guide") as guide:
        await guide.call("subscribe", topics=["help"])
        request = next(REQUESTS)
        asked = await kiosk.call("request_help", request_id=request, number="A001")
        assert await kiosk.call("request_help", request_id=request, number="A001") == asked
        seen = (await guide.note("help_requested"))["help"]
        assert (seen["device"], seen["number"]) == ("kiosk1", "A001")
        assert (await guide.call("subscribe", topics=["help"]))["help"] == [seen]
        accepted = await guide.change("accept_help", help_id=seen["help_id"])
        assert accepted["accepted"]
        assert (await guide.note("help_requested"))["help"]["accepted"]
        assert await code_of(guide.change("accept_help", help_id=99)) == "unknown_help"
