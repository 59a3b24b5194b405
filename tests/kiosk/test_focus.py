"""Where the ring is and what a key presses; and a whole visit without touching the glass."""

import pytest

from kiosk import events as e
from kiosk.buttons import Look
from kiosk.duty_events import CheckPin
from kiosk.ease import NORMAL
from kiosk.focus import Focus
from kiosk.model import Message
from kiosk.state import Step
from tests.kiosk.kiosks import Kiosk, plan, ticket
from tests.kiosk.scenes import SAMPLE
from tests.kiosk.spots import spot, spots
from ticketserver.core.terms import PrintOutcome

THREE = [spot("large", 0, 9, Look.QUIET, head=True), spot("one", 0, 8), spot("two", 0, 7)]
GRID = [spot("a", 0, 1), spot("b", 1, 1), spot("c", 0, 0), spot("d", 1, 0)]


class Finger:
    """Keys on a list of spots; `at` is the label that the ring is around."""

    def __init__(self, seen, scans=False):
        self.focus = Focus(scans)
        self.seen = seen
        self.focus.see(Message("", title="first"))

    def key(self, *keys):
        pressed = None
        for key in keys:
            pressed = self.focus.key(key, self.seen)
        return None if pressed is None else self.seen[pressed].button.label

    def wait(self, steps=1):
        for _ in range(steps):
            self.focus.advance(self.seen)
        return self

    @property
    def at(self):
        ring = self.focus.ring(self.seen)
        labels = [each.button.label for each in self.seen if ring and inside(each.box, ring)]
        return "".join(labels)


def inside(one, ring):
    return one[0] >= ring[0] and one[1] >= ring[1] and one[2] <= ring[2] and one[3] <= ring[3]


# ---- keys


@pytest.mark.parametrize("key", ["next", "last", "down", "press"])
def test_the_first_key_only_shows_where_one_is(key):
    finger = Finger(THREE)
    assert finger.at == ""
    assert finger.key(key) is None
    assert finger.at == "one"


def test_the_ring_goes_through_everything_and_around():
    finger = Finger(THREE)
    finger.key("next")
    seen = [finger.at for _ in THREE if finger.key("next") is None]
    assert seen == ["two", "large", "one"]
    finger.key("last")
    assert finger.at == "large"
    assert finger.key("press") == "large"


def test_arrows_go_to_the_neighbour_and_no_further():
    finger = Finger(GRID)
    finger.key("next")
    for keys, at in (
        (["right"], "b"), (["right"], "b"), (["down"], "d"), (["left"], "c"), (["up"], "a"), (["up"], "a"),
    ):  # fmt: skip
        finger.key(*keys)
        assert finger.at == at


def test_two_buttons_that_send_the_same_are_two():
    seen = [spot("a", row=2), spot("b", row=1), spot("a", row=0), spot("c", row=-1)]
    finger = Finger(seen)
    finger.key("next", "next", "next")
    finger.key("next")
    assert finger.at == "c"


def test_where_nothing_can_be_pressed_nothing_is():
    finger = Finger([])
    assert finger.key("next") is None
    assert finger.key("press") is None
    assert finger.wait().at == ""


def test_a_touch_hides_the_ring():
    finger = Finger(THREE)
    finger.key("next", "next")
    finger.focus.hide()
    assert finger.at == ""
    finger.key("press")
    assert finger.at == "one"


def test_the_ring_stays_on_its_button_and_begins_anew_on_another_screen():
    finger = Finger(THREE)
    finger.key("next", "next")
    finger.seen = [spot("more", row=12), *THREE]
    finger.focus.see(Message("other words", title="first"))
    assert finger.at == "two"
    finger.seen = THREE[:2]
    assert finger.at == "one"
    finger.seen = THREE
    finger.focus.see(Message("", title="second"))
    assert finger.at == "one"
    finger.key("last")
    finger.focus.see(Message("", title="in another language"))
    assert finger.at == "large"


# ---- typing, and the way back


def test_signs_press_the_keys_on_the_screen():
    seen = [spot("found", row=9), spot("Q", row=8, look=Look.KEY), spot("A", row=7)]
    finger = Finger(seen)
    assert finger.key("q") == "Q"
    assert finger.at == "found"
    assert finger.key("a") is None
    assert finger.key("press") == "found"


@pytest.mark.parametrize("rub", ["delete", "rub", "pension_rub", "booking_delete"])
def test_backspace_rubs_out_or_goes_back(rub):
    assert Finger([spot("back"), spot(rub)]).key("rub") == rub
    assert Finger([spot("home"), spot("check_back")]).key("rub") == "check_back"


def test_escape_goes_back_and_leaves_only_when_told():
    assert Finger([spot("cancel_yes"), spot("cancel_no", 1)]).key("back") == "cancel_no"
    assert Finger([spot("language"), spot("home")]).key("back") == "home"
    finger = Finger([spot("print_again", row=1), spot("end")])
    assert finger.key("back") is None
    assert finger.at == "end"
    assert finger.key("press") == "end"
    nothing = Finger(GRID)
    assert nothing.key("back") is None
    assert nothing.at == "a"


