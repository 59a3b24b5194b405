"""Slips that staff have a kiosk print: who is asked, what is told to whom, and when a paper is a second one."""

from contextlib import asynccontextmanager

import pytest

from tests.ticketserver.server.servers import Refused, running, settings_in
from ticketserver.core.ids import Ms
from ticketserver.server.line import wall_ms


@asynccontextmanager
async def desks(folder, kiosk_id):
    """The guide's line and a kiosk's."""
    async with running(settings_in(folder)) as hall, hall.talk("guide") as guide, hall.talk("kiosk", kiosk_id) as kiosk:
        yield guide, kiosk


async def test_a_kiosk_is_asked_and_its_word_comes_back(tmp_path):
    async with desks(tmp_path, "kiosk2") as (guide, kiosk):
        await guide.call("subscribe", topics=["prints"])
        await kiosk.call("subscribe", topics=["print_jobs"])
        issued = await guide.issue("ARC-01")
        asked = await guide.change("print_ticket", visit_id=issued["visit_id"], kiosk="kiosk2")
        assert (asked["kiosk"], asked["number"], "ended" in asked) == ("kiosk2", issued["number"], False)
        job = (await kiosk.note("print_requested"))["job"]
        assert (job["print_id"], job["kiosk"], job["ticket"]["number"]) == (1, "kiosk2", issued["number"])
        assert len(job["token"]) == 22
        assert "reprint" not in job
        assert (await guide.note("print_changed"))["print"] == asked
        await kiosk.call("end_print", print_id=1, outcome="failed", reason="paper_out")
        told = (await guide.note("print_changed"))["print"]
        assert (told["ended"], told["outcome"], told["reason"]) == (True, "failed", "paper_out")
        listed = await guide.call("list_prints")
        assert listed["prints"] == [told]
        assert listed["kiosks"][1] == {"kiosk": "kiosk2", "number": 2, "printer": "printer2"}
        with pytest.raises(Refused, match="没有记录"):
            await kiosk.call("end_print", print_id=9)


async def test_the_same_request_is_one_slip(tmp_path):
    async with desks(tmp_path, "kiosk1") as (guide, kiosk):
        await kiosk.call("subscribe", topics=["print_jobs"])
        issued = await guide.issue("ARC-01")
        asked = {"request_id": "the-same-one", "number": issued["number"], "kiosk": "kiosk1"}
        assert await guide.call("print_ticket", **asked) == await guide.call("print_ticket", **asked)
        await kiosk.note("print_requested")
        await kiosk.call("end_print", print_id=1, reason="busy")
        assert len((await guide.call("list_prints"))["prints"]) == 1
        assert kiosk.notes == []


async def test_the_slip_is_to_say_why_more_are_ahead(tmp_path):
    async with desks(tmp_path, "kiosk1") as (guide, kiosk):
        await kiosk.call("subscribe", topics=["print_jobs"])
        for _ in range(3):
            await guide.issue("ARC-01")
        issued = await guide.issue("ARC-01")
        await guide.issue("ARC-01", priority={"class_id": "age", "basis": "seen"})
        await guide.change("print_ticket", visit_id=issued["visit_id"], kiosk="kiosk1")
        ticket = (await kiosk.note("print_requested"))["job"]["ticket"]
        assert (ticket["ahead"], ticket["more_ahead"]) == (4, "priority")


async def test_who_cannot_print_is_said_with_what_to_do(tmp_path):
    async with running(settings_in(tmp_path)) as hall, hall.talk("guide") as guide:
        issued = await guide.issue("ARC-01")
        for kiosk, code in (("kiosk9", "unknown_kiosk"), ("kiosk1", "kiosk_away")):
            with pytest.raises(Refused) as refused:
                await guide.change("print_ticket", visit_id=issued["visit_id"], kiosk=kiosk)
            assert refused.value.code == code
        async with hall.talk("kiosk", "kiosk1") as kiosk:
            with pytest.raises(Refused) as refused:
                await kiosk.change("print_ticket", visit_id=issued["visit_id"], kiosk="kiosk1")
            assert refused.value.code == "not_allowed"
            await guide.change("cancel_ticket", visit_id=issued["visit_id"])
            with pytest.raises(Refused) as refused:
                await guide.change("print_ticket", visit_id=issued["visit_id"], kiosk="kiosk1")
            assert refused.value.code == "wrong_state"


