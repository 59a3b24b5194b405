"""Once the first picture is on the glass: what was loaded for it stays, so Python need not walk it for garbage again.

A full collection takes a tenth of a second and more, and every touch and keystroke waits for it. Before the first
picture nobody can touch anything.
"""

from kivy.app import App
from kivy.core.window import Window

from ticketserver.shared.garbage import settle


class SettlingApp(App):
    """A program whose window is drawn for weeks."""

    def on_start(self) -> None:
        """By Kivy, before anything is drawn."""
        Window.bind(on_flip=self._first_picture)

    def _first_picture(self, *_: object) -> None:
        Window.unbind(on_flip=self._first_picture)
        settle()
