"""Every step of the flow, as every scene brings it about, against what happens to a kiosk: no dead end, nothing left.

| what happens | what must come of it |
|---|---|
| back, home, done | by buttons that stand there the first screen, with nothing on it but what was chosen |
| nobody touches | the first screen as if nobody had been here; where something is asked, once that has ended |
| an answer comes after that | nothing of it is seen |
| the line is lost | as long as it lasts the choosing steps say so, the others go on; then everything is as it was |
| the hall closes | the same; who is choosing is told, who has a number is not disturbed |
| paper runs out | the step stays, and still leads home |
| a trembling hand | one touch of every button and two are the same, but for keys that type |
"""

from dataclasses import replace

import pytest

from kiosk import events as e
from kiosk.buttons import Look
from kiosk.ease import NORMAL
from kiosk.events import Tap
from kiosk.model import Message
from kiosk.printer_look import PrinterLook
from kiosk.state import BUSY, CHOOSING, CLOSED, NEEDS_SERVER, Step, Visit
from tests.kiosk.kiosks import MINUTE, hours, link_up, ticket
from tests.kiosk.scenes import Scenes
from tests.kiosk.spots import spots, standing
from ticketserver.core.terms import Phase, PrintOutcome

SCENES = Scenes().all()
EASED = Scenes(True, "large", "contrast", "low").all()
LEAVING = (
    "home", "end", "back", "check_back", "pension_back", "find_back", "cancel_no", "came_out", "duty_close", "duty_back"
)  # fmt: skip
"""Taps that lead out, in the order in which somebody who wants to go home would look for them."""
TAPS_HOME = 8
"""More than the longest precheck of the sample hall has questions."""
TREMBLE_MS = 120
EACH_COUNTS = frozenset({"rub", "pension_rub", "delete", "pension_next"})
COUNTERS = frozenset("+-")
"""Touches of which each is meant, quick ones too, by their taps or by what stands on them; with all keys that type."""
OUTSIDE = frozenset({"away", "away_card", "closed_before", "closed_cut_off"})
"""Scenes in which nobody can begin anything."""


def buttons(kiosk):
    return [each.button for each in spots(kiosk.frame)]


def all_buttons(kiosk):
    """Those that are off among them: each keeps its place."""
    return [button for line in standing(kiosk.frame) for button in line]


def is_fresh(kiosk):
    """The first screen, and nothing of a person."""
    desk = kiosk.flow.desk
    return not covered(kiosk) and (desk.visit, desk.ease, desk.language) == (Visit(), NORMAL, "zh")


def covered(kiosk):
    """Whether something else lies over the step: the duty menu, or the choice of a language."""
    return bool(kiosk.flow.desk.machine.duty.page) or kiosk.flow.desk.visit.choosing_language


def steps_named(names):
    return [name for name in SCENES if SCENES[name]().step in names]


def home(kiosk):
    """Out by what stands there; what is chosen for a number that somebody has is left with that number."""
    taken = []
    if kiosk.flow.desk.visit.choosing_language:
        assert Tap("language", "zh") in [button.tap for button in buttons(kiosk)]
        kiosk.tap("language:zh")
    while kiosk.step is not Step.HOME or kiosk.flow.desk.visit.adding or kiosk.flow.desk.machine.duty.page:
        taps = {button.tap.name for button in buttons(kiosk)}
        name = next((name for name in LEAVING if name in taps), None)
        assert name is not None, f"no way out of {kiosk.step} after {taken}: {sorted(taps)}"
        taken.append(name)
        assert len(taken) <= TAPS_HOME, taken
        kiosk.tap(name)
    visit = kiosk.flow.desk.visit
    assert (visit.ticket, visit.pending, visit.token, visit.purpose) == (None, None, "", "")


def answered(kiosk):
    """What is waited for comes to an end."""
    if kiosk.step is Step.ASKING:
        kiosk.answer("issue_ticket", ticket())
    if kiosk.step is Step.PRINTING:
        kiosk.printed(PrintOutcome.CONFIRMED)
    return kiosk


def without_clock(frame):
    return frame.screen, frame.controls, frame.ease, frame.language


def test_there_is_a_scene_of_every_step():
    assert {scene().step for scene in SCENES.values()} == set(Step)


@pytest.mark.parametrize("scenes", [SCENES, EASED], ids=["plain", "eased"])
@pytest.mark.parametrize("name", SCENES)
def test_every_step_leads_home_by_what_stands_there(name, scenes):
    home(answered(scenes[name]()))


