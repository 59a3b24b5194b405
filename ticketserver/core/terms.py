"""The closed vocabularies of the hall: every state, key, reason and outcome that has a fixed set of values.

The values travel on the wire and stand in the journal, so a member may be added but never renamed.
`docs/glossary.md` gives the Chinese beside each.
"""

from enum import StrEnum


class VisitState(StrEnum):
    WAITING = "waiting"
    CALLED = "called"
    SERVING = "serving"
    HELD = "held"
    NO_SHOW = "no_show"
    FINISHED = "finished"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


class CounterState(StrEnum):
    CLOSED = "closed"
    IDLE = "idle"
    READY = "ready"
    CALLING = "calling"
    SERVING = "serving"
    PAUSED = "paused"


class Key(StrEnum):
    """Keys of a call box (hall-rules, section 6)."""

    NEXT = "next"
    RECALL = "recall"
    START = "start"
    FINISH = "finish"
    RATING = "rating"
    PAUSE = "pause"
    REDIRECT = "redirect"


class KeyOutcome(StrEnum):
    """What a press led to; the box answers BEEP with two beeps."""

    DONE = "done"
    SAME = "same"
    READY = "ready"
    BEEP = "beep"


class Role(StrEnum):
    KIOSK = "kiosk"
    DISPLAY = "display"
    BRIDGE = "bridge"
    CLERK = "clerk"
    GUIDE = "guide"
    SUPERVISOR = "supervisor"
    PHONE = "phone"
    INTEGRATOR = "integrator"


class Source(StrEnum):
    """Where a number was taken."""

    KIOSK = "kiosk"
    GUIDE = "guide"
    PHONE = "phone"
    CLERK = "clerk"
    INTEGRATOR = "integrator"


class Basis(StrEnum):
    """What a priority claim rests on."""

    CARD = "card"
    SEEN = "seen"
    DECLARED = "declared"


class CallReason(StrEnum):
    """Why this number now; each has a sentence for the citizen in the message catalogue."""

    WAITED_LONGEST = "waited_longest"
    PRIORITY = "priority"
    APPOINTMENT = "appointment"
    CHECKED_IN = "checked_in"
    NEXT_STAGE = "next_stage"
    OTHERS_ELSEWHERE = "others_elsewhere"
    CHOSEN = "chosen"


class AheadReason(StrEnum):
    """Why more people are ahead than before; each has a sentence for the citizen in the message catalogue."""

    PRIORITY = "priority"
    APPOINTMENT = "appointment"
    CHECKED_IN = "checked_in"
    NEXT_STAGE = "next_stage"
    COUNTERS = "counters"
    ORDER = "order"


class StageReason(StrEnum):
    """Why the stages of a visit were worked out anew."""

    PROFILE_CHANGED = "profile_changed"
    COUNTER_CLOSED = "counter_closed"
    COUNTER_OPENED = "counter_opened"
    NAMED_COUNTER_GONE = "named_counter_gone"


class HoldKind(StrEnum):
    PAPERS_KEPT = "papers_kept"
    PAPERS_NOT_KEPT = "papers_not_kept"
    WAITING_STEP = "waiting_step"


class CancelReason(StrEnum):
    CITIZEN = "citizen"
    UNCLAIMED = "unclaimed"
    STAFF = "staff"


class StartedBy(StrEnum):
    """Whether service began by a key or is implied (time passed, or the next key)."""

    KEY = "key"
    IMPLIED = "implied"


class FinishedBy(StrEnum):
    KEY = "key"
    IMPLIED = "implied"


class NoShowBy(StrEnum):
    CLERK = "clerk"
    AUTO = "auto"


class PrintOutcome(StrEnum):
    """devices.md 1.8: own token, queued status, only clear status, known fault, silence."""

    CONFIRMED = "confirmed"
    FENCED = "fenced"
    ASSUMED = "assumed"
    FAILED = "failed"
    UNKNOWN = "unknown"


class DeviceHealth(StrEnum):
    ONLINE = "online"
    DEGRADED = "degraded"
    OFFLINE = "offline"


class Offer(StrEnum):
    """What is offered to a visit with more cases than the hall's limit."""

    NONE = ""
    BATCH_COUNTER = "batch_counter"
    LATER_SLOT = "later_slot"


class Phase(StrEnum):
    """Where the hall stands in its day."""

    NO_DAY = "no_day"
    BEFORE_NUMBERS = "before_numbers"
    BEFORE_CALLING = "before_calling"
    CALLING = "calling"
    LUNCH = "lunch"
    CUT_OFF = "cut_off"
    ENDED = "ended"
