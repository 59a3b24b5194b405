"""Nothing that a visitor chose, typed or was given stays in the window's memory once the visit is over."""

import gc

import pytest

from kiosk import events as e
from kiosk.screens.forgetting import Forgets
from tests.kiosk.kiosks import Kiosk, plan, ticket
from tests.kiosk.scenes import SAMPLE
from tests.kiosk.screens.visits import until_forgotten
from tests.kiosk.screens.windows import Hands
from ticketserver.core.terms import PrintOutcome
from ticketserver.wire.views_hall import VisitsView

pytestmark = pytest.mark.window

NUMBER, CODE, TYPED, OTHER = "A427", "9316", "SHBK", "C083"
CHOSEN = "ARC-01"
CHOSEN_NAME = SAMPLE.services[CHOSEN].name.zh


@pytest.fixture(scope="module")
def hands(tmp_path_factory):
    made = Hands(tmp_path_factory.mktemp("kivy"), tmp_path_factory.mktemp("fonts"))
    made.resize(540, 960)
    return made


def words(widget):
    """All that a widget holds as text, Kivy's own picture of it included."""
    held = [getattr(widget, name) for name in widget.properties() if name not in ("parent", "children", "ids")]
    held += [vars(widget).get(name) for name in vars(widget)]
    label = getattr(widget, "_label", None)
    if label is not None and not isinstance(label, Forgets):
        held += [label.text, [[word.text for word in line.words] for line in label._cached_lines]]
    return repr(held)


def holders(hands, *wanted):
    """Every widget that is alive, shown, hidden or kept, and holds one of these."""
    from kivy.uix.widget import Widget

    gc.collect()
    alive = [each for each in gc.get_objects() if issubclass(type(each), Widget) and each is not hands.kiosk]
    return [(type(each).__name__, word) for each in alive for word in wanted if word in words(each)]


@pytest.fixture(autouse=True)
def calm(hands):
    """Nothing is left to be forgotten of what was shown before."""
    until_forgotten(hands)


def still_held(hands, *wanted):
    until_forgotten(hands)
    hands.settle()
    return holders(hands, *wanted)


def taken(hands, kiosk):
    """A number taken by hand and found again, each of its screens drawn."""
    typing = [f"key:{sign}" for sign in TYPED]
    for tap in ("search", *typing, "back", "group:personal-file", f"toggle:{CHOSEN}", "done"):
        hands.see(kiosk.tap(tap).frame)
    hands.see(kiosk.answer("plan_visit", plan()).frame)
    hands.see(kiosk.tap("needs").frame)
    hands.see(kiosk.tap("back").frame)
    given = ticket(number=NUMBER, check_code=CODE)
    hands.see(kiosk.tap("take").answer("issue_ticket", given).frame)
    hands.see(kiosk.printed(PrintOutcome.CONFIRMED).frame)


def found(hands, kiosk):
    kiosk.tap("have_number").answer("list_visits", VisitsView(visits=[ticket(number=OTHER)]))
    hands.see(kiosk.frame)
    for sign in (*NUMBER, "find", *CODE[:3]):
        hands.see(kiosk.tap(sign if sign == "find" else f"sign:{sign}").frame)
    kiosk.tap(f"sign:{CODE[3]}", "find").answer("find_ticket", ticket(number=NUMBER, check_code=CODE))
    hands.see(kiosk.frame)


def test_a_visit_that_ends_is_forgotten(hands):
    kiosk = Kiosk(SAMPLE).up()
    hands.see(kiosk.frame)
    taken(hands, kiosk)
    held = {word for _, word in holders(hands, NUMBER, CODE, TYPED, CHOSEN, CHOSEN_NAME)}
    assert held == {NUMBER, CODE, TYPED, CHOSEN, CHOSEN_NAME}, "the screens were drawn, so the look sees them"
    hands.see(kiosk.tap("end").frame)
    assert still_held(hands, NUMBER, CODE, TYPED, CHOSEN, CHOSEN_NAME) == []


def test_a_number_that_was_looked_for_is_forgotten_after_the_time_out_in_a_lost_line(hands):
    kiosk = Kiosk(SAMPLE).up()
    hands.see(kiosk.frame)
    found(hands, kiosk)
    hands.see(kiosk.see(e.LinkLost()).tick(5_000).tick(SAMPLE.idle_reset_ms).frame)
    assert kiosk.frame.fresh
    assert still_held(hands, NUMBER, CODE, OTHER) == []


def test_the_next_visitor_sees_every_word_again(hands):
    kiosk = Kiosk(SAMPLE).up()
    hands.see(kiosk.frame)
    taken(hands, kiosk)
    before = shown(hands)
    hands.see(kiosk.tap("end").frame)
    assert still_held(hands, NUMBER, CODE) == []
    taken(hands, kiosk)
    assert shown(hands) == before


def test_what_stands_in_the_window_stays(hands):
    from kiosk.screens.forgetting import forget_hidden

    hands.see(Kiosk(SAMPLE).up().frame)
    before = shown(hands)
    forget_hidden()
    hands.settle()
    assert shown(hands) == before
    assert any("搜一搜" in said for said in before)


def shown(hands):
    from kiosk.screens.label import FitLabel

    return [label.text for label in hands.all(FitLabel)]
