"""From signals of boxes to presses, counted per box: which keys there are, what each means, short or held."""

from collections.abc import Iterable

from hardware.devices.call_box_keys import KeyTracker, Stroke
from hardware.devices.call_box_parts import BoxEvent, BoxSpec, Press, Signal, Stranger


class Presses:
    """All boxes of one bus; the counts go on as long as this object lives."""

    def __init__(self, boxes: Iterable[BoxSpec]) -> None:
        self._specs = {spec.address: spec for spec in boxes}
        self._counts = dict.fromkeys(self._specs, 0)
        self._tracker = KeyTracker(self._has_long)

    def heard(self, signal: Signal, now_ms: int) -> list[BoxEvent]:
        """The presses that one signal and the time passed complete."""
        if signal.kind == "alive":
            return []
        return self._events(self._tracker.signal(signal.kind, signal.address, signal.key, now_ms))

    def due(self, now_ms: int) -> list[BoxEvent]:
        """The presses that time alone completes."""
        return self._events(self._tracker.due(now_ms))

    def let_go(self, address: int | None = None) -> None:
        """A key held when its box (None: every box) went is not held for ever, and was no press."""
        self._tracker.forget(address)

    def _has_long(self, address: int, key: str) -> bool:
        spec = self._specs.get(address)
        return spec is not None and spec.held(key) is not None

    def _events(self, strokes: list[Stroke]) -> list[BoxEvent]:
        return [self._event(stroke) for stroke in strokes]

    def _event(self, stroke: Stroke) -> BoxEvent:
        address, key = stroke.address, stroke.key
        spec = self._specs.get(address)
        if spec is None or key not in spec.keys:
            return Stranger(address, key)
        self._counts[address] += 1
        held = spec.held(key) if stroke.long else None
        return Press(address, held or spec.keys[key], self._counts[address])
