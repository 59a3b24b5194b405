"""Every screen in a real window: nothing clipped, nothing over another, targets large enough, touches that arrive."""

import time

import pytest

from kiosk import events as e
from tests.kiosk.kiosks import Kiosk
from tests.kiosk.scenes import SAMPLE, Scenes
from tests.kiosk.screens.checks import wrong
from tests.kiosk.screens.windows import Hands

pytestmark = pytest.mark.window

KINDS = {
    (1080, 1920): (
        (False, ()), (True, ()), (False, ("large",)), (True, ("large",)), (False, ("contrast",)),
        (True, ("large", "contrast")), (False, ("low",)), (True, ("low",)), (False, ("low", "large")),
        (True, ("low", "large", "contrast")),
    ),
    (1920, 1080): ((False, ()), (True, ("large",)), (True, ("large", "contrast"))),
    (1024, 768): ((False, ()), (True, ("large",)), (True, ("large", "contrast"))),
}  # fmt: skip
"""Window → (English, what is switched on) that are tried with every scene."""
FITS = [(panel, *kind) for panel, kinds in KINDS.items() for kind in kinds]
WAIT_S = 30


@pytest.fixture(scope="module")
def hands(tmp_path_factory):
    return Hands(tmp_path_factory.mktemp("kivy"), tmp_path_factory.mktemp("fonts"))


@pytest.mark.parametrize(("panel", "english", "eases"), FITS)
def test_every_screen_fits(hands, panel, english, eases):
    hands.resize(*panel)
    found = {}
    for name, scene in Scenes(english, *eases).all().items():
        frame = scene().frame
        hands.see(frame)
        problems = wrong(hands, panel, frame.ease)
        if problems:
            found[name] = problems
    assert found == {}


def live(hands):
    """A flow whose frames are drawn and that hears the taps."""
    kiosk = Kiosk(SAMPLE).up()

    def touch(*labels):
        for label in labels:
            hands.see(kiosk.frame)
            taps = hands.touch(label)
            assert taps, label
            for tap in taps:
                kiosk.wait(500).see(e.Tapped(tap))
        hands.see(kiosk.frame)

    return kiosk, touch


def test_a_person_takes_a_number_by_touch(hands):
    from tests.kiosk.kiosks import plan, ticket

    hands.resize(1080, 1920)
    kiosk, touch = live(hands)
    touch("存档案", "存档案", "返回", "搜一搜", "S", "B", "K")
    assert hands.kiosk.ids.place.children[0]._typing.ids.typed.said == "SBK"
    touch("清空", "Z", "J", "J", "S", "B", "自己交社保", "选好了")
    assert set(kiosk.flow.desk.visit.basket) == {"ARC-01", "PAY-02"}
    kiosk.answer("plan_visit", plan())
    touch("取号")
    kiosk.answer("issue_ticket", ticket())
    hands.see(kiosk.frame)
    assert hands.kiosk.ids.place.children[0].ids.number.said == "A012"


def test_pages_turn_and_come_back(hands):
    hands.resize(1080, 1920)
    kiosk, touch = live(hands)
    touch("单位业务")
    hands.rest()
    first = {press.button.label for press in hands.all(type(hands.press("返回")))}
    assert hands.touch("下一页") == []
    second = {press.button.label for press in hands.all(type(hands.press("返回")))}
    assert "公司加人参保" in first - second
    hands.rest()
    assert hands.touch("上一页") == []
    touch("公司加人参保")
    assert kiosk.flow.desk.visit.basket == {"REG-04": 1}


def test_a_choice_on_the_second_page_stays_on_the_second_page(hands):
    hands.resize(1080, 1920)
    kiosk, touch = live(hands)
    touch("单位业务")
    hands.rest()
    hands.touch("下一页")
    from kiosk.screens.parts import Press

    label = next(press.button.label for press in hands.all(Press) if press.button.tap.name == "toggle")
    kiosk.wait(500).see(e.Tapped(hands.touch(label)[0]))
    hands.see(kiosk.frame)
    assert hands.press(f"{label}").button.look.value == "chosen"


def shown_page(hands):
    from kiosk.screens.label import FitLabel

    return next(label.said for label in hands.all(FitLabel) if " / " in label.said)


