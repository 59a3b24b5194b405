"""Every scene in a real window: nothing clipped, nothing over another, numbers as high as they must be."""

from dataclasses import replace as dataclass_replace

import pytest
from msgspec.structs import replace

from display.fresh import UNSPOKEN_MS
from display.io.hall import hall_of
from display.model import Item, Showing, Still
from tests.display.displays import (
    DISPLAY,
    HALL,
    LONG_ZONE,
    LONG_ZONE_EN,
    NINE,
    ROOM,
    SECOND,
    SETTINGS,
    SIGNS,
    WORDS,
    Screen,
    burst,
    burst_rows,
    call,
    fresh,
    full,
    hours,
    row,
    scene,
    served,
)  # fmt: skip
from tests.display.widgets.checks import clipped_labels, wrong
from tests.display.widgets.windows import Eyes
from tests.glyphs import missing_glyphs
from ticketserver.core.terms import Phase, VisitState

pytestmark = pytest.mark.window

SCREENS = {
    "hall": [(1920, 1080, 55), (1280, 720, 43), (3840, 2160, 65), (1920, 1080, 32)],
    "portrait": [(1080, 1920, 55), (1080, 1920, 43), (1080, 1920, 32)],
    "one-zone": [(1920, 1080, 43), (1920, 1080, 32)],
    "zones": [(1920, 1080, 55), (1920, 1080, 43)],
}
"""Layout → pixels and inches of the panels it is looked at on."""
SOME = ("comprehensive", "pension-review", "labour")
"""Zones enough for columns."""
SMALL = {"counter": [(1280, 800, 10.1), (1920, 1080, 15.6)], "counter-bar": [(1920, 360, 19.1)]}


def screen_of(layout, width, height, inches):
    zones = {"one-zone": ("pension-review",), "zones": SOME}.get(layout, ())
    counter = 21 if layout in SMALL else 0
    return replace(
        DISPLAY, layout=layout, width_px=width, height_px=height, size_inches=inches, zones=zones, counter=counter
    )


def wrong_scenes(eyes, display, scenes):
    """Scene → what is wrong with it on this screen."""
    eyes.hang(display)
    found = {}
    for name, made in scenes.items():
        eyes.see(made(hall_of(SETTINGS, display), WORDS).frame)
        if wrong(eyes):
            found[name] = wrong(eyes)
    return found


@pytest.fixture(scope="module")
def eyes(tmp_path_factory):
    made = Eyes(tmp_path_factory.mktemp("kivy"), tmp_path_factory.mktemp("fonts"))
    yield made
    made.close()


@pytest.mark.parametrize(("layout", "panel"), [(name, panel) for name in SCREENS for panel in SCREENS[name]])
def test_every_scene_fits(eyes, layout, panel):
    assert wrong_scenes(eyes, screen_of(layout, *panel), ROOM) == {}


@pytest.mark.parametrize(("layout", "panel"), [(name, panel) for name in SMALL for panel in SMALL[name]])
def test_every_sign_of_a_counter_fits(eyes, layout, panel):
    assert wrong_scenes(eyes, screen_of(layout, *panel), SIGNS) == {}


def test_every_sign_can_be_drawn(eyes):
    from display.widgets.label import BigNumber, BoardLabel
    from display.widgets.theme import theme

    eyes.hang(DISPLAY)
    said = set()
    for made in ROOM.values():
        eyes.see(made(HALL, WORDS).frame)
        said |= {label.said for label in eyes.all(BoardLabel)}
        assert all(number.said.isascii() and number.said.isalnum() for number in eyes.all(BigNumber) if number.said)
    assert missing_glyphs(theme.font, said) == ""
    assert missing_glyphs(theme.bold, said) == ""


def shown(eyes):
    from display.widgets.calls import CallCard

    return [card.ids.number.said for card in reversed(eyes.all(CallCard))]


def test_the_newest_call_is_the_largest(eyes):
    from display.widgets.calls import CallCard

    eyes.hang(DISPLAY)
    eyes.see(scene("one").frame)
    cards = sorted(eyes.all(CallCard), key=lambda card: -card.ids.number.font_size)
    assert cards[0].ids.number.said == "A018"
    assert cards[0].ids.number.font_size > 2 * cards[1].ids.number.font_size


