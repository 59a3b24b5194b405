"""A short soak of a real display, and the check that judges it: planted faults are found."""

import copy

import pytest

from tests.soak.journal import Found, check_life
from tests.soak.run import LOST, Outcome, soak
from ticketserver.core import events as e
from ticketserver.core.events import Record
from ticketserver.core.terms import CallReason, Source

CALLS, RATE = 160, 20


def issued(visit):
    return e.TicketIssued(visit_id=visit, number=f"A{visit:03}", token="", check_code="", source=Source.KIOSK,
                          items=(), stages=(), join_ms=0)  # fmt: skip


def called(visit):
    return e.VisitCalled(visit_id=visit, counter=visit, call_id=visit, reason=CallReason.WAITED_LONGEST, zone="z")


HAPPENED = (
    issued(1), issued(2), issued(3), called(1), called(2), e.ServiceStarted(counter=1, visit_id=1), called(3),
    e.VisitMissed(counter=2, visit_id=2),
)  # fmt: skip
RECORDS = [Record(seq=seq, at_ms=seq, events=(event,)) for seq, event in enumerate(HAPPENED, 1)]


def line(kind, seq, *cards, call=""):
    """What was told, and the picture of it."""
    shown = [[f"A{visit:03}", visit, calling, fresh] for visit, calling, fresh in cards]
    told = {"kind": kind, "seq": seq, "cards": shown, "stale": kind == "lost", "call": call}
    return told, {**told, "kind": "drawn", "seq": 0, "seen": [each[0] for each in shown]}


ONE, TWO, THREE = (1, True, True), (2, True, True), (3, True, True)
SERVED, OLD = (1, False, True), (1, False, False)
GLASS = {"kind": "glass", "late_ms": [5], "unseen": 0}
LIFE = [
    *line("snapshot", 3),
    *line("called", 4, ONE, call="A001"),
    GLASS,
    *line("called", 5, TWO, ONE, call="A002"),
    *line("board", 6, TWO, SERVED),
    *line("called", 7, THREE, TWO, OLD, call="A003"),
    *line("board", 8, THREE, OLD),
    *line("lost", 0, THREE, OLD),
    *line("snapshot", 8, THREE, OLD),
]
TOLD_2, BOARD_6, TOLD_3, BOARD_8, LOST_8, AGAIN = 5, 7, 9, 11, 13, 15
"""Where they stand in it; the picture of each is the next line."""


def judged(life):
    found = Found()
    check_life(life, RECORDS, found)
    return found


def test_a_screen_that_follows_the_journal_is_found_well():
    found = judged(LIFE)
    assert found.wrong == []
    assert found.as_made == ["A001", "A002", "A003"]
    assert (found.returned, found.boards, found.pictures, found.lost) == (set(), 4, 8, 1)
    assert (found.at_once, found.late_ms) == (1, [5])


def test_one_picture_may_show_several_calls():
    first_two = [*LIFE[:3], *LIFE[TOLD_2:]]
    assert judged(first_two).wrong == []


def test_a_call_of_before_the_snapshot_changes_nothing():
    told, drawn = line("called", 2, THREE, OLD, call="A002")
    assert judged([*LIFE, told, drawn]).wrong == []
    told["cards"] = drawn["cards"] = line("", 2, TWO, THREE, OLD)[0]["cards"]
    assert any("the snapshot had A002" in each for each in judged([*LIFE, told, drawn]).wrong)


def without(at):
    """Neither told nor drawn."""
    return LIFE[:at] + LIFE[at + 2 :]


def changed(at, **other):
    """Told and drawn otherwise."""
    life = copy.deepcopy(LIFE)
    life[at] |= other
    life[at + 1] |= {key: other[key] for key in ("cards", "stale") if key in other}
    if "cards" in other:
        life[at + 1]["seen"] = [card[0] for card in other["cards"]]
    return life


def drawn(at, **other):
    """Drawn otherwise than told."""
    life = copy.deepcopy(LIFE)
    life[at + 1] |= other
    return life


def cards(at):
    return LIFE[at]["cards"]


