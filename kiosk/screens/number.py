"""A number, large; what happens with its paper; and a code to take a picture of."""

from kivy.graphics import Color, Rectangle
from kivy.graphics.texture import Texture
from kivy.properties import ObjectProperty
from kivy.uix.boxlayout import BoxLayout

from kiosk.model import Matrix, Number
from kiosk.screens.forgetting import Forgets
from kiosk.screens.message import MARKS, set_mood
from kiosk.screens.parts import Send, presses
from kiosk.screens.theme import theme
from ticketserver.window.kv import load_kv

QUIET_CELLS = 4
BUTTON_U = 126


class QrCode(Forgets):
    """A code of square cells, whole pixels wide, with its quiet zone."""

    cells = ObjectProperty(())

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.bind(cells=self._draw, pos=self._draw, size=self._draw)

    def forget(self) -> None:
        self.cells = ()

    def _draw(self, *_: object) -> None:
        self.canvas.clear()
        if not self.cells:
            return
        count = len(self.cells) + 2 * QUIET_CELLS
        cell = int(min(self.width, self.height) // count)
        if cell < 1:
            return
        side = cell * count
        with self.canvas:
            Color(1, 1, 1, 1)
            texture = qr_texture(self.cells)
            pos = (int(self.center_x - side / 2), int(self.center_y - side / 2))
            Rectangle(texture=texture, pos=pos, size=(side, side))


def qr_texture(cells: Matrix) -> Texture:
    """One grey byte a cell, rows from the bottom up as the graphics card wants them."""
    count = len(cells) + 2 * QUIET_CELLS
    white = b"\xff" * count
    side = b"\xff" * QUIET_CELLS
    rows = [side + bytes(0 if dark else 255 for dark in row) + side for row in cells]
    data = white * QUIET_CELLS + b"".join(reversed(rows)) + white * QUIET_CELLS
    rgb = bytes(value for value in data for _ in range(3))
    texture = Texture.create(size=(count, count), colorfmt="rgb")
    texture.mag_filter = texture.min_filter = "nearest"
    texture.blit_buffer(rgb, colorfmt="rgb", bufferfmt="ubyte")
    return texture


class NumberScreen(BoxLayout):
    def __init__(self, send: Send, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self._buttons = presses(self.ids.buttons, send, size_u=48)

    def show(self, model: Number) -> None:
        ids = self.ids
        set_mood(ids.card, model.mood)
        ids.head.said = MARKS[model.mood] + model.head
        ids.number.said = model.number
        ids.lines.said = "\n".join(model.lines)
        ids.qr.cells = model.qr
        ids.caption.said = model.caption
        ids.code.opacity = 1 if model.qr else 0
        ids.code.size_hint = (1, 0.72) if theme.portrait and model.qr else (0.6, 1) if model.qr else (0.001, 0.001)
        rows = len(model.buttons) if theme.portrait else min(1, len(model.buttons))
        ids.buttons.height = (rows * BUTTON_U + max(0, rows - 1) * 16) * theme.u
        self._buttons.show(model.buttons)


load_kv(__file__)
