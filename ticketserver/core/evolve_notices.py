"""What events do to announcements and notices. Those that are over go with the next one that comes."""

from collections.abc import Callable
from typing import Any

from ticketserver.core import events as e
from ticketserver.core.ids import AnnouncementId, Ms, NoticeId
from ticketserver.core.notices import Announcement, Notice, live, standing
from ticketserver.core.state import HallState


def announced(state: HallState, event: e.Announced, at: Ms) -> None:
    state.next_announcement = AnnouncementId(event.announcement_id + 1)
    new = Announcement(
        event.announcement_id, event.text_zh, event.text_en, event.urgent, event.zones, event.repeat, event.by, at
    )
    state.announcements = {each.announcement_id: each for each in [*live(state.announcements.values(), at), new]}


def announcement_stopped(state: HallState, event: e.AnnouncementStopped, at: Ms) -> None:
    del state.announcements[event.announcement_id]


def notice_set(state: HallState, event: e.NoticeSet, at: Ms) -> None:
    state.next_notice = NoticeId(event.notice_id + 1)
    new = Notice(event.notice_id, event.text_zh, event.text_en, event.until_ms, event.by, at)
    state.notices = {each.notice_id: each for each in [*standing(state.notices.values(), at), new]}


def notice_cleared(state: HallState, event: e.NoticeCleared, at: Ms) -> None:
    del state.notices[event.notice_id]


HANDLERS: dict[type[e.Base], Callable[[HallState, Any, Ms], None]] = {
    e.Announced: announced,
    e.AnnouncementStopped: announcement_stopped,
    e.NoticeSet: notice_set,
    e.NoticeCleared: notice_cleared,
}
