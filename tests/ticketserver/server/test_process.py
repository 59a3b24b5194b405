"""`python -m ticketserver` as a process: killed and started again, twice on one file, on damaged files, ended."""

import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from tests.ports import free_port
from tests.ticketserver.server.servers import REQUESTS, SAMPLE, TOKENS
from ticketserver.__main__ import main
from ticketserver.server.asked_days import asked_path
from ticketserver.shared.settings import load_settings

ROOT = Path(__file__).resolve().parents[3]
WAIT_S = 60


@pytest.fixture
def config(tmp_path):
    """The sample hall with its files in a folder of its own and ports nobody uses."""
    text = SAMPLE.read_text("utf-8")
    text = text.replace('catalogue = "catalogue.toml"', f'catalogue = "{SAMPLE.parent / "catalogue.toml"}"')
    text = text.replace('"run/data"', f'"{tmp_path}/data"').replace('"run/tokens"', f'"{tmp_path}/tokens"')
    text = text.replace("ws_port = 8765", f"ws_port = {free_port()}")
    text = text.replace("http_port = 8080", f"http_port = {free_port()}")
    file = tmp_path / "hall.toml"
    file.write_text(text, "utf-8")
    return file


class Process:
    def __init__(self, config, *options):
        self.port = int(config.read_text("utf-8").split("http_port = ")[1].split()[0])
        self.tokens = config.parent / "tokens"
        self.log = (config.parent / "log").open("w+b")
        argv = [sys.executable, "-m", "ticketserver", "--config", str(config), *options]
        self.process = subprocess.Popen(argv, cwd=ROOT, stdout=self.log, stderr=self.log)

    def fetch(self, path, body=None):
        headers = {"Authorization": "Bearer " + (self.tokens / "kiosk").read_text().strip()} if body else {}
        asked = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", data=body, headers=headers)
        with urllib.request.urlopen(asked, timeout=WAIT_S) as answer:
            return json.load(answer)

    def until_up(self):
        deadline = time.monotonic() + WAIT_S
        while True:
            try:
                return self.fetch("/health")
            except (urllib.error.URLError, ConnectionError):
                assert self.process.poll() is None, self.said()
                assert time.monotonic() < deadline, self.said()
                time.sleep(0.02)

    def issue(self, request_id, token):
        day = self.fetch("/health")["day"]
        params = {"request_id": request_id, "token": token, "day": day, "services": [{"service": "ARC-01"}]}
        request = {"jsonrpc": "2.0", "id": 1, "method": "issue_ticket", "params": params}
        return self.fetch("/rpc", json.dumps(request).encode())["result"]

    def end(self, number=signal.SIGTERM):
        self.process.send_signal(number)
        return self.process.wait(WAIT_S)

    def said(self):
        self.log.seek(0)
        return self.log.read().decode()


@pytest.fixture
def start(config):
    made = []

    def starting(*options):
        made.append(Process(config, *options))
        return made[-1]

    yield starting
    for process in made:
        if process.process.poll() is None:
            process.process.kill()
            process.process.wait()
        process.log.close()


def run(capsys, *arguments):
    code = main(list(map(str, arguments)))
    said = capsys.readouterr()
    return code, said.out + said.err


def test_killed_it_goes_on_where_it_was(start, config, capsys):
    server = start("--open-now")
    server.until_up()
    request, token = next(REQUESTS), next(TOKENS)
    first = server.issue(request, token)
    assert server.end(signal.SIGKILL) == -signal.SIGKILL
    again = start("--open-now")
    again.until_up()
    assert again.issue(request, token) == first
    assert again.issue(next(REQUESTS), next(TOKENS))["number"] == "A002"
    assert again.end() == 0
    code, said = run(capsys, "verify", "--config", config)
    assert code == 0
    assert "4 records" in said


def test_a_second_server_on_the_same_file_is_refused_and_says_whose_it_is(start):
    first = start("--open-now")
    first.until_up()
    second = start("--open-now")
    assert second.process.wait(WAIT_S) == 2
    assert str(first.process.pid) in second.said()
    assert "另一个服务器" in second.said()
    assert first.end() == 0


def test_a_taken_port_is_named(start, config):
    ws_port = int(config.read_text("utf-8").split("ws_port = ")[1].split()[0])
    with socket.create_server(("127.0.0.1", ws_port)):
        server = start("--open-now")
        assert server.process.wait(WAIT_S) == 1
    assert "ws_port" in server.said()


