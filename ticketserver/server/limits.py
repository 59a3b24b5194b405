"""How much one connection may ask: a bucket that fills at a steady rate."""

from ticketserver.core.terms import Role
from ticketserver.shared.settings import Limits


class Bucket:
    """`rate` requests a second, `burst` at once. Time in seconds of any steady clock."""

    def __init__(self, rate: int, burst: int, now: float) -> None:
        self._rate = rate
        self._burst = burst
        self._left = float(burst)
        self._at = now

    def take(self, now: float) -> bool:
        """Whether one more request is within the limit."""
        self._left = min(self._burst, self._left + (now - self._at) * self._rate)
        self._at = now
        if self._left < 1:
            return False
        self._left -= 1
        return True


def bucket_of(limits: Limits, role: Role, now: float) -> Bucket:
    """What a connection in this role may ask."""
    if role is Role.PHONE:
        return Bucket(limits.phone_requests_per_s, limits.phone_burst_requests, now)
    return Bucket(limits.requests_per_s, limits.burst_requests, now)
