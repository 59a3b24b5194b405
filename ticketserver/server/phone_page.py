"""What a citizen's phone loads: the page of a slip, and the hall's words and services in one language.

| path | answers |
|---|---|
| /t/TOKEN | the page, the same for every token: a guess learns nothing here, the live socket alone knows tickets |
| /phone/words/LANG.json | where the socket is, the hall's names and rules, and the sentences of the page |
| /phone/services/LANG.json | of each service: code, everyday name, words it is found by, may a phone add it |

The address of a page is a citizen's secret: nothing keeps a copy, and no other site is told of it or asked for
anything. A service with questions before it (precheck) is added where those can be asked: at a kiosk or the desk.
"""

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path
from string import Template

from aiohttp import web

from ticketserver.shared.settings import Settings
from ticketserver.shared.texts import LANGUAGES, load_texts

PAGE = Path(__file__).parents[1] / "web" / "phone" / "phone.html"
SPOKEN = ("phone.", "terms.call_reason.", "terms.ahead_reason.", "console.waiting.level_")
SHORT = partial(json.dumps, ensure_ascii=False, separators=(",", ":"))
ALONE = "default-src 'self'; img-src data:; connect-src 'self' {socket}; base-uri 'none'; form-action 'none'"


class PhonePage:
    """`socket_url` tells where the live port is for a request."""

    def __init__(self, settings: Settings, socket_url: Callable[[web.Request], str]) -> None:
        self._settings = settings
        self._socket_url = socket_url
        opening = " ".join(load_texts(each)("phone.opening") for each in settings.hall.languages)
        self._page = Template(PAGE.read_text("utf-8")).substitute(opening=opening)

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/t/{token}", self._ticket),
            web.get("/phone/words/{language}.json", self._words),
            web.get("/phone/services/{language}.json", self._services),
        ]

    async def _ticket(self, request: web.Request) -> web.Response:
        response = web.Response(text=self._page, content_type="text/html")
        response.headers["Cache-Control"] = "no-store"
        response.headers["Content-Security-Policy"] = ALONE.format(socket=self._socket_url(request))
        response.enable_compression()
        return response

    async def _words(self, request: web.Request) -> web.Response:
        language, settings = _language(request), self._settings
        queue = settings.queue
        values = {
            "ws_url": self._socket_url(request),
            "hall": getattr(settings.hall, f"name_{language}"),
            "timezone": settings.hall.timezone,
            "languages": list(settings.hall.languages),
            "nearly_ahead": queue.nearly_ahead,
            "calls": queue.calls,
            "comeback_after": queue.comeback_after,
            "check_in": queue.phone_check_in,
            "zones": {
                zone.id: [getattr(zone, f"name_{language}"), getattr(zone, f"area_{language}")]
                for zone in settings.zone
            },
            "texts": {key: text for key, text in load_texts(language).sentences.items() if key.startswith(SPOKEN)},
        }
        return _compressed(values)

    async def _services(self, request: web.Request) -> web.Response:
        language, settings = _language(request), self._settings
        asked_first = {code for check in settings.catalogue.precheck for code in check.services}
        rows: list[list[object]] = []
        for each in settings.catalogue.service:
            found_by = [each.code, getattr(each, f"name_{language}"), *(each.keywords if language == "zh" else ())]
            plain = getattr(each, f"plain_{language}")
            rows.append([each.code, plain, " ".join(found_by).lower(), each.code not in asked_first])
        rows += [[each.id, getattr(each, f"name_{language}"), "", False] for each in settings.purpose]
        return _compressed(rows)


def _language(request: web.Request) -> str:
    """Raises HTTPNotFound."""
    language = request.match_info["language"]
    if language not in LANGUAGES:
        raise web.HTTPNotFound(text=f"no language {language[:20]}; there are: {', '.join(LANGUAGES)}\n")
    return language


def _compressed(values: object) -> web.Response:
    response = web.json_response(values, dumps=SHORT)
    response.enable_compression()
    return response
