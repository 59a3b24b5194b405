"""The ticket server as this machine meets it: both ports, each token that is here, the clock, the disk.

The disk is looked at where the journal's folder is on this machine. The first token that may see the devices' health
asks for it, for the tests that come after.
"""

import asyncio
import json
import shutil
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from hardware.check.parts import Ask, Finding, Trial, Word, note, well, wrong
from ticketserver.client.connection import Client
from ticketserver.client.session import ClientEvent, Connected, Disconnected
from ticketserver.client.tokens import TokenError, read_token, token_file
from ticketserver.core.terms import Role
from ticketserver.shared.settings import Settings
from ticketserver.wire.methods import TOPICS

NAME: Final = "server"
GREETING_S: Final = 4.0
HTTP_S: Final = 4.0
CLOCK_MS: Final = 2_000
FREE_LOW_BYTES: Final = 2_000_000_000
FREE_LEAST_BYTES: Final = 200_000_000
MB: Final = 1_000_000


@dataclass(frozen=True)
class Greeted:
    """How a role was met; `at_ms` is this machine's time when it was."""

    role: Role
    event: ClientEvent | None
    at_ms: int


def tests(ask: Ask) -> list[Trial]:
    return [Trial((NAME,), "", lambda: _socket(ask) + _http(ask.settings) + _disk(ask.settings))]


def _socket(ask: Ask) -> list[Finding]:
    settings, url = ask.settings, ask.settings.server.ws_url
    tokens: dict[Role, str] = {}
    found: list[Finding] = []
    for role in Role:
        if token_file(settings, role).exists():
            try:
                tokens[role] = read_token(settings, role)
            except TokenError as problem:
                found.append(wrong(NAME, "server.token_unread", role=role.value, problem=problem))
    if not tokens:
        return [
            *found,
            *asyncio.run(_reach(settings)),
            note(NAME, "server.no_tokens", folder=settings.server.tokens_dir),
        ]
    greeted = asyncio.run(_greet_all(settings, tokens))
    for each in greeted:
        if isinstance(each.event, Connected):
            ask.known.update((view.device, view) for view in each.event.snapshot.devices)
    live = [each for each in greeted if isinstance(each.event, Connected)]
    if not live and not any(isinstance(each.event, Disconnected) and _refused(each.event) for each in greeted):
        reasons = [each.event.reason for each in greeted if isinstance(each.event, Disconnected)]
        return [*found, wrong(NAME, "server.no_reach", url=url, problem=next(iter(reasons), "-"))]
    return found + _hall(settings, live) + _tokens(greeted)


async def _reach(settings: Settings) -> list[Finding]:
    """Whether anybody listens, where no token says more."""
    server = settings.server
    try:
        async with asyncio.timeout(GREETING_S):
            _, writer = await asyncio.open_connection(server.host, server.ws_port)
    except (OSError, TimeoutError) as error:
        return [wrong(NAME, "server.no_reach", url=server.ws_url, problem=error or type(error).__name__)]
    writer.close()
    return [well(NAME, "server.listens", url=server.ws_url)]


async def _greet_all(settings: Settings, tokens: dict[Role, str]) -> list[Greeted]:
    watcher = next((role for role in tokens if role in TOPICS["devices"][1]), None)
    return await asyncio.gather(
        *(_greet(settings, role, token, ("devices",) if role is watcher else ()) for role, token in tokens.items())
    )


async def _greet(settings: Settings, role: Role, token: str, topics: tuple[str, ...]) -> Greeted:
    """Say hello as a role, without being any device of it."""
    met: asyncio.Future[Greeted] = asyncio.get_running_loop().create_future()

    def on_event(event: ClientEvent) -> None:
        if not met.done():
            met.set_result(Greeted(role, event, time.time_ns() // 1_000_000))

    language = settings.hall.languages[0]
    client = Client(settings.server.ws_url, role, token, locale=language, topics=topics, on_event=on_event)
    work = asyncio.create_task(client.run())
    try:
        async with asyncio.timeout(GREETING_S):
            return await met
    except TimeoutError:
        return Greeted(role, None, 0)
    finally:
        work.cancel()
        await asyncio.gather(work, return_exceptions=True)


def _refused(event: Disconnected) -> bool:
    """Whether somebody answered and said no; a line that cannot be made says so itself."""
    return not event.reason.startswith("cannot reach ")


def _hall(settings: Settings, live: list[Greeted]) -> list[Finding]:
    url = settings.server.ws_url
    found: list[Finding] = []
    for each in live[:1]:
        assert isinstance(each.event, Connected)
        hello = each.event.hello
        if hello.hall_id != settings.hall.id:
            return [wrong(NAME, "server.other_hall", url=url, theirs=hello.hall_id, ours=settings.hall.id)]
        found.append(well(NAME, "server.reached", url=url, phase=Word(f"terms.phase.{hello.hours.phase.value}")))
        apart_ms = hello.server_time_ms - each.at_ms
        apart = {"ms": f"{apart_ms:+d}"}
        near = abs(apart_ms) <= CLOCK_MS
        found.append(well(NAME, "server.clock", **apart) if near else wrong(NAME, "server.clock_apart", **apart))
    return found


def _tokens(greeted: list[Greeted]) -> list[Finding]:
    right = [each.role.value for each in greeted if isinstance(each.event, Connected)]
    found = [well(NAME, "server.tokens", roles=", ".join(right))] if right else []
    for each in greeted:
        if isinstance(each.event, Disconnected):
            found.append(wrong(NAME, "server.token_refused", role=each.role.value, problem=each.event.reason))
        elif each.event is None:
            found.append(wrong(NAME, "server.no_answer", role=each.role.value, seconds=f"{GREETING_S:g}"))
    return found


def _http(settings: Settings) -> list[Finding]:
    url = f"{settings.server.http_url}/health"
    # The server stands in the hall: no proxy of the environment is asked.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(url, timeout=HTTP_S) as answer:
            status = json.load(answer)["status"]
    except (OSError, ValueError, KeyError, TypeError, urllib.error.URLError) as error:
        return [wrong(NAME, "server.no_pages", url=url, problem=error)]
    return [well(NAME, "server.pages", url=settings.server.http_url, status=status)]


def _disk(settings: Settings) -> list[Finding]:
    folder = Path(settings.server.data_dir)
    if not folder.is_dir():
        return []
    free = shutil.disk_usage(folder).free
    values = {"folder": folder, "free_mb": free // MB}
    if free < FREE_LEAST_BYTES:
        return [wrong(NAME, "server.disk_full", **values)]
    if free < FREE_LOW_BYTES:
        return [note(NAME, "server.disk_low", **values)]
    return [well(NAME, "server.disk", **values)]
