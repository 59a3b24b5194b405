"""What is reported about a day: how near the waits that were told came."""

from ticketserver.core.ids import BusinessDay, ZoneId
from ticketserver.wire.params import Params
from ticketserver.wire.views import View


class GetWaitReport(Params, frozen=True, kw_only=True):
    """How near today's announced waits came."""


class WaitErrors(View, frozen=True, kw_only=True):
    """Waits told with a number today and what came of them; zone "" = all. `told` numbers, `called` of them so far;
    `sooner`, `later`: outside the range that was said. `off_ms`: half came nearer than that to its middle;
    `late_p90_ms`: nine of ten were called at most so long after its end."""

    zone: ZoneId
    told: int = 0
    called: int = 0
    sooner: int = 0
    later: int = 0
    off_ms: int = 0
    late_p90_ms: int = 0


class WaitReport(View, frozen=True, kw_only=True):
    """The day's waits by zone, all together last."""

    day: BusinessDay
    zones: list[WaitErrors]
