"""What subscribers are told: snapshot first, then everything after it, counted; calls at once, lists in time."""

import pytest

from tests.ticketserver.server.servers import Refused, running, settings_in
from ticketserver.core.ids import Ms
from ticketserver.server.line import wall_ms


async def call_one(kiosk, clerk, counter=3):
    await kiosk.issue("ARC-01")
    await clerk.change("open_counter", counter=counter)
    return await clerk.change("call_next", counter=counter)


async def test_a_call_is_told_at_once_and_stands_on_the_board(tmp_path):
    async with running(settings_in(tmp_path)) as hall, hall.talk("display", "display1") as display:
        snapshot = await display.call("subscribe", topics=["board"])
        assert snapshot["board"].get("rows", []) == []
        async with hall.talk("kiosk") as kiosk, hall.talk("clerk") as clerk:
            called = await call_one(kiosk, clerk)
            note = await display.note("visit_called")
            assert (note["call"]["number"], note["call"]["counter"]) == (called["number"], 3)
            assert note["call"]["reason"] == "waited_longest"
            while not (board := (await display.note("board_changed"))["board"]).get("rows"):
                pass
            (row,) = board["rows"]
            assert (row["call"]["call_id"], row["state"]) == (called["call_id"], "called")
            await display.call("report_spoken", call_id=called["call_id"])
            while not (row := (await display.note("board_changed"))["board"]["rows"][0])["call"].get("spoken"):
                pass
            assert row["call"]["spoken"] is True


async def test_who_is_to_step_up_again_is_called_again(tmp_path):
    settings = settings_in(tmp_path, calls=1, same_press_ms=0)
    async with running(settings) as hall, hall.talk("kiosk") as kiosk, hall.talk("clerk") as clerk:
        first = await call_one(kiosk, clerk)
        await clerk.change("start_service", counter=3)
        async with hall.talk("display", "display1") as display:
            snapshot = await display.call("subscribe", topics=["board"])
            assert [row["state"] for row in snapshot["board"]["rows"]] == ["serving"]
            again = await clerk.change("recall", counter=3)
            call = (await display.note("visit_called"))["call"]
            assert (call["number"], call["call_id"], "last" in call) == (first["number"], again["call_id"], False)
            while (row := (await display.note("board_changed"))["board"]["rows"][0])["state"] != "called":
                pass
            assert (row["call"]["call_id"], row["call"].get("spoken", False)) == (again["call_id"], False)
            await clerk.change("finish_service", counter=3)
            while (await display.note("board_changed"))["board"]["rows"][0]["state"] != "finished":
                pass


async def test_notifications_are_counted_without_a_gap_from_one(tmp_path):
    async with running(settings_in(tmp_path)) as hall, hall.talk("clerk") as clerk, hall.talk("kiosk") as kiosk:
        await call_one(kiosk, clerk, 4)
        watcher = clerk
        await watcher.call("subscribe", topics=["board", "counters", "queue"])
        watcher.notes.clear()
        await call_one(kiosk, watcher, 5)
        await kiosk.issue("PAY-02")
        await watcher.note("queue_changed")
        first = [params["n"] for _, params in watcher.notes]
        assert first
        await watcher.call("subscribe", topics=["counters"])
        watcher.notes.clear()
        await watcher.change("start_service", counter=5)
        assert (await watcher.note("counter_changed"))["n"] == 1


async def test_n_and_seq_grow_together(tmp_path):
    async with running(settings_in(tmp_path)) as hall, hall.talk("display") as display:
        snapshot = await display.call("subscribe", topics=["board"])
        async with hall.talk("kiosk") as kiosk, hall.talk("clerk") as clerk:
            for counter in (1, 2, 3):
                await call_one(kiosk, clerk, counter)
        notes = []
        while sum(name == "visit_called" for name, _ in notes) < 3:
            message = await display.receive()
            notes.append((message["method"], message["params"]))
        assert [params["n"] for _, params in notes] == list(range(1, len(notes) + 1))
        seqs = [params["seq"] for _, params in notes]
        assert seqs == sorted(seqs)
        assert seqs[0] > snapshot["seq"]


async def test_a_box_hears_of_its_own_counters_only(tmp_path):
    async with running(settings_in(tmp_path)) as hall, hall.talk("bridge", "bus1") as box:
        snapshot = await box.call("subscribe", topics=["counters"], counters=[3])
        assert [view["counter"] for view in snapshot["counters"]] == [3]
        async with hall.talk("kiosk") as kiosk, hall.talk("clerk") as clerk:
            await call_one(kiosk, clerk, 4)
            await call_one(kiosk, clerk, 3)
        seen = []
        while not seen or seen[-1]["state"] != "calling":
            seen.append((await box.note("counter_changed"))["counter"])
        assert {view["counter"] for view in seen} == {3}


