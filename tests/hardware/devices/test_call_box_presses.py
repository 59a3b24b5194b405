"""Presses counted per box, and keys that are let go with their box."""

from hardware.devices.call_box_parts import BoxSpec, Press, Signal, Stranger
from hardware.devices.call_box_presses import Presses

BOXES = [BoxSpec(1, {"a": "next", "b": "start"}), BoxSpec(2, {"a": "finish"}, long_keys={"a": "redirect"})]


def test_each_box_counts_for_itself_and_strangers_count_nothing() -> None:
    presses = Presses(BOXES)
    assert presses.heard(Signal("press", 1, "b"), 0) == [Press(1, "start", 1)]
    assert presses.heard(Signal("press", 2, "a"), 0) == [Press(2, "finish", 1)]
    assert presses.heard(Signal("press", 1, "b"), 1000) == [Press(1, "start", 2)]
    assert presses.heard(Signal("press", 3, "a"), 1000) == [Stranger(3, "a")]
    assert presses.heard(Signal("press", 2, "z"), 1000) == [Stranger(2, "z")]
    assert presses.heard(Signal("alive", 1, ""), 1000) == []


def test_a_key_held_when_its_box_went_is_no_press_and_others_keep_theirs() -> None:
    presses = Presses(BOXES)
    presses.heard(Signal("down", 1, "a"), 0)
    presses.heard(Signal("down", 2, "a"), 0)
    presses.let_go(2)
    assert presses.due(2000) == [Press(1, "pause", 1)]
    presses.heard(Signal("down", 2, "a"), 3000)
    presses.let_go()
    assert presses.due(9000) == []
    assert presses.heard(Signal("down", 2, "a"), 9000) == []
    assert presses.due(9800) == [Press(2, "redirect", 1)]
