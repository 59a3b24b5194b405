"""Ratings over the real wire: a pad's bridge rates what was done, and supervisors alone see how."""

from tests.ticketserver.server.servers import running, settings_in
from tests.ticketserver.server.test_hall import code_of


async def served(kiosk, clerk, *services):
    """A visit that was served at counter 3; → its id."""
    ticket = await kiosk.issue(*services)
    for act in ("call_next", "start_service", "finish_service"):
        await clerk.change(act, counter=3)
    return ticket["visit_id"]


async def test_bad_ratings_of_today_are_told_to_supervisors_only(tmp_path):
    async with (
        running(settings_in(tmp_path)) as hall,
        hall.talk("kiosk") as kiosk,
        hall.talk("clerk") as clerk,
        hall.talk("bridge") as bridge,
        hall.talk("supervisor") as supervisor,
    ):
        await clerk.change("open_counter", counter=3)
        bad, whole, good, _ = [await served(kiosk, clerk, "ARC-01", "PAY-02") for _ in range(4)]
        for visit, service, level in ((bad, "ARC-01", 2), (bad, "PAY-02", 5), (whole, "", 1), (good, "ARC-01", 3)):
            await bridge.change("rate_visit", visit_id=visit, service=service, level=level)
        listed = (await supervisor.call("list_visits", rated_at_most=2))["visits"]
        assert [visit["number"] for visit in listed] == ["A002", "A001"]
        assert [[each["rating"] for each in visit["services"]] for visit in listed] == [[1, 1], [2, 5]]
        (worst,) = (await supervisor.call("list_visits", rated_at_most=1))["visits"]
        assert worst["number"] == "A002"
        assert len((await supervisor.call("list_visits", rated_at_most=5, limit=2))["visits"]) == 2
        assert (await supervisor.call("list_visits", rated_at_most=2, states=["waiting"]))["visits"] == []
        for role in (clerk, kiosk):
            assert await code_of(role.call("list_visits", rated_at_most=2)) == "not_allowed"
        for role in (clerk, supervisor):
            listed = (await role.call("list_visits"))["visits"]
            assert len(listed) == 4
            assert not any("rating" in each for visit in listed for each in visit["services"])


async def test_what_was_not_done_is_not_rated_nor_anything_twice(tmp_path):
    async with (
        running(settings_in(tmp_path)) as hall,
        hall.talk("kiosk") as kiosk,
        hall.talk("clerk") as clerk,
        hall.talk("bridge") as bridge,
    ):
        await clerk.change("open_counter", counter=3)
        waiting = await kiosk.issue("ARC-01")
        assert await code_of(bridge.change("rate_visit", visit_id=waiting["visit_id"], level=5)) == "wrong_state"
        for act in ("call_next", "start_service", "finish_service"):
            await clerk.change(act, counter=3)
        rating = {"visit_id": waiting["visit_id"], "service": "ARC-01"}
        await bridge.change("rate_visit", level=5, **rating)
        assert await code_of(bridge.change("rate_visit", level=1, **rating)) == "already_rated"
        rating["service"] = "PAY-02"
        assert await code_of(bridge.change("rate_visit", level=1, **rating)) == "unknown_service"
