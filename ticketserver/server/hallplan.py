"""From hall.toml and the catalogue to the core's rules for one day: ids, masks of work and spans, no words.

The core keeps the rules in the journal with the day they hold for, so a change of hall.toml counts from the next
opening on.
"""

from datetime import date

from ticketserver.core.ids import CounterNo, Ms, ProfileId, SeriesPrefix, ServiceId, ZoneId
from ticketserver.core.model import (
    CounterRule,
    PriorityRule,
    ProfileRule,
    QueueRules,
    Rules,
    ServiceRule,
    ZoneRule,
)
from ticketserver.server.hallday import WEEKDAYS, HallDays
from ticketserver.shared.settings import Counter, Scope, Settings

MINUTE_MS = 60_000


def hall_rules(settings: Settings, days: HallDays, day: date) -> Rules:
    """Everything the core needs to know about the hall on `day`."""
    zones = sorted(settings.zone, key=lambda zone: zone.order)
    return Rules(
        hall_id=settings.hall.id,
        zones=tuple(ZoneRule(ZoneId(zone.id), SeriesPrefix(zone.series)) for zone in zones),
        services=tuple(services(settings)),
        profiles=tuple(profiles(settings)),
        counters=tuple(counter_rule(settings, counter, days, day) for counter in settings.counter),
        priorities=tuple(PriorityRule(each.id, each.weight) for each in settings.queue.priority),
        queue=queue_rules(settings, days.always_open),
    )


def services(settings: Settings) -> list[ServiceRule]:
    """The catalogue's services, then the visit purposes."""
    rules = [
        ServiceRule(
            ServiceId(each.code), ZoneId(each.zone), Ms(each.minutes * MINUTE_MS), Ms(each.minutes_p90 * MINUTE_MS)
        )
        for each in settings.catalogue.service
    ]
    rules += [
        ServiceRule(
            ServiceId(each.id), ZoneId(each.zone), Ms(each.minutes * MINUTE_MS), Ms(each.minutes_p90 * MINUTE_MS), True
        )
        for each in settings.purpose
    ]
    return rules


def profiles(settings: Settings) -> list[ProfileRule]:
    return [
        ProfileRule(
            profile=ProfileId(each.id),
            primary=scope(settings, each.primary),
            together=scope(settings, each.together),
            overflow=scope(settings, each.overflow),
            overflow_on=each.overflow_on,
        )
        for each in settings.profile
    ]


def scope(settings: Settings, wanted: Scope) -> tuple[ServiceId, ...]:
    """The services of a scope, each once: those of its zones in the catalogue's order, those named, its purposes."""
    found = [each.code for zone in wanted.zones for each in settings.catalogue.in_zone(zone)]
    return tuple(dict.fromkeys(map(ServiceId, [*found, *wanted.services, *wanted.purposes])))


def counter_rule(settings: Settings, counter: Counter, days: HallDays, day: date) -> CounterRule:
    lunch = settings.calendar.lunch
    return CounterRule(
        counter=CounterNo(counter.number),
        zone=ZoneId(counter.zone),
        profile=ProfileId(counter.profile),
        has_start_key=counter.start_key,
        stays_at_lunch=lunch is not None and counter.number in lunch.counters,
        due_today=not counter.due_days or WEEKDAYS[day.weekday()] in counter.due_days,
        due_from_ms=days.moment(day, counter.due_from) if counter.due_from else Ms(0),
        redirect_to=ZoneId(counter.redirect_zone),
    )


def queue_rules(settings: Settings, always_open: bool) -> QueueRules:
    """Numbers of a hall that never closes are not held against the turn of its day."""
    queue = settings.queue
    return QueueRules(
        cap=queue.cap,
        ready_on_empty=queue.ready_on_empty,
        ready_lapse_ms=Ms(queue.ready_lapse_ms),
        calls=queue.calls,
        gap_ms=Ms(queue.gap_ms),
        gap_priority_ms=Ms(queue.gap_priority_ms),
        same_call_ms=Ms(queue.same_press_ms),
        unspoken_ms=Ms(queue.unspoken_ms),
        implied_start_ms=Ms(queue.implied_start_ms),
        reopen_ms=Ms(queue.reopen_ms),
        named_fallback_ms=Ms(queue.named_counter_gone_ms),
        comeback_after=queue.comeback_after,
        max_returns=queue.max_returns,
        auto_no_show=queue.auto_no_show,
        declared_needs_confirm=queue.declared_needs_confirm,
        batch_cases=queue.batch_cases,
        batch_counters=tuple(CounterNo(each.number) for each in settings.counter if each.batch),
        appointment_late_ms=Ms(queue.appointment_late_ms),
        capacity_cutoff=settings.calendar.capacity_cutoff and not always_open,
    )
