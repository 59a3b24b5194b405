"""The clerk console in a real browser against the real rules: every act by key and by mouse, and every broken line."""

import re

import pytest
from playwright.async_api import Browser, Page, expect

from tests.browser.conftest import enter, tab
from tests.browser.hall import TestHall
from ticketserver.core import commands as c
from ticketserver.core.ids import CounterNo
from ticketserver.core.terms import Basis, Key

pytestmark = pytest.mark.asyncio(loop_scope="module")

MINUTE_MS = 60_000


async def press(page: Page, *keys: str) -> None:
    for key in keys:
        await page.keyboard.press(key)


async def state_is(page: Page, state: str, number: str | None = None) -> None:
    await expect(page.locator("#hand")).to_have_class(state)
    if number is not None:
        await expect(page.locator("#hand .number")).to_have_text(number)


async def logged(page: Page, text: str) -> None:
    await expect(page.locator("#log li span").first).to_have_text(text)


async def serve(page: Page, hall: TestHall, *services: str) -> str:
    """A number is taken, called here and begun; → the number."""
    number = await hall.issue(*services)
    await press(page, "n")
    await state_is(page, "calling", number)
    await press(page, "s")
    await state_is(page, "serving", number)
    return number


async def test_a_day_of_three_keys(desk: Page, hall: TestHall) -> None:
    first, second = await hall.issue("ARC-01", "PAY-02"), await hall.issue("CRD-01")
    await state_is(desk, "closed")
    await press(desk, "n")
    await state_is(desk, "calling", first)
    await expect(desk.locator("#said")).to_have_text(f"呼叫中 {first}")
    await expect(desk.locator("#hand .here li")).to_have_text([re.compile("ARC-01"), re.compile("PAY-02")])
    await press(desk, "s")
    await state_is(desk, "serving", first)
    await press(desk, "n")
    await state_is(desk, "calling", second)
    await press(desk, "s")
    await state_is(desk, "serving", second)
    await press(desk, "f")
    await state_is(desk, "idle")
    await press(desk, "n")
    await state_is(desk, "ready")
    third = await hall.issue("CRD-02")
    await state_is(desk, "calling", third)
    assert hall.decided == [
        "open_counter", "call_next", "start_service", "finish_service", "call_next", "start_service",
        "finish_service", "call_next",
    ]  # fmt: skip
    texts = await desk.locator("#log li span:nth-child(2)").all_text_contents()
    assert texts == [
        f"呼叫 {third}",
        "没有人等,来人自动叫",
        f"办结 {second}",
        f"开始办理 {second}",
        f"呼叫 {second}:等得最久",
        f"办结 {first}",
        f"开始办理 {first}",
        f"呼叫 {first}:等得最久",
        "窗口开放",
    ]


async def test_a_fast_press_waits_for_the_act_before_it(desk: Page, hall: TestHall) -> None:
    number = await hall.issue("ARC-01")
    await press(desk, "n", "s")
    await state_is(desk, "serving", number)
    await expect(desk.locator("#message")).to_be_hidden()
    assert hall.decided == ["open_counter", "call_next", "start_service"]


async def test_the_same_day_by_mouse(desk: Page, hall: TestHall) -> None:
    first, second = await hall.issue("ARC-01"), await hall.issue("CRD-01")
    await desk.click("#act-open_counter")
    await state_is(desk, "idle")
    await desk.click("#act-call_next")
    await state_is(desk, "calling", first)
    await desk.click("#act-recall")
    await desk.click("#act-start_service")
    await state_is(desk, "serving", first)
    await desk.click("#act-finish_service")
    await state_is(desk, "idle")
    await desk.get_by_role("button", name=first).click()
    await state_is(desk, "serving", first)
    await desk.click("#act-finish_service")
    await state_is(desk, "idle")
    await desk.get_by_role("button", name=f"点名 {second}").click()
    await desk.get_by_text("身体不适或有急事").click()
    await desk.get_by_role("button", name="确定").click()
    await state_is(desk, "calling", second)


async def test_pause_resume_and_close_with_a_return_time(desk: Page, hall: TestHall) -> None:
    await press(desk, "o")
    await state_is(desk, "idle")
    await press(desk, "p")
    await state_is(desk, "paused")
    await press(desk, "p")
    await state_is(desk, "idle")
    await press(desk, "x")
    await desk.wait_for_selector("dialog[open]")
    await press(desk, "3", "Enter")
    await state_is(desk, "closed")
    due = hall.state.counters[CounterNo(3)].due_from_ms
    assert abs(due - hall.now - 30 * MINUTE_MS) < MINUTE_MS
    await expect(desk.locator("#hand")).to_contain_text("起开放")


