"""What the hall tells everybody, as this screen shows it: the announcement over the calls, and notices for the bar.

Theory. An announcement is large while the voice says it. Where no voice says it, or not yet, it is large for `SHOWN_MS`
from when this screen first saw it, if it was under `FRESH_MS` old then; of several the urgent one, then the newest. One
that was stopped is told no more and leaves at once. A notice stands until its time, whether or not the server could
still be heard.
"""

from typing import Final

from display.announcements import FRESH_MS, Key, key_of, meant_for
from display.model import Announced, Hall, Pair
from ticketserver.wire.views_board import AnnouncementView, BoardView, NoticeView

SHOWN_MS: Final = 30_000


class Told:
    """Told by `see` and `saying`."""

    def __init__(self, hall: Hall) -> None:
        self._hall = hall
        self._seen: dict[Key, int] = {}
        self._announcements: list[AnnouncementView] = []
        self._notices: list[NoticeView] = []
        self._said: AnnouncementView | None = None

    def see(self, board: BoardView, now: int) -> None:
        """All that the server tells now."""
        self._notices = board.notices
        self._announcements = [each for each in board.announcements if meant_for(each, self._hall.zones)]
        seen = {key_of(each): now for each in self._announcements if now - each.at_ms < FRESH_MS}
        keys = set(map(key_of, self._announcements))
        self._seen = seen | {key: since for key, since in self._seen.items() if key in keys}

    def saying(self, announcement: AnnouncementView | None) -> None:
        """What the voice is announcing; None when that is over."""
        self._said = announcement

    def announcement(self, now: int) -> Announced | None:
        if self._said is not None:
            return self._announced(self._said)
        shown = [each for each in self._announcements if now - self._seen.get(key_of(each), now - SHOWN_MS) < SHOWN_MS]
        newest = max(shown, key=lambda each: (each.urgent, each.at_ms, each.announcement_id), default=None)
        return self._announced(newest) if newest is not None else None

    def notices(self, now: int) -> list[Pair]:
        """Those that stand, oldest first."""
        return [
            self._pair(each.text_zh, each.text_en) for each in self._notices if not each.until_ms or now < each.until_ms
        ]

    def _announced(self, each: AnnouncementView) -> Announced:
        return Announced(self._pair(each.text_zh, each.text_en), each.urgent)

    def _pair(self, zh: str, en: str) -> Pair:
        """In the hall's languages; one that a text does not have is left out."""
        words = {"zh": zh, "en": en}
        return Pair(*([words[each] for each in self._hall.languages if words[each]] or [zh]))
