"""The whole kiosk by keys in a real window: everything can be reached, seen where one is, and pressed."""

import pytest

from kiosk import events as e
from kiosk.state import Step
from tests.kiosk.kiosks import Kiosk, plan, ticket
from tests.kiosk.scenes import SAMPLE, Scenes
from tests.kiosk.screens.windows import Hands
from ticketserver.core.terms import PrintOutcome

pytestmark = pytest.mark.window

TAB, ENTER, ESCAPE, SPACE = 9, 13, 27, 32


@pytest.fixture(scope="module")
def hands(tmp_path_factory):
    return Hands(tmp_path_factory.mktemp("kivy"), tmp_path_factory.mktemp("fonts"))


class Keys:
    """A person with a keyboard in front of a flow in the window."""

    def __init__(self, hands, kiosk):
        self.hands, self.kiosk = hands, kiosk
        self.ring = hands.kiosk._ring
        self.ring.hide()
        hands.resize(1080, 1920)
        hands.see(kiosk.frame)

    def press(self, *codes):
        for code in codes:
            self.hands.taps.clear()
            self.kiosk.wait(500)
            self.hands.window.dispatch("on_key_down", code, 0, None, [])
            self.hands.window.dispatch("on_key_up", code, 0)
            for tap in list(self.hands.taps):
                self.kiosk.see(e.Touched() if tap.name == "touch" else e.Tapped(tap))
            self.hands.see(self.kiosk.frame)
        return self

    def type(self, text):
        return self.press(*map(ord, text))

    @property
    def at(self):
        """The button that the ring is around, or a list of them."""
        left, bottom, right, top, *_ = self.ring._drawn
        found = []
        for each in self.ring.buttons():
            x, y = each.to_window(*each.center)
            if left <= x <= right and bottom <= y <= top:
                found.append(each.button)
        return found

    def until(self, name):
        for _ in range(100):
            if self.ring._drawn and [each.tap.name for each in self.at] == [name]:
                return self
            self.press(TAB)
        raise AssertionError(f"the ring never comes to {name}")


def test_everything_that_can_be_pressed_is_reached_by_tab(hands):
    """On every screen: what the window has, each once before any again; and the window has what the frame has, but for
    further pages."""
    from tests.kiosk.spots import spots

    hands.resize(1080, 1920)
    ring = hands.kiosk._ring
    missing = {}
    for name, scene in Scenes().all().items():
        frame = scene().frame
        hands.see(frame)
        ring.hide()
        wanted = [each.button for each in ring.buttons()]
        taps = [button.tap for button in wanted]
        left_out = [each.button.label for each in spots(frame) if each.button.tap not in taps]
        if left_out and not {e.Tap("later"), e.Tap("earlier")} & set(taps):
            missing[name] = left_out
        if frame.warning is None:
            reached = list(gone_through(hands, ring, len(wanted)))
            if sorted(map(repr, reached)) != sorted(map(repr, wanted)):
                missing[name] = [each.label for each in wanted if each not in reached]
    assert missing == {}


def gone_through(hands, ring, count):
    """The buttons that the ring comes to by tab, one after the other."""
    for _ in range(count):
        hands.window.dispatch("on_key_down", TAB, 0, None, [])
        hands.window.dispatch("on_key_up", TAB, 0)
        seen = ring._spots(ring.buttons())
        yield seen[ring._focus._index(seen)].button


def test_a_number_by_keys_only(hands):
    keys = Keys(hands, Kiosk(SAMPLE).up())
    kiosk = keys.kiosk
    keys.until("search").press(ENTER).type("zjjsb").press(ENTER)
    assert kiosk.flow.desk.visit.basket == {"PAY-02": 1}
    keys.press(ESCAPE).until("done").press(SPACE)
    kiosk.answer("plan_visit", plan())
    hands.see(kiosk.frame)
    keys.press(ENTER)
    kiosk.answer("issue_ticket", ticket()).printed(PrintOutcome.CONFIRMED)
    hands.see(kiosk.frame)
    assert kiosk.step is Step.DONE
    keys.press(ESCAPE, ENTER)
    assert kiosk.step is Step.HOME


def test_pages_are_turned_by_keys(hands):
    keys = Keys(hands, Kiosk(SAMPLE).up().tap("group:employers"))
    first = {each.button for each in keys.ring.buttons()}
    keys.until("later")
    hands.rest()
    keys.press(ENTER)
    assert {each.button.tap for each in keys.ring.buttons()} - {each.tap for each in first}
    keys.until("earlier")
    hands.rest()
    keys.press(ENTER)
    assert {each.button for each in keys.ring.buttons()} == first


def test_a_held_key_counts_once_and_keys_of_the_system_not_at_all(hands):
    keys = Keys(hands, Kiosk(SAMPLE).up())
    keys.press(TAB)
    (at,) = keys.at
    for _ in range(3):
        hands.window.dispatch("on_key_down", TAB, 0, None, [])
    hands.window.dispatch("on_key_up", TAB, 0)
    hands.settle()
    (after,) = keys.at
    assert after != at
    hands.taps.clear()
    hands.window.dispatch("on_key_down", ord("q"), 0, "q", ["ctrl"])
    hands.window.dispatch("on_key_down", 282, 0, None, [])
    assert hands.taps == []


def test_a_touch_takes_the_ring_away_and_any_key_the_warning(hands):
    keys = Keys(hands, Kiosk(SAMPLE).up().tap("group:own-insurance"))
    keys.press(TAB)
    assert keys.ring._drawn
    hands.touch("返回")
    assert keys.ring._drawn is None
    keys.kiosk.tick(45_000)
    hands.see(keys.kiosk.frame)
    assert keys.kiosk.frame.warning
    keys.press(ENTER)
    assert not keys.kiosk.frame.warning
    assert keys.kiosk.step is Step.LISTING