@pytest.mark.parametrize("name", SCENES)
def test_every_step_ends_by_itself_and_says_so_before(name):
    kiosk = answered(EASED[name]())
    warned = 0
    for _ in range(3 * MINUTE // 500):
        warned += kiosk.tick(500).frame.warning is not None
        if is_fresh(kiosk):
            break
    assert is_fresh(kiosk), kiosk.step
    started = answered(SCENES[name]())
    assert bool(warned) == (not nothing_to_lose(started)), name


def nothing_to_lose(kiosk):
    """Told by itself, or nothing but language, looks and voice to fall back."""
    return kiosk.step in (Step.DONE, Step.MESSAGE) or replace(kiosk.flow.desk.visit, aloud=False) == Visit()


@pytest.mark.parametrize("name", steps_named(BUSY))
def test_who_is_asked_for_is_waited_for_and_not_for_ever(name):
    kiosk = SCENES[name]()
    step = kiosk.step
    for tap in ("home", "back", "end", "take", "language"):
        assert kiosk.tap(tap).step is step
    if step is Step.ASKING:
        kiosk.see(e.LinkLost()).tick(10 * MINUTE).lose("issue_ticket")
        assert is_fresh(kiosk)
        assert len(kiosk.flow.desk.machine.unresolved) == 1
    else:
        assert kiosk.tick(10 * MINUTE).step is step
        assert kiosk.printed(PrintOutcome.UNKNOWN).step is Step.UNSURE


@pytest.mark.parametrize("name", SCENES)
def test_answers_for_who_has_gone_are_not_seen(name):
    kiosk = answered(SCENES[name]())
    kiosk.see(e.Tapped(Tap("home"))).tick(500).see(e.Tapped(Tap("duty_close"))).tick(500).see(e.Tapped(Tap("home")))
    kiosk.flow.desk.machine.unresolved.clear()
    before = kiosk.frame
    for ask in kiosk.all(e.Ask):
        kiosk.see(e.Answered(ask.ask, ticket()))
    kiosk.see(*(e.Printed(each.job, PrintOutcome.FAILED) for each in kiosk.all(e.Print)))
    assert is_fresh(kiosk)
    assert kiosk.frame == before


@pytest.mark.parametrize("name", SCENES)
def test_a_lost_line_is_told_where_it_matters_and_leaves_all_as_it_was(name):
    kiosk = SCENES[name]()
    if name == "away" or not kiosk.flow.desk.machine.connected:
        return
    step, machine = kiosk.step, kiosk.flow.desk.machine
    hours_then, notices = machine.hours, machine.notices
    kiosk.see(e.LinkLost()).tick(3_000)
    told = isinstance(kiosk.screen, Message) and kiosk.screen.text == kiosk.flow.desk.words.texts("kiosk.away.text")
    assert told == (step in NEEDS_SERVER and not covered(kiosk))
    kiosk.see(link_up(hours_then, kiosk.flow.desk.server_ms, notices, day_key="5a" * 32))
    assert kiosk.step is step
    if step not in BUSY:
        assert without_clock(kiosk.frame) == without_clock(SCENES[name]().tick(3_000).frame)


@pytest.mark.parametrize("name", SCENES)
def test_a_hall_that_closes_disturbs_nobody_who_has_a_number(name):
    kiosk = SCENES[name]()
    if name in OUTSIDE:
        return
    step, before, machine = kiosk.step, without_clock(kiosk.frame), kiosk.flow.desk.machine
    open_hours, notices = machine.hours, machine.notices
    for phase in CLOSED:
        kiosk.see(e.HoursSeen(hours(phase, day=open_hours.day)))
        assert kiosk.flow.desk.shut == ("closed" if step in CHOOSING else "")
    kiosk.see(e.HoursSeen(open_hours, notices))
    assert kiosk.step is step
    assert without_clock(kiosk.frame) == before


@pytest.mark.parametrize("look", [PrinterLook.PAPER_OUT, PrinterLook.SILENT])
@pytest.mark.parametrize("name", SCENES)
def test_paper_that_runs_out_leaves_the_step_and_a_way_home(name, look):
    kiosk = SCENES[name]()
    step = kiosk.step
    kiosk.see(e.PrinterSeen(look))
    assert kiosk.step is step
    home(answered(kiosk))


def told(kiosk):
    """What a person or the server could tell apart."""
    desk, visit = kiosk.flow.desk, kiosk.flow.desk.visit
    methods = [method for method in kiosk.methods() if method != "plan_visit"]
    return kiosk.step, dict(visit.basket), visit.priority, desk.language, desk.ease, methods, len(kiosk.all(e.Print))


@pytest.mark.parametrize("name", SCENES)
def test_a_second_touch_of_a_trembling_hand_does_nothing(name):
    for place, button in enumerate(all_buttons(SCENES[name]())):
        if not button.enabled or button.look is Look.KEY or button.tap.name in EACH_COUNTS or button.label in COUNTERS:
            continue
        once, twice = SCENES[name]().wait(500), SCENES[name]().wait(500)
        once.see(e.Tapped(button.tap)).wait(TREMBLE_MS)
        twice.see(e.Tapped(button.tap)).wait(TREMBLE_MS)
        # The finger is where it was: on what stands there now.
        under = [each.tap for each in all_buttons(twice)[place : place + 1] if each.enabled]
        for tap in {button.tap, *under}:
            twice.see(e.Tapped(tap))
            assert told(twice) == told(once), (button.label, tap)


def test_a_scene_of_the_closed_hall_opens_by_itself():
    kiosk = SCENES["closed_before"]()
    kiosk.see(e.HoursSeen(hours(Phase.CALLING)))
    assert not kiosk.flow.desk.shut
    assert kiosk.step is Step.HOME
