"""A picture or a film between calls, as large as its place.

A film comes as one still after another. Of those that come between two frames of the window only the newest is drawn:
a window that is late leaves some out, and none waits. Until a film's first still is there, what was shown before stays.
"""

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
        self._paint = Clock.create_trigger(self._paint_now, -1)
        super().__init__(**kwargs)

    def show(self, showing: Showing) -> None:
        self._film = showing.item.film
        if not self._film:
            self.ids.picture.source = showing.item.file

    def paint(self, still: Still) -> None:
        self._newest = still
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


load_kv(__file__)
