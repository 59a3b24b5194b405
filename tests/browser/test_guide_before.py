"""The guide's page before a number: what is asked first, appointments, employers, the language of the slip."""

from pathlib import Path

import pytest
from msgspec.structs import replace
from playwright.async_api import Browser, expect

from tests.browser.test_guide import Desk, at_desk
from tests.ticketserver.server.servers import settings_in
from ticketserver.shared.settings import Settings

pytestmark = pytest.mark.asyncio(loop_scope="module")

QUESTION = "您的户口在哪里?"


async def begin(desk: Desk, *codes: str) -> None:
    """Chooses services by code and asks for the number."""
    for code in codes:
        await desk.type(code)
        await desk.press("Enter")
        await expect(desk.page.locator("#take .chips li")).to_have_count(codes.index(code) + 1)
    await desk.press("Enter")
    await desk.dialog()


async def heading(desk: Desk, text: str) -> None:
    await expect(desk.page.locator("dialog[open] h2")).to_have_text(text)


async def pick(desk: Desk, digit: str, then: str) -> None:
    """An answer by digit and Enter; then the next dialog is there."""
    await desk.press(digit, "Enter")
    await heading(desk, then)


def services(desk: Desk) -> list[list[str]]:
    return [[str(each.service) for each in visit.services] for visit in desk.visits()]


def always(folder: Path) -> Settings:
    """The sample hall, with a precheck that holds on every day of these tests."""
    settings = settings_in(folder)
    checks = tuple(replace(each, year=2099, opens=None, closes=None) for each in settings.catalogue.precheck)
    return replace(settings, loaded=replace(settings.catalogue, precheck=checks))


async def test_who_is_served_here_gets_the_number_after_the_questions(browser: Browser, tmp_path: Path) -> None:
    async with at_desk(browser, tmp_path, always(tmp_path)) as desk:
        await begin(desk, "SUB-01")
        await heading(desk, QUESTION)
        await desk.press("Enter")
        await desk.shown("dialog[open] .error", "还没有选答案")
        await pick(desk, "2", "您是哪一种情况?")
        await pick(desk, "1", "登记了失业,现在灵活就业,档案托管,自己交着社保,对吗?")
        await pick(desk, "1", "2019 年有下面的情况吗?")
        await pick(desk, "1", "您交的是哪些社保?")
        await desk.press("1", "Enter")
        await heading(desk, "按您的回答,4050社保补贴可以在这里办")
        await desk.shown("dialog[open]", "标准:每人每年 3850 元(2099 年)")
        await desk.press("Enter")
        await expect(desk.page.locator("#card .number")).to_be_visible()
        assert services(desk) == [["SUB-01"]]


async def test_the_question_before_can_be_gone_back_to(browser: Browser, tmp_path: Path) -> None:
    async with at_desk(browser, tmp_path, always(tmp_path)) as desk:
        await begin(desk, "SUB-01")
        await pick(desk, "2", "您是哪一种情况?")
        await pick(desk, "7", QUESTION)
        await desk.press("Escape")
        assert services(desk) == []
        await expect(desk.page.locator("#take .chips li")).to_have_count(1)


async def test_who_belongs_elsewhere_is_told_where_and_gets_an_enquiry_number(browser: Browser, tmp_path: Path) -> None:
    async with at_desk(browser, tmp_path, always(tmp_path)) as desk:
        await begin(desk, "SUB-01")
        await pick(desk, "1", "4050社保补贴不在本大厅办")
        await desk.shown("dialog[open] .read-out", "请到:户口所在地街道(镇)保障所")
        await desk.shown("dialog[open] .read-out", "2099 年的规定,来源:")
        await desk.press("1", "Enter")
        await expect(desk.page.locator("#card .number")).to_be_visible()
        assert services(desk) == [["enquiry"]]


async def test_the_other_things_go_on_without_it(browser: Browser, tmp_path: Path) -> None:
    async with at_desk(browser, tmp_path, always(tmp_path)) as desk:
        await begin(desk, "SUB-01", "ARC-01")
        await pick(desk, "1", "4050社保补贴不在本大厅办")
        await desk.press("2", "Enter")
        await expect(desk.page.locator("#card .number")).to_be_visible()
        assert services(desk) == [["ARC-01"]]


