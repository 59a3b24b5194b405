"""Call boxes: virtual boxes on virtual lines, the real bus drivers and the real bridge logic, and fingers on the keys.

```
finger ─ bytes, bounce ─→ line with faults ─→ bus (debounce) ─→ logic ─ press_key ─→ Session …
look   ←──────── light, text, beeps ────────────────────────────── logic ←─ counter_changed
```
Each press of a finger has a number, and the request that comes of it is noted with the audit: one finger's press, with
all its bounces, is one request at most and calls one person at most. In a quiet hour each box shows its counter.
"""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from hardware.bridge.logic import BoxId, BridgeLogic, Effect, SendPress
from hardware.bridge.looks import look_of
from hardware.devices.call_box import CallBoxBus
from hardware.devices.call_box_parts import BoxSpec, Press
from hardware.devices.call_box_text import LineFormat, LineWords, TextLines
from hardware.devices.call_box_ub485 import Ub485
from hardware.sim.box_devices import VirtualBus
from hardware.sim.box_text import LineBus, LineWording
from hardware.sim.box_ub485 import Ub485Bus
from hardware.transports.link import Link, LinkDown
from hardware.transports.memory import LinkFaults, memory_pair
from tests.simulation.client import Client
from tests.simulation.displays import Pictures
from tests.simulation.hall import Hall
from tests.simulation.process import Process
from ticketserver.client.session import ClientEvent, Connected, Disconnected, Notified, Refused, Unreachable
from ticketserver.core.ids import CounterNo, RequestId
from ticketserver.core.terms import Key, Role
from ticketserver.shared.device_models import load_models
from ticketserver.wire.notes import CounterChanged
from ticketserver.wire.params import PressKey

_MODELS = load_models(None).box
UB485_KEYS, LINE_KEYS = _MODELS["ub485-4key"].keys, _MODELS["line-7key"].keys

GIVE_UP_MS = 5_000
PIECES, SHORTLY_MS = 6, 1_000
TURN_MS, BUSY_TURNS, IDLE_MS = 100, 14, 2_000
DAMAGE = frozenset({"drop", "flip", "noise"})
FRAMES = {"split": 0.3, "noise": 0.02, "drop": 0.01, "flip": 0.01, "double": 0.02}
RECEIVE = {"press": "K{address}:{key}"}
SEND = {"led": "L{address}:{led}", "show": "D{address}:{text}", "beep": "B{address}"}
PRESSED = {"off": ("next",), "red": ("finish", "next", "start", "recall"), "green": ("next",)}


@dataclass
class Line:
    """One bus: its boxes, and how the far end is reached."""

    place: int
    counters: dict[int, int]
    virtual: VirtualBus
    faults: LinkFaults
    bus: CallBoxBus | None = None
    far: Link | None = None
    turns: int = 0
    counted: Counter[str] = field(default_factory=Counter)
    forged_at: int = -1_000
    damaged_at: int = -1_000
    due: bool = False


