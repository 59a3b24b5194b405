"""What is read aloud of each screen: few sentences in order, numbers spelled, nothing private."""

from dataclasses import replace

import pytest

from kiosk.buttons import Private
from kiosk.model import Message
from kiosk.spoken import spoken, spoken_warning
from tests.kiosk.kiosks import HALL, TEXTS, Kiosk, ticket
from tests.kiosk.scenes import Scenes
from ticketserver.core.terms import PrintOutcome, VisitState


def read(kiosk):
    return list(spoken(kiosk.frame, kiosk.flow.desk.words.texts))


def test_the_first_screen_says_what_it_is_and_what_can_be_done():
    assert read(Kiosk().up()) == [
        "您今天来办什么?几件事可以一起选,只取一个号",
        "有 2 项可以选:自己交社保,单位",
        "可以点:搜一搜,按遇到的事找,说不清,取咨询号,我已有号,我有预约",
    ]


def test_a_list_says_how_many_there_are_and_then_what_was_chosen():
    kiosk = Kiosk().up().tap("language").choose()
    assert read(kiosk) == [
        "Pay: what do you need?",
        "You can choose several. Touch again to leave one out",
        "2 to choose from: PAY-02 plain, REG-06 plain",
        "1 chosen: PAY-02 plain",
        "Buttons: That is all, Back, Not sure: enquiry number",
    ]


def test_a_basket_on_the_first_screen_can_be_taken_on_or_emptied():
    said = read(Kiosk().up().choose().tap("back"))
    assert said[-1].startswith("可以点:选好了,从头开始,搜一搜")


def test_of_what_a_search_found_the_first_ones_are_read_and_not_the_keys():
    said = read(Scenes().scene_search_several())
    assert said[1] == "L H J Y"
    assert len(said[3].split(":")[1].split(",")) == 5
    assert read(Kiosk().up().tap("search"))[2].startswith("有 4 项可以选:")


def test_no_other_voice_is_given_chinese_signs():
    assert read(Scenes(english=True).scene_search_several())[2] == "'' can mean several things. Which one?"
    frame = replace(Kiosk().up().frame, screen=Message("社保卡\n…\nHello"))
    assert spoken(frame, TEXTS["en"]) == ("Hello",)
    scenes = [scene() for name, scene in Scenes(english=True).all().items() if name != "languages"]
    said = [each for scene in scenes if scene.frame.language == "en" for each in read(scene)]
    assert not any("一" <= sign <= "鿿" for each in said for sign in each)


def test_a_search_without_a_hit_offers_no_choice():
    assert not any("可以选" in each for each in read(Scenes().scene_search_nothing()))


def test_the_confirm_screen_says_what_where_how_long_and_what_to_bring():
    kiosk = Kiosk().up().tap("group:firm", "toggle:REG-04", "done")
    assert read(kiosk)[1:] == [
        "公司加人参保,1 件", "几家单位,1 家", "正在看要等多久……", "可以点:再加一件,我可以优先,返回修改",
    ]  # fmt: skip
    said = read(Kiosk().up().confirm())
    assert "前面约 12 人,大约等 20 到 35 分钟" in said
    assert said[-1].startswith("可以点:取号,")


def test_a_number_is_spelled_and_said_once():
    said = read(Kiosk().up().take())
    assert said[0] == "您的号码 A 0 1 2,正在打印,请稍等"
    assert sum("A 0 1 2" in each for each in said) == 1
    assert "A 0 1 2" in read(Kiosk().up().take().printed(PrintOutcome.CONFIRMED))


def test_a_number_that_is_typed_is_said_and_its_code_is_not():
    kiosk = Kiosk().up().tap("have_number", *(f"sign:{sign}" for sign in "A012"))
    assert "号码:A 0 1 2" in read(kiosk)
    before = read(kiosk)
    assert read(kiosk.tap("field:code", *(f"sign:{sign}" for sign in "4821"))) == before


def test_a_warning_is_said_with_its_button():
    kiosk = Kiosk().up().choose().tick(45_000)
    assert spoken_warning(kiosk.frame.warning, TEXTS["zh"]) == ("还在办理吗?15 秒后回到首页", "可以点:继续")


def test_a_message_is_read_line_by_line():
    assert read(Scenes().scene_message())[0] == "没有取到号"
    assert all("\n" not in each for scene in Scenes().all().values() for each in read(scene()))


@pytest.mark.parametrize("english", [False, True])
@pytest.mark.parametrize("name", sorted(Scenes().all()))
def test_no_screen_says_a_check_code(name, english):
    kiosk = Scenes(english).all()[name]()
    said = read(kiosk)
    assert said
    assert not any(code in each.replace(" ", "") for each in said for code in ("4821", "校验码 4"))
    assert all(type(each) is str for each in said)


@pytest.mark.parametrize("name", ["home_card_aged", "confirm_card_aged"])
def test_what_a_card_shows_of_its_holder_is_not_said(name):
    kiosk = Scenes().all()[name]()
    assert "70" in str(kiosk.screen)
    assert not any("70" in each for each in read(kiosk))


def test_private_words_stand_on_the_screen_and_are_not_read():
    kiosk = Kiosk().up().take()
    assert any(isinstance(line, Private) and "4821" in line for line in kiosk.screen.lines)
    bare = replace(kiosk.frame, screen=replace(kiosk.screen, lines=(Private("…"),), head=kiosk.screen.head))
    assert spoken(bare, TEXTS["zh"]) == (read(kiosk)[0],)


def test_a_ticket_that_was_found_is_read():
    kiosk = Kiosk(HALL).up().tap("have_number", "sign:A", "find")
    kiosk.tap(*(f"sign:{sign}" for sign in "012"), "field:code", *(f"sign:{sign}" for sign in "4821"), "find")
    kiosk.answer("find_ticket", ticket(state=VisitState.CALLED, counter=3))
    assert read(kiosk)[0] == "叫到您了,请到 3 号窗口"
