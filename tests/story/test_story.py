"""The story of a visit over real processes: tap, number, slip, call, screen; and what breaks in the middle of it.

Every hall here is server, virtual printer, virtual boxes, bridge, kiosk and display as a bureau runs them. Fingers are
xdotool's and the virtual boxes', eyes are tesseract's and zxing's, and the console is in Chromium.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import sync_playwright

from tests.story import eyes
from tests.story.hall import WAIT_S, StoryHall, until
from tests.story.people import PLACES, Kiosk, console, number_on_slip, spoken

pytestmark = pytest.mark.story


@pytest.fixture(scope="module")
def whole_hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StoryHall]:
    made = StoryHall(tmp_path_factory.mktemp("hall"))
    try:
        yield made.start()
    finally:
        made.end()
        print(made.logs())


@pytest.fixture
def hall(whole_hall: StoryHall) -> StoryHall:
    """The hall at the beginning of a chapter; what happened in the one before stays, as in a real one."""
    whole_hall.begin_chapter()
    return whole_hall


def test_tap_number_slip_call_screen_finish(hall: StoryHall) -> None:
    kiosk = Kiosk(hall)
    kiosk.choose()
    kiosk.touch("take")
    (slip,) = until(hall.slip_pictures, "a slip is cut")
    shown = kiosk.watch(lambda: hall.only_visit().get("printed"), "the paper is reported")
    visit = hall.only_visit()
    assert [each["service"] for each in visit["services"]] == ["ARC-01", "PAY-02"]
    assert len(visit["stages"]) == 1
    assert number_on_slip(hall, slip) == visit["number"]
    (code,) = eyes.qr_of(slip)
    assert hall.ask("guide", "get_ticket", token=code)["visit_id"] == visit["visit_id"]
    assert hall.reads(visit["number"], shown)
    kiosk.leave()

    with sync_playwright() as playwright:
        page = console(playwright, hall)
        hall.control("box", "press", "0x21", "next")
        page.locator("#hand .number").filter(has_text=visit["number"]).wait_for()
        until(lambda: hall.display_shows(visit["number"], 1), "the display shows number and window")
        until(lambda: spoken(hall, visit["number"]), "the call is spoken")
        hall.control("box", "press", "0x21", "start")
        until(lambda: hall.only_visit()["state"] == "serving", "the box starts the service")
        page.locator("#hand.serving").wait_for()
        page.keyboard.press("f")
        until(lambda: hall.only_visit()["state"] == "finished", "the console finishes it")
        page.context.browser.close()


def test_paper_that_ends_in_the_middle_costs_no_number_and_nothing_old_comes_out(hall: StoryHall) -> None:
    hall.control("printer", "paper", "out", "40")
    kiosk = Kiosk(hall)
    kiosk.choose()
    kiosk.touch("take")
    number = hall.only_visit()["number"]
    until(lambda: "paper_out" in hall.programs["kiosk"].log.read_text("utf-8"), "the kiosk knows that paper is out")
    until(lambda: hall.kiosk_shows(number), "the kiosk shows the number all the same")
    assert hall.slip_pictures() == []
    hall.control("printer", "new-roll")
    # The torn end, the end of the roll, and the proof of the new one: none of them is a second slip of this number.
    torn, *_, proof = until(lambda: len(found := hall.slip_pictures()) >= 3 and found, "the new roll proves itself")
    assert number_on_slip(hall, torn) == number
    assert number_on_slip(hall, proof) == ""
    assert "测试" in proof.with_suffix(".txt").read_text("utf-8")
    until(lambda: hall.online("printer1"), "the kiosk knows of the new roll")
    kiosk.touch("print again")
    again = until(lambda: next(iter(hall.slip_pictures()[3:]), None), "the slip comes out")
    assert number_on_slip(hall, again) == number
    assert eyes.qr_of(again)
    assert "补打" in again.with_suffix(".txt").read_text("utf-8")
    until(lambda: hall.only_visit().get("printed"), "the paper is reported")
    assert hall.only_visit()["number"] == number
    assert len(hall.slip_pictures()) == 4
    kiosk.leave()


def test_a_server_killed_before_its_reply_arrives_costs_no_number(hall: StoryHall) -> None:
    kiosk = Kiosk(hall)
    kiosk.choose()
    hall.relay.hold()
    hall.touch(*PLACES["take"])
    assert hall.relay.until_held(WAIT_S)
    hall.kill("server")
    hall.relay.cut()
    kiosk.settle()
    assert hall.slip_pictures() == []
    hall.start_server()
    (slip,) = until(hall.slip_pictures, "the slip of the number is cut")
    shown = kiosk.watch(lambda: hall.only_visit().get("printed"), "the paper is reported")
    visit = hall.only_visit()
    assert number_on_slip(hall, slip) == visit["number"]
    (code,) = eyes.qr_of(slip)
    assert hall.ask("guide", "get_ticket", token=code)["visit_id"] == visit["visit_id"]
    assert hall.reads(visit["number"], shown)
    kiosk.leave()
    assert len(hall.slip_pictures()) == 1


def test_a_call_made_while_the_display_is_away_is_shown_and_heard_when_it_is_back(hall: StoryHall) -> None:
    day = hall.health()
    assert day is not None
    token = "Story-token-of-22-sign"
    hall.change("kiosk", "issue_ticket", token=token, day=day["day"], services=[{"service": "ARC-01"}])
    hall.kill("display")
    hall.control("box", "press", "0x22", "next")
    called = until(lambda: [each for each in hall.visits() if each["state"] == "called"], "the box calls")
    (number,) = [each["number"] for each in called]
    assert not spoken(hall, number)
    hall.start_display()
    until(lambda: hall.display_shows(number, 2), "the display shows number and window")
    until(lambda: spoken(hall, number), "the call is spoken")
    assert [each["number"] for each in hall.visits() if each["state"] == "called"] == [number]
