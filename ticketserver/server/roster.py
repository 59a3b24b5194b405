"""Who waits, out of the journal alone: for calling by hand when the system fails (应急手工叫号).

It reads beside a server that runs and after one that died, takes no lock and changes nothing. Each zone's visits stand
in the order in which the hall would call them now: by the rules of dispatch, as one counter able to do all of the
zone's work would. What can go wrong: the journal is damaged; the roster then is as of the last sound record.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ticketserver.core.dispatch import best
from ticketserver.core.engine import replay
from ticketserver.core.ids import Ms, VisitId, ZoneId
from ticketserver.core.model import Visit
from ticketserver.core.queues import Queue, QueueKey
from ticketserver.core.state import HallState, new_state
from ticketserver.core.terms import Phase, VisitState
from ticketserver.server.boot import journal_path, since_opening
from ticketserver.shared.settings import Settings
from ticketserver.store.port import StoreDamaged
from ticketserver.store.sqlite_reader import JournalView, look_at

OUT_OF_LINE = (VisitState.CALLED, VisitState.SERVING, VisitState.HELD, VisitState.NO_SHOW)
"""Who does not wait and is not done either, in the order in which they stand below those who wait."""


class Group(NamedTuple):
    """One zone: who waits, in the order of calling, then the others that the zone has not done with."""

    zone: ZoneId
    waiting: tuple[Visit, ...]
    others: tuple[Visit, ...]


class Roster(NamedTuple):
    """`day` "" = the hall never opened; `last_ms` is the last sound record's time; `damage` why reading ended there."""

    day: str
    ended: bool
    last_ms: Ms
    seq: int
    groups: tuple[Group, ...]
    damage: StoreDamaged | None


def read_roster(settings: Settings, now: Ms) -> Roster:
    """The roster of the journal's last day. Raises StoreFailed where there is no journal to read, StoreDamaged where
    not even the last day's beginning can be found."""
    with look_at(journal_path(settings)) as journal:
        return roster(journal, settings.hall.id, now)


def roster(journal: JournalView, hall: str, now: Ms) -> Roster:
    state, seq, damage = new_state(), 0, None
    opening = journal.opening(hall)
    try:
        for record in journal.read(hall, max(1, opening)):
            replay(state, since_opening(record) if record.seq == opening else record)
            state.now, seq = record.at_ms, record.seq
    except StoreDamaged as problem:
        damage = problem
    day = state.plan.day if state.plan else ""
    over = state.phase in (Phase.NO_DAY, Phase.ENDED)
    return Roster(day, over, state.now, seq, tuple(groups(state, max(now, state.now))), damage)


def groups(state: HallState, now: Ms) -> Iterable[Group]:
    """The zones that somebody waits in or belongs to, in the hall's order."""
    for rule in state.rules.zones:
        here = [visit for visit in state.visits.values() if visit.stages and visit.stages[0].zone == rule.zone]
        waiting = [visit for visit in here if visit.state is VisitState.WAITING]
        others = sorted(
            (visit for visit in here if visit.state in OUT_OF_LINE),
            key=lambda visit: (OUT_OF_LINE.index(visit.state), visit.join_ms, visit.visit_id),
        )
        if waiting or others:
            yield Group(rule.zone, tuple(in_order(state, waiting, now)), tuple(others))


def in_order(state: HallState, waiting: Sequence[Visit], now: Ms) -> list[Visit]:
    """Those who wait in one zone, as they would be called if none came and none went; comebacks after those that they
    still let pass."""
    queues: dict[int, Queue] = {}
    for visit in waiting:
        place = state.place.get(visit.visit_id)
        if place is not None:
            queue = queues.setdefault(visit.weight, Queue(QueueKey(0, 0, visit.weight)))
            queue.push(visit.join_ms, visit.visit_id, 0, place.claim(visit.join_ms, visit.visit_id))
    order: list[Visit] = []
    while held := [queue for queue in queues.values() if len(queue)]:
        join_ms, visit_id = best(state, held, now)
        visit = state.visits[visit_id]
        queues[visit.weight].remove(join_ms, visit_id)
        for queue in held:
            if len(queue):
                queue.overtaken_by(join_ms)
        order.append(visit)
    for visit in sorted((v for v in waiting if v.visit_id in state.comebacks), key=_comeback):
        order.insert(visit.comeback_left, visit)
    return order


def _comeback(visit: Visit) -> tuple[int, Ms, VisitId]:
    return visit.comeback_left, visit.join_ms, visit.visit_id
