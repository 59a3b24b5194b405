"""What the hall tells everybody in its own words: announcements, said once and over, and notices, which stand.

```
Announced ──→ live for KEPT_MS ──→ over          AnnouncementStopped ends it sooner
NoticeSet ──→ stands until `until_ms`, 0 = until the day ends          NoticeCleared takes it down
```
A voice begins an announcement within a minute or not at all; it stays live for longer, so that one that waits behind
others is not taken for one that was stopped.
"""

from collections.abc import Iterable
from typing import Final

from msgspec import Struct

from ticketserver.core.ids import AnnouncementId, Ms, NoticeId, ZoneId
from ticketserver.core.terms import Role

KEPT_MS: Final = 180_000
MOST_LIVE: Final = 5
"""Announcements at once, but for urgent ones: more would keep the calls waiting for minutes."""
MOST_NOTICES: Final = 10


class Announcement(Struct, frozen=True):
    """`zones`: whom it is for, none = everybody. `by`: whose page it came from."""

    announcement_id: AnnouncementId
    text_zh: str
    text_en: str
    urgent: bool
    zones: tuple[ZoneId, ...]
    repeat: int
    by: Role
    at_ms: Ms


class Notice(Struct, frozen=True):
    notice_id: NoticeId
    text_zh: str
    text_en: str
    until_ms: Ms
    by: Role
    at_ms: Ms


def live(announcements: Iterable[Announcement], now: Ms) -> list[Announcement]:
    """Those that may still be said, oldest first."""
    return [each for each in announcements if now - each.at_ms < KEPT_MS]


def standing(notices: Iterable[Notice], now: Ms) -> list[Notice]:
    """Those whose time is not over, oldest first."""
    return [each for each in notices if not each.until_ms or now < each.until_ms]