# ---- one switch


MANY = [*THREE, *(spot(f"{row}{column}", column, row, Look.KEY) for row in (6, 5, 4) for column in range(3))]


def test_few_buttons_are_gone_through_one_by_one():
    finger = Finger(THREE, scans=True)
    finger.key("press")
    seen = [finger.wait().at for _ in THREE]
    assert seen == ["two", "large", "one"]
    assert finger.wait().key("press") == "two"


def test_many_are_gone_through_by_lines_and_then_within_the_line():
    finger = Finger(MANY, scans=True)
    finger.key("press")
    seen = [finger.at, *(finger.wait().at for _ in range(6))]
    assert seen == ["one", "two", "606162", "505152", "404142", "large", "one"]
    assert finger.key("press") == "one"
    assert finger.wait(3).key("press") is None
    assert [finger.at, finger.wait().at] == ["50", "51"]
    assert finger.key("press") == "51"
    assert finger.at == "505152"


def test_a_line_in_which_nobody_presses_is_left_after_two_rounds():
    finger = Finger(MANY, scans=True)
    finger.key("press")
    finger.wait(2).key("press")
    seen = [finger.wait().at for _ in range(6)]
    assert seen == ["61", "62", "60", "61", "62", "606162"]


def test_a_line_is_left_by_a_key_or_another_screen():
    finger = Finger(MANY, scans=True)
    finger.key("press")
    finger.wait(2).key("press")
    finger.key("next")
    assert finger.at == "606162"
    finger.key("press")
    finger.focus.see(Message("", title="second"))
    assert finger.at == "one"


# ---- a whole visit


class Typist:
    """A person with keys in front of a kiosk without a screen."""

    def __init__(self, scans=False):
        self.kiosk, self.focus = Kiosk().up(), Focus(scans)

    @property
    def spots(self):
        self.focus.see(self.kiosk.screen)
        return spots(self.kiosk.frame)

    @property
    def ringed(self):
        """The taps of the buttons that the ring is around."""
        seen = self.spots
        return [each.button.tap.name for each in seen if inside(each.box, self.focus.ring(seen))]

    def key(self, *keys):
        for key in keys:
            self.kiosk.wait(500).see(e.Touched())
            pressed = self.focus.key(key, self.spots)
            if pressed is not None:
                self.kiosk.see(e.Tapped(self.spots[pressed].button.tap))
        return self

    def until(self, name, move):
        """Move the ring until it is around the button of this tap; every place is come by once."""
        for _ in self.spots:
            if name in self.ringed:
                return self
            move()
        raise AssertionError(f"the ring never comes to {name}")


def test_a_number_by_keys_only():
    typist = Typist()
    kiosk = typist.kiosk

    def press(name):
        typist.until(name, lambda: typist.key("next")).key("press")

    typist.key("next")
    press("search")
    typist.key(*"zjjsb", "rub", "b", "press")
    assert kiosk.flow.desk.visit.basket == {"PAY-02": 1}
    typist.key("back")
    assert kiosk.step is Step.HOME
    press("large")
    assert kiosk.frame.ease.large
    press("done")
    kiosk.answer("plan_visit", plan())
    typist.key("press")
    assert kiosk.step is Step.ASKING
    typist.key("press", "back", "next")
    kiosk.answer("issue_ticket", ticket()).printed(PrintOutcome.CONFIRMED)
    typist.key("back", "press")
    assert (kiosk.step, kiosk.frame.ease) == (Step.HOME, NORMAL)


def test_a_number_by_one_switch_only():
    typist = Typist(scans=True)
    kiosk = typist.kiosk

    def wait():
        typist.focus.advance(typist.spots)

    def press(name):
        if len(typist.until(name, wait).ringed) > 1:
            typist.key("press").until(name, wait)
        typist.key("press")

    typist.key("press")
    for name in ("group", "toggle", "done"):
        press(name)
    kiosk.answer("plan_visit", plan())
    press("take")
    assert kiosk.step is Step.ASKING
    kiosk.answer("issue_ticket", ticket()).printed(PrintOutcome.CONFIRMED)
    press("end")
    assert kiosk.step is Step.HOME


def test_a_number_found_by_typing_it():
    typist = Typist()
    typist.kiosk.tap("have_number")
    typist.key("a", "0", "1", "2")
    assert typist.kiosk.flow.desk.visit.number == "A012"
    typist.key("press", "4", "8", "2", "1", "rub", "1", "press")
    assert typist.kiosk.asked("find_ticket").params.check_code == "4821"


def test_a_sum_and_a_pin_are_typed_and_entered():
    typist = Typist()
    typist.kiosk = Kiosk(SAMPLE).up().tap("group:own-insurance", "pension")
    typist.key("1", "2", "press", "6", "press", "5", "press")
    assert typist.kiosk.step is Step.PENSION_SAID
    assert typist.kiosk.flow.desk.visit.pension.typed == {"years": "12", "months": "6", "left": "5"}
    typist.kiosk.tap("home", "duty")
    typist.key("4", "8", "3", "rub", "2", "1", "press")
    assert typist.kiosk.last(CheckPin).pin == "4821"