async def test_a_pause_asked_for_while_serving_comes_after_the_visit(desk: Page, hall: TestHall) -> None:
    await serve(desk, hall, "ARC-01")
    await hall.issue("CRD-01")
    await press(desk, "p")
    await expect(desk.locator("#hand .mark")).to_have_text("办完这位就暂停")
    await press(desk, "n")
    await state_is(desk, "paused")


async def test_hold_and_resume(desk: Page, hall: TestHall) -> None:
    number = await serve(desk, hall, "ARC-01")
    await press(desk, "h")
    await desk.wait_for_selector("dialog[open]")
    await press(desk, "2", "Enter")
    await state_is(desk, "idle")
    await logged(desk, f"挂起 {number}:材料自己带走")
    await press(desk, "2")
    await expect(desk.locator("#list .no")).to_have_text([number])
    await press(desk, "j")
    await desk.wait_for_selector("dialog[open]")
    await desk.keyboard.type(number)
    await press(desk, "Enter")
    await state_is(desk, "serving", number)


async def test_part_of_it_not_done_needs_a_reason(desk: Page, hall: TestHall) -> None:
    number = await serve(desk, hall, "ARC-01", "PAY-02")
    await press(desk, "d")
    await desk.wait_for_selector("dialog[open]")
    await press(desk, "Space", "Enter")
    await expect(desk.locator("dialog .error")).to_have_text("请选一个原因或写明原因")
    await desk.get_by_text("材料不齐").click()
    await press(desk, "Enter")
    await state_is(desk, "idle")
    visit = hall.state.visits[hall.state.by_number[number]]
    assert [(each.service, each.status) for each in visit.services] == [("ARC-01", "dropped"), ("PAY-02", "done")]


async def test_add_services_by_search(desk: Page, hall: TestHall) -> None:
    await serve(desk, hall, "ARC-01")
    await press(desk, "a")
    await desk.wait_for_selector("dialog[open]")
    await press(desk, "Enter")
    await expect(desk.locator("dialog .error")).to_have_text("还没有选事项")
    await desk.keyboard.type("qry-02")
    await press(desk, "Enter")
    await desk.locator("dialog .chips input").fill("3")
    await press(desk, "Enter")
    await expect(desk.locator("#hand .here li")).to_have_text([re.compile("ARC-01"), re.compile(r"QRY-02.*×3")])


@pytest.mark.parametrize(
    ("keys", "words", "stage"),
    [(["1"], "inj-02", "work-injury"), (["2"], "养老审核", "pension-review"), (["3"], "7", "comprehensive")],
    ids=["service", "zone", "counter"],
)
async def test_transfer(desk: Page, hall: TestHall, keys: list[str], words: str, stage: str) -> None:
    number = await serve(desk, hall, "ARC-01")
    await press(desk, "t")
    await desk.wait_for_selector("dialog[open]")
    await press(desk, *keys)
    await desk.keyboard.type(words)
    await press(desk, "Enter")
    await state_is(desk, "idle")
    await expect(desk.locator("#log li span").first).to_contain_text(f"{number} 转到")
    assert hall.state.visits[hall.state.by_number[number]].stages[0].zone == stage


async def test_requeue(desk: Page, hall: TestHall) -> None:
    number = await serve(desk, hall, "ARC-01")
    await press(desk, "q")
    await desk.wait_for_selector("dialog[open]")
    await press(desk, "1", "Enter")
    await state_is(desk, "idle")
    await logged(desk, f"{number} 放回等候")
    await expect(desk.locator("#list .no")).to_have_text([number])


async def test_priority_is_marked_and_confirmed(desk: Page, hall: TestHall) -> None:
    number = await hall.issue("ARC-01", priority="veteran", basis=Basis.DECLARED)
    await press(desk, "n")
    await state_is(desk, "calling", number)
    await expect(desk.locator("#hand .priority")).to_have_text("优先:军人、退役军人、优抚对象(自己申明)")
    await press(desk, "y")
    await desk.wait_for_selector("dialog[open]")
    await press(desk, "Enter")
    await expect(desk.locator("#hand .priority")).to_have_class(re.compile("sure"))
    await logged(desk, f"{number} 优先已核对")


