"""Every scene in a real window: nothing clipped, nothing over another, numbers as high as they must be."""

import pytest

from tests.display.displays import LONG_ZONE, LONG_ZONE_EN, SCENES, Screen, call, fresh, full, hours, row, served
from tests.display.widgets.windows import Eyes
from tests.glyphs import missing_glyphs
from ticketserver.core.terms import Phase

pytestmark = pytest.mark.window

PANELS = {(1920, 1080): 55.0, (1280, 720): 43.0, (1080, 1920): 55.0, (3840, 2160): 65.0}
"""Pixels and inches."""
TALL = 0.98
"""How much of the least height a number must have: type comes in even sizes."""


@pytest.fixture(scope="module")
def eyes(tmp_path_factory):
    made = Eyes(tmp_path_factory.mktemp("kivy"), tmp_path_factory.mktemp("fonts"))
    yield made
    made.close()


def box(widget):
    x, y = widget.to_window(widget.x, widget.y)
    return x, y, x + widget.width, y + widget.height


def clipped(eyes):
    """Labels whose words do not fit their place."""
    from display.widgets.label import BoardLabel

    return [
        (label.said, label.size, label.texture_size)
        for label in eyes.all(BoardLabel)
        if label.said and (label.texture_size[1] > label.height + 1 or label.texture_size[0] > label.width + 1)
    ]


def wide_numbers(eyes):
    from display.widgets.label import BigNumber

    return [(number.said, number.size, number.texture_size) for number in eyes.all(BigNumber)
            if number.texture_size[0] > number.width + 1]  # fmt: skip


def low_numbers(eyes):
    """Numbers whose digits are lower than the panel asks for."""
    from display.widgets.label import BigNumber
    from display.widgets.theme import theme

    return [(number.said, number.font_size, theme.number_px) for number in eyes.all(BigNumber)
            if number.said and number.font_size < theme.number_px * TALL]  # fmt: skip


def overlapping(eyes):
    """Pairs of labels with words that share pixels."""
    from display.widgets.label import BigNumber, BoardLabel

    boxes = [(label.said, inked(label)) for kind in (BoardLabel, BigNumber) for label in eyes.all(kind) if label.said]
    return [
        (one, other)
        for place, (one, a) in enumerate(boxes)
        for other, b in boxes[place + 1 :]
        if a[0] < b[2] - 1 and b[0] < a[2] - 1 and a[1] < b[3] - 1 and b[1] < a[3] - 1
    ]


def inked(label):
    """Where a label has ink: its words in the middle of its place, or where they are aligned to; a line of type has
    air above and below that no sign of ours uses."""
    left, bottom, right, top = box(label)
    wide, high = label.texture_size
    if label.halign == "center":
        left = (left + right - wide) / 2
    elif label.halign == "right":
        left = right - wide
    middle = top - high / 2 if label.valign == "top" else (bottom + top) / 2
    ink = high / 2 * 0.72
    return left, middle - ink, left + wide, middle + ink


def outside(eyes, width, height):
    from kivy.uix.label import Label

    boxes = [(label.text, box(label)) for label in eyes.all(Label) if label.text]
    return [each for each in boxes if min(each[1]) < -1 or each[1][2] > width + 1 or each[1][3] > height + 1]


def spilled(eyes):
    """Widgets that a layout could not hold."""
    from kivy.uix.boxlayout import BoxLayout

    spilled = []
    for place in eyes.all(BoxLayout):
        for child in place.children:
            over = max(place.x - child.x, place.y - child.y, child.right - place.right, child.top - place.top)
            if child.opacity and min(child.size) > 1 and over > 1:
                spilled.append((type(place).__name__, type(child).__name__, over))
    return spilled


@pytest.mark.parametrize("panel", PANELS)
def test_every_scene_fits(eyes, panel):
    eyes.resize(*panel, panel=panel, inches=PANELS[panel])
    found = {}
    for name, scene in SCENES.items():
        eyes.see(scene().frame)
        wrong = {
            "clipped": clipped(eyes), "wide": wide_numbers(eyes), "low": low_numbers(eyes),
            "overlapping": overlapping(eyes), "outside": outside(eyes, *panel), "spilled": spilled(eyes),
        }  # fmt: skip
        if any(wrong.values()):
            found[name] = {what: which for what, which in wrong.items() if which}
    assert found == {}


