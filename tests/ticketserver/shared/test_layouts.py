"""Layouts of call screens: those that come with the product fit, and what cannot be shown is refused with its place."""

import pytest
from msgspec.structs import replace

from display.widgets import calls, theme
from ticketserver.shared import layout_checks
from ticketserver.shared.device_models import load_models
from ticketserver.shared.devices import Display
from ticketserver.shared.layout_checks import too_small
from ticketserver.shared.layouts import layout_name
from ticketserver.shared.problems import SettingsError
from ticketserver.shared.review import review_hall

OURS = load_models(None).layout
SCREEN = 'id = "display1"\nspeaks = true'
OWN = """
[layout.own]
name_zh = "自己的"
name_en = "Own"
width = 1920
height = 1080
[layout.own.parts]
calls = { x = 0, y = 100, width = 1920, height = 900 }
stale = { x = 0, y = 0, width = 1920, height = 100 }
"""


def screen(text):
    return (SCREEN, f"{SCREEN}\n{text}")


@pytest.fixture
def own(halls):
    """A file of models of the hall's own, with this in it."""

    def write(text):
        folder = halls.file.parent / "models"
        folder.mkdir()
        (folder / "own.toml").write_text(text, "utf-8")
        return ("[hall]\n", '[hall]\nmodels = "models"\n')

    return write


def test_the_shape_of_the_screen_chooses_where_no_layout_is_written():
    assert layout_name(Display(id="d")) == "hall"
    assert layout_name(Display(id="d", width_px=1080, height_px=1920)) == "portrait"
    assert layout_name(Display(id="d", layout="zones")) == "zones"


@pytest.mark.parametrize(
    ("name", "width", "height", "inches", "zones"),
    [("hall", 1920, 1080, 32, 11), ("hall", 3840, 2160, 65, 11), ("portrait", 1080, 1920, 32, 11),
     ("one-zone", 1920, 1080, 32, 1), ("zones", 1920, 1080, 43, 3), ("zones", 1920, 1080, 55, 5),
     ("counter", 1280, 800, 10.1, 11), ("counter", 1920, 1080, 15.6, 11), ("counter-bar", 1920, 360, 19.1, 11)],
)  # fmt: skip
def test_what_comes_with_the_product_fits_its_screens(name, width, height, inches, zones):
    display = Display(id="d", layout=name, width_px=width, height_px=height, size_inches=inches)
    assert too_small(display, OURS[name], zones) == []


@pytest.mark.parametrize(
    ("name", "width", "height", "inches", "zones", "part"),
    [("hall", 1920, 1080, 21.5, 1, "soon"), ("portrait", 1080, 1920, 24, 1, "soon"),
     ("zones", 1920, 1080, 43, 6, "zones"),     ("counter", 1024, 600, 7, 1, "sign")],
)  # fmt: skip
def test_a_screen_on_which_numbers_would_be_too_small_is_found(name, width, height, inches, zones, part):
    display = Display(id="d", layout=name, width_px=width, height_px=height, size_inches=inches)
    assert part in [found for found, _, _ in too_small(display, OURS[name], zones)]


def test_the_measures_are_those_of_the_screens_own_type():
    assert pytest.approx(theme.DIGIT_MM / theme.DIGIT_EM, abs=0.01) == layout_checks.TYPE_MM
    assert pytest.approx(theme.NUMBER_EM * layout_checks.TYPE_MM) == layout_checks.NUMBER_MM
    usual = calls.NARROWEST * layout_checks.TYPE_MM, calls.LOW * layout_checks.TYPE_MM
    assert pytest.approx(usual) == layout_checks.CALL_MM
    wide = 4 * theme.DIGIT_WIDE_EM + calls.BESIDE
    close = wide * layout_checks.TYPE_MM, calls.CLOSE * layout_checks.TYPE_MM
    assert pytest.approx(close) == layout_checks.CLOSE_MM
    assert pytest.approx(calls.STACKED_LOW * layout_checks.TYPE_MM) == layout_checks.STACKED_MM


