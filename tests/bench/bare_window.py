"""What a window costs at least: `python -m tests.bench.bare_window FOLDER` is Kivy with one button and nothing else.

Started as the product starts its windows, of the same size and rate of frames.
"""

from __future__ import annotations

import sys
from pathlib import Path

from tests.bench.glass import PANEL_PX, Ink
from ticketserver.window.start import prepare_kivy

UP: Ink = (0x20, 0x60, 0xA0)
DOWN: Ink = (0xF0, 0xA0, 0x20)


def main(folder: Path) -> None:
    prepare_kivy(folder / "kivy", PANEL_PX, fullscreen=False)
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
    main(Path(sys.argv[1]))