async def test_a_counter_that_somebody_waits_for_is_told_so(tmp_path):
    async with running(settings_in(tmp_path)) as hall, hall.talk("bridge") as box, hall.talk("kiosk") as kiosk:
        await box.call("subscribe", topics=["counters"], counters=[3])
        await kiosk.issue("ARC-01")
        assert (await box.note("counter_changed"))["counter"]["waiting"] == 1


async def test_what_was_told_last_does_not_hide_a_change_from_a_newcomer(tmp_path):
    """Open, closed while nobody watches, watched again, open: the newcomer hears of it."""
    async with running(settings_in(tmp_path)) as hall, hall.talk("clerk") as clerk:
        async with hall.talk("bridge") as box:
            await box.call("subscribe", topics=["counters"], counters=[3])
            await clerk.change("open_counter", counter=3)
            assert (await box.note("counter_changed"))["counter"]["state"] == "idle"
        await clerk.change("close_counter", counter=3)
        async with hall.talk("bridge") as box:
            await box.call("subscribe", topics=["counters"], counters=[3])
            await clerk.change("open_counter", counter=3)
            assert (await box.note("counter_changed"))["counter"]["state"] == "idle"


async def test_a_ticket_is_told_to_who_holds_its_token(tmp_path):
    async with running(settings_in(tmp_path)) as hall, hall.talk("kiosk") as kiosk, hall.talk("phone") as phone:
        token = "P" * 22
        item = [{"service": "ARC-01"}]
        await kiosk.change("issue_ticket", token=token, day=kiosk.day, services=item)
        snapshot = await phone.call("subscribe", topics=["ticket"], token=token)
        assert snapshot["ticket"]["state"] == "waiting"
        async with hall.talk("clerk") as clerk:
            await clerk.change("open_counter", counter=3)
            await clerk.change("call_next", counter=3)
        while (told := (await phone.note("ticket_changed"))["ticket"])["state"] != "called":
            pass
        assert told["counter"] == 3
        with pytest.raises(Refused) as raised:
            await phone.call("subscribe", topics=["ticket"], token="Q" * 22)
        assert raised.value.code == "unknown_ticket"


@pytest.mark.parametrize(("role", "topic"), [("phone", "board"), ("display", "devices"), ("clerk", "weather")])
async def test_topics_belong_to_roles(tmp_path, role, topic):
    async with running(settings_in(tmp_path)) as hall, hall.talk(role) as talk:
        with pytest.raises(Refused) as raised:
            await talk.call("subscribe", topics=[topic])
        assert raised.value.code == "not_allowed"


async def test_devices_are_told_and_go_offline_with_their_program(tmp_path):
    async with running(settings_in(tmp_path)) as hall, hall.talk("guide") as guide:
        await guide.call("subscribe", topics=["devices"])
        async with hall.talk("kiosk", "kiosk1") as kiosk:
            assert (await guide.note("device_changed"))["device"]["device"] == "kiosk1"
            await kiosk.call("report_health", device="printer1", kind="printer", health="offline", reason="paper_out")
            told = (await guide.note("device_changed"))["device"]
            assert (told["device"], told["health"], told["reason"]) == ("printer1", "offline", "paper_out")
            await kiosk.call("report_health", device="printer1", kind="printer", health="online")
            assert (await guide.note("device_changed"))["device"]["health"] == "online"
        gone = [(await guide.note("device_changed"))["device"] for _ in range(2)]
        assert {(view["device"], view["health"], view["reason"]) for view in gone} == {
            ("kiosk1", "offline", "not_connected"), ("printer1", "offline", "not_connected"),
        }  # fmt: skip
        snapshot = await guide.call("subscribe", topics=["devices"])
        assert {view["device"] for view in snapshot["devices"]} == {"kiosk1", "printer1"}


async def test_lists_are_told_while_the_halls_time_stands_still(tmp_path):
    """The wall clock was set back: the hall's time waits for it, the lists must not."""
    back = [0]
    settings = settings_in(tmp_path)
    async with running(settings, clock=lambda: Ms(wall_ms() - back[0])) as hall, hall.talk("kiosk") as kiosk:
        await kiosk.issue("ARC-01")
        back[0] = 300_000
        async with hall.talk("display") as display:
            await display.call("subscribe", topics=["queue"])
            for _ in range(3):
                await kiosk.issue("ARC-01")
                await display.note("queue_changed")
