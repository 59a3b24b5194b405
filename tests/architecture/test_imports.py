"""Every module keeps to the import table; and the reader of imports sees each kind of planted violation."""

import pytest

from tests.architecture.imports import TABLE, offences, row_of
from tests.architecture.tree import ROOT, modules


def test_every_module_keeps_to_the_table():
    found = [line for path in modules() for line in offences((ROOT / path).read_text("utf-8"), str(path))]
    assert not found, "\n" + "\n".join(found)


PLANTED = [
    ("ticketserver/core/decide.py", "import asyncio", "asyncio"),
    ("ticketserver/core/decide.py", "from random import choice", "random.choice"),
    ("ticketserver/core/decide.py", "import os.path", "os.path"),
    ("ticketserver/core/decide.py", "def f():\n    import time", "time"),
    ("ticketserver/core/decide.py", "from datetime import datetime\nx = datetime.now()", "clock (now)"),
    ("ticketserver/core/decide.py", "import datetime\nx = datetime.datetime.utcnow()", "clock (utcnow)"),
    ("ticketserver/core/decide.py", "from datetime import date as day\nx = day.today", "clock (today)"),
    ("ticketserver/core/decide.py", "from ..wire import views", "ticketserver.wire.views"),
    ("ticketserver/core/decide.py", "print('x')", "print()"),
    ("ticketserver/core/__init__.py", "from . import x\nfrom .. import store", "ticketserver.store"),
    ("ticketserver/wire/params.py", "from ticketserver.core.decide import decide", "ticketserver.core.decide"),
    ("ticketserver/wire/params.py", "import socket", "socket"),
    ("ticketserver/search/index.py", "from kiosk.services import Service", "kiosk.services"),
    ("ticketserver/store/sqlite.py", "from ticketserver.wire.codec import encode", "ticketserver.wire.codec"),
    ("ticketserver/store/sqlite.py", "import urllib.request", "urllib.request"),
    ("ticketserver/server/http.py", "import kivy", "library kivy"),
    ("ticketserver/server/http.py", "from hardware.codecs.slip import encode", "hardware.codecs.slip"),
    ("ticketserver/server/sequencer.py", "import threading", "threading"),
    ("ticketserver/client/connection.py", "from ticketserver.core.model import Visit", "ticketserver.core.model"),
    ("ticketserver/client/session.py", "import asyncio", "asyncio"),
    ("ticketserver/shared/settings.py", "from ticketserver.server import http", "ticketserver.server"),
    ("ticketserver/window/fitting.py", "from ticketserver.shared.settings import Settings", "ticketserver.shared"),
    ("ticketserver/window/fitting.py", "import socket", "socket"),
    ("ticketserver/sound/aplay.py", "from ticketserver.shared.settings import Settings", "ticketserver.shared"),
    ("ticketserver/sound/chinese.py", "import subprocess", "subprocess"),
    ("hardware/codecs/slip.py", "from hardware.transports.link import Link", "hardware.transports.link"),
    ("hardware/codecs/slip.py", "import serial", "library serial"),
    ("hardware/codecs/slip.py", "open('x')", "open()"),
    ("hardware/transports/serial.py", "from hardware.codecs import slip", "hardware.codecs.slip"),
    ("hardware/devices/printer.py", "from ticketserver.shared.settings import Settings", "ticketserver.shared"),
    ("hardware/devices/printer.py", "from kivy.clock import Clock", "library kivy"),
    ("hardware/bridge/shell.py", "from ticketserver.core.model import Visit", "ticketserver.core.model"),
    ("hardware/bridge/logic.py", "import time", "time"),
    ("hardware/bridge/panels.py", "from ticketserver.shared.settings import Settings", "ticketserver.shared.settings"),
    ("hardware/check/app.py", "from hardware.codecs.slip import encode", "hardware.codecs.slip"),
    ("hardware/sim/printer.py", "from hardware.codecs.slip import encode", "hardware.codecs.slip"),
    ("hardware/sim/box.py", "from hardware.devices.call_box import CallBox", "hardware.devices.call_box"),
    ("kiosk/flow.py", "from kivy.app import App", "library kivy"),
    ("kiosk/flow.py", "import asyncio", "asyncio"),
    ("kiosk/flow.py", "from kiosk.screens.home import Home", "kiosk.screens.home"),
    ("kiosk/flow.py", "from ticketserver.shared.settings import Kiosk", "ticketserver.shared.settings"),
    ("kiosk/io/files.py", "from kiosk import screens", "kiosk.screens"),
    ("display/board.py", "from hardware.codecs.slip import SlipText", "hardware.codecs.slip"),
    ("kiosk/io/printing.py", "import kivy", "library kivy"),
    ("kiosk/screens/home.py", "import socket", "socket"),
    ("kiosk/screens/home.py", "from hardware.devices.printer import Printer", "hardware.devices.printer"),
    ("kiosk/screens/home.py", "App.get_running_app()", "get_running_app"),
    ("display/widgets/call.py", "from ticketserver.client.connection import Client", "ticketserver.client"),
    ("attic/old.py", "x = 1", "no room of the house"),
]


@pytest.mark.parametrize(("path", "source", "complaint"), PLANTED)
def test_a_planted_violation_is_seen(path, source, complaint):
    found = offences(source, path)
    assert any(complaint in line for line in found), found


KEPT = [
    ("ticketserver/core/decide.py", "from ticketserver.core.ids import Ms\nimport enum\nfrom msgspec import Struct"),
    ("ticketserver/core/decide.py", "def due(state):\n    return state.now"),
    ("ticketserver/wire/params.py", "from ticketserver.core.terms import Role\nfrom ticketserver.core import terms"),
    ("ticketserver/store/sqlite.py", "import sqlite3, threading, hashlib\nfrom ticketserver.core.events import Record"),
    ("ticketserver/shared/settings.py", "from urllib.parse import urlsplit"),
    ("hardware/devices/printer.py", "from hardware.codecs.slip import encode\nimport threading"),
    ("kiosk/slip.py", "from hardware.codecs.slip import SlipText\nfrom ticketserver.shared.texts import Texts"),
    ("kiosk/app.py", "import asyncio\nfrom kivy.app import App\nfrom hardware.devices.printer import Printer"),
    ("kiosk/screens/home.py", "from kivy.uix.screenmanager import Screen\nfrom kiosk.model import Tile"),
]


@pytest.mark.parametrize(("path", "source"), KEPT)
def test_what_the_table_allows_passes(path, source):
    assert offences(source, path) == []


def test_every_row_is_reached_by_a_planted_or_kept_file_or_a_wiring_file():
    """A row that stands behind a wider one would never be asked."""
    paths = [path for path, *_ in (*PLANTED, *KEPT)] + ["ticketserver/runner/run.py", "hardware/__init__.py"]
    asked = {id(row_of(path.removesuffix(".py").removesuffix("/__init__").replace("/", "."))) for path in paths}
    unasked = [row.modules for row in TABLE if id(row) not in asked]
    assert unasked == [("display.io*",)], "the row of kiosk.io stands for display.io"