def test_every_sign_can_be_drawn(eyes):
    from display.widgets.label import BigNumber, BoardLabel
    from display.widgets.theme import theme

    eyes.resize(1920, 1080)
    said = set()
    for scene in SCENES.values():
        eyes.see(scene().frame)
        said |= {label.said for label in eyes.all(BoardLabel)}
        assert all(number.said.isascii() and number.said.isalnum() for number in eyes.all(BigNumber) if number.said)
    assert missing_glyphs(theme.font, said) == ""
    assert missing_glyphs(theme.bold, said) == ""


def shown(eyes):
    from display.widgets.calls import CallCard

    return [card.ids.number.said for card in reversed(eyes.all(CallCard))]


def test_the_newest_call_is_the_largest(eyes):
    from display.widgets.calls import CallCard

    eyes.resize(1920, 1080)
    eyes.see(SCENES["one"]().frame)
    cards = sorted(eyes.all(CallCard), key=lambda card: -card.ids.number.font_size)
    assert cards[0].ids.number.said == "A018"
    assert cards[0].ids.number.font_size > 2 * cards[1].ids.number.font_size


def test_six_new_calls_stand_there_at_once_and_others_take_turns(eyes):
    eyes.resize(1920, 1080)
    screen = SCENES["six"]()
    eyes.see(screen.frame)
    large = [card.number for card in screen.frame.calls]
    assert len(large) == 6
    assert set(large) <= set(shown(eyes))
    seen = set(shown(eyes))
    for _ in range(4):
        eyes.see(screen.wait(6_000).frame)
        seen |= set(shown(eyes))
    assert seen == {card.number for card in screen.frame.calls + screen.frame.rows}


def test_missed_numbers_take_turns(eyes):
    eyes.resize(1920, 1080)
    screen = SCENES["quiet"]()
    seen = set()
    for _ in range(3):
        eyes.see(screen.wait(6_000).frame)
        seen |= {label.said for label in eyes.screen.ids.missed.ids.grid.children}
    assert set(screen.frame.missed) <= seen


def test_a_flash_changes_the_ground_and_nothing_moves(eyes):
    from display.widgets.calls import CallCard

    eyes.resize(1920, 1080)
    screen = SCENES["one"]()
    looks = []
    for _ in range(2):
        eyes.see(screen.frame)
        card = next(each for each in eyes.all(CallCard) if each.ids.number.said == "A018")
        looks.append((tuple(card.ground), tuple(card.pos), tuple(card.size)))
        screen.wait(500)
    assert looks[0][0] != looks[1][0]
    assert looks[0][1:] == looks[1][1:]


def test_a_stale_screen_says_so_over_the_calls(eyes):
    eyes.resize(1920, 1080)
    screen = SCENES["stale"]()
    eyes.see(screen.frame)
    mark = eyes.screen.ids.stale
    assert mark.height > 0 and mark.opacity == 1  # noqa: PT018
    assert mark.ids.text.ids.main.text == "画面暂停更新,请听从工作人员安排"
    eyes.see(screen.see(full(*served(3))).frame)
    assert mark.height == 0 and mark.opacity == 0  # noqa: PT018


def test_lunch_and_long_names_are_said(eyes):
    eyes.resize(1920, 1080)
    eyes.see(SCENES["lunch"]().frame)
    assert "12:00–13:30" in eyes.screen.ids.bar.ids.text.ids.main.text
    eyes.see(SCENES["long"]().frame)
    from display.widgets.label import BoardLabel

    words = " ".join(label.text.replace("\n", "") for label in eyes.all(BoardLabel))
    assert LONG_ZONE in words
    assert LONG_ZONE_EN not in words or "Window" in words


def test_a_language_alone_has_the_whole_place(eyes):
    from display.board import Board
    from display.words import Words
    from tests.display.displays import HALL, LOCAL, WORDS

    eyes.resize(1920, 1080)
    screen = Screen(board=Board(HALL, Words(WORDS.texts[:1], LOCAL))).see(full(*fresh(1), row(call(1))))
    eyes.see(screen.frame)
    assert [card.window.side for card in screen.frame.calls] == [""] * len(screen.frame.calls)
    assert clipped(eyes) == []


def test_a_picture_of_the_screen(eyes, tmp_path):
    from PIL import Image

    eyes.resize(1920, 1080)
    eyes.see(Screen().see(full(*fresh(2), when=hours(Phase.CALLING))).frame)
    eyes.picture(tmp_path / "board.png")
    with Image.open(tmp_path / "board.png") as image:
        assert image.size == (1920, 1080)
        assert len(image.convert("RGB").getcolors(1_000_000)) > 100
