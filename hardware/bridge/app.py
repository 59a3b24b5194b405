"""`python -m hardware bridge --config hall.toml`: what stands at the counters, as one ordinary client of the server."""

import argparse
import asyncio
import logging
import secrets
import signal
import sys
from pathlib import Path

from hardware.bridge.buses import slow_cycle_ms, try_lines
from hardware.bridge.lines import Line
from hardware.bridge.shell import Bridge, PortFailure
from ticketserver.client.connection import Client
from ticketserver.client.tokens import TokenError, read_token
from ticketserver.core.terms import Role
from ticketserver.shared.settings import Settings, SettingsError, load_settings
from ticketserver.shared.texts import Texts, load_texts

log = logging.getLogger("bridge")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.description = "What stands at the counters of a hall, connected to its server"
    parser.add_argument("--config", type=Path, required=True, help="hall.toml")


def run(args: argparse.Namespace) -> int:
    """Serve the devices of `args.config` until ended; → exit status."""
    logging.basicConfig(stream=sys.stderr, level=logging.INFO, format="%(asctime)s bridge: %(message)s")
    try:
        settings = load_settings(args.config)
    except SettingsError as error:
        print(error, file=sys.stderr)
        return 2
    texts = load_texts(settings.hall.languages[0])
    lines, bad = try_lines(settings)
    for problem in bad:
        # The others are not to suffer for it.
        log.error(texts("box.bridge.bad_bus", file=settings.file, bus=problem.line, problem=problem))
    if not lines and bad:
        return 2
    if not lines:
        log.error(texts("box.bridge.nothing", file=settings.file))
        return 2
    for line in lines:
        if (cycle_ms := slow_cycle_ms(line)) is not None:
            log.warning(texts("box.bridge.slow_line", line=line.id, cycle=round(cycle_ms)))
    try:
        token = read_token(settings, Role.BRIDGE)
    except TokenError as error:
        log.error(texts("box.bridge.bad_token", problem=error))
        return 2
    try:
        asyncio.run(serve(settings, lines, texts, token))
    except PortFailure:
        return 1
    return 0


async def serve(settings: Settings, lines: list[Line], texts: Texts, token: str) -> None:
    """Serve until SIGTERM, SIGINT or cancelled; raises `PortFailure`."""
    bridge = Bridge(lines, secrets.token_hex(4), texts, places_of(settings), settings.queue.rating_ms)
    client = Client(
        settings.server.ws_url,
        Role.BRIDGE,
        token,
        device="bridge",
        locale=settings.hall.languages[0],
        topics=("counters",),
        counters=sorted(bridge.counters),
        on_event=bridge.on_event,
    )
    log.info(texts("box.bridge.started", lines=len(lines), devices=sum(len(line.devices) for line in lines)))
    loop = asyncio.get_running_loop()
    tasks = [asyncio.create_task(bridge.run(client)), asyncio.create_task(client.run())]
    work = asyncio.gather(*tasks)
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, work.cancel)
    try:
        await work
    except asyncio.CancelledError:
        pass
    finally:
        # The first that ends is enough for `gather`; the other has threads to end, and must not be cut short in that.
        for task in tasks:
            if not task.cancelling():
                task.cancel()
        await asyncio.wait(tasks)


def places_of(settings: Settings) -> dict[int, str]:
    """counter → the name of its zone in the hall's first language, as panels show it."""
    english = settings.hall.languages[0] == "en"
    names = {zone.id: zone.name_en if english else zone.name_zh for zone in settings.zone}
    return {counter.number: names[counter.zone] for counter in settings.counter}
