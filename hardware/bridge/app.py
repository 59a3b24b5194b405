"""`python -m hardware bridge --config hall.toml`: the process at the counters, an ordinary client of the server."""

import argparse
import asyncio
import logging
import secrets
import signal
import sys
from pathlib import Path

from hardware.bridge.buses import BadBus, NamedBus, counters_of, make_buses
from hardware.bridge.shell import Bridge, PortFailure
from ticketserver.client.connection import Client
from ticketserver.client.tokens import TokenError, read_token
from ticketserver.core.terms import Role
from ticketserver.shared.settings import Settings, SettingsError, load_settings
from ticketserver.shared.texts import Texts, load_texts

log = logging.getLogger("bridge")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.description = "Call boxes of a hall, connected to its server"
    parser.add_argument("--config", type=Path, required=True, help="hall.toml")


def run(args: argparse.Namespace) -> int:
    """Serve the boxes of `args.config` until ended; → exit status."""
    logging.basicConfig(stream=sys.stderr, level=logging.INFO, format="%(asctime)s bridge: %(message)s")
    try:
        settings = load_settings(args.config)
    except SettingsError as error:
        print(error, file=sys.stderr)
        return 2
    texts = load_texts(settings.hall.languages[0])
    try:
        buses = make_buses(settings)
    except BadBus as error:
        log.error(texts("box.bridge.bad_bus", file=settings.file, bus=error.bus, problem=error))
        return 2
    if not buses:
        log.error(texts("box.bridge.no_boxes", file=settings.file))
        return 2
    try:
        token = read_token(settings, Role.BRIDGE)
    except TokenError as error:
        log.error(texts("box.bridge.bad_token", problem=error))
        return 2
    try:
        asyncio.run(serve(settings, buses, texts, token))
    except PortFailure:
        return 1
    return 0


async def serve(settings: Settings, buses: list[NamedBus], texts: Texts, token: str) -> None:
    """Serve until SIGTERM, SIGINT or cancelled; raises `PortFailure`."""
    bridge = Bridge(buses, secrets.token_hex(4), texts)
    counters = sorted(set(counters_of(buses).values()))
    client = Client(
        settings.server.ws_url,
        Role.BRIDGE,
        token,
        device="bridge",
        locale=settings.hall.languages[0],
        topics=("counters",),
        counters=counters,
        on_event=bridge.on_event,
    )
    log.info(texts("box.bridge.started", buses=len(buses), boxes=sum(len(bus.counters) for bus in buses)))
    loop = asyncio.get_running_loop()
    work = asyncio.gather(bridge.run(client), client.run())
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, work.cancel)
    try:
        await work
    except asyncio.CancelledError:
        pass
