"""Every screen in a real window: nothing clipped, nothing over another, targets large enough, touches that arrive."""

import time

import pytest

from kiosk import events as e
from tests.kiosk.kiosks import Kiosk
from tests.kiosk.scenes import SAMPLE, Scenes
from tests.kiosk.screens.windows import Hands, seen

pytestmark = pytest.mark.window

PANELS = {(1080, 1920): 81, (1920, 1080): 81, (1024, 768): 67}
"""Window and the pixels of 20 mm on it (21.5" and 15" panels)."""
KINDS = {"zh": (False, False), "en": (True, False), "zh-large": (False, True), "en-large": (True, True)}
FITS = [(panel, kind) for panel in PANELS for kind in (KINDS if panel == (1080, 1920) else ("zh", "en-large"))]
WAIT_S = 10


@pytest.fixture(scope="module")
def hands(tmp_path_factory):
    return Hands(tmp_path_factory.mktemp("kivy"), tmp_path_factory.mktemp("fonts"))


def box(widget):
    x, y = widget.to_window(widget.x, widget.y)
    return x, y, x + widget.width, y + widget.height


def clipped(hands):
    """Labels whose words do not fit their place."""
    from kiosk.screens.label import FitLabel

    return [
        (label.said, label.size, label.texture_size)
        for label in hands.all(FitLabel)
        if label.said and (label.texture_size[1] > label.height + 1 or label.texture_size[0] > label.width + 1)
    ]


def overlapping(hands):
    """Pairs of buttons that share pixels, except with the warning, which lies over all."""
    from kiosk.screens.parts import Press

    bar = hands.kiosk.ids.warning
    presses = [press for press in hands.all(Press) if bar not in list(press.walk_reverse())]
    boxes = [(press.button.label, box(press)) for press in presses]
    return [
        (one, other)
        for place, (one, a) in enumerate(boxes)
        for other, b in boxes[place + 1 :]
        if a[0] < b[2] - 1 and b[0] < a[2] - 1 and a[1] < b[3] - 1 and b[1] < a[3] - 1
    ]


def too_small(hands, target):
    from kiosk.screens.parts import Press

    return [(press.button.label, press.size) for press in hands.all(Press) if min(press.size) < target]


def spilled(hands):
    """Widgets that a layout could not hold."""
    from kivy.uix.boxlayout import BoxLayout

    spilled = []
    for place in hands.all(BoxLayout):
        for child in place.children:
            over = max(place.x - child.x, place.y - child.y, child.right - place.right, child.top - place.top)
            if seen(child) and min(child.size) > 1 and over > 1:
                spilled.append((type(place).__name__, type(child).__name__, over))
    return spilled


def outside(hands, width, height):
    from kiosk.screens.parts import Press

    boxes = [(press.button.label, box(press)) for press in hands.all(Press)]
    return [each for each in boxes if each[1][0] < 0 or each[1][1] < 0 or each[1][2] > width or each[1][3] > height]


@pytest.mark.parametrize(("panel", "kind"), FITS)
def test_every_screen_fits(hands, panel, kind):
    english, large = KINDS[kind]
    hands.resize(*panel)
    found = {}
    for name, scene in Scenes(english, large).all().items():
        hands.see(scene().frame)
        wrong = {
            "clipped": clipped(hands), "overlapping": overlapping(hands),
            "too small": too_small(hands, PANELS[panel]), "outside": outside(hands, *panel), "spilled": spilled(hands),
        }  # fmt: skip
        if any(wrong.values()):
            found[name] = {what: which for what, which in wrong.items() if which}
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
    first = {press.button.label for press in hands.all(type(hands.press("返回")))}
    assert hands.touch("下一页") == []
    second = {press.button.label for press in hands.all(type(hands.press("返回")))}
    assert "公司加人参保" in first - second
    assert hands.touch("上一页") == []
    touch("公司加人参保")
    assert kiosk.flow.desk.visit.basket == {"REG-04": 1}


def test_a_choice_on_the_second_page_stays_on_the_second_page(hands):
    hands.resize(1080, 1920)
    kiosk, touch = live(hands)
    touch("单位业务")
    hands.touch("下一页")
    from kiosk.screens.parts import Press

    label = next(press.button.label for press in hands.all(Press) if press.button.tap.name == "toggle")
    kiosk.wait(500).see(e.Tapped(hands.touch(label)[0]))
    hands.see(kiosk.frame)
    assert hands.press(f"{label}").button.look.value == "chosen"


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