def test_a_damaged_journal_stops_the_start_and_is_not_touched(start, config):
    server = start("--open-now")
    server.until_up()
    server.issue(next(REQUESTS), next(TOKENS))
    assert server.end() == 0
    journal = config.parent / "data" / "hall.sqlite3"
    with sqlite3.connect(journal) as connection:
        connection.execute("UPDATE journal SET payload = CAST(replace(payload, 'A001', 'A007') AS BLOB) WHERE seq = 2")
    connection.close()
    before = journal.read_bytes()
    again = start("--open-now")
    assert again.process.wait(WAIT_S) == 2
    assert f"{journal} is damaged at record 2" in again.said()
    assert "put the last backup in its place" in again.said()
    assert journal.read_bytes() == before


def test_an_empty_journal_file_is_not_taken_for_a_new_one(start, config):
    (config.parent / "data").mkdir()
    (config.parent / "data" / "hall.sqlite3").touch()
    server = start("--open-now")
    assert server.process.wait(WAIT_S) == 2
    assert "Put the last backup in its place" in server.said()


def test_bad_settings_are_named_by_line(start, config):
    text = config.read_text("utf-8").replace("cap = 5", "cap = 0")
    config.write_text(text, "utf-8")
    line = text[: text.index("cap = 0")].count("\n") + 1
    server = start()
    assert server.process.wait(WAIT_S) == 1
    assert f"line {line}" in server.said()
    assert "queue.cap" in server.said()


def test_tokens_are_for_their_owner_only(start, config):
    server = start("--open-now")
    server.until_up()
    tokens = config.parent / "tokens"
    assert {file.name for file in tokens.iterdir()} >= {"kiosk", "clerk", "display", "bridge", "supervisor"}
    assert not (tokens / "phone").exists()
    assert {file.stat().st_mode & 0o777 for file in tokens.iterdir()} == {0o600}
    assert os.stat(config.parent / "data" / "hall.sqlite3").st_mode & 0o077 == 0
    server.end()


def test_a_link_has_the_roles_token(start, config, capsys):
    code, said = run(capsys, "link", "clerk", "--config", config)
    assert code == 1
    assert "start it first" in said
    server = start("--open-now")
    server.until_up()
    token = (config.parent / "tokens" / "clerk").read_text().strip()
    assert run(capsys, "link", "clerk", "--config", config) == (
        0, f"http://127.0.0.1:{server.port}/clerk#token={token}\n",
    )  # fmt: skip
    assert "&role=supervisor" in run(capsys, "link", "supervisor", "--config", config)[1]
    server.end()


def test_a_backup_is_made_while_the_server_runs(start, config, capsys, tmp_path):
    server = start("--open-now")
    server.until_up()
    server.issue(next(REQUESTS), next(TOKENS))
    target = tmp_path / "copy" / "hall.sqlite3"
    code, said = run(capsys, "backup", target, "--config", config)
    assert code == 2
    assert "could not be copied" in said
    target.parent.mkdir()
    assert run(capsys, "backup", target, "--config", config)[0] == 0
    with sqlite3.connect(target) as copy:
        assert copy.execute("SELECT count(*) FROM journal").fetchone() == (2,)
    copy.close()
    assert not target.with_name("hall.sqlite3.asked.json").exists()
    server.end()


def test_what_the_hall_has_learned_is_backed_up_beside_the_journal_and_can_be_put_back(start, config, capsys, tmp_path):
    server = start("--open-now")
    server.until_up()
    asked = asked_path(load_settings(config))
    asked.write_text('{"2026-11-23": {"ARC-01": 7}}')
    target, beside = tmp_path / "hall.sqlite3", tmp_path / "hall.sqlite3.asked.json"
    code, said = run(capsys, "backup", target, "--config", config)
    assert (code, beside.read_bytes()) == (0, asked.read_bytes())
    assert str(beside) in said
    asked.unlink()
    beside.rename(asked)
    assert run(capsys, "backup", target, "--config", config)[0] == 0
    beside.unlink()
    beside.mkdir()
    code, said = run(capsys, "backup", target, "--config", config)
    assert code == 1
    assert "could not be copied to" in said
    assert target.exists()
    server.end()


def test_check_names_mistakes_and_praises_a_sound_file(config, capsys):
    code, said = run(capsys, "check", config)
    assert code == 0
    assert "30 counters, 143 services" in said
    config.write_text(config.read_text("utf-8").replace('zone = "talent"', 'zone = "nowhere"'), "utf-8")
    code, said = run(capsys, "check", config)
    assert code == 1
    assert "nowhere" in said


def test_a_verb_that_does_not_exist_is_explained(capsys):
    with pytest.raises(SystemExit) as ended:
        main(["link", "pilot", "--config", "x"])
    assert ended.value.code == 2
    assert "clerk" in capsys.readouterr().err
