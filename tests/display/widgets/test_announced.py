"""An announcement in a real window: over the foot of the screen, all of it to be read, gone when it is over."""

import pytest
from msgspec.structs import replace

from display.announcements import FRESH_MS
from display.told import SHOWN_MS
from tests.display.displays import DISPLAY, HALL, WORDS, Screen, announced, fresh, full, served, speaking
from tests.display.widgets.checks import clipped_labels, labels_outside, overlapping_labels
from tests.display.widgets.windows import Eyes
from tests.pictures.windows import seen

pytestmark = pytest.mark.window

LONGEST = announced(
    1,
    "请注意,因为一楼东侧正在检修供水管道,今天下午一点半到三点半大厅东侧的卫生间和饮水处暂停使用,请到二楼西侧的卫生间和饮水处,行动不便的同志请到导办台找工作人员帮忙,我们陪您乘电梯上去;"
    "给您带来不便,请您谅解,谢谢您的理解和支持,祝您办事顺利愉快",
    "Please note that the water pipes on the east side of the ground floor are being repaired: from 1:30 to 3:30 this "
    "afternoon please use the toilets and the drinking water on the west side of the first floor; if you cannot climb "
    "stairs, ask at the help desk and we will take you up by lift.",
    urgent=True,
)
SHORT = announced(2, "请 A012 号的同志到导办台", "A012, please come to the help desk")


class Over:
    """The call screen of `Eyes` with the announcement over it."""

    def __init__(self, eyes):
        self._eyes, self._display, self.over = eyes, None, None

    def see(self, frame, panel, inches, **more):
        more = {"layout": "portrait" if panel[0] < panel[1] else "hall"} | more
        display = replace(DISPLAY, width_px=panel[0], height_px=panel[1], size_inches=inches, **more)
        if display != self._display:
            self._hang(display)
        self.over.show(frame)
        self._eyes.settle()

    def _hang(self, display):
        from display.widgets.announced import AnnouncedOver

        self.close()
        self._eyes.hang(display)
        self._eyes.window.remove_widget(self.screen)
        say = WORDS.say
        self.over = AnnouncedOver(self.screen, say("display.announced.title"), say("display.announced.urgent"))
        self.over.size_hint, self.over.size = (None, None), self.screen.size
        self._eyes.window.add_widget(self.over)
        self._display = display

    @property
    def screen(self):
        return self._eyes.screen

    def all(self, kind):
        """What is announced, and nothing of what it covers."""
        plate = self.over._plate
        return [each for each in plate.walk() if isinstance(each, kind) and seen(each)] if plate.parent else []

    def close(self):
        if self.over is not None:
            self._eyes.window.remove_widget(self.over)
        self._eyes.close()


@pytest.fixture(scope="module")
def over(tmp_path_factory):
    made = Over(Eyes(tmp_path_factory.mktemp("kivy"), tmp_path_factory.mktemp("fonts")))
    yield made
    made.close()


def scene(*told, hall=HALL):
    return Screen(hall).see(full(*fresh(2), *served(7), announcements=list(told)))


@pytest.mark.parametrize(("panel", "inches"), [((1920, 1080), 55.0), ((1280, 720), 43.0), ((1080, 1920), 55.0)])
@pytest.mark.parametrize(
    "told", [SHORT, replace(LONGEST, urgent=False), LONGEST], ids=["short", "longest", "longest urgent"]
)
def test_all_of_it_can_be_read(over, panel, inches, told):
    from display.widgets.label import BoardLabel

    over.see(scene(told).frame, panel, inches)
    said = [label.said for label in over.all(BoardLabel) if label.said]
    assert told.text_zh in said
    assert told.text_en in said
    assert clipped_labels(over) == []
    assert overlapping_labels(over) == []
    assert labels_outside(over) == []
    assert over.over._plate.height <= panel[1] / 2


@pytest.mark.parametrize(("panel", "inches"), [((1920, 1080), 55.0), ((1080, 1920), 55.0)])
def test_a_plain_one_leaves_in_sight_where_the_called_are_to_go(over, panel, inches):
    from display.widgets.label import BoardLabel

    over.see(Screen().see(full(*fresh(2), announcements=[SHORT])).frame, panel, inches)
    top = over.over._plate.top
    windows = [label for label in over.over._window.walk() if isinstance(label, BoardLabel) and "号窗口" in label.said]
    assert len(windows) >= 2
    assert all(label.to_window(label.x, label.y)[1] >= top for label in windows)


@pytest.mark.parametrize(
    ("panel", "inches", "layout"), [((1280, 800), 10.1, "counter"), ((1920, 360), 28.0, "counter-bar")]
)
def test_the_sign_over_a_window_stays_and_gives_way_to_an_urgent_one_alone(over, panel, inches, layout):
    from display.widgets.label import BoardLabel

    window = {"layout": layout, "counter": 21}
    hall, _ = speaking(("zh", "en"), replace(DISPLAY, **window))
    over.see(scene(SHORT, hall=hall).frame, panel, inches, **window)
    assert over.all(BoardLabel) == []
    over.see(scene(replace(SHORT, urgent=True), hall=hall).frame, panel, inches, **window)
    assert tuple(over.over._plate.size) == panel
    assert SHORT.text_zh in [label.said for label in over.all(BoardLabel)]
    for told in (replace(SHORT, urgent=True), LONGEST):
        over.see(scene(told, hall=hall).frame, panel, inches, **window)
        assert clipped_labels(over) == []
        assert overlapping_labels(over) == []


def test_its_colour_says_whether_it_is_urgent_and_its_heading_says_it_too(over):
    from display.widgets import theme as t
    from display.widgets.label import BoardLabel

    for told, ground, heading in ((SHORT, t.CARE, "广播"), (LONGEST, t.LAST, "紧急广播")):
        over.see(scene(told).frame, (1920, 1080), 55.0)
        assert tuple(over.over._plate.ground) == tuple(ground)
        assert over.all(BoardLabel)[0].said == heading


def test_it_goes_when_it_is_over(over):
    from display.widgets.label import BoardLabel

    shown = scene(SHORT)
    assert SHOWN_MS < FRESH_MS
    over.see(shown.wait(SHOWN_MS - 1).frame, (1920, 1080), 55.0)
    assert over.all(BoardLabel)
    over.see(shown.wait(1).frame, (1920, 1080), 55.0)
    assert over.all(BoardLabel) == []
