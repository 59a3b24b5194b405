"""Announcements and notices as the wire shows them."""

from ticketserver.core.ids import Ms
from ticketserver.core.notices import Announcement, Notice, live, standing
from ticketserver.core.state import HallState
from ticketserver.wire.views import HoursView
from ticketserver.wire.views_board import AnnouncementView, NoticeView, ZoneWaiting
from ticketserver.wire.views_hall import QueueView


def announcements_view(state: HallState, now: Ms) -> list[AnnouncementView]:
    """Those that may still be said, oldest first."""
    return [announcement_view(each) for each in live(state.announcements.values(), now)]


def notices_view(state: HallState, now: Ms) -> list[NoticeView]:
    """Those that stand, oldest first."""
    return [notice_view(each) for each in standing(state.notices.values(), now)]


def announcement_view(each: Announcement) -> AnnouncementView:
    return AnnouncementView(
        announcement_id=each.announcement_id,
        text_zh=each.text_zh,
        text_en=each.text_en,
        urgent=each.urgent,
        zones=list(each.zones),
        repeat=each.repeat,
        by=each.by,
        at_ms=each.at_ms,
    )


def notice_view(each: Notice) -> NoticeView:
    return NoticeView(
        notice_id=each.notice_id,
        text_zh=each.text_zh,
        text_en=each.text_en,
        until_ms=each.until_ms,
        by=each.by,
        at_ms=each.at_ms,
    )


def queue_view(state: HallState, zones: list[ZoneWaiting], hours: HoursView, now: Ms) -> QueueView:
    return QueueView(
        zones=zones, hours=hours, announcements=announcements_view(state, now), notices=notices_view(state, now)
    )
