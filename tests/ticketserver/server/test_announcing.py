"""Announcements and notices over the real wire: who may, what everybody is told, the same request, a restart."""

import pytest

from tests.ticketserver.server.servers import running, settings_in
from tests.ticketserver.server.test_hall import code_of

pytestmark = pytest.mark.asyncio


async def told(talk, key, topic="board"):
    """What a screen that connects now finds."""
    snapshot = await talk.call("subscribe", topics=[topic])
    return snapshot[topic].get(key, [])


async def test_an_announcement_reaches_screens_and_pages_until_it_is_stopped(tmp_path):
    async with (
        running(settings_in(tmp_path)) as hall,
        hall.talk("guide") as guide,
        hall.talk("supervisor") as supervisor,
        hall.talk("display", "display1") as display,
    ):
        assert await told(display, "announcements") == []
        await supervisor.call("subscribe", topics=["queue"])
        said = await guide.change("announce", text_zh="请大家不要拥挤", text_en="Please do not push", urgent=True,
                                  zones=["comprehensive"], repeat=2)  # fmt: skip
        assert (said["announcement_id"], said["by"], said["urgent"]) == (1, "guide", True)
        board = (await display.note("board_changed"))["board"]
        assert board["announcements"] == [said]
        assert (await supervisor.note("queue_changed"))["queue"]["announcements"] == [said]
        await supervisor.change("stop_announcement", announcement_id=1)
        board = (await display.note("board_changed"))["board"]
        assert "announcements" not in board
        assert await code_of(guide.change("stop_announcement", announcement_id=1)) == "unknown_announcement"


async def test_notices_stand_together_and_a_restart_keeps_them(tmp_path):
    settings = settings_in(tmp_path)
    async with running(settings) as hall, hall.talk("guide") as guide, hall.talk("supervisor") as supervisor:
        first = await guide.change("set_notice", text_zh="三号窗口下午停办", text_en="Counter 3 is closed")
        second = await supervisor.change("set_notice", text_zh="饮水机在东门")
        assert (first["by"], second["by"], second["notice_id"]) == ("guide", "supervisor", 2)
    async with (
        running(settings) as hall,
        hall.talk("display", "display1") as display,
        hall.talk("kiosk", "kiosk1") as kiosk,
        hall.talk("supervisor") as supervisor,
    ):
        assert await told(display, "notices") == [first, second]
        assert await told(kiosk, "notices", "queue") == [first, second]
        await supervisor.change("clear_notice", notice_id=1)
        assert (await kiosk.note("queue_changed"))["queue"]["notices"] == [second]


async def test_the_same_request_is_one_announcement(tmp_path):
    async with running(settings_in(tmp_path)) as hall, hall.talk("guide") as guide:
        asked = {"request_id": "announce-once", "text_zh": "请不要拥挤"}
        first = await guide.call("announce", **asked)
        assert await guide.call("announce", **asked) == first
        assert await code_of(guide.call("announce", **asked | {"repeat": 2})) == "request_id_reused"
        assert len(await told(guide, "announcements", "queue")) == 1


async def test_clerks_and_kiosks_tell_the_hall_nothing(tmp_path):
    async with running(settings_in(tmp_path)) as hall, hall.talk("clerk") as clerk, hall.talk("kiosk") as kiosk:
        for talk in (clerk, kiosk):
            assert await code_of(talk.change("announce", text_zh="请不要拥挤")) == "not_allowed"
            assert await code_of(talk.change("set_notice", text_zh="请不要拥挤")) == "not_allowed"
            assert await code_of(talk.change("stop_announcement", announcement_id=1)) == "not_allowed"
            assert await code_of(talk.change("clear_notice", notice_id=1)) == "not_allowed"


async def test_what_is_urgent_does_not_wait_for_the_second_of_the_lists(tmp_path):
    """Notifications and answers leave in one order: what has been told comes before the answer to a later question."""
    async with (
        running(settings_in(tmp_path)) as hall,
        hall.talk("kiosk", "kiosk1") as kiosk,
        hall.talk("guide") as guide,
        hall.talk("display", "display1") as display,
    ):

        async def told_last():
            display.notes.clear()
            await display.call("get_catalogue")
            boards = [params["board"] for name, params in display.notes if name == "board_changed"]
            return boards[-1].get("announcements", [])

        await display.call("subscribe", topics=["board"])
        for _ in range(2):
            await kiosk.issue("ARC-01")
            said = await guide.change("announce", text_zh="请有序离开大厅", urgent=True)
            assert await told_last() == [said]
            await guide.change("stop_announcement", announcement_id=said["announcement_id"])
            assert await told_last() == []