def test_a_page_takes_no_second_touch_of_a_trembling_hand(hands, monkeypatch):
    from kiosk.screens import rows

    now = [100.0]
    monkeypatch.setattr(rows, "monotonic", lambda: now[0])
    hands.resize(1080, 1920)
    _, touch = live(hands)
    touch("单位业务")
    seen = []
    for after_s in (0.1, 0.4, 0.2, 0.3):
        now[0] += after_s
        hands.touch("下一页")
        seen.append(shown_page(hands)[0])
    assert seen == ["1", "2", "2", "3"]


def test_nobody_finds_the_page_that_somebody_else_turned_to(hands):
    hands.resize(1080, 1920)
    for name in ("listing_long", "confirm_many"):
        hands.see(Kiosk(SAMPLE).up().frame)
        hands.see(Scenes().all()[name]().frame)
        hands.rest()
        hands.touch("下一页")
        assert shown_page(hands)[0] == "2"
        hands.see(Kiosk(SAMPLE).up().frame)
        hands.see(Scenes().all()[name]().frame)
        assert shown_page(hands)[0] == "1"


def test_a_button_that_is_off_and_a_warning_that_is_not_there_take_no_touch(hands):
    hands.resize(1080, 1920)
    _, touch = live(hands)
    touch("存档案", "存档案", "选好了")
    assert hands.touch("取号") == []


def test_a_field_can_be_touched(hands):
    from kivy.tests.common import UnitTestTouch

    from kiosk.screens.find import FieldCard

    hands.resize(1080, 1920)
    hands.see(Scenes().all()["find"]().frame)
    hands.taps.clear()
    touch = UnitTestTouch(*min(hands.all(FieldCard), key=lambda field: field.x).center)
    touch.touch_down()
    touch.touch_up()
    hands.settle()
    assert [tap for tap in hands.taps if tap.name != "touch"] == [e.Tap("field", "number")]


def test_a_touch_beside_everything_is_told(hands):
    from kivy.tests.common import UnitTestTouch

    hands.resize(1080, 1920)
    hands.see(Kiosk(SAMPLE).up().frame)
    hands.taps.clear()
    touch = UnitTestTouch(3, 3)
    touch.touch_down()
    touch.touch_up()
    assert [tap.name for tap in hands.taps] == ["touch"]


def test_the_warning_can_be_touched_away(hands):
    hands.resize(1080, 1920)
    hands.see(Scenes().all()["warned"]().frame)
    assert [tap.name for tap in hands.touch("继续")] == ["continue"]


def test_what_lies_under_the_warning_takes_no_touch(hands):
    """Not even when the first touch takes the warning away."""
    from kivy.tests.common import UnitTestTouch

    hands.resize(1080, 1920)
    kiosk = Scenes().all()["warned"]()
    hands.see(kiosk.frame)
    bar = hands.kiosk.ids.warning
    below = hands.press("返回")
    x, y = max(below.x, bar.x) + 30, max(below.y, bar.y) + 12
    assert bar.collide_point(x, y)
    assert below.collide_point(x, y)
    hands.taps.clear()
    send = hands.kiosk._send

    def send_and_redraw(tap):
        send(tap)
        hands.kiosk.show(kiosk.tap("continue").frame)

    hands.kiosk._send = send_and_redraw
    touch = UnitTestTouch(x, y)
    touch.touch_down()
    hands.settle()
    touch.touch_up()
    hands.settle()
    hands.kiosk._send = send
    assert [tap.name for tap in hands.taps] == ["touch"]


def test_the_qr_on_the_screen_can_be_read(hands, tmp_path):
    import zxingcpp
    from PIL import Image

    from tests.kiosk.kiosks import TOKEN

    hands.resize(1080, 1920)
    hands.see(Scenes().all()["done"]().frame)
    picture = tmp_path / "done.png"
    hands.kiosk.export_as_image().save(str(picture))
    assert [code.text for code in zxingcpp.read_barcodes(Image.open(picture))] == [TOKEN]


def test_pictures_are_kept_whole(hands, tmp_path):
    from PIL import Image

    from ticketserver.window.picture import Picture

    hands.resize(1080, 1920)
    hands.see(Scenes().all()["home"]().frame)
    path = tmp_path / "pictures" / "kiosk.png"
    picture = Picture(hands.kiosk, path)
    picture.changed()
    deadline = time.monotonic() + WAIT_S
    while not path.exists() and time.monotonic() < deadline:
        hands.loop.idle()
    with Image.open(path) as image:
        assert image.size == (1080, 1920)
    assert [each.name for each in path.parent.iterdir()] == ["kiosk.png"]
