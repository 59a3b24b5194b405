"""What a window costs at least: Kivy with one button and nothing else.

    python -m tests.bench.bare_window FOLDER [WIDTH HEIGHT]

Started as the product starts its windows, of the same size and rate of frames: a kiosk's where no size is given.
"""

from __future__ import annotations

import sys
from pathlib import Path

from tests.bench.glass import PANEL_PX, Ink
from ticketserver.window.start import prepare_kivy

UP: Ink = (0x20, 0x60, 0xA0)
DOWN: Ink = (0xF0, 0xA0, 0x20)


def main(folder: Path, size: tuple[int, int]) -> None:
    prepare_kivy(folder / "kivy", size, fullscreen=False)
    from kivy.app import App
    from kivy.uix.button import Button

    inks = {"normal": [*(value / 255 for value in UP), 1], "down": [*(value / 255 for value in DOWN), 1]}

    class Bare(App):
        def build(self) -> Button:
            button = Button(background_normal="", background_down="", background_color=inks["normal"])
            button.bind(state=lambda pressed, state: setattr(pressed, "background_color", inks[state]))
            return button

    Bare().run()


if __name__ == "__main__":
    main(Path(sys.argv[1]), (int(sys.argv[2]), int(sys.argv[3])) if sys.argv[2:] else PANEL_PX)