class Boxes:
    """The bridge's process with all lines."""

    def __init__(self, hall: Hall) -> None:
        self.hall = hall
        self.world = hall.world
        self.random = hall.world.random
        first, second, third = hall.script.boxes
        self._lines = [
            self._line(0, {0x21: first, 0x22: second}, Ub485Bus([0x21, 0x22])),
            self._line(1, {5: third}, LineBus([5], LineWording())),
        ]
        self._counters = {
            BoxId(line.place, address): counter for line in self._lines for address, counter in line.counters.items()
        }
        self._last: dict[BoxId, tuple[int, int]] = {}
        self._request_of: dict[int, str] = {}
        hall.screens.append(self)
        self._start()
        for box in self._counters:
            self._later(box)

    def _line(self, place: int, counters: dict[int, int], virtual: VirtualBus) -> Line:
        return Line(place, counters, virtual, LinkFaults(seed=self.random.randrange(1 << 30)))

    def rough(self, on: bool) -> None:
        """Serial faults on or off."""
        for line in self._lines:
            for kind, share in FRAMES.items():
                setattr(line.faults, kind, share if on else 0.0)

    # ---- the process

    def _start(self) -> None:
        self.on = True
        self._logic = BridgeLogic(f"boot{self.random.randrange(1 << 40):010x}", self._counters)
        self.pictures = Pictures()
        for line in self._lines:
            line.bus = self._bus(line)
            self._wake(line)
        counters = sorted(set(self._counters.values()))
        self.client = Client(self.hall, "bridge", Role.BRIDGE, ("counters",), counters, self._told)
        self._do(self._logic.start())

    def restart(self) -> None:
        self.world.hurt("bridge restarted")
        self.client.power_off()
        self.on = False
        for line in self._lines:
            assert line.bus is not None
            line.bus.close()
        self.world.after(self.random.randint(500, 3_000), self._restarted)

    def _restarted(self) -> None:
        if not self.on and not self.hall.off:
            self._start()

    def unplug(self) -> None:
        line = self.random.choice(self._lines)
        if line.far is not None:
            self.world.hurt("serial unplugged", f"line {line.place}")
            line.far.close()
            self._wake(line)

    def power_off(self) -> None:
        self.on = False
        self.client.power_off()
        self.hall.screens.remove(self)

    def _bus(self, line: Line) -> CallBoxBus:
        if isinstance(line.virtual, Ub485Bus):
            specs = [BoxSpec(address, UB485_KEYS) for address in line.counters]
            return CallBoxBus(lambda: self._open(line), lambda: Ub485(list(line.counters)), specs)
        words = LineWords(LineFormat(RECEIVE, SEND, "ascii", "\r\n", "", "*"), {})
        specs = [BoxSpec(address, LINE_KEYS) for address in line.counters]
        return CallBoxBus(lambda: self._open(line), lambda: TextLines(words), specs)

    def _open(self, line: Line) -> Link:
        near, line.far = memory_pair(line.faults)
        return near

    # ---- the bus's turns

    def _wake(self, line: Line) -> None:
        """Something is on the line or to be said: turn it round often for a while."""
        line.turns = BUSY_TURNS
        if not line.due:
            line.due = True
            self.world.after(1, self._turn, line)

    def _turn(self, line: Line) -> None:
        line.due = False
        if not self.on or line.bus is None:
            return
        self._poll(line)
        line.turns -= 1
        line.due = True
        self.world.after(TURN_MS if line.turns > 0 else IDLE_MS, self._turn, line)

    def _poll(self, line: Line) -> None:
        assert line.bus is not None
        self._count(line)
        for event in line.bus.poll(self.world.now):
            if isinstance(event, Press):
                self._pressed(BoxId(line.place, event.address), event)
        try:
            while line.far is not None and (heard := line.far.read(0)):
                answer = line.virtual.hear(heard)
                if answer:
                    line.far.write(answer, 0)
        except LinkDown:
            line.far = None
        self._set_back(line)
        self._count(line)

    def _set_back(self, line: Line) -> None:
        """A wrong bit makes a light's frame one that gives a box another address; somebody sets it back."""
        boxes = line.virtual.boxes
        for address in [each for each in boxes if each not in line.counters]:
            box = boxes.pop(address)
            box.address = next(each for each in line.counters if each not in boxes)
            boxes[box.address] = box
            self.world.hurt("box readdressed", f"{address} was {box.address}")

    def _count(self, line: Line) -> None:
        """What the line has done to the bytes since the last look."""
        if line.faults.injected == line.counted:
            return
        for kind, count in (line.faults.injected - line.counted).items():
            self.world.hurt(f"serial {kind}", f"{count} on line {line.place}")
            if kind == "flip":
                line.forged_at = self.world.now
            if kind in DAMAGE:
                line.damaged_at = self.world.now
        line.counted = line.faults.injected.copy()

    def _pressed(self, box: BoxId, event: Press) -> None:
        self._do(self._logic.pressed(box, event.key, event.count, self.world.now), box)

    # ---- the bridge's shell

    def _told(self, event: ClientEvent) -> None:
        self.pictures.take(event)
        match event:
            case Connected(snapshot=snapshot):
                self._do(self._logic.connected(snapshot.counters))
            case Notified(note=CounterChanged(counter=view)):
                self._do(self._logic.counter_changed(view))
            case Disconnected():
                self._do(self._logic.disconnected())

    def _do(self, effects: list[Effect], box: BoxId | None = None) -> None:
        for effect in effects:
            if isinstance(effect, SendPress):
                self._note_press(effect, box)
                self._send(effect, self._logic)
            else:
                line = self._lines[effect.box.bus]
                assert line.bus is not None
                line.bus.show(effect.box.address, effect.look.led, effect.beeps, effect.look.text)
                self._wake(line)

    def _send(self, press: SendPress, logic: BridgeLogic) -> None:
        asked = PressKey(
            request_id=RequestId(press.request_id), counter=CounterNo(press.counter), key=Key(press.key)
        )
        self.client.ask("press_key", asked, lambda outcome: self._answered(logic, press, outcome), GIVE_UP_MS)
        self.world.after(GIVE_UP_MS, self._tick, logic)

    def _tick(self, logic: BridgeLogic) -> None:
        if self.on and logic is self._logic:
            self._do(logic.tick(self.world.now))

    def _answered(self, logic: BridgeLogic, press: SendPress, outcome: Any) -> None:
        if self.on and logic is self._logic:
            lost = isinstance(outcome, Refused | Unreachable)
            self._do(logic.refused(press.request_id) if lost else logic.answered(press.request_id, outcome.outcome))

    # ---- fingers

    def _note_press(self, press: SendPress, box: BoxId | None) -> None:
        """Which finger's press a request comes from; a wrong bit may forge one: there is no check sum."""
        assert box is not None
        number, at = self._last.get(box, (0, 0))
        forged = self.world.now - self._lines[box.bus].forged_at < SHORTLY_MS
        if not number or forged or self.world.now - at > SHORTLY_MS:
            return
        self.hall.ledger.audit.press_of[press.request_id] = number
        if self.world.now - self._lines[box.bus].damaged_at < SHORTLY_MS:
            # With a contact's bytes lost, a bounce looks like a second press. The rules of the call catch that.
            return
        other = self._request_of.setdefault(number, press.request_id)
        self.world.check("one press, one request", other == press.request_id,
                         f"press {number} made {other} and {press.request_id}")  # fmt: skip

    def _later(self, box: BoxId) -> None:
        self.world.after(self.random.randint(3_000, 40_000), self._finger, box)

    def _finger(self, box: BoxId) -> None:
        if self.hall.off:
            return
        if self.hall.busy and not self.hall.calm and self.on:
            self._press(box)
            if self.random.random() < 0.15:
                self.world.hurt("impatient finger", f"box {box}")
                self.world.after(self.random.randint(200, 4_500), self._press, box)
        self._later(box)

    def _press(self, box: BoxId) -> None:
        line = self._lines[box.bus]
        colour = line.virtual.boxes[box.address].colour.partition("_")[0]
        key = self.random.choice(PRESSED.get(colour, ("next",)))
        if isinstance(line.virtual, Ub485Bus) and key == "recall":
            key = "next"
        self.hall.presses += 1
        self._last[box] = (self.hall.presses, self.world.now)
        self.world.say(f"finger {self.hall.presses} on {key} of counter {line.counters[box.address]}")
        self._strike(line, box.address, key)
        if self.random.random() < 0.3:
            self.world.hurt("key bounce", f"box {box}")
            rest = 0
            for _ in range(self.random.randint(1, 3)):
                rest += self.random.randint(4, 25)
                self.world.after(rest, self._strike, line, box.address, key)

    def _strike(self, line: Line, address: int, key: str) -> None:
        """One contact of the key: its bytes go out, and the bus hears them at once."""
        if line.far is None or not self.on:
            return
        try:
            line.far.write(line.virtual.press(address, key), 0)
        except LinkDown:
            line.far = None
            return
        # A turn reads one piece of a split line; the bus's thread would come back at once for the next.
        for _ in range(PIECES):
            self._poll(line)
        self._wake(line)

    # ---- quiet

    def at_rest(self) -> bool:
        return all(line.turns <= 0 for line in self._lines)

    def differs(self, process: Process) -> str:
        wrong = self.pictures.differs(process, ("counters",))
        for box, counter in self._counters.items():
            front = self._lines[box.bus].virtual.boxes[box.address]
            wanted = look_of(self.pictures.counters.get(CounterNo(counter)))
            text = front.text.strip()
            if (wanted.text and not wanted.text.endswith(text[-3:])) or (not text and wanted.text):
                wrong += f"\nbox {box} shows {text!r} and not {wanted.text!r}"
        return wrong and f"bridge {wrong}"
