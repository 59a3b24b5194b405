"""One loudspeaker at work: its announcer decides, its player plays, and the screen learns what is being said."""

from collections.abc import Callable

from display.announcer import Announcer
from display.io.player import Player, Sound
from display.voice import Announcing, Effect, Event, Notice, Play, Played, Report, Shown, Stop
from ticketserver.wire.views_board import AnnouncementView


class Talker:
    """`notice` and `announcement` are what is being said now. `report` hears of calls that were spoken or only shown,
    `changed` that a sound is over."""

    def __init__(
        self,
        announcer: Announcer,
        sound: Sound,
        now: Callable[[], int],
        report: Callable[[Report | Shown], None],
        changed: Callable[[], None],
    ) -> None:
        self._announcer, self._now, self._report, self._changed = announcer, now, report, changed
        self.player = Player(sound, self._played)
        self.notice: str | None = None
        self.announcement: AnnouncementView | None = None

    def deadline(self) -> int | None:
        """When time alone moves things on."""
        return self._announcer.deadline()

    def hear(self, event: Event) -> None:
        for effect in self._announcer.handle(event, self._now()):
            self._do(effect)

    def _do(self, effect: Effect) -> None:
        match effect:
            case Play(clips):
                self.player.play(clips)
            case Stop():
                self.player.stop()
            case Report() | Shown():
                self._report(effect)
            case Notice(name):
                self.notice = name
            case Announcing(announcement):
                self.announcement = announcement

    def _played(self) -> None:
        self.hear(Played())
        self._changed()
