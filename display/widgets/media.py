"""A picture between calls, as large as its place."""

from kivy.uix.boxlayout import BoxLayout

from ticketserver.window.kv import load_kv


class Media(BoxLayout):
    """Shows one picture of the hall's folder."""

    def show(self, file: str) -> None:
        self.ids.picture.source = file


load_kv(__file__)