async def test_a_person_without_a_number(desk: Page, hall: TestHall) -> None:
    await press(desk, "o")
    await state_is(desk, "idle")
    await press(desk, "w")
    await desk.wait_for_selector("dialog[open]")
    await press(desk, "Enter")
    await desk.keyboard.type("咨询")
    await press(desk, "Enter", "Enter")
    await expect(desk.locator("dialog .error")).to_have_text("请选一个原因或写明原因")
    await desk.get_by_text("只问一句话").click()
    await press(desk, "Enter")
    await state_is(desk, "serving")
    await expect(desk.locator("#log li span").first).to_contain_text("直接办理")


async def test_a_chosen_number_that_does_not_exist_is_mended_in_the_dialog(desk: Page, hall: TestHall) -> None:
    number = await hall.issue("ARC-01")
    await press(desk, "o")
    await state_is(desk, "idle")
    await press(desk, "c")
    await desk.wait_for_selector("dialog[open]")
    await desk.keyboard.type("a999")
    await desk.get_by_text("刚才叫错或漏叫").click()
    await press(desk, "Enter")
    await expect(desk.locator("dialog .error")).to_have_text("点名叫号:没有找到这个号。请核对号码,号码只在当天有效。")
    await desk.locator("dialog input.number").fill(f"{number[0].lower()}{int(number[1:])}")
    await press(desk, "Enter")
    await state_is(desk, "calling", number)


async def test_missed_offered_taken_back_and_checked_in(desk: Page, hall: TestHall) -> None:
    number = await hall.issue("ARC-01")
    await press(desk, "n")
    await state_is(desk, "calling", number)
    await press(desk, "m")
    await expect(desk.locator("#message")).to_have_text("记过号:还没到过号时间。请再等等,或重呼一次。")
    for call in (2, 3):
        hall.later_ms += MINUTE_MS
        await press(desk, "r")
        await expect(desk.locator("#hand .state")).to_contain_text(f"第 {call} 次呼叫")
    hall.later_ms += 3 * MINUTE_MS
    await hall.act(c.Wake())
    await expect(desk.locator("#hand .offer")).to_contain_text(f"{number} 叫了")
    await press(desk, "m")
    await state_is(desk, "idle")
    await press(desk, "u")
    await state_is(desk, "serving", number)


async def test_a_refusal_is_said_in_the_language_of_the_page(desk: Page, hall: TestHall) -> None:
    await hall.issue("ARC-01")
    await press(desk, "n")
    await state_is(desk, "calling")
    await press(desk, "l")
    await expect(desk.locator("#act-recall .label")).to_have_text("Recall")
    await expect(desk.locator("#stale")).to_be_hidden()
    await press(desk, "m")
    await expect(desk.locator("#message")).to_have_text(re.compile("^No-show: .*[a-z]+.*"))
    await press(desk, "Escape")
    await expect(desk.locator("#message")).to_be_hidden()


async def test_a_key_that_is_not_for_now_says_so_and_sends_nothing(desk: Page, hall: TestHall) -> None:
    await press(desk, "f")
    await expect(desk.locator("#message")).to_have_text("“办结”现在用不上:窗口未开放")
    assert hall.decided == []


async def test_what_the_call_box_did_is_seen(desk: Page, hall: TestHall) -> None:
    number = await hall.issue("ARC-01")
    await hall.act(c.PressKey(counter=CounterNo(3), key=Key.NEXT))
    await state_is(desk, "calling", number)
    await logged(desk, f"呼叫 {number}")
    await expect(desk.locator("#log li").first).to_contain_text("(呼叫器或别处)")


async def test_the_list_says_who_is_next_and_why(desk: Page, hall: TestHall) -> None:
    first = await hall.issue("ARC-01")
    second = await hall.issue("CRD-01", priority="age", basis=Basis.CARD)
    rows = desk.locator("#list li")
    await expect(rows).to_have_count(2)
    await expect(rows.first).to_have_class("next")
    await expect(rows.first.locator(".tag")).to_have_text("下一位")
    await expect(desk.locator("#list .why")).to_have_text(["优先", "等得最久"])
    await expect(desk.locator("#list .no")).to_have_text([second, first])
    await expect(desk.locator("#zones li").first).to_contain_text("综合窗口")
    await expect(desk.locator("#zones li b").first).to_have_text("2")


async def test_a_lost_reply_is_asked_for_again_and_decided_once(desk: Page, hall: TestHall) -> None:
    number = await hall.issue("ARC-01")
    await press(desk, "o")
    await state_is(desk, "idle")
    hall.mute.add("call_next")
    await press(desk, "n")
    await state_is(desk, "calling", number)
    hall.mute.clear()
    hall.drop()
    await logged(desk, f"呼叫 {number}:等得最久")
    assert hall.decided == ["open_counter", "call_next"]
    await press(desk, "s")
    await state_is(desk, "serving", number)


