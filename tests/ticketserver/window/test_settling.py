"""What was loaded for the first picture is out of the collector's way from then on, and not before."""

import gc
import os
from pathlib import Path

import pytest

pytestmark = pytest.mark.window


def test_the_first_picture_settles_and_no_later_one(tmp_path):
    from ticketserver.window.start import prepare_kivy

    prepare_kivy(Path(os.environ.get("KIVY_HOME", tmp_path)), (320, 240), fullscreen=False)
    from kivy.base import EventLoop
    from kivy.core.window import Window

    from ticketserver.window.settling import SettlingApp

    EventLoop.ensure_window()
    before = gc.get_freeze_count()
    app = SettlingApp()
    try:
        app.dispatch("on_start")
        assert gc.get_freeze_count() == before
        Window.dispatch("on_flip")
        settled = gc.get_freeze_count()
        assert settled > before
        later = [[] for _ in range(1000)]
        Window.dispatch("on_flip")
        assert gc.get_freeze_count() < settled + len(later)
    finally:
        gc.unfreeze()
