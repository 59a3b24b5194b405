"""Every row of the benchmarks: limits first, then the product, with the aim that it has."""

from __future__ import annotations

from tests.bench.figures import Aim, Row
from tests.bench.slips import PACES, aim

WIRE = "closed loop over sockets, server in its own process"
KEY = "last byte of a press on a pty at 57600 to the message at a WebSocket server, a process between"
CONTACT = "a contact of a paced virtual Modbus module closes, to press_key at a WebSocket server, real bridge between"
CALL = "call_next sent by a clerk, real server"
CYCLE = "question to question of each box, boxes that pace every byte in their own process, the real driver here; once"
LOOK = "a new look to its frame's first byte on the line, a bus's thread (turns of 20 ms) and virtual panels"
SLIP = "that slip from its first byte to the printer's word that it is cut, virtual printer that paces bytes and paper;"
SEARCH = "one search of the kiosk, each key of the spoken queries in pinyin,"
SEEN = "on Xvfb, seen in its frame buffer"
PLAYER = "a script that writes into a pipe"
TOUCH = "finger told to touch by X to the button that looks touched, 60 frames a second"
VISITS = "resident memory of a kiosk's window of 270 x 480, all screens drawn, once after"
HALL = "real server process, tokens on, one display and one call box bridge listening"