@pytest.mark.parametrize(
    ("life", "told"),
    [
        pytest.param(without(TOLD_2), "called 3, told 2", id="a call is not told"),
        pytest.param([*LIFE[:7], *LIFE[5:]], "the call of A002", id="a call is told twice"),
        pytest.param([*LIFE[:2], *LIFE[5:7], *LIFE[2:5], *LIFE[7:]], "called 3, told 3", id="calls out of order"),
        pytest.param(changed(TOLD_2, cards=cards(2)), "A002", id="a call is told and not shown"),
        pytest.param(changed(TOLD_2, cards=cards(TOLD_2)[:1]), "missing {'A001'", id="another left for it"),
        pytest.param(changed(BOARD_8, cards=cards(TOLD_3)), "missing {}, instead {'A002'", id="one over still stands"),
        pytest.param(changed(BOARD_8, cards=cards(BOARD_8)[:1]), "missing {'A001'", id="a row is missing"),
        pytest.param(changed(BOARD_8, cards=cards(BOARD_8) * 2), "twice on the screen", id="a row stands there twice"),
        pytest.param(drawn(BOARD_8, seen=["A003", "A003"]), "twice on the screen", id="a card is seen twice"),
        pytest.param(drawn(BOARD_8, seen=["A002"]), "seen and not there", id="a card of the past is seen"),
        pytest.param(drawn(BOARD_8, cards=cards(TOLD_3)), "drawn after 8", id="a picture of the past is drawn"),
        pytest.param(changed(BOARD_6, cards=cards(TOLD_2)), "board at 6", id="who has come still counts as called"),
        pytest.param(changed(2, cards=[["A001", 7, True, True]]), "A001', 7)", id="at the wrong counter"),
        pytest.param(changed(LOST_8, stale=False), "marked False", id="a lost line is not marked"),
        pytest.param(
            changed(AGAIN, cards=line("", 8, THREE, SERVED)[0]["cards"]), "again ['A001']", id="new once more"
        ),
    ],
)
def test_what_is_wrong_with_a_screen_is_found(life, told):
    wrong = judged(life).wrong
    assert any(told in each for each in wrong), wrong


BOARD = {"A001": (1, True)}
HELD = [{"mb": 100, "objects": 1000, "widgets": 500}] * 10


def outcome(lost=LOST, spoken=(1, 2), display=BOARD, memory=HELD):
    return Outcome(Found(lost=lost), 3, list(spoken), 1.0, memory, BOARD, display)


def test_a_soak_without_a_fault():
    assert outcome().wrong() == []
    assert outcome().leaks() == []


@pytest.mark.parametrize(
    ("other", "told"),
    [
        ({"lost": LOST - 1}, f"lost {LOST - 1} times"),
        ({"spoken": (1, 2, 1)}, "spoken twice"),
        ({"display": {"A001": (1, False)}}, "in the end"),
    ],
)
def test_what_is_wrong_in_all_is_found(other, told):
    (wrong,) = outcome(**other).wrong()
    assert told in wrong


@pytest.mark.parametrize("what", ["mb", "objects"])
def test_what_grew_is_found(what):
    grown = [*HELD[:5], *({**each, what: each[what] * 1.1} for each in HELD[5:])]
    (leak,) = outcome(memory=grown).leaks()
    assert what in leak


def test_what_grew_at_first_and_then_no_more_is_no_leak():
    young = [{what: each[what] * 0.9 for what in ("mb", "objects")} | {"widgets": 500} for each in HELD[:3]]
    assert outcome(memory=[*young, *HELD[3:]]).leaks() == []


def test_more_on_the_screen_is_no_leak_but_widgets_that_nobody_sees_are():
    crowded = [each | {"mb": 120, "objects": 1500, "widgets": 600} for each in HELD[:4]]
    assert outcome(memory=[*HELD, *crowded]).leaks() == []
    assert outcome(memory=[*HELD, *crowded, HELD[0] | {"widgets": 801}]).leaks() == ["widgets: 801"]


@pytest.mark.story
@pytest.mark.window
def test_a_display_that_is_cut_off_and_killed_shows_what_the_journal_has(tmp_path):
    """The long one is `python -m tests.soak`."""
    outcome = soak(tmp_path, CALLS, RATE)
    assert outcome.wrong() == []
    assert outcome.calls >= CALLS
    assert len(outcome.found.as_made) > CALLS / 20
