"""Announcements and notices as the wire shows them."""

from ticketserver.core.ids import Ms
from ticketserver.core.notices import Announcement, Notice, live, standing
from ticketserver.core.state import HallState
from ticketserver.wire import views as v


def announcements_view(state: HallState, now: Ms) -> list[v.AnnouncementView]:
    """Those that may still be said, oldest first."""
    return [announcement_view(each) for each in live(state.announcements.values(), now)]


def notices_view(state: HallState, now: Ms) -> list[v.NoticeView]:
    """Those that stand, oldest first."""
    return [notice_view(each) for each in standing(state.notices.values(), now)]


def announcement_view(each: Announcement) -> v.AnnouncementView:
    return v.AnnouncementView(
        announcement_id=each.announcement_id,
        text_zh=each.text_zh,
        text_en=each.text_en,
        urgent=each.urgent,
        zones=list(each.zones),
        repeat=each.repeat,
        by=each.by,
        at_ms=each.at_ms,
    )


def notice_view(each: Notice) -> v.NoticeView:
    return v.NoticeView(
        notice_id=each.notice_id,
        text_zh=each.text_zh,
        text_en=each.text_en,
        until_ms=each.until_ms,
        by=each.by,
        at_ms=each.at_ms,
    )


def queue_view(state: HallState, zones: list[v.ZoneWaiting], hours: v.HoursView, now: Ms) -> v.QueueView:
    return v.QueueView(
        zones=zones, hours=hours, announcements=announcements_view(state, now), notices=notices_view(state, now)
    )
