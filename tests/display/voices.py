"""An announcer with a clock moved by hand, a loudspeaker that takes its time, and a server that hears its reports."""

from display.announcer import Announcer
from display.phrases import CHIME, Voicing, call_clips
from display.voice import Announcing, FreeText, Notice, Play, Played, Report, Seen, Shown, Stop, Ticked, VoiceRules
from tests.display.displays import NINE, SECOND, board

HOW = Voicing("digit-1", {21: "pension-review"})
READING = 4 * SECOND


class Voice:
    """An announcer with a loudspeaker that takes `READING` for everything, and a server that hears its reports."""

    def __init__(self, now=NINE, **rules):
        self.announcer = Announcer(VoiceRules(HOW, **rules))
        self.now = now
        self.heard = []
        self.spoken = []
        self.shown = []
        self.busy_until = None
        self.broken = []
        self.announcing = None

    def tell(self, event):
        for effect in self.announcer.handle(event, self.now):
            self.take(effect)

    def take(self, effect):
        match effect:
            case Play(clips):
                assert self.busy_until is None, "two things at once"
                self.heard.append(clips)
                self.busy_until = self.now + READING
            case Report(call_id):
                self.spoken.append(call_id)
            case Shown(call_id):
                self.shown.append(call_id)
            case Notice(name):
                self.heard.append(name)
            case Stop():
                assert self.busy_until is not None, "nothing is being played"
                self.broken.append(self.heard[-1])
                self.busy_until = None
            case Announcing(announcement):
                self.announcing = announcement

    def see(self, *rows, when=None, **other):
        self.tell(Seen(board(*rows, when=when, **other)))

    def run(self, ms):
        """Let time pass; what becomes due happens at its moment."""
        end = self.now + ms
        while True:
            due = [at for at in (self.busy_until, self.announcer.deadline()) if at is not None and at <= end]
            if not due:
                break
            self.now = max(self.now, min(due))
            if self.busy_until == self.now:
                self.busy_until = None
                self.tell(Played())
            else:
                self.tell(Ticked())
        self.now = end

    def said(self, made, chimed=True):
        return self.heard.count(((CHIME,) if chimed else ()) + call_clips(made, HOW))

    @property
    def texts(self):
        """The free texts of each sound that had any."""
        said = [tuple(clip.text for clip in sound if isinstance(clip, FreeText)) for sound in self.heard if sound]
        return [each for each in said if each]