async def test_without_a_line_the_page_says_so_and_sends_nothing(desk: Page, hall: TestHall) -> None:
    hall.refuse_lines = True
    hall.drop()
    await expect(desk.locator("#stale")).to_have_text("连接断开,画面可能不是最新的,操作暂停。正在自动重连…")
    await press(desk, "o")
    await expect(desk.locator("#message")).to_have_text("连接断开,“开放”没有发出。恢复后再按")
    hall.refuse_lines = False
    await expect(desk.locator("#stale")).to_be_hidden()
    assert hall.decided == []
    await press(desk, "o")
    await state_is(desk, "idle")


async def test_a_gap_is_healed(desk: Page, hall: TestHall) -> None:
    number = await hall.issue("ARC-01")
    hall.skip_note = True
    await hall.act(c.PressKey(counter=CounterNo(3), key=Key.NEXT))
    await hall.issue("CRD-01")
    await state_is(desk, "calling", number)


async def test_the_token_leaves_the_address_and_stays_in_the_tab(desk: Page, hall: TestHall) -> None:
    assert desk.url == f"{hall.url}/clerk"
    await desk.reload()
    await state_is(desk, "closed")
    await expect(desk.locator("header .counter b")).to_have_text("3 号窗口")


async def test_another_counter_is_chosen_by_key(desk: Page, hall: TestHall) -> None:
    await press(desk, "g")
    await desk.wait_for_selector("dialog[open]")
    await desk.keyboard.type("77")
    await press(desk, "Enter")
    await expect(desk.locator("dialog .error")).to_have_text("没有 77 号窗口")
    await desk.locator("dialog input").fill("21")
    await press(desk, "Enter")
    await expect(desk.locator("header .counter b")).to_have_text("21 号窗口")


@pytest.mark.parametrize(("link", "says"), [("", "链接里没有口令"), ("#token=wrong", "服务器不让连接:口令不对。")])
async def test_a_wrong_link_says_what_to_do(browser: Browser, hall: TestHall, link: str, says: str) -> None:
    async with tab(browser) as page:
        await page.goto(f"{hall.url}/clerk{link}")
        await expect(page.locator("#blank")).to_contain_text(says)


async def test_every_act_has_a_key_of_its_own(desk: Page) -> None:
    keys = await desk.evaluate("import('./actions.js').then((module) => module.ACTIONS.map((each) => each.key))")
    assert len(set(keys)) == len(keys) == 19
    assert not set(keys) & {"G", "E", "V", "L"}
    await press(desk, "?")
    await desk.wait_for_selector("dialog[open]")
    shown = await desk.locator("dialog .keys kbd").all_text_contents()
    assert shown == [*keys, "1 2 3", "G", "E", "V", "L", "?", "Esc"]


CLIPPED = """[...document.querySelectorAll('button, #hand p, #zones h3')].filter((each) =>
  each.offsetParent && (each.scrollWidth > each.clientWidth + 1 || each.scrollHeight > each.clientHeight + 1)
).map((each) => each.textContent)"""
NAMELESS = """[...document.querySelectorAll('button, input, [role=tab], [role=listbox]')].filter((each) =>
  !(each.textContent.trim() || each.getAttribute('aria-label') || each.closest('label'))
).map((each) => each.outerHTML)"""
ORDER = "document.activeElement.id || document.activeElement.dataset.focus"


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(("width", "height"), [(1024, 768), (1280, 800)])
async def test_everything_fits(browser: Browser, hall: TestHall, language: str, width: int, height: int) -> None:
    async with tab(browser, width, height) as page:
        await enter(page, hall, 3, language)
        for _ in range(6):
            await hall.issue("ARC-01", "PAY-02", "INJ-01", priority="veteran", basis=Basis.DECLARED)
        await press(page, "n")
        await state_is(page, "calling")
        await press(page, "f")
        for key in ("", "t", "a", "q", "?"):
            if key:
                await press(page, key)
                await page.wait_for_selector("dialog[open]")
            assert await page.evaluate(CLIPPED) == []
            assert await page.evaluate(NAMELESS) == []
            root = "document.documentElement"
            assert await page.evaluate(f"[{root}.scrollWidth, {root}.scrollHeight]") == [width, height]
            if key:
                await press(page, "Escape")
        if (language, width) == ("zh", 1024):
            await page.evaluate("document.activeElement.blur()")
            order = []
            for _ in range(8):
                await press(page, "Tab")
                order.append(await page.evaluate(ORDER))
            assert order[:5] == ["counter", "devices", "language", "help", "act-call_next"]