ROWS = (
    Row("fdatasync", "/s", "append 4 KiB to a file, fdatasync"),
    Row("sqlite_commit_1", "/s", "one row of 1 KB a commit, WAL, synchronous=FULL; rows", "fdatasync"),
    Row("sqlite_commit_64", "/s", "64 rows of 1 KB a commit, WAL, synchronous=FULL; rows", "fdatasync"),
    Row("ws_echo_1", "/s", f"websockets echo, 1 client, {WIRE}"),
    Row("ws_echo_64", "/s", f"websockets echo, 64 clients, {WIRE}"),
    Row("bare_take_1", "/s", f"decode, number, group commit, answer; no rules; 1 client, {WIRE}", "sqlite_commit_1"),
    Row("bare_take_64", "/s", f"the same with 64 clients, {WIRE}", "ws_echo_64"),
    Row("issue_1", "/s", f"issue_ticket, 1 client, fresh hall a round; {HALL}", aim=Aim(2, "bare_take_1", "p50_ms")),
    Row("issue_16", "/s", f"issue_ticket, 16 clients; {HALL}", "bare_take_64"),
    Row("issue_64", "/s", f"issue_ticket, 64 clients; {HALL}", aim=Aim(0.35, "bare_take_64", least=True)),
    Row("ws_broadcast_200", "ms", "websockets broadcast: request to the last of 200 sockets that has 400 bytes"),
    Row("call_to_200", "ms", "call_next to the last of 200 boards told of it", aim=Aim(3, "ws_broadcast_200")),
    Row("call_100", "ms", f"call_next with 100 waiting, kept constant; {HALL}"),
    Row("call_1000", "ms", f"call_next with 1,000 waiting; {HALL}", "call_100"),
    Row("call_10000", "ms", f"call_next with 10,000 waiting; {HALL}", aim=Aim(1.5, "call_100")),
    Row("call_to_phones", "ms", f"{CALL} in a quiet hall, to the last of 1,000 phones told", aim=Aim(1, number=1000)),
    Row("call_by_phones", "ms", f"call_next with 1,000 waiting and their 1,000 phones; {HALL}", "call_1000"),
    Row("phone_bytes", "B", "all that a phone loads for a slip's page, heads included", aim=Aim(1, number=60_000)),
    Row("bare_frame", "ms", f"a WebSocket server's message to a bare Kivy window's new colour, {SEEN}"),
    Row("call_to_frame", "ms", f"{CALL}, to the call on a display with 10 others, {SEEN}",
        aim=Aim(1, of="p99_ms", number=200)),
    Row("call_over_film", "ms", "call_to_frame while a film of 1920 x 1080 plays (H.264, 25 a second, 6 Mbit/s)",
        aim=Aim(1, of="p99_ms", number=200)),
    Row("bare_voice", "ms", f"that server's message to the start of a player by that window, {PLAYER}"),
    Row("call_to_voice", "ms", f"{CALL}, to the start of the display's player, {PLAYER}",
        aim=Aim(1, of="p99_ms", number=200)),
    Row("bare_board", "ms", f"process start to one button, bare Kivy of a call screen's size, {SEEN}"),
    Row("display_on", "ms", f"process start to the first picture with the server's 10 calls, both real, {SEEN}",
        aim=Aim(1, number=1000)),
    Row("display_back", "ms", f"a server started anew answers hello, to the mark gone and its calls there, {SEEN}",
        aim=Aim(1, number=1000)),
    Row("decide_100", "ms", "the core alone: call_next decided, applied and checked, 100 waiting"),
    Row("decide_10000", "ms", "the same with 10,000 waiting", aim=Aim(1.2, "decide_100")),
    Row("bare_press", "ms", f"{KEY}: pyserial and websockets, nothing else"),
    Row("press_ub485", "ms", f"{KEY}: the real bridge, press to press_key", aim=Aim(4, "bare_press")),
    Row("press_rtu_3", "ms", f"{CONTACT}; 3 modules at 9600 in turn", aim=Aim(1, "cycle_rtu_3")),
    Row("call_told", "ms", f"{CALL}, to counter_changed at a bare socket"),
    Row("call_to_panel", "ms", f"{CALL} and bridge, to the number's first byte at an LED-485", aim=Aim(1, number=40)),
    Row("cycle_rtu_3", "ms", f"{CYCLE}: 3 Modbus modules of 8 inputs at 9600", aim=Aim(1, number=100)),
    Row("cycle_rtu_14", "ms", f"{CYCLE}: 14 Modbus modules of 8 inputs at 115200", aim=Aim(1, number=100)),
    Row("cycle_tcp", "ms", f"{CYCLE}: 1 Modbus TCP module of 8 inputs", aim=Aim(1, number=100)),
    Row("cycle_ub485_16", "ms", f"{CYCLE}: 16 UB485 boxes at 57600", aim=Aim(1, number=100)),
    Row("look_led485", "ms", f"{LOOK} of LED-485", aim=Aim(1, number=25)),
    Row("look_bx", "ms", f"{LOOK} of BX", aim=Aim(1, number=25)),
    Row("slip_bytes", "B", "a slip of one service with QR, Chinese, 80 mm, as sent to the printer"),
    *(Row(name, "ms", f"{SLIP} {at.baud} baud, {at.speed_mm_s} mm/s", aim=aim(name)) for name, at in PACES.items()),
    Row("search_143", "ms", f"{SEARCH} the shipped catalogue", aim=Aim(1, number=10)),
    Row("search_2000", "ms", f"{SEARCH} 2,000 services joined of halves of the shipped", aim=Aim(1, number=30)),
    Row("bare_window", "ms", f"process start to one button, bare Kivy, {SEEN}"),
    Row("kiosk_start", "ms", f"process start to the first screen, kiosk and server, {SEEN}", aim=Aim(1, number=5000)),
    Row("bare_touch", "ms", f"{TOUCH}: bare Kivy with one button, {SEEN}"),
    Row("kiosk_touch", "ms", f"{TOUCH}: a tile of the kiosk, {SEEN}", aim=Aim(1, of="p99_ms", number=100)),
    Row("kiosk_screen", "ms", f"release of a button to the next screen, {SEEN}", aim=Aim(1, of="p99_ms", number=300)),
    Row("bare_byte", "ms", "pyserial's write to the other end of a pseudo-terminal, a thread between"),
    Row("kiosk_byte", "ms", "release of 取号 to the slip's first byte on the printer's line; real server and kiosk",
        aim=Aim(1, of="p99_ms", number=500)),
    Row("kiosk_rss_100", "MB", f"{VISITS} 100 visits"),
    Row("kiosk_rss_1000", "MB", f"{VISITS} 1,000 visits; minutes", aim=Aim(1.02, "kiosk_rss_100")),
    Row("replay_100k", "/s", "events of a day of 100,000 through boot.replay_all", aim=Aim(1, number=1e5, least=True)),
    Row("server_start", "ms", "process start to the answer to hello, with a day of 40,000 events"),
    Row("server_rss", "MB", "resident memory after 5,000 visits, 200 subscribers; once", aim=Aim(1, number=80)),
)  # fmt: skip
NAMES = tuple(row.name for row in ROWS)
