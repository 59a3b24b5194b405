"""One event per press: bounce, long presses, lost edges."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.devices.call_box_keys import DEBOUNCE_MS, LONG_PRESS_MS, KeyTracker, Stroke

SHORT = Stroke(0x20, "N", False)
LONG = Stroke(0x20, "N", True)


def strokes(*signals: tuple[int, str], until_ms: int = 10_000, long: bool = True) -> list[tuple[int, Stroke]]:
    """Play `(at_ms, kind)` for key N of box 20, looking at the clock every 10 ms; → (when, stroke)."""
    tracker = KeyTracker(lambda _address, _key: long)
    at = dict(signals)
    found: list[tuple[int, Stroke]] = []
    for now_ms in range(0, until_ms, 10):
        happened = tracker.signal(at[now_ms], 0x20, "N", now_ms) if now_ms in at else tracker.due(now_ms)
        found += [(now_ms, stroke) for stroke in happened]
    return found


def test_a_box_that_only_says_pressed_fires_at_once() -> None:
    assert strokes((100, "press"), (1000, "press")) == [(100, SHORT), (1000, SHORT)]


def test_a_train_of_bounces_is_one_press_however_long() -> None:
    assert strokes(*((at, "press") for at in range(100, 900, 20))) == [(100, SHORT)]
    assert strokes((100, "press"), (100 + DEBOUNCE_MS + 10, "press")) == [(100, SHORT), (140, SHORT)]


def test_short_and_long() -> None:
    assert strokes((100, "down"), (250, "up")) == [(290, SHORT)]
    assert strokes((100, "down"), (3000, "up")) == [(100 + LONG_PRESS_MS, LONG)]
    assert strokes((100, "down")) == [(900, LONG)]


def test_a_key_without_a_long_meaning_fires_at_the_first_edge() -> None:
    assert strokes((100, "down"), (3000, "up"), long=False) == [(100, SHORT)]


def test_bounce_on_both_edges_is_one_press() -> None:
    train = ((100, "down"), (110, "up"), (120, "down"), (130, "down"), (250, "up"), (260, "down"), (270, "up"))
    assert strokes(*train) == [(310, SHORT)]
    assert strokes(*train, long=False) == [(100, SHORT)]


def test_a_bounce_while_held_does_not_shorten_a_long_press() -> None:
    assert strokes((100, "down"), (500, "up"), (520, "down"), (1500, "up")) == [(900, LONG)]


def test_a_lost_release_makes_the_former_press_a_short_one() -> None:
    assert strokes((100, "down"), (500, "down"), (600, "up")) == [(500, SHORT), (640, SHORT)]
    assert strokes((100, "down"), (2000, "down"), (2100, "up")) == [(900, LONG), (2140, SHORT)]
    assert strokes((100, "down"), (500, "down"), (600, "up"), long=False) == [(100, SHORT), (500, SHORT)]


def test_a_release_out_of_nowhere_and_a_doubled_one_mean_nothing() -> None:
    assert strokes((100, "up")) == []
    assert strokes((100, "down"), (200, "up"), (210, "up")) == [(240, SHORT)]


def test_a_late_look_at_the_clock_still_tells_short_from_long() -> None:
    for held_ms, stroke in ((LONG_PRESS_MS - 1, SHORT), (LONG_PRESS_MS, LONG)):
        tracker = KeyTracker(lambda _address, _key: True)
        tracker.signal("down", 0x20, "N", 0)
        assert tracker.signal("up", 0x20, "N", held_ms) + tracker.due(5000) == [stroke]


def test_keys_and_boxes_do_not_disturb_each_other() -> None:
    tracker = KeyTracker(lambda _address, _key: False)
    assert tracker.signal("press", 0x20, "N", 0) == [SHORT]
    assert tracker.signal("press", 0x20, "S", 0) == [Stroke(0x20, "S", False)]
    assert tracker.signal("press", 0x21, "N", 0) == [Stroke(0x21, "N", False)]


@given(
    st.lists(st.integers(1, DEBOUNCE_MS), max_size=12),
    st.integers(80, 200),
    st.lists(st.integers(1, DEBOUNCE_MS), max_size=12),
    st.booleans(),
)
def test_one_press_is_one_stroke_whatever_bounces(
    before: list[int], held_ms: int, after: list[int], long: bool
) -> None:
    tracker = KeyTracker(lambda _address, _key: long)
    found: list[Stroke] = []
    now_ms = 1000
    edges = ["down", *(kind for _ in before for kind in ("up", "down"))]
    gaps = [0, *(gap for gap in before for _ in (0, 1))]
    edges += ["up", *(kind for _ in after for kind in ("down", "up"))]
    gaps += [held_ms, *(gap for gap in after for _ in (0, 1))]
    for kind, gap_ms in zip(edges, gaps, strict=True):
        now_ms += gap_ms
        found += tracker.signal(kind, 0x20, "N", now_ms)
    found += tracker.due(now_ms + DEBOUNCE_MS + 1)
    total_ms = now_ms - 1000
    if total_ms < LONG_PRESS_MS:
        assert found == [SHORT]
    else:
        assert len(found) == 1


@pytest.mark.parametrize("kind", ["press", "down", "up"])
def test_any_signal_also_completes_what_time_has(kind: str) -> None:
    tracker = KeyTracker(lambda _address, _key: True)
    tracker.signal("down", 0x20, "N", 0)
    assert tracker.signal(kind, 0x21, "N", LONG_PRESS_MS)[0] == LONG


def test_a_press_that_was_only_remembered_comes_at_once_and_as_often_as_it_was() -> None:
    tracker = KeyTracker(lambda address, key: True)
    assert tracker.signal("missed", 1, "a", 0) == [Stroke(1, "a", False)]
    assert tracker.signal("missed", 1, "a", 0) == [Stroke(1, "a", False)]
    tracker.signal("down", 1, "a", 1000)
    tracker.forget(2)
    assert tracker.due(1000 + LONG_PRESS_MS) == [Stroke(1, "a", True)]
    tracker.signal("down", 1, "b", 3000)
    tracker.forget(1)
    assert tracker.due(9000) == []
