"""Decisions about announcements and notices.

An announcement is always possible, also before the day opens and after it ends: a hall that must be left says so. A
notice belongs to an open day. A text with what looks like an identity number is refused: it would stand in the journal
and on every screen.
"""

import re
from typing import Final

from ticketserver.core import commands as c
from ticketserver.core import events as e
from ticketserver.core.decide_tickets import day_of
from ticketserver.core.ids import Ms
from ticketserver.core.notices import MOST_LIVE, MOST_NOTICES, live, standing
from ticketserver.core.refusal import RefusedError
from ticketserver.core.state import HallState

Events = list[e.Event]

IDENTITY: Final = re.compile(r"\d{15}")
"""Old identity numbers have 15 digits, today's 17 and a digit or X; no telephone number is as long."""


def announce(state: HallState, command: c.Announce, now: Ms) -> Events:
    refuse_identity(command.text_zh, command.text_en)
    known = {rule.zone for rule in state.rules.zones}
    for zone in command.zones:
        if zone not in known:
            raise RefusedError("unknown_zone", detail=zone[:40])
    if not command.urgent and len(live(state.announcements.values(), now)) >= MOST_LIVE:
        raise RefusedError("too_many_announcements", detail=str(MOST_LIVE))
    return [
        e.Announced(
            announcement_id=state.next_announcement,
            text_zh=command.text_zh,
            text_en=command.text_en,
            urgent=command.urgent,
            zones=command.zones,
            repeat=command.repeat,
            by=command.by,
        )
    ]


def stop_announcement(state: HallState, command: c.StopAnnouncement, now: Ms) -> Events:
    """One that is over cannot be stopped any more: whoever asks is told so."""
    if command.announcement_id not in {each.announcement_id for each in live(state.announcements.values(), now)}:
        raise RefusedError("unknown_announcement", detail=str(command.announcement_id))
    return [e.AnnouncementStopped(announcement_id=command.announcement_id)]


def set_notice(state: HallState, command: c.SetNotice, now: Ms) -> Events:
    refuse_identity(command.text_zh, command.text_en)
    day_of(state, now)
    if command.until_ms and command.until_ms <= now:
        raise RefusedError("notice_over", detail=str(command.until_ms))
    if len(standing(state.notices.values(), now)) >= MOST_NOTICES:
        raise RefusedError("too_many_notices", detail=str(MOST_NOTICES))
    return [
        e.NoticeSet(
            notice_id=state.next_notice,
            text_zh=command.text_zh,
            text_en=command.text_en,
            until_ms=command.until_ms,
            by=command.by,
        )
    ]


def clear_notice(state: HallState, command: c.ClearNotice, now: Ms) -> Events:
    if command.notice_id not in {each.notice_id for each in standing(state.notices.values(), now)}:
        raise RefusedError("unknown_notice", detail=str(command.notice_id))
    return [e.NoticeCleared(notice_id=command.notice_id)]


def refuse_identity(*texts: str) -> None:
    if any(IDENTITY.search(text) for text in texts):
        raise RefusedError("identity_in_text")