@pytest.mark.parametrize(
    ("text", "kind", "key"),
    [
        ('layout = "halle"', "unknown_name", "layout"),
        ('layout = "counter"\nwidth_px = 1280\nheight_px = 800\nsize_inches = 10.1', "layout_counter", "counter"),
        ('layout = "counter"\ncounter = 99\nwidth_px = 1280\nheight_px = 800\nsize_inches = 10.1', "layout_counter",
         "counter"),
        ("counter = 3", "layout_no_counter", "counter"),
        ('layout = "portrait"', "layout_shape", "layout"),
        ("size_inches = 19", "layout_small", "size_inches"),
        ('layout = "zones"', "layout_small", "size_inches"),
        ('media_dir = "."\nlayout = "zones"\nzones = ["files"]', "media_no_place", "media_dir"),
    ],
)  # fmt: skip
def test_what_a_screen_cannot_show_is_refused(halls, text, kind, key):
    problems = halls.problems(screen(text))
    assert {(problem.kind, problem.path[-1]) for problem in problems} == {(kind, key)}
    for language in ("zh", "en"):
        assert problems[0].text(language)
    assert problems[0].line


def test_a_screen_over_a_window_is_one_of_its_own(halls):
    text = 'layout = "counter"\ncounter = 3\nwidth_px = 1280\nheight_px = 800\nsize_inches = 10.1'
    assert halls.load(screen(text)).display[0].counter == 3


def test_pictures_are_found_from_hall_toml_on(halls):
    (halls.file.parent / "pictures").mkdir()
    settings = halls.load(screen('media_dir = "pictures"'))
    assert layout_checks.media_folder(settings, settings.display[0]) == halls.file.parent / "pictures"


def test_a_folder_of_pictures_that_is_not_here_is_advice_and_closes_no_hall(halls):
    settings = halls.load(screen('media_dir = "nowhere"'))
    (finding,) = [each for each in review_hall(settings, settings.catalogue) if each.kind == "no_media_dir"]
    for language in ("zh", "en"):
        assert str(halls.file.parent / "nowhere") in finding.text(language)
    (halls.file.parent / "nowhere").mkdir()
    assert "no_media_dir" not in [each.kind for each in review_hall(settings, settings.catalogue)]


def test_a_hall_adds_its_own_layout(halls, own):
    settings = halls.load(own(OWN), screen('layout = "own"'))
    assert settings.models.layout.keys() == OURS.keys() | {"own"}


CALLS = "calls = { x = 0, y = 100, width = 1920, height = 900 }"
STALE = "stale = { x = 0, y = 0, width = 1920, height = 100 }"


@pytest.mark.parametrize(
    ("old", "new", "kind", "key"),
    [
        (CALLS, "soon = { x = 0, y = 100, width = 1920, height = 900 }", "layout_without", "parts"),
        (STALE, "", "layout_part_alone", "calls"),
        (CALLS, CALLS.replace("height = 900", "height = 990"), "layout_outside", "calls"),
        (CALLS, CALLS.replace("x = 0", "x = 10"), "layout_outside", "calls"),
        (CALLS, f"{CALLS}\nfoot = {{ x = 0, y = 990, width = 1920, height = 50 }}", "layout_over", "foot"),
        (CALLS, f"{CALLS}\ncalls_quiet = {{ x = 0, y = 100, width = 900, height = 900 }}", "layout_part_alone",
         "calls_quiet"),
        (CALLS, f"{CALLS}\nmedia = {{ x = 0, y = 100, width = 900, height = 900 }}\n"
         "calls_quiet = { x = 800, y = 100, width = 900, height = 900 }", "layout_over", "calls_quiet"),
        (CALLS, CALLS.replace("calls", "call"), "unknown_key", "call"),
        ("width = 1920\nheight = 1080\n", "width = 1920\n", "missing_key", "height"),
    ],
)  # fmt: skip
def test_a_layout_that_cannot_be_drawn_is_refused_with_its_line(halls, own, old, new, kind, key):
    assert old in OWN
    with pytest.raises(SettingsError) as error:
        halls.load(own(OWN.replace(old, new, 1)))
    assert (kind, key) in [(problem.kind, problem.path[-1]) for problem in error.value.problems]
    assert all(problem.file.endswith("own.toml") for problem in error.value.problems)
    assert "own.toml" in str(error.value)


def test_layouts_of_ours_are_used_by_name_only(halls):
    assert set(OURS) == {"hall", "portrait", "one-zone", "zones", "counter", "counter-bar"}
    assert replace(halls.load().display[0]).layout == ""
