"""Pages, the server's health, and the same methods for programs that speak HTTP: `aiohttp` on the port of the pages.

| path | answers |
|---|---|
| /clerk | the clerk console; its token comes in the link's fragment and never reaches this server's log |
| /guide | the page of the guide's desk; its token likewise |
| /t/TOKEN, /phone/… | the page of a slip, for the phone of its citizen (phone_page.py) |
| POST /phone/rpc | one JSON-RPC request of a phone, by the token of its slip (phone_rpc.py) |
| /client.json | where the live socket is, languages, the hall's time zone, protocol |
| /texts/LANG.json | the message catalogue of one language |
| /health | 200 and where the hall stands, for whoever watches over it; 503 while it ends |
| POST /rpc | one JSON-RPC request with `Authorization: Bearer TOKEN` of a role (rpc.py) |
"""

import logging
from collections.abc import Awaitable, Callable
from pathlib import Path
from urllib.parse import urlsplit

from aiohttp import web

from ticketserver.server.calls import Calls
from ticketserver.server.desk import HallDesk
from ticketserver.server.phone_page import PhonePage
from ticketserver.server.phone_rpc import PhoneRpc
from ticketserver.server.rpc import Rpc
from ticketserver.server.tokens import Tokens
from ticketserver.shared.texts import LANGUAGES, load_texts
from ticketserver.wire.methods import PROTOCOL

log = logging.getLogger("http")

WEB = Path(__file__).parents[1] / "web"
PAGES = {"/clerk": "clerk.html", "/guide": "guide.html"}
HEADERS = {
    "Cache-Control": "no-cache",
    "Content-Security-Policy": "default-src 'self'; img-src 'self' data:; connect-src 'self' ws: wss:",
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}
MAYBE_BODILESS = ("If-None-Match", "If-Modified-Since", "If-Match", "If-Unmodified-Since", "Range")
"""A file asked for with one of these may be answered without it or in part, and `aiohttp` would compress even that."""
PROXIED_SOCKET = "/live"
"""Where a reverse proxy under the public address leads to the live port."""


class Http:
    """`connections` and `ws_port` are asked of the gateway when they are needed."""

    def __init__(
        self,
        calls: Calls,
        desk: HallDesk,
        tokens: Tokens,
        connections: Callable[[], int],
        ws_port: Callable[[], int],
    ) -> None:
        self._calls = calls
        self._desk = desk
        self._tokens = tokens
        self._connections = connections
        self._ws_port = ws_port
        self._runner: web.AppRunner | None = None
        self.ending = False

    @property
    def port(self) -> int:
        """The port that is really listened on."""
        assert self._runner is not None
        return int(self._runner.addresses[0][1])

    async def start(self) -> None:
        """Raises OSError where the port is taken."""
        server = self._desk.settings.server
        rpc = Rpc(self._calls, self._desk, self._tokens)
        app = web.Application(client_max_size=server.limits.max_message_bytes, middlewares=[_with_headers])
        app.add_routes(
            [
                web.get("/", self._home),
                web.get("/client.json", self._client),
                web.get("/texts/{language}.json", self._texts),
                web.get("/health", self._health),
                web.post("/rpc", rpc.answer),
                web.post("/phone/rpc", PhoneRpc(rpc, self._calls, server.limits).answer),
                *PhonePage(self._desk.settings, self._socket_url).routes(),
                *(web.get(path, _page(name)) for path, name in PAGES.items()),
            ]
        )
        app.router.add_static("/", WEB)
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, server.listen, server.http_port).start()

    async def stop(self) -> None:
        if self._runner is not None:
            await self._runner.cleanup()

    async def _home(self, request: web.Request) -> web.StreamResponse:
        raise web.HTTPFound("/clerk")

    def _socket_url(self, request: web.Request) -> str:
        """The live port as the asker reaches it: beside the public address, or on the same host. A public address with
        the port of the pages is this server itself, with no proxy before it."""
        public = urlsplit(self._desk.settings.hall.public_url)
        asked = urlsplit(f"//{request.host}")
        proxied = public.port != self._desk.settings.server.http_port
        if proxied and public.netloc and (asked.hostname, asked.port) == (public.hostname, public.port):
            scheme = "wss" if public.scheme == "https" else "ws"
            return f"{scheme}://{public.netloc}{public.path.rstrip('/')}{PROXIED_SOCKET}"
        name = asked.hostname or self._desk.settings.server.host
        return f"ws://{f'[{name}]' if ':' in name else name}:{self._ws_port()}"

    async def _client(self, request: web.Request) -> web.Response:
        hall = self._desk.settings.hall
        values = {
            "ws_url": self._socket_url(request),
            "public_url": hall.public_url,
            "languages": list(hall.languages),
            "timezone": hall.timezone,
            "protocol": PROTOCOL,
        }
        return web.json_response(values)

    async def _texts(self, request: web.Request) -> web.Response:
        language = request.match_info["language"]
        if language not in LANGUAGES:
            raise web.HTTPNotFound(text=f"no language {language[:20]}; there are: {', '.join(LANGUAGES)}\n")
        return web.json_response(load_texts(language).sentences)

    async def _health(self, request: web.Request) -> web.Response:
        sequencer = self._calls.line.sequencer
        state = sequencer.state
        values = {
            "status": "ending" if self.ending else "ok",
            "hall": self._desk.settings.hall.id,
            "day": state.plan.day if state.plan else "",
            "phase": state.phase.value,
            "seq": sequencer.seq,
            "durable": sequencer.durable,
            "waiting": state.waiting,
            "connections": self._connections(),
            "time_ms": self._calls.line.now,
        }
        return web.json_response(values, status=503 if self.ending else 200)


def _page(name: str) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    async def page(request: web.Request) -> web.StreamResponse:
        return web.FileResponse(WEB / name)

    return page


@web.middleware
async def _with_headers(
    request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
) -> web.StreamResponse:
    response = await handler(request)
    if isinstance(response, web.FileResponse) and request.method == "GET":
        response.headers["Vary"] = "Accept-Encoding"
        if not any(name in request.headers for name in MAYBE_BODILESS):
            response.enable_compression()
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    return response
