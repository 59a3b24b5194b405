"""Bytes → commands of a virtual printer, whatever the pieces they come in."""

import pytest

from hardware.sim.printer_lexer import UNKNOWN, Command, Lexer
from tests.hardware.sim.printer_bench import h


def commands(data: bytes, chinese: bool = True) -> list[Command]:
    lexer = Lexer(chinese, chinese, "gbk")
    return [command for byte in data if (command := lexer.feed(byte))]


def text(data: bytes, chinese: bool = True) -> str:
    return "".join(command.text or f"<{command.name}>" for command in commands(data, chinese))


@pytest.mark.parametrize(
    ("frame", "command"),
    [
        ("1B 40", Command("initialise")),
        ("1C 26", Command("chinese_on")),
        ("1C 2E", Command("chinese_off")),
        ("1B 39 01", Command("code", b"\x01")),
        ("1C 21 0C", Command("chinese_size", b"\x0c")),
        ("1D 21 33", Command("size", b"\x33")),
        ("1B 21 30", Command("single_size", b"\x30")),
        ("1B 61 01", Command("align", b"\x01")),
        ("1B 45 01", Command("bold", b"\x01")),
        ("1D 42 01", Command("inverse", b"\x01")),
        ("1B 2D 02", Command("underline", b"\x02")),
        ("1B 64 03", Command("feed_lines", b"\x03")),
        ("1B 4A 20", Command("feed_dots", b"\x20")),
        ("1D 28 6B 04 00 31 41 32 00", Command("symbol", h("31 41 32 00"))),
        ("1D 28 6B 03 00 31 43 06", Command("symbol", h("31 43 06"))),
        ("1D 28 48 06 00 30 30 41 42 43 44", Command("answer", b"00ABCD")),
        ("1D 28 4B 02 00 32 00", Command("nothing", h("32 00"))),
        ("1D 56 42 00", Command("feed_and_cut", b"\x01\x00")),
        ("1D 56 41 08", Command("feed_and_cut", b"\x00\x08")),
        ("1D 56 00", Command("cut", b"\x00")),
        ("1D 56 31", Command("cut", b"\x01")),
        ("1D 49 43", Command("identity", b"\x43")),
        ("1D 61 0E", Command("asb", b"\x0e")),
        ("1D 72 01", Command("queued_status", b"\x01")),
        ("10 04 01", Command("realtime")),
        ("10 05 02", Command("realtime")),
        ("0A", Command("line_feed")),
        ("0D", Command("nothing")),
        ("09", Command("tab")),
        ("41", Command("char", text="A")),
        ("BA C5", Command("char", text="号", wide=True)),
    ],
)
def test_one_frame_is_one_command(frame: str, command: Command) -> None:
    assert commands(h(frame)) == [command]


def test_a_symbol_of_more_than_255_bytes() -> None:
    data = b"1P0" + b"x" * 300
    assert commands(h("1D 28 6B 2F 01") + data) == [Command("symbol", data)]


def test_a_raster_comes_row_by_row_with_its_scale() -> None:
    rows = commands(h("1D 76 30 01 02 00 02 00 AA 55 10 1B") + b"A")
    assert rows == [
        Command("row", h("02 01 AA 55"), "[picture 32×2]"),
        Command("row", h("02 01 10 1B")),
        Command("char", text="A"),
    ]


def test_a_raster_of_nothing() -> None:
    assert commands(h("1D 76 30 00 00 00 02 00") + b"A")[1:] == [Command("char", text="A")]


def test_what_is_no_command_prints_its_rest() -> None:
    assert text(h("1B 7A 41 1D 56 05 42 10 41")) == "<nothing>A<nothing>B<realtime>"


def test_a_single_byte_sign_in_chinese_mode_swallows_what_follows() -> None:
    assert text(b"\x9d\nA") == f"{UNKNOWN}A"
    assert text(b"\x9d\x1b@") == f"{UNKNOWN}@"
    assert text(b"\x9d\n", chinese=False) == "¥<line_feed>"


def test_gb18030_beyond_gbk_is_not_understood() -> None:
    assert text("㙦".encode("gb18030") + b"A") == f"{UNKNOWN * 2}A"
    assert text("䶮".encode("gb18030") + b"A") == f"{UNKNOWN}A"


def test_chinese_mode_switched_and_reset() -> None:
    assert text(h("1C 26 BA C5 1C 2E BA C5 1B 40 BA C5"), chinese=False)[len("<chinese_on>") :] == (
        "号<chinese_off>║┼<initialise>║┼"
    )


@pytest.mark.parametrize(("n", "code"), [(1, "utf-8"), (3, "big5"), (0, "gbk"), (9, "gbk")])
def test_other_codes_of_some_boards(n: int, code: str) -> None:
    assert text(bytes([0x1B, 0x39, n]) + "號A".encode(code)) == "<code>號A"


def test_broken_utf_8() -> None:
    assert text(h("1B 39 01 80 E5 41 42 43")) == f"<code>{UNKNOWN * 2}C"