def test_six_new_calls_stand_there_at_once_and_others_take_turns(eyes):
    eyes.hang(DISPLAY)
    screen = scene("six")
    eyes.see(screen.frame)
    large = [card.number for card in screen.frame.calls]
    assert len(large) == 6
    assert set(large) <= set(shown(eyes))
    seen = set(shown(eyes))
    for _ in range(4):
        eyes.see(screen.wait(6_000).frame)
        seen |= set(shown(eyes))
    assert seen == {card.number for card in screen.frame.calls + screen.frame.rows}


@pytest.mark.parametrize("layout", SCREENS)
def test_after_a_burst_a_screen_is_as_one_that_saw_none(eyes, layout):
    """In places and sizes; the widgets that stand there may be others."""
    from display.widgets.card import CallCard

    def places():
        cards = eyes.all(CallCard)
        return sorted(
            (card.number, *card.pos, *card.size, card.tight, card.stacked, card.ids.number.font_size, *card.ground)
            for card in cards
        )

    display = screen_of(layout, *SCREENS[layout][0])
    hall = hall_of(SETTINGS, display)
    screen = burst(hall, WORDS)
    calls = [each.call for each in burst_rows()]
    frames = [screen.frame]
    for called in (6, 2, 0):
        rows = [row(each, VisitState.CALLED if at < called else VisitState.SERVING) for at, each in enumerate(calls)]
        screen.see(full(*rows))
        for _ in range(6):
            screen.wait(UNSPOKEN_MS)
        frames.append(screen.frame)
    screen.see(full(row(call(900, "A777", 3, screen.now))))
    frames.append(screen.frame)
    eyes.hang(display)
    after = []
    for frame in frames:
        eyes.see(frame)
        after.append(places())
    for frame, there in zip(frames, after, strict=True):
        eyes.hang(display)
        eyes.see(frame)
        assert places() == there
    assert any(card[5] for card in after[0]) is (layout != "one-zone"), "its few counters have room at any time"
    assert not any(card[5] for card in after[-1] + after[-2])


def test_missed_numbers_take_turns(eyes):
    eyes.hang(DISPLAY)
    screen = scene("quiet")
    seen = set()
    for _ in range(3):
        eyes.see(screen.wait(6_000).frame)
        seen |= {label.said for label in eyes.screen.parts["missed"].ids.grid.children}
    assert set(screen.frame.missed) <= seen


def test_four_missed_numbers_are_in_sight_at_once(eyes):
    eyes.hang(DISPLAY)
    eyes.see(Screen().see(full(*fresh(2), *served(7))).frame)
    shown = [label.said for label in eyes.screen.parts["missed"].ids.grid.children if label.said]
    assert len(shown) == 4


def test_a_flash_changes_the_ground_and_nothing_moves(eyes):
    from display.widgets.calls import CallCard

    eyes.hang(DISPLAY)
    screen = scene("one")
    looks = []
    for _ in range(2):
        eyes.see(screen.frame)
        card = next(each for each in eyes.all(CallCard) if each.ids.number.said == "A018")
        looks.append((tuple(card.ground), tuple(card.pos), tuple(card.size)))
        screen.wait(500)
    assert looks[0][0] != looks[1][0]
    assert looks[0][1:] == looks[1][1:]


def test_a_stale_screen_says_so_over_the_calls(eyes):
    eyes.hang(DISPLAY)
    screen = scene("stale")
    eyes.see(screen.frame)
    mark = eyes.screen.parts["stale"]
    assert mark.opacity == 1
    assert eyes.screen.parts["calls"].opacity < 0.5
    assert mark.ids.text.ids.main.text == "画面暂停更新,请听从工作人员安排"
    eyes.see(screen.see(full(*served(3))).frame)
    assert mark.opacity == 0
    assert eyes.screen.parts["calls"].opacity == 1


