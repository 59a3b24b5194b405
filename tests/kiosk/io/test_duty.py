"""What the duty menu wants, done on a real disk and network: and the log's last lines."""

import asyncio
import logging

import msgspec
import pytest

from kiosk import duty_events as d
from kiosk.io.duty import DutyRoom, own_address
from kiosk.io.from_threads import FromThreads
from kiosk.io.hall import kiosk_of
from kiosk.io.pin import pin_file, set_pin
from kiosk.io.printers import rolls_dir
from kiosk.io.recent_log import KEPT, LONGEST, RecentLog
from ticketserver.shared.settings import load_settings
from ticketserver.shared.texts import HERE

WAIT_S = 30


@pytest.fixture
def settings(tmp_path):
    loaded = load_settings(HERE.parent / "sample" / "hall.toml")
    server = msgspec.structs.replace(loaded.server, tokens_dir=str(tmp_path / "run" / "tokens"))
    return msgspec.structs.replace(loaded, server=server)


@pytest.fixture
def recent():
    made = RecentLog()
    logger = logging.getLogger("kiosk")
    logger.addHandler(made)
    yield made
    logger.removeHandler(made)


async def told(room, wish):
    answer = asyncio.get_running_loop().create_future()
    room.do(wish, answer.set_result)
    async with asyncio.timeout(WAIT_S):
        return await answer


@pytest.fixture
def restarts():
    return []


@pytest.fixture
def room(settings, recent, restarts):
    return DutyRoom(settings, kiosk_of(settings, "kiosk1"), recent, lambda: restarts.append(1))


async def test_a_pin_is_checked_and_a_wrong_one_is_logged(room, settings, recent):
    assert await told(room, d.CheckPin("")) == d.PinChecked(d.PinVerdict.UNSET)
    set_pin(pin_file(settings), "4821")
    assert await told(room, d.CheckPin("4822")) == d.PinChecked(d.PinVerdict.WRONG)
    assert await told(room, d.CheckPin("4821")) == d.PinChecked(d.PinVerdict.RIGHT)
    assert [line for _, line in recent.lines()] == ["duty menu: wrong PIN", "duty menu: right PIN"]


async def test_a_new_roll_is_the_same_word_as_that_of_the_command(room, settings):
    assert await told(room, d.SayRoll()) == d.RollSaid(done=True)
    assert [each.name for each in rolls_dir(settings).iterdir()] == ["printer1.changed"]


async def test_a_disk_that_takes_nothing_is_told(room, settings, recent):
    rolls_dir(settings).parent.mkdir(parents=True)
    rolls_dir(settings).write_text("", "ascii")
    assert await told(room, d.SayRoll()) == d.RollSaid(done=False)
    lines = (await told(room, d.ReadLog())).lines
    assert lines[-1][1].startswith("a new roll could not be noted: ")
    assert lines == recent.lines()


async def test_who_this_is(room, settings):
    rows = dict((await told(room, d.ReadAbout())).rows)
    assert rows["server"] == settings.server.ws_url
    assert rows["config"] == settings.file
    assert rows["address"] == "127.0.0.1"
    assert rows["version"]


def test_without_a_way_to_the_server_there_is_no_address():
    assert own_address("no-such-host.invalid", 1) == ""


async def test_a_restart_is_handed_on(room, restarts):
    room.do(d.Restart(), lambda _: None)
    assert restarts == [1]


def test_the_log_keeps_the_last_lines_short_and_without_tracebacks(recent):
    log = logging.getLogger("kiosk")
    for no in range(KEPT + 5):
        log.warning("line %d\n %s", no, "x" * 300)
    try:
        raise OSError("gone")
    except OSError:
        log.exception("the printer's thread")
    lines = [line for _, line in recent.lines()]
    assert len(lines) == KEPT
    assert lines[0].startswith("line 6 xxx")
    assert len(lines[0].replace(" ", "")) <= LONGEST
    assert max(len(word) for word in lines[0].split()) == 34
    assert lines[-1] == "the printer's thread: OSError: gone"


def test_of_kivy_only_what_went_wrong(recent):
    for name, say in (("kivy", logging.INFO), ("kivy", logging.WARNING), ("client", logging.INFO)):
        recent.handle(logging.LogRecord(name, say, "", 0, "%s %d", (name, say), None))
    assert [line for _, line in recent.lines()] == ["kivy 30", "client 20"]


async def test_threads_reach_the_loop_and_their_first_error_ends_it():
    heard = []
    threads = FromThreads(heard.append)
    await asyncio.to_thread(threads.tell, "event")
    await asyncio.to_thread(threads.failed, OSError("first"))
    await asyncio.to_thread(threads.failed, OSError("second"))
    with pytest.raises(OSError, match="first"):
        await threads.failure
    assert heard == ["event"]