async def test_the_guide_goes_on_with_a_reason_that_is_kept(browser: Browser, tmp_path: Path) -> None:
    async with at_desk(browser, tmp_path, always(tmp_path)) as desk:
        await begin(desk, "SUB-01")
        await pick(desk, "1", "4050社保补贴不在本大厅办")
        await desk.press("2")
        await expect(desk.page.locator("dialog[open] legend").nth(1)).to_be_visible()
        await desk.press("Enter")
        await desk.shown("dialog[open] .error", "请选一个原因或写明原因")
        await desk.page.locator("dialog[open] input[type=text]").fill("社区打过电话")
        await desk.press("Enter")
        await expect(desk.page.locator("#card .number")).to_be_visible()
        assert services(desk) == [["SUB-01"]]
    assert "社区打过电话".encode() in (tmp_path / "data" / "hall.sqlite3").read_bytes()


async def test_days_of_an_earlier_year_are_said_at_once_and_nothing_is_asked(browser: Browser, tmp_path: Path) -> None:
    async with at_desk(browser, tmp_path) as desk:
        await desk.type("SUB-01")
        await desk.press("Enter")
        await desk.shown("#plan .bad", "申报时间:2019 年 10 月 15 日到 2019 年 11 月 8 日")
        await desk.press("Enter")
        await heading(desk, "现在不能办4050社保补贴")
        await desk.shown("dialog[open] .read-out", "这里只有 2019 年的规定")
        await desk.shown("dialog[open] .read-out", "今年的还不知道")
        await desk.press("Enter")
        await expect(desk.page.locator("#card .number")).to_be_visible()
        assert services(desk) == [["enquiry"]]


async def test_employers_and_the_language_of_the_slip(browser: Browser, tmp_path: Path) -> None:
    async with at_desk(browser, tmp_path) as desk:
        await desk.type("arc-01")
        await desk.press("Enter")
        await desk.page.fill("#employers", "3")
        await desk.page.select_option("#language", label="English")
        await desk.page.locator("#take .search").focus()
        await desk.press("Enter")
        await desk.number("A001")
        assert desk.visits()[0].employers == 3
        assert (await desk.job())["language"] == "en"
        await expect(desk.page.locator("#employers")).to_have_value("")
        await expect(desk.page.locator("#language")).to_have_value("")
        await desk.press("Alt+p")
        await desk.dialog()
        await desk.page.select_option("#print-language", "zh")
        await desk.page.locator("dialog .primary").click()
        assert (await desk.job())["language"] == "zh"


async def test_an_appointment_typed_or_scanned_gives_its_number(browser: Browser, tmp_path: Path) -> None:
    async with at_desk(browser, tmp_path) as desk:
        code = desk.appointment("ARC-01", "PAY-02")
        await desk.type(code[:40].lower())
        await desk.shown("#take .heading", "预约码还没有写完")
        await desk.type(code[40:].lower())
        await desk.press("Enter")
        await desk.shown("#plan", "预约 ")
        await desk.shown("#plan", "存档案")
        await desk.press("Enter")
        await desk.number("A001")
        (visit,) = desk.visits()
        assert ([str(each.service) for each in visit.services], visit.appointment) == (["ARC-01", "PAY-02"], True)
        await desk.type(code)
        await desk.shown("#take .heading", "已经取过号")


async def test_the_language_of_the_page_changes_and_one_goes_on_typing(browser: Browser, tmp_path: Path) -> None:
    async with at_desk(browser, tmp_path) as desk:
        await desk.press("Alt+l")
        await expect(desk.page.locator("#take .search")).to_be_focused()
        await expect(desk.page.locator("#take .search")).to_have_attribute(
            "placeholder", "Pinyin, Chinese, English, code, appointment"
        )


async def test_choosing_something_else_leaves_the_appointment_unused(browser: Browser, tmp_path: Path) -> None:
    async with at_desk(browser, tmp_path) as desk:
        await desk.type(desk.appointment("PAY-02"))
        await desk.press("Enter")
        await desk.shown("#plan", "预约 ")
        await desk.press("1", "Enter")
        await desk.number("A001")
        assert services(desk) == [["enquiry"]]