def test_lunch_and_long_names_are_said(eyes):
    eyes.hang(DISPLAY)
    eyes.see(scene("lunch").frame)
    assert "12:00–13:30" in eyes.screen.parts["foot"].ids.text.ids.main.text
    eyes.see(scene("long").frame)
    from display.widgets.label import BoardLabel

    words = " ".join(label.text.replace("\n", "") for label in eyes.all(BoardLabel))
    assert LONG_ZONE in words
    assert LONG_ZONE_EN not in words or "Window" in words


def test_a_language_alone_has_the_whole_place(eyes):
    from display.words import Words
    from tests.display.displays import HALL, LOCAL, WORDS

    eyes.hang(DISPLAY)
    screen = Screen(HALL, Words(WORDS.texts[:1], LOCAL)).see(full(*fresh(1), row(call(1))))
    eyes.see(screen.frame)
    assert [card.window.side for card in screen.frame.calls] == [""] * len(screen.frame.calls)
    assert clipped_labels(eyes) == []


def test_a_picture_of_the_screen(eyes, tmp_path):
    from PIL import Image

    eyes.hang(DISPLAY)
    eyes.see(Screen().see(full(*fresh(2), when=hours(Phase.CALLING))).frame)
    eyes.picture(tmp_path / "board.png")
    with Image.open(tmp_path / "board.png") as image:
        assert image.size == (1920, 1080)
        assert len(image.convert("RGB").getcolors(1_000_000)) > 100


def test_a_picture_stands_beside_the_calls_and_makes_way_for_a_new_one(eyes):
    eyes.hang(DISPLAY)
    screen = scene("picture")
    eyes.see(screen.frame)
    media, calls = eyes.screen.parts["media"], eyes.screen.parts["calls"]
    assert media.opacity == 1
    assert media.ids.picture.texture.size != (1, 1)
    assert media.right < calls.x
    screen.board.call(call(300, at=screen.now))
    eyes.see(screen.wait(0).frame)
    assert media.opacity == 0
    assert calls.width > eyes.screen.width / 2


def test_a_film_stands_where_pictures_do_upright_and_in_its_shape(eyes, tmp_path):
    """Its upper half red, the lower blue; then it is a picture's turn, the film's, and another film's."""
    from PIL import Image

    def seen_at(*share):
        eyes.picture(tmp_path / "board.png")
        with Image.open(tmp_path / "board.png") as image:
            return image.convert("RGB").getpixel((media.x + share[0] * media.width, share[1] * image.height))

    def paint(still):
        """Until the window has rested from the one before, and has drawn it."""
        eyes.screen.paint(still)
        while media._newest is not None:
            eyes.settle()
        eyes.settle()

    def still(upper, lower):
        return Still(160, 90, bytes(upper * 160 * 45 + lower * 160 * 45))

    eyes.hang(DISPLAY)
    screen = scene("picture")
    film = Item("/nowhere/film.mp4", film=True)
    showing = dataclass_replace(screen.frame, media=Showing(film, 2))
    eyes.see(screen.frame)
    media = eyes.screen.parts["media"]
    picture = media.ids.picture.texture
    eyes.see(showing)
    assert eyes.screen.media_px == (int(media.width), int(media.height))
    assert media.ids.picture.texture is picture, "until the film's first still is there"
    paint(still([255, 0, 0], [0, 0, 255]))
    middle = 1 - media.center_y / 1080
    assert seen_at(0.5, middle - 0.05) == (255, 0, 0)
    assert seen_at(0.5, middle + 0.05) == (0, 0, 255)
    assert media.ids.picture.norm_image_size == pytest.approx((media.width, media.width * 90 / 160))
    film_texture = media.ids.picture.texture
    paint(still([0, 255, 0], [0, 255, 0]))
    assert seen_at(0.5, middle) == (0, 255, 0)
    assert media.ids.picture.texture is film_texture
    eyes.see(screen.frame)
    paint(still([255, 0, 0], [255, 0, 0]))
    assert media.ids.picture.texture.size == picture.size
    eyes.see(showing)
    paint(Still(2, 4, bytes(24)))
    assert media.ids.picture.texture.size == (2, 4)
    screen.board.call(call(300, at=screen.now))
    eyes.see(screen.wait(0).frame)
    assert eyes.screen.media_px is None


