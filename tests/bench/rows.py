"""Every row of the benchmarks: limits first, then the product, with the aim that it has."""

from __future__ import annotations

from tests.bench.figures import Aim, Row

WIRE = "closed loop over sockets, server in its own process"
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
    Row("decide_100", "ms", "the core alone: call_next decided, applied and checked, 100 waiting"),
    Row("decide_10000", "ms", "the same with 10,000 waiting", aim=Aim(1.2, "decide_100")),
    Row("replay_100k", "/s", "events of a day of 100,000 through boot.replay_all", aim=Aim(1, number=1e5, least=True)),
    Row("server_start", "ms", "process start to the answer to hello, with a day of 40,000 events"),
    Row("server_rss", "MB", "resident memory after 5,000 visits, 200 subscribers; once", aim=Aim(1, number=80)),
)  # fmt: skip
NAMES = tuple(row.name for row in ROWS)