async def test_a_kiosk_that_goes_ends_its_slips_and_a_late_word_of_its_printer_counts(tmp_path):
    async with running(settings_in(tmp_path)) as hall, hall.talk("guide") as guide:
        await guide.call("subscribe", topics=["prints"])
        issued = await guide.issue("ARC-01")
        async with hall.talk("kiosk", "kiosk1"):
            await guide.change("print_ticket", visit_id=issued["visit_id"], kiosk="kiosk1")
            await guide.note("print_changed")
        gone = (await guide.note("print_changed"))["print"]
        assert (gone["ended"], gone["reason"], gone.get("outcome")) == (True, "not_connected", None)
        async with hall.talk("kiosk", "kiosk1") as kiosk:
            assert (await kiosk.call("end_print", print_id=1, reason="busy"))["reason"] == "not_connected"
            assert (await kiosk.call("end_print", print_id=1, outcome="assumed"))["outcome"] == "assumed"


async def test_a_paper_is_marked_as_second_where_one_may_be_out_already(tmp_path):
    async with desks(tmp_path, "kiosk1") as (guide, kiosk):
        await kiosk.call("subscribe", topics=["print_jobs"])

        async def second(issued, **end):
            await guide.change("print_ticket", visit_id=issued["visit_id"], kiosk="kiosk1")
            job = (await kiosk.note("print_requested"))["job"]
            await kiosk.call("end_print", print_id=job["print_id"], **end)
            return job.get("reprint", False)

        own = await guide.issue("ARC-01")
        assert await second(own, reason="busy") is False
        assert await second(own, reason="paper_out") is False
        assert await second(own, outcome="failed", reason="paper_out") is False
        assert await second(own, outcome="confirmed") is True
        told = await guide.issue("ARC-01")
        await guide.change("report_print", visit_id=told["visit_id"], outcome="assumed", detail="by hand")
        assert await second(told, reason="busy") is True
        assert await second(await kiosk.issue("ARC-01"), reason="busy") is True


async def test_only_the_last_slips_are_kept(tmp_path):
    async with running(settings_in(tmp_path)) as hall, hall.talk("guide") as guide, hall.talk("kiosk", "kiosk1"):
        issued = await guide.issue("ARC-01")
        for _ in range(52):
            await guide.change("print_ticket", visit_id=issued["visit_id"], kiosk="kiosk1")
        kept = (await guide.call("list_prints"))["prints"]
        assert [kept[0]["print_id"], kept[-1]["print_id"]] == [3, 52]


async def test_numbers_are_found_by_service_and_by_the_time_they_were_taken(tmp_path):
    later = iter(range(0, 10**9, 1_000))
    start = wall_ms()

    def clock() -> Ms:
        return Ms(start + next(later))

    async with running(settings_in(tmp_path), clock=clock) as hall, hall.talk("guide") as guide:
        first, second = await guide.issue("ARC-01"), await guide.issue("PAY-02", "ARC-01")
        third = await guide.issue("PAY-02")
        at = [each["issued_at_ms"] for each in (first, second, third)]

        async def found(**asked):
            return [each["number"] for each in (await guide.call("list_visits", **asked)).get("visits", [])]

        assert await found(services=["ARC-01"]) == [second["number"], first["number"]]
        assert await found(from_ms=at[1]) == [third["number"], second["number"]]
        assert await found(to_ms=at[1]) == [first["number"]]
        assert await found(from_ms=at[1], to_ms=at[2], services=["ARC-01"]) == [second["number"]]
        assert await found(from_ms=at[1], to_ms=at[2], services=["INJ-02", "CRD-01"]) == []
