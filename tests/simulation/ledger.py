"""What clients were promised, kept beside the hall: a promise holds over every crash of the server.

An issued ticket is there after every restart of its day; an accepted request, asked again that day, gets the reply it
got before. And one state has many copies: the replayed state equals the shadow of the audit, and so does the live one.
"""

from typing import TYPE_CHECKING, Any

import msgspec

from tests.simulation.audit import Audit
from tests.simulation.disk import Disk
from tests.simulation.world import Violation, World
from ticketserver.client.session import Refused
from ticketserver.core.ids import RequestId, VisitId
from ticketserver.core.state import HallState
from ticketserver.core.terms import KeyOutcome
from ticketserver.store.port import StoreError
from ticketserver.wire.errors import Refusal
from ticketserver.wire.methods import METHODS
from ticketserver.wire.params import IssueTicket, Params
from ticketserver.wire.views_visits import KeyResult, TicketView

if TYPE_CHECKING:
    from tests.simulation.client import Client
    from tests.simulation.process import Process


class Promise(msgspec.Struct, frozen=True):
    """An accepted request, what it was answered, and the day on which that holds."""

    method: str
    params: Params
    reply: Any
    role: str
    day: str


class Ledger:
    def __init__(self, world: World, disk: Disk) -> None:
        self._world = world
        self._disk = disk
        self.audit = Audit(world)
        disk.watch = self.audit.feed
        self.promises: dict[RequestId, Promise] = {}
        self.tickets: dict[VisitId, tuple[TicketView, str]] = {}
        self._stopped_by: set[str] = set()

    def acknowledged(self, client: "Client", method: str, params: Params, reply: Any) -> None:
        """An accepted request has been answered."""
        request_id: RequestId = getattr(params, "request_id", RequestId(""))
        day = self.audit.day_of.get(request_id, "")
        beep = isinstance(reply, KeyResult) and reply.outcome is KeyOutcome.BEEP
        if not day or beep or not METHODS[method].journalled:
            return
        before = self.promises.get(request_id)
        if before is not None and before.day == day:
            same = msgspec.json.encode(before.reply) == msgspec.json.encode(reply)
            self._world.check("same request, same reply", same and method == before.method,
                              lambda: f"{method} {request_id}: {before.reply}, then {reply}")  # fmt: skip
        self.promises[request_id] = Promise(method, params, reply, client.role.value, day)
        if isinstance(params, IssueTicket):
            self.tickets[reply.visit_id] = (reply, params.token)
            self._world.say(f"{client.name} has {reply.number}")

    def refused(self, method: str, params: Params, refused: Refused) -> None:
        """What was accepted today is never refused later today."""
        before = self.promises.get(getattr(params, "request_id", RequestId("")))
        kept = before is None or before.day != self.audit.day or refused.code == Refusal.TOO_FAST
        kept |= not METHODS[method].journalled
        self._world.check("same request, same reply", kept, lambda: f"{method} {params}: {before}, then {refused}")

    def of_today(self, state: HallState) -> list[tuple[TicketView, str]]:
        day = state.plan.day if state.plan else ""
        return [ticket for ticket in self.tickets.values() if ticket[0].day == day]

    def booted(self, process: "Process") -> None:
        """Before the new server does anything."""
        state = process.state
        self.same_state(state, "replay digest", "the replay")
        for ticket, token in self.of_today(state):
            visit = state.visits.get(ticket.visit_id)
            kept = visit is not None and (visit.number, visit.token) == (ticket.number, token)
            self._world.check("tickets survive", kept, f"{ticket.number} was promised, after the restart: {visit}")
        self.audit.must_resume = state.plan is not None and state.visits != {}

    def broken_by(self, request_id: str) -> None:
        again = request_id in self._stopped_by
        self._world.check("quarantine", not again, f"{request_id} stopped the hall a second time")
        self._stopped_by.add(request_id)

    def same_state(self, state: HallState, check: str, whose: str) -> None:
        one, other = picture(state), picture(self.audit.shadow)
        self._world.check(check, one == other, lambda: f"{whose} differs from the journal:\n{difference(one, other)}")

    def chain(self) -> None:
        """The whole journal from its first record."""
        try:
            count = sum(1 for _ in self._disk.read(1))
        except StoreError as error:
            raise Violation("chain of hashes", str(error)) from error
        self._world.check("chain of hashes", count == self._disk.seq, f"{count} of {self._disk.seq} records read")


def picture(state: HallState) -> list[str]:
    """All of a state that decisions depend on, line by line."""
    lines = [
        f"{state.now} {state.next_visit} {state.next_call} {state.phase} {state.calling_paused} {state.plan}",
        f"{state.issued} ready {state.ready} open {state.open_mask:b} due {state.due_mask:b} waiting {state.waiting}",
        f"comebacks {state.comebacks} waits {state.samples}",
        f"announcements {state.announcements} notices {state.notices}",
        f"profiles {[(each.profile, each.overflow_on) for each in state.staffing.profiles.values()]}",
    ]
    lines += [repr(visit) for visit in state.visits.values()]
    lines += [repr(counter) for counter in state.counters.values()]
    for key, queue in state.queues.items():
        entries = [(*entry, queue.claim(*entry)) for entry in queue.first(len(queue))]
        lines.append(f"{key} {queue.load_ms} {entries}")
    return lines


def difference(one: list[str], other: list[str]) -> str:
    pairs = [(a, b) for a, b in zip(one, other, strict=False) if a != b][:3]
    return "\n".join(f"  {a}\n  {b}" for a, b in pairs) or f"  {len(one)} lines and {len(other)}"
