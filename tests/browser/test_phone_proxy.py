"""The phone's page through a real nginx, set up as docs/operating/phone.md says: both listeners behind one name."""

import asyncio
import re
import shutil
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest
from msgspec.structs import replace
from playwright.async_api import Browser, expect

from tests.browser.conftest import PATIENCE_MS
from tests.browser.test_phone import phone
from tests.ports import free_port
from tests.ticketserver.server.servers import TOKENS, running, settings_in

pytestmark = [
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.skipif(shutil.which("nginx") is None, reason="no nginx here (sudo apt-get install nginx-light)"),
]

LONG_MS = 60_000
PAGE = Path(__file__).resolve().parents[2] / "docs" / "operating" / "phone.md"
AROUND = """daemon off; master_process off; pid {folder}/pid; error_log {folder}/error.log;
events {{}}
http {{ client_body_temp_path {folder}/b; proxy_temp_path {folder}/p; fastcgi_temp_path {folder}/f;
uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
{server}
}}
"""


def conf(folder: Path, port: int, http_port: int, ws_port: int) -> str:
    """The page's own text; without TLS, and with the ports of this test."""
    (server,) = re.findall(r"^```nginx\n(.*?)^```", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    server = re.sub(r"^ *ssl_.*\n", "", server, flags=re.MULTILINE)
    server = server.replace("listen 443 ssl", f"listen 127.0.0.1:{port}")
    server = server.replace(":8080", f":{http_port}").replace(":8765", f":{ws_port}")
    return AROUND.format(folder=folder, server=server)


def below(path: str, text: str) -> str:
    """The same under a path, as the page says to change it."""
    away = f"\\n        rewrite ^{path}(/.*)$ $1 break;"
    for location, name in ((r"location ~ \^", "/"), ("location = ", "/live")):
        text, changed = re.subn(rf"({location}){name}(.*\{{)$", rf"\1{path}{name}\2{away}", text, flags=re.MULTILINE)
        assert changed == 1
    return text


@asynccontextmanager
async def nginx(folder: Path, text: str, port: int) -> AsyncIterator[None]:
    """Listening when it is there."""
    file = folder / "nginx.conf"
    file.write_text(text, "utf-8")
    with subprocess.Popen(["nginx", "-c", str(file), "-e", str(folder / "error.log")]) as process:
        try:
            async with asyncio.timeout(PATIENCE_MS / 1000):
                while not await listens(port):
                    assert process.poll() is None, (folder / "error.log").read_text("utf-8")
            yield
        finally:
            process.terminate()


async def listens(port: int) -> bool:
    try:
        _, writer = await asyncio.open_connection("127.0.0.1", port)
    except ConnectionRefusedError:
        return False
    writer.close()
    return True


async def test_one_host_name_leads_to_both_listeners_and_to_nothing_else(browser: Browser, tmp_path: Path) -> None:
    port = free_port()
    here = f"http://127.0.0.1:{port}"
    settings = settings_in(tmp_path)
    async with running(replace(settings, hall=replace(settings.hall, public_url=here))) as hall:
        server = hall.server
        async with nginx(tmp_path, conf(tmp_path, port, server.http.port, server.gateway.port), port):
            async with hall.talk("kiosk") as kiosk, hall.talk("clerk") as clerk, phone(browser) as page:
                token = next(TOKENS)
                await kiosk.change("issue_ticket", token=token, day=kiosk.day, services=[{"service": "ARC-01"}])
                async with page.expect_websocket() as live:
                    await page.goto(f"{here}/t/{token}", wait_until="commit")
                assert (await live.value).url == f"ws://127.0.0.1:{port}/live"
                await expect(page.locator("#visit li")).to_have_text("存档案")
                await clerk.change("open_counter", counter=3)
                await clerk.change("call_next", counter=3)
                await expect(page.locator("#state")).to_have_class("called")
            async with aiohttp.ClientSession() as http:
                for path in ("/clerk", "/guide", "/health", "/client.json", "/texts/zh.json", "/wire.js.map", "/"):
                    async with http.get(here + path) as answer:
                        assert answer.status == 404, path
                async with http.post(f"{here}/rpc", data="{}") as answer:
                    assert answer.status == 404


@pytest.mark.parametrize("live", [True, False], ids=["live", "no live line"])
async def test_under_a_path_and_without_a_live_line_the_page_is_called_all_the_same(
    browser: Browser, tmp_path: Path, live: bool
) -> None:
    port = free_port()
    here = f"http://127.0.0.1:{port}/yihao"
    settings = settings_in(tmp_path)
    async with running(replace(settings, hall=replace(settings.hall, public_url=here))) as hall:
        server = hall.server
        text = below("/yihao", conf(tmp_path, port, server.http.port, server.gateway.port))
        if not live:
            text = text.replace("location = /yihao/live {", "location = /yihao/live { return 403;")
        async with (
            nginx(tmp_path, text, port),
            hall.talk("kiosk") as kiosk,
            hall.talk("clerk") as clerk,
            phone(browser) as page,
        ):
            token = next(TOKENS)
            await kiosk.change("issue_ticket", token=token, day=kiosk.day, services=[{"service": "ARC-01"}])
            await page.goto(f"{here}/t/{token}", wait_until="commit")
            await expect(page.locator("#visit li")).to_have_text("存档案", timeout=LONG_MS)
            await clerk.change("open_counter", counter=3)
            await clerk.change("call_next", counter=3)
            await expect(page.locator("#state")).to_have_class("called", timeout=LONG_MS)
            await expect(page.locator("#lost")).to_be_hidden()
            assert bool([each for each in server.gateway._peers if each.visit]) is live
