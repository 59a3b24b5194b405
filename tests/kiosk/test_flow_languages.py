"""More than two languages: chosen by name, everything in the chosen one, back to the hall's own with the person."""

import pytest

from kiosk import events as e
from kiosk.buttons import Look
from kiosk.slip import slip
from kiosk.state import Step
from tests.kiosk.further import further_kiosk
from tests.kiosk.kiosks import Kiosk, plan, ticket
from ticketserver.core.terms import PrintOutcome


@pytest.fixture
def kiosk():
    return further_kiosk().up()


def language_button(kiosk):
    return next(button.label for button in kiosk.frame.controls if button.tap.name == "language")


def test_of_two_languages_the_button_names_the_other_one():
    kiosk = Kiosk().up()
    assert language_button(kiosk) == "English"
    assert language_button(kiosk.tap("language")) == "中文"


def test_more_are_chosen_from_by_their_own_names(kiosk):
    assert language_button(kiosk) == "语言\nLanguage"
    kiosk.tap("language")
    assert [(row.label, row.look is Look.CHOSEN) for row in kiosk.screen.rows] == [
        ("中文", True), ("English", False), ("Tiếng Việt", False),
    ]  # fmt: skip
    kiosk.tap("language:vi")
    assert kiosk.screen.title.startswith("Hôm nay")


def test_the_choice_can_be_left_as_it_was(kiosk):
    kiosk.tap("group:personal-file", "language")
    (back,) = kiosk.screen.buttons
    kiosk.tap(f"{back.tap.name}:{back.tap.value}")
    assert (kiosk.frame.language, kiosk.step) == ("zh", Step.LISTING)
    assert kiosk.screen.title.startswith("存档案")


def test_while_it_is_chosen_nothing_else_is(kiosk):
    kiosk.tap("language", "group:personal-file", "search", "enquiry")
    assert [row.tap.name for row in kiosk.screen.rows] == ["language"] * 3
    kiosk.tap("large")
    assert kiosk.frame.ease.large


def test_a_second_touch_of_a_trembling_hand_chooses_nothing(kiosk):
    kiosk.tap("language").wait(200).see(e.Tapped(e.Tap("language", "vi")))
    assert kiosk.frame.language == "zh"


def test_the_choice_does_not_stay_for_the_next_person(kiosk):
    kiosk.tap("language").tick(61_000)
    assert kiosk.screen.title.startswith("您今天来办什么")
    kiosk.tap("language", "language:vi").tick(61_000)
    assert kiosk.frame.language == "zh"


def test_a_language_can_be_chosen_while_the_server_is_away():
    kiosk = further_kiosk().tap("language", "language:vi")
    assert kiosk.frame.language == "vi"


def test_a_visit_in_a_further_language_from_the_first_screen_to_the_slip(kiosk):
    kiosk.tap("language", "language:vi", "group:own-insurance", "toggle:PAY-02", "done").answer("plan_visit", plan())
    assert kiosk.screen.take.label == "Lấy số"
    (papers,) = [fact.text for fact in kiosk.screen.facts if "Căn cước" in fact.text]
    assert "Căn cước hoặc thẻ" in papers
    kiosk.tap("take").answer("issue_ticket", ticket()).printed(PrintOutcome.CONFIRMED)
    words = [kiosk.flow.desk.words]
    lines = [item.text for item in slip(ticket(), words, "", public=False).items if hasattr(item, "text")]
    assert "Quầy tổng hợp" in lines
    assert "Sample District HR and Social Security Hall" in lines


def test_it_is_read_aloud_where_there_is_a_voice_for_it(kiosk):
    kiosk.with_voice("zh", "en").tap("aloud", "language", "language:vi")
    assert "aloud" not in [button.tap.name for button in kiosk.frame.controls]
    kiosk.with_voice("zh", "en", "vi")
    assert "aloud" in [button.tap.name for button in kiosk.frame.controls]
