"""Names for every identifier and unit, so that a type checker tells a visit from a counter.

All identifiers are made outside (tokens, request ids, catalogue codes) or counted in the state (visits, calls,
journal positions): the core makes no randomness.
"""

from typing import NewType

VisitId = NewType("VisitId", int)
"""Counted up from 1 over the life of the hall; never reused."""
CallId = NewType("CallId", int)
"""Counted up from 1 over the life of the hall; a recall is a new call."""
AnnouncementId = NewType("AnnouncementId", int)
NoticeId = NewType("NoticeId", int)
"""Both counted up from 1 every day."""
CounterNo = NewType("CounterNo", int)
"""The public number painted over the counter, 1 to 999."""
ServiceId = NewType("ServiceId", str)
"""A catalogue code (`ARC-01`) or a visit purpose (`enquiry`)."""
ZoneId = NewType("ZoneId", str)
ProfileId = NewType("ProfileId", str)
SeriesPrefix = NewType("SeriesPrefix", str)
"""One letter or one digit."""
TicketNumber = NewType("TicketNumber", str)
"""Prefix and at least three digits: `A012`."""
Token = NewType("Token", str)
"""16 random bytes, base64url without padding (22 characters), made at the edge."""
RequestId = NewType("RequestId", str)
"""Made at the edge; 8 to 64 characters of A-Z a-z 0-9 . _ : -"""
DeviceId = NewType("DeviceId", str)
Seq = NewType("Seq", int)
"""Journal position of a decision, from 1."""
Ms = NewType("Ms", int)
"""Milliseconds since 1970-01-01T00:00Z for a moment; plain milliseconds for a span."""
BusinessDay = NewType("BusinessDay", str)
"""`YYYY-MM-DD` in the hall's time zone; turns at the hall's hour, not at midnight."""