def test_a_window_rests_from_a_film_as_long_as_it_takes_to_draw_it(eyes, monkeypatch):
    from display.widgets import media as part

    rests = []
    seconds = iter([100.0, 100.25])
    eyes.hang(DISPLAY)
    film = Showing(Item("/nowhere/film.mp4", film=True), 1)
    eyes.see(dataclass_replace(scene("picture").frame, media=film))
    media = eyes.screen.parts["media"]
    monkeypatch.setattr(part, "monotonic", lambda: next(seconds))
    monkeypatch.setattr(eyes.clock, "schedule_once", lambda what, rest: rests.append((what, rest)))
    eyes.screen.paint(Still(2, 2, bytes(12)))
    eyes.settle()
    ((rested, rest),) = rests
    assert rest == 0.25
    for side in (4, 8):
        eyes.screen.paint(Still(side, side, bytes(3 * side * side)))
        eyes.settle()
        assert media.ids.picture.texture.size == (2, 2)
    monkeypatch.undo()
    rested(rest)
    eyes.settle()
    assert media.ids.picture.texture.size == (8, 8)


def test_a_layout_without_a_place_for_them_takes_no_film(eyes):
    eyes.hang(screen_of("zones", 1920, 1080, 55))
    eyes.see(scene("picture").frame)
    eyes.screen.paint(Still(2, 2, bytes(12)))
    assert eyes.screen.media_px is None


def test_no_picture_takes_the_place_of_somebody_who_is_called(eyes):
    eyes.hang(DISPLAY)
    screen = scene("picture")
    waiting = [row(call(100 + place, at=NINE - 100 * SECOND - place, spoken=True)) for place in range(28)]
    eyes.see(screen.see(full(*waiting)).frame)
    assert screen.frame.media
    assert eyes.screen.parts["media"].opacity == 0
    assert set(shown(eyes)) == {each.call.number for each in waiting}


def test_twenty_eight_calls_stand_there_at_once_and_nothing_is_over_them(eyes):
    eyes.hang(replace(DISPLAY, size_inches=43.0))
    screen = scene("burst")
    eyes.see(screen.frame)
    assert len(set(shown(eyes))) == 28
    assert [eyes.screen.parts[name].opacity for name in ("soon", "missed", "waiting", "foot")] == [0, 0, 0, 1]


def test_columns_make_way_when_one_of_them_is_too_small(eyes):
    display = screen_of("zones", 1920, 1080, 55)
    hall = hall_of(SETTINGS, display)
    eyes.hang(display)
    eyes.see(scene("two", hall).frame)
    assert (eyes.screen.parts["zones"].opacity, eyes.screen.parts["calls"].opacity) == (1, 0)
    eyes.see(scene("burst", hall).frame)
    assert (eyes.screen.parts["zones"].opacity, eyes.screen.parts["calls"].opacity) == (0, 1)


def test_columns_without_calls_say_what_that_means(eyes):
    display = screen_of("zones", 1920, 1080, 55)
    eyes.hang(display)
    screen = scene("closed", hall_of(SETTINGS, display))
    eyes.see(screen.frame)
    says = eyes.screen.parts["zones"].ids.says.ids.main
    assert says.text.replace("\n", "") == screen.frame.says.main
    assert wrong(eyes) == {}
    over = eyes.screen.parts["zones"].ids.over
    assert over.opacity == 1
    eyes.see(scene("one", hall_of(SETTINGS, display)).frame)
    assert (says.text, over.opacity) == ("", 0)


def test_what_is_not_seen_is_not_drawn(eyes):
    eyes.hang(DISPLAY)
    for name in ("picture", "burst", "stale"):
        eyes.see(scene(name).frame)
        parts = list(eyes.screen.parts.values())
        assert eyes.screen.children[::-1] == [part for part in parts if part.opacity]
        assert len(eyes.screen.children) < len(parts)
