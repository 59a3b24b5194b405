"""Who may import what: the table of the house, and a reader of Python files that holds them to it.

Standard library without side effects is free everywhere. A row names what else its modules may import: packages of
ours, libraries, and modules of the standard library that touch the world (`effects`: all, or these, or none). The first
row whose pattern fits a module is its row; a module without a row is a mistake in itself.

    pure  = no effects at all, and none of open(), print(), input(), datetime.now() and the like
    words = the vocabulary that everyone who may use the wire may use: `core.ids`, `core.terms`
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase

OURS = ("ticketserver", "kiosk", "display", "hardware")
SOCKETS = {
    "ftplib", "http", "select", "selectors", "smtplib", "socket", "socketserver", "ssl", "urllib.request", "xmlrpc",
}  # fmt: skip
EFFECTS = SOCKETS | {
    "asyncio", "concurrent", "ctypes", "fcntl", "fileinput", "getpass", "glob", "importlib", "linecache", "locale",
    "logging", "mmap", "multiprocessing", "os", "pathlib", "platform", "pty", "queue", "random", "runpy", "sched",
    "secrets", "shutil", "signal", "sqlite3", "subprocess", "sys", "syslog", "tempfile", "termios", "threading", "time",
    "tkinter", "tty", "uuid", "warnings", "wave", "webbrowser", "zoneinfo",
}  # fmt: skip
CLOCKS = {"datetime", "date"}
CLOCK_CALLS = {"now", "utcnow", "today"}
WORLD_CALLS = {"open", "print", "input"}
WORDS = ("ticketserver.core.ids", "ticketserver.core.terms")
WIRE = ("ticketserver.wire", *WORDS)


@dataclass(frozen=True)
class Row:
    """One row of the table. In `ours` a leading `!` takes a package out again; `effects` None = all; `never` names
    attributes that must not be used either."""

    modules: tuple[str, ...]
    ours: tuple[str, ...] = ()
    libraries: frozenset[str] = frozenset()
    effects: frozenset[str] | None = frozenset()
    never: frozenset[str] = frozenset()

    @property
    def pure(self) -> bool:
        return self.effects == frozenset()


def but(*left_out: set[str]) -> frozenset[str]:
    """All effects except these."""
    return frozenset(EFFECTS.difference(*left_out))


def libraries(*names: str) -> frozenset[str]:
    return frozenset(names)


KIOSK_PURE = ("kiosk", "!kiosk.screens", "!kiosk.io", "!kiosk.app")
DISPLAY_PURE = ("display", "!display.widgets", "!display.io", "!display.app")
SERVED = ("ticketserver.client", "ticketserver.shared", "ticketserver.sound", *WIRE)
KIOSK_IO = ("hardware.devices", "hardware.codecs.slip", *SERVED)
DISPLAY_IO = ("hardware.devices", *SERVED)
BRIDGE = ("hardware.bridge", "hardware.devices", "ticketserver.client", "ticketserver.shared", *WIRE)

TABLE = (
    Row(("ticketserver.core*",), ("ticketserver.core",), libraries("msgspec")),
    Row(("ticketserver.wire*",), WIRE, libraries("msgspec")),
    Row(("ticketserver.search*",), ("ticketserver.search",), libraries("pypinyin")),
    Row(("ticketserver.store*",), ("ticketserver.store", "ticketserver.core.events", *WORDS), libraries("msgspec"),
        effects=but(SOCKETS)),
    Row(("ticketserver.server.sequencer",), ("ticketserver.core", "ticketserver.wire", "ticketserver.server"),
        libraries("msgspec")),
    Row(("ticketserver.server*",),
        ("ticketserver.core", "ticketserver.wire", "ticketserver.search", "ticketserver.store", "ticketserver.shared",
         "ticketserver.server"),
        libraries("msgspec", "websockets", "aiohttp", "segno"), effects=None),
    Row(("ticketserver.client.session",), ("ticketserver.client", *WIRE), libraries("msgspec")),
    Row(("ticketserver.client*",), ("ticketserver.client", *WIRE), libraries("msgspec", "websockets"), effects=None),
    Row(("ticketserver.shared*",), ("ticketserver.shared",), libraries("msgspec", "fontTools"),
        effects=but(SOCKETS, {"asyncio"})),
    Row(("ticketserver.window*",), ("ticketserver.window", "ticketserver.shared.garbage"), libraries("kivy"),
        effects=but(SOCKETS), never=frozenset({"get_running_app"})),
    Row(("ticketserver.sound.chinese", "ticketserver.sound.english"), (), libraries("pypinyin")),
    Row(("ticketserver.sound*",), ("ticketserver.sound",), libraries("sherpa_onnx"), effects=None),
    Row(("ticketserver.runner*",), ("ticketserver.runner", "ticketserver.shared", "ticketserver.client", *WIRE),
        libraries("msgspec", "PIL"), effects=None),
    Row(("hardware.codecs*",), ("hardware.codecs",)),
    Row(("hardware.transports*",), ("hardware.transports",), libraries("serial", "escpos", "usb", "evdev"),
        effects=None),
    Row(("hardware.devices*",), ("hardware.devices", "hardware.codecs", "hardware.transports"),
        libraries("PIL", "segno"), effects=None),
    Row(("hardware.bridge.logic", "hardware.bridge.ratings"), ("hardware.bridge", "hardware.devices", *WIRE),
        libraries("msgspec")),
    Row(("hardware.bridge.panel_looks", "hardware.bridge.panels"),
        ("hardware.bridge", "hardware.devices", "ticketserver.shared.texts", *WIRE), libraries("msgspec")),
    Row(("hardware.check*",),
        ("hardware.check", "hardware.bridge", "hardware.devices", "hardware.transports", "ticketserver.client",
         "ticketserver.shared", *WIRE), libraries("msgspec"), effects=None),
    Row(("hardware.bridge*",), BRIDGE, libraries("msgspec"), effects=None),
    Row(("hardware.sim*",), ("hardware.sim", "hardware.transports"), libraries("PIL", "segno"), effects=None),
    Row(("kiosk.screens*",), ("kiosk", "!kiosk.io", "!kiosk.app", "ticketserver.window"), libraries("kivy"),
        effects=but(SOCKETS), never=frozenset({"get_running_app"})),
    Row(("display.widgets*",), ("display", "!display.io", "!display.app", "ticketserver.window"), libraries("kivy"),
        effects=but(SOCKETS), never=frozenset({"get_running_app"})),
    Row(("kiosk.io*",), ("kiosk", "!kiosk.screens", "!kiosk.app", *KIOSK_IO), libraries("msgspec"), effects=None),
    Row(("display.io*",), ("display", "!display.widgets", "!display.app", *DISPLAY_IO),
        libraries("msgspec"), effects=None),
    Row(("*.app", "*.__main__"), OURS, libraries("kivy", "msgspec"), effects=None),
    Row(("kiosk*",), (*KIOSK_PURE, "ticketserver.search", "ticketserver.shared.texts", "hardware.codecs.slip", *WIRE),
        libraries("msgspec", "segno")),
    Row(("display*",), (*DISPLAY_PURE, "ticketserver.shared.texts", "ticketserver.sound.chinese", *WIRE),
        libraries("msgspec")),
    Row(("ticketserver", "hardware"), ()),
)  # fmt: skip


@dataclass(frozen=True)
class Used:
    """A name imported from a module, or an attribute or call that a row may forbid."""

    name: str
    line: int
    kind: str = "import"


def row_of(module: str, table: tuple[Row, ...] = TABLE) -> Row | None:
    return next((row for row in table if any(fnmatchcase(module, pattern) for pattern in row.modules)), None)


def module_name(path: str) -> str:
    """`hardware/codecs/slip.py` → `hardware.codecs.slip`; a package's own file has the package's name."""
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def within(name: str, packages: tuple[str, ...] | frozenset[str] | set[str]) -> bool:
    return any(name == package or name.startswith(package + ".") for package in packages)


def permitted(name: str, ours: tuple[str, ...]) -> bool:
    if within(name, {package[1:] for package in ours if package.startswith("!")}):
        return False
    return within(name, ours)


def uses(source: str, module: str, *, package: bool = False) -> Iterator[Used]:
    """Everything imported and called in a file that the table may have a say in, relative imports resolved."""
    tree = ast.parse(source)
    clocks = CLOCKS | {
        alias.asname
        for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module == "datetime"
        for alias in node.names if alias.asname
    }  # fmt: skip
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield Used(alias.name, node.lineno)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                parts = module.split(".")
                parts = parts[: len(parts) - node.level + package]
                base = ".".join([*parts, base] if base else parts)
            for alias in node.names:
                yield Used(f"{base}.{alias.name}", node.lineno)
        elif isinstance(node, ast.Attribute):
            owner = node.value.attr if isinstance(node.value, ast.Attribute) else getattr(node.value, "id", "")
            clock = node.attr in CLOCK_CALLS and owner in clocks
            yield Used(node.attr, node.lineno, "clock" if clock else "attribute")
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            yield Used(node.func.id, node.lineno, "call")


def offences(source: str, path: str, table: tuple[Row, ...] = TABLE) -> list[str]:
    """What a file imports or does against its row, as `path:line: sentence`; empty when it keeps to the table."""
    module = module_name(path)
    row = row_of(module, table)
    if row is None:
        return [f"{path}: in no room of the house; it needs a row in the table"]
    found = []
    for used in uses(source, module, package=path.endswith("__init__.py")):
        if complaint := judge(used, row):
            found.append(f"{path}:{used.line}: {complaint}")
    return found


def judge(used: Used, row: Row) -> str:
    """Why a row forbids this, or nothing."""
    if used.kind == "attribute":
        return f"may not use {used.name}" if used.name in row.never else ""
    if used.kind == "clock":
        return f"is pure and may not ask the clock ({used.name})" if row.pure else ""
    if used.kind == "call":
        return f"is pure and may not call {used.name}()" if row.pure and used.name in WORLD_CALLS else ""
    top = used.name.partition(".")[0]
    if top in OURS:
        # `from package import module` names the module; `from module import Name` its name: either may be allowed.
        return "" if permitted(used.name, row.ours) else f"may not import {used.name}"
    if top in sys.stdlib_module_names or top == "__future__":
        effect = within(used.name, EFFECTS)
        allowed = row.effects is None or not effect or within(used.name, row.effects)
        return "" if allowed else f"may not import {used.name}: it touches the world outside"
    return "" if top in row.libraries else f"may not import the library {top}"
