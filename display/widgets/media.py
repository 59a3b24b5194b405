"""A picture or a film between calls, as large as its place.

A film comes as one still after another. A window that has drawn one rests as long as that took, for a call that may
come meanwhile, and then draws the newest. Where there is no graphics card and much else to do, the film stutters, and
calls do not. Until a film's first still is there, what was shown before stays.
"""

from time import monotonic

from kivy.clock import Clock
from kivy.graphics.texture import Texture
from kivy.uix.boxlayout import BoxLayout

from display.model import Showing, Still
from ticketserver.window.kv import load_kv


class Media(BoxLayout):
    """`show` whose turn it is; `paint` a film's stills."""

    def __init__(self, **kwargs: object) -> None:
        self._film = False
        self._newest: Still | None = None
        self._texture: Texture | None = None
        self._resting = False
        self._began_s = 0.0
        self._paint = Clock.create_trigger(self._paint_now, -1)
        self._drawn = Clock.create_trigger(self._drawn_now)
        super().__init__(**kwargs)

    def show(self, showing: Showing) -> None:
        self._film = showing.item.film
        if not self._film:
            self.ids.picture.source = showing.item.file

    def paint(self, still: Still) -> None:
        self._newest = still
        if not self._resting:
            self._paint()

    def _paint_now(self, _elapsed: float) -> None:
        still, self._newest = self._newest, None
        # The last one of a film may come when it is a picture's turn already.
        if still is None or not self._film:
            return
        size = still.width, still.height
        if self._texture is None or self._texture.size != size:
            self._texture = Texture.create(size=size, colorfmt="rgb")
            self._texture.flip_vertical()
        self._texture.blit_buffer(still.rgb, colorfmt="rgb", bufferfmt="ubyte")
        picture = self.ids.picture
        picture.source = ""
        picture.texture = self._texture
        picture.canvas.ask_update()
        self._resting, self._began_s = True, monotonic()
        self._drawn()

    def _drawn_now(self, _elapsed: float) -> None:
        """In the window's next frame."""
        Clock.schedule_once(self._rested_now, monotonic() - self._began_s)

    def _rested_now(self, _elapsed: float) -> None:
        self._resting = False
        self._paint()


load_kv(__file__)
