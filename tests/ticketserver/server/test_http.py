"""Pages, health and POST /rpc."""

import json

import aiohttp
import pytest
from msgspec.structs import replace

from tests.ticketserver.server.servers import TOKENS, running, settings_in
from ticketserver.shared.settings import Limits


def headers(hall, role="integrator"):
    return {"Authorization": f"Bearer {hall.token(role)}", "X-Device": "portal"}


async def post(hall, body, **options):
    async with aiohttp.ClientSession() as http, http.post(f"{hall.http}/rpc", data=body, **options) as answer:
        return answer.status, await answer.json()


async def fetch(hall, path, **options):
    async with aiohttp.ClientSession() as http, http.get(hall.http + path, **options) as answer:
        return answer, await answer.read()


def request(method, params):
    return json.dumps({"jsonrpc": "2.0", "id": "x1", "method": method, "params": params})


async def test_the_console_is_served_with_its_parts(tmp_path):
    async with running(settings_in(tmp_path)) as hall:
        answer, body = await fetch(hall, "/clerk")
        assert answer.status == 200
        assert b"clerk.js" in body
        assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
        for path in ("/clerk.js", "/console.css", "/wire.js"):
            assert (await fetch(hall, path))[0].status == 200
        home, _ = await fetch(hall, "/", allow_redirects=False)
        assert home.headers["Location"] == "/clerk"
        assert (await fetch(hall, "/../server/tokens.py"))[0].status == 404
        assert (await fetch(hall, "/nothing"))[0].status == 404


async def test_a_page_learns_where_the_socket_is(tmp_path):
    settings = settings_in(tmp_path)
    public = replace(settings, hall=replace(settings.hall, public_url="https://hall.example/"))
    async with running(public) as hall:
        async with aiohttp.ClientSession() as http:
            async with http.get(f"{hall.http}/client.json") as own:
                client = await own.json()
            async with http.get(f"{hall.http}/client.json", headers={"Host": "hall.example"}) as proxied:
                outside = await proxied.json()
            async with http.get(f"{hall.http}/client.json", headers={"Host": "[::1]:8080"}) as six:
                inside = await six.json()
        assert client["ws_url"] == hall.url
        assert (client["languages"], client["timezone"]) == (["zh", "en"], settings.hall.timezone)
        assert outside["ws_url"] == "wss://hall.example/live"
        assert inside["ws_url"] == f"ws://[::1]:{hall.server.gateway.port}"


async def test_texts_of_both_languages_and_no_other(tmp_path):
    async with running(settings_in(tmp_path)) as hall, aiohttp.ClientSession() as http:
        for language in ("zh", "en"):
            async with http.get(f"{hall.http}/texts/{language}.json") as answer:
                assert "errors.nobody_waiting" in await answer.json()
        async with http.get(f"{hall.http}/texts/fr.json") as answer:
            assert answer.status == 404
            assert "zh, en" in await answer.text()


async def test_health_says_where_the_hall_stands(tmp_path):
    async with running(settings_in(tmp_path)) as hall, aiohttp.ClientSession() as http, hall.talk("kiosk") as kiosk:
        await kiosk.issue("ARC-01")
        async with http.get(f"{hall.http}/health") as answer:
            health = await answer.json()
        assert answer.status == 200
        assert (health["status"], health["phase"], health["waiting"], health["connections"]) == ("ok", "calling", 1, 1)
        assert health["seq"] == health["durable"] == 2
        hall.server.http.ending = True
        async with http.get(f"{hall.http}/health") as answer:
            assert answer.status == 503


async def test_an_integrator_takes_a_number_over_http(tmp_path):
    async with running(settings_in(tmp_path)) as hall, hall.talk("kiosk") as kiosk:
        params = {"request_id": "portal-00001", "token": next(TOKENS), "day": kiosk.day,
                  "services": [{"service": "ARC-01"}]}  # fmt: skip
        status, answer = await post(hall, request("issue_ticket", params), headers=headers(hall))
        assert status == 200
        assert (answer["id"], answer["result"]["number"]) == ("x1", "A001")
        assert await post(hall, request("issue_ticket", params), headers=headers(hall)) == (200, answer)
        status, found = await post(hall, request("find_request", {"request_id": "portal-00001"}), headers=headers(hall))
        assert found["result"]["number"] == "A001"


async def test_a_refusal_comes_in_the_asked_language(tmp_path):
    async with running(settings_in(tmp_path)) as hall:
        english = {**headers(hall), "Accept-Language": "en-GB,en"}
        status, answer = await post(hall, request("get_ticket", {"token": "A" * 22}), headers=english)
        assert status == 200
        assert answer["error"]["data"]["code"] == "unknown_ticket"
        assert "not found" in answer["error"]["message"]


async def test_what_needs_a_socket_is_refused(tmp_path):
    async with running(settings_in(tmp_path)) as hall:
        for method, params in (
            ("subscribe", {"topics": ["board"]}),
            ("hello", {"protocol": 1, "role": "integrator"}),
        ):
            _, answer = await post(hall, request(method, params), headers=headers(hall))
            assert answer["error"]["data"]["code"] == "not_allowed"


@pytest.mark.parametrize("value", [None, "Bearer wrong", "Basic x", "Bearer"])
async def test_without_a_token_nothing_is_done(tmp_path, value):
    async with running(settings_in(tmp_path)) as hall:
        sent = {"Authorization": value} if value else {}
        status, answer = await post(hall, request("list_visits", {}), headers=sent)
        assert status == 401
        assert answer["error"]["data"]["code"] == "wrong_token"


async def test_bad_bodies_are_answered(tmp_path):
    async with running(settings_in(tmp_path, Limits(max_message_bytes=2_000))) as hall:
        status, answer = await post(hall, "{", headers=headers(hall))
        assert (status, answer["error"]["code"]) == (400, -32700)
        status, answer = await post(hall, "[]", headers=headers(hall))
        assert (status, answer["error"]["code"]) == (400, -32600)
        status, answer = await post(hall, "x" * 3_000, headers=headers(hall))
        assert (status, answer["error"]["data"]["code"]) == (413, "too_large")


async def test_files_travel_compressed_where_the_asker_can_and_whole_where_that_is_safe(tmp_path):
    """All over one connection: a body that does not belong there would spoil the answer after it."""
    packed = {"Accept-Encoding": "gzip"}
    plain = {"Accept-Encoding": "identity"}
    async with running(settings_in(tmp_path)) as hall, aiohttp.ClientSession() as http:

        async def get(headers):
            async with http.get(f"{hall.http}/wire.js", headers=headers) as answer:
                assert answer.headers["Vary"] == "Accept-Encoding"
                return answer.status, await answer.read(), answer.headers

        status, text, headers = await get(packed)
        assert (status, headers["Content-Encoding"]) == (200, "gzip")
        assert (await get(plain))[:2] == (200, text)
        assert (await get(packed | {"If-None-Match": headers["ETag"]}))[:2] == (304, b"")
        assert (await get(packed | {"If-Modified-Since": headers["Last-Modified"]}))[:2] == (304, b"")
        assert (await get(packed | {"Range": "bytes=0-9"}))[:2] == (206, text[:10])
        async with http.head(f"{hall.http}/wire.js", headers=packed) as answer:
            assert int(answer.headers["Content-Length"]) == len(text)
        assert (await get(packed))[:2] == (200, text)
