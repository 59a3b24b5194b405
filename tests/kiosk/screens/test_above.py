"""What the upper half says in low reach, read off the scenes."""

import pytest

from kiosk.screens.above import said_above
from tests.kiosk.scenes import LONG_NOTICE, Scenes

FULL = "今天的号已满,再取也办不完。请下一个工作日早些来;已取号的请继续等候叫号。"


@pytest.mark.parametrize(
    ("scene", "lines"),
    [
        ("home", ["您今天来办什么?几件事可以一起选,只取一个号", "可以把身份证放在读卡处,不放也能取号"]),
        ("home_notice", ["您今天来办什么?几件事可以一起选,只取一个号", LONG_NOTICE]),
        ("listing_long", ["单位业务:请点要办的事", "可以选几件。再点一下就取消"]),
        ("search", ["打拼音或每个字的第一个字母,例如“社保卡”打 SBK"]),
        ("message", ["没有取到号", FULL]),
        ("confirm_refused", ["今天没有窗口能办这件事。请找导办员,或改天再来。"]),
        ("find_wrong", ["我已有号", "校验码不对。请看号票上的 4 位校验码。"]),
        ("duty_about", ["关于本机"]),
    ],
)
def test_all_that_is_only_read_stands_above(scene, lines):
    assert said_above(Scenes(False, "low").all()[scene]().frame.screen).split("\n") == lines


@pytest.mark.parametrize(
    ("scene", "first", "last"),
    [
        ("search_several", "LHJY", "灵活就业"),
        ("confirm", "窗口: ", "材料: "),
        ("check_elsewhere", "4050社保补贴不在本大厅办", "2019 年的规定"),
        ("pension_short", "交到退休还差 108 个月", "2030 年起的规定"),
        ("done", "A012", "校验码 4821"),
        ("find_with_scanner", "我已有号", "请输入号码和校验码"),
        ("needs_many", "要带什么", ""),
    ],
)
def test_what_is_long_begins_and_ends_so(scene, first, last):
    lines = said_above(Scenes(False, "low").all()[scene]().frame.screen).split("\n")
    assert lines[0].startswith(first)
    assert last in lines[-1]
    assert all(lines)
