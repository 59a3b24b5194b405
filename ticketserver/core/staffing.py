"""Who can do what: sets of counters as bit masks, worked out from profiles and remembered per set of services.

Bit i stands for the i-th counter of the rules. For a set S of services a counter with profile P is

```
primary    S ⊆ primary ∪ together             and S ∩ primary ≠ ∅               (called normally)
overflow   S ⊆ primary ∪ together ∪ overflow  and S ∩ (primary ∪ overflow) ≠ ∅  (called when no primary
                                                                                waits; switchable)
```
The memory is a cache of this function of the profiles: emptied when a profile changes, no part of the state.
"""

from collections.abc import Iterable

from ticketserver.core.ids import CounterNo, ProfileId, ServiceId, ZoneId
from ticketserver.core.model import Counter, ProfileRule, Rules, ServiceRule, Stage
from ticketserver.core.queues import QueueKey

Masks = tuple[int, int]
"""(primary, overflow), disjoint."""


class Staffing:
    """Profiles, services and counters of the day, indexed."""

    def __init__(self, rules: Rules) -> None:
        self.services: dict[ServiceId, ServiceRule] = {rule.service: rule for rule in rules.services}
        self.profiles: dict[ProfileId, ProfileRule] = {rule.profile: rule for rule in rules.profiles}
        self.zone_order: dict[ZoneId, int] = {rule.zone: index for index, rule in enumerate(rules.zones)}
        self.series = {rule.zone: rule.series for rule in rules.zones}
        self.weights = {rule.class_id: rule.weight for rule in rules.priorities}
        self.counters: dict[CounterNo, Counter] = {}
        for bit, rule in enumerate(rules.counters):
            self.counters[rule.counter] = Counter(
                counter=rule.counter,
                bit=1 << bit,
                zone=rule.zone,
                profile=rule.profile,
                has_start_key=rule.has_start_key,
                stays_at_lunch=rule.stays_at_lunch,
                redirect_to=rule.redirect_to,
                due_from_ms=rule.due_from_ms,
                due=rule.due_today,
            )
        self.forget()

    def forget(self) -> None:
        """A profile changed: what was worked out from profiles holds no longer."""
        self._masks: dict[tuple[ServiceId, ...], Masks] = {}
        self.plans: dict[object, object] = {}
        self.keys: dict[tuple[Stage, int], QueueKey] = {}
        self._sets = {
            profile: (frozenset(rule.primary), frozenset(rule.together), frozenset(rule.overflow), rule.overflow_on)
            for profile, rule in self.profiles.items()
        }
        self.by_profile: dict[ProfileId, int] = {}
        for counter in self.counters.values():
            self.by_profile[counter.profile] = self.by_profile.get(counter.profile, 0) | counter.bit

    def masks(self, services: tuple[ServiceId, ...]) -> Masks:
        """Counters that can do all of `services` in one visit, whether open or not."""
        known = self._masks.get(services)
        if known is None:
            wanted = frozenset(services)
            primary = overflow = 0
            for profile, bits in self.by_profile.items():
                level = self.level(profile, wanted)
                primary |= bits if level == 2 else 0
                overflow |= bits if level == 1 else 0
            known = self._masks[services] = (primary, overflow)
        return known

    def level(self, profile: ProfileId, wanted: frozenset[ServiceId]) -> int:
        """2 = primary, 1 = overflow, 0 = cannot."""
        first, beside, extra, switched = self._sets[profile]
        if wanted & first and wanted <= first | beside:
            return 2
        if switched and wanted & (first | extra) and wanted <= first | beside | extra:
            return 1
        return 0

    def can(self, counter: Counter, service: ServiceId) -> bool:
        """Done here once the person is here: primary, together or (switched on) overflow."""
        return bool(self.done_by(counter.profile, (service,)))

    def done_by(self, profile: ProfileId, services: tuple[ServiceId, ...]) -> frozenset[ServiceId]:
        """Those of `services` that a counter with this profile does, called or beside."""
        first, beside, extra, switched = self._sets[profile]
        return frozenset(s for s in services if s in first or s in beside or (switched and s in extra))

    def mask_of(self, counters: Iterable[CounterNo]) -> int:
        mask = 0
        for number in counters:
            mask |= self.counters[number].bit
        return mask

    def load_ms(self, items: Iterable[tuple[ServiceId, int]]) -> int:
        """Time at the counter, typical, for all cases of these services."""
        return sum(self.services[service].minutes_ms * quantity for service, quantity in items)
