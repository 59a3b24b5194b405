"""Announcements and notices as staff ask for them: the parameters of four methods.

A text is one line that begins with a letter or sign, not with a space. What is told comes back to everybody in the
board and the queue (`AnnouncementView`, `NoticeView` of views.py).
"""

from typing import Annotated

from msgspec import Meta

from ticketserver.core.ids import AnnouncementId, NoticeId, ZoneId
from ticketserver.wire.params import Change

LINE = r"^([^\s\x00-\x1f\x7f][^\x00-\x1f\x7f]*)?\Z"


class Announce(Change, frozen=True, kw_only=True):
    """Say this once in the hall, `repeat` times over, and show it; `zones` none = everywhere. `urgent` interrupts."""

    text_zh: Annotated[str, Meta(min_length=1, max_length=120, pattern=LINE)]
    text_en: Annotated[str, Meta(max_length=300, pattern=LINE)] = ""
    urgent: bool = False
    zones: Annotated[tuple[ZoneId, ...], Meta(max_length=50)] = ()
    repeat: Annotated[int, Meta(ge=1, le=3)] = 1


class StopAnnouncement(Change, frozen=True, kw_only=True):
    """It is not to be said, or not any further."""

    announcement_id: AnnouncementId


class SetNotice(Change, frozen=True, kw_only=True):
    """A line on screens and kiosks until `until_ms` (milliseconds since 1970), 0 = until the day ends."""

    text_zh: Annotated[str, Meta(min_length=1, max_length=60, pattern=LINE)]
    text_en: Annotated[str, Meta(max_length=140, pattern=LINE)] = ""
    until_ms: Annotated[int, Meta(ge=0)] = 0


class ClearNotice(Change, frozen=True, kw_only=True):
    """Take a notice down."""

    notice_id: NoticeId
