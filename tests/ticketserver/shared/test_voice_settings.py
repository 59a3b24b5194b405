"""Who speaks for which zone: every mistake about loudspeakers and quiet hours is named at its place."""

import pytest

from ticketserver.shared.problems import key_text
from ticketserver.shared.review import review_hall
from ticketserver.shared.voice_settings import loudspeakers, recordings_folder, silent_zones, unspoken

LABOUR = 'speaks = true\n[[display.loudspeaker]]\nzones = ["labour"]\ndevice = "hall1"\nvolume_percent = 60\n'
AUDIT = '[[display.loudspeaker]]\nzones = ["audit"]\ndevice = "hall2"\n'
SECOND = '[[display]]\nid = "display2"\nspeaks = true\n'
DISPLAY, VOICE = 'speaks = true\nfullscreen = false\n', '[voice]\n'  # fmt: skip


def test_two_loudspeakers_at_one_machine(halls):
    settings = halls.load((DISPLAY, f"fullscreen = false\n{LABOUR}{AUDIT}"))
    first, second = loudspeakers(settings, settings.display[0])
    assert (first[0].device, first[0].volume_percent, first[1]) == ("hall1", 60, {"labour"})
    assert (second[0].device, second[0].volume_percent, second[1]) == ("hall2", 100, {"audit"})


def test_without_a_list_the_halls_device_is_the_loudspeaker(halls):
    settings = halls.load((VOICE, '[voice]\ndevice = "hw:1"\nvolume_percent = 70\nzones = ["audit"]\n'))
    ((only, zones),) = loudspeakers(settings, settings.display[0])
    assert (only.device, only.volume_percent, zones) == ("hw:1", 70, {"audit"})


def test_zones_of_two_displays_that_do_not_meet_are_well(halls):
    halls.load((DISPLAY, f'zones = ["audit"]\n{DISPLAY}\n{SECOND}zones = ["labour"]\n'))


MISTAKES = [
    ((DISPLAY, f"{DISPLAY}\n{SECOND}"), "display[2].speaks", "spoken_twice"),
    ((DISPLAY, f"{DISPLAY}{LABOUR.removeprefix('speaks = true')}{LABOUR.removeprefix('speaks = true')}"),
     "display[1].loudspeaker[2].device", "one_device"),
    ((DISPLAY, f"fullscreen = false\n{LABOUR}{AUDIT.replace('audit', 'labour')}"),
     "display[1].loudspeaker[2]", "spoken_twice"),
    ((DISPLAY, f"fullscreen = false\n{LABOUR.replace('labour', 'garden')}"),
     "display[1].loudspeaker[1].zones[1]", "unknown_name"),
    ((DISPLAY, f"fullscreen = false\n{LABOUR.replace('true', 'false')}"), "display[1].speaks", "speaks_not"),
    ((DISPLAY, f'zones = ["audit"]\nfullscreen = false\n{LABOUR}'), "display[1].loudspeaker[1]", "speaks_for_none"),
    ((VOICE, '[voice]\nlanguages = ["en", "zh", "en"]\n'), "voice.languages[3]", "repeated"),
    ((VOICE, '[voice]\nlanguages = []\n'), "voice.languages", "empty_list"),
    ((VOICE, '[voice]\nquiet = [{ starts = "13:00", ends = "12:00" }]\n'), "voice.quiet[1].ends", "too_early"),
    ((VOICE, '[voice]\nvolume_percent = 5\n'), "voice.volume_percent", "wrong_value"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "key", "kind"), MISTAKES)
def test_a_mistake_is_named_at_its_place(halls, change, key, kind):
    (found, *_more) = halls.problems(change)
    assert (key_text(found.path), found.kind) == (key, kind)
    assert found.text("zh") != found.text("en")


def test_who_speaks_twice_is_named_with_the_zones_and_the_other_display(halls):
    (found,) = halls.problems((DISPLAY, f'{DISPLAY}\n{SECOND}zones = ["audit", "labour"]\n'))
    assert "audit, labour" in found.text("en")
    assert "display1" in found.text("en")


def test_a_silent_hall_has_no_loudspeaker_and_no_quarrel(halls):
    settings = halls.load((DISPLAY, f"{DISPLAY}\n{SECOND}"), (VOICE, "[voice]\nenabled = false\n"))
    assert loudspeakers(settings, settings.display[0]) == []


def test_recordings_lie_beside_the_file_of_settings(halls):
    assert recordings_folder(halls.load()) is None
    own = halls.file.parent / "own"
    assert recordings_folder(halls.load((VOICE, '[voice]\nrecordings = "own"\n'))) == own


def test_zones_that_nobody_speaks_for_are_advice(halls):
    settings = halls.load(
        (DISPLAY, f'zones = ["audit", "labour"]\n{DISPLAY}'), (VOICE, '[voice]\nzones = ["audit", "files"]\n')
    )
    assert unspoken(settings) == ["files"]
    (found,) = [each for each in review_hall(settings, settings.catalogue) if each.kind == "unspoken"]
    assert "files" in found.text("zh")
    assert "audit" not in found.text("en")


SILENT = [
    ((VOICE, VOICE), []),
    ((VOICE, '[voice]\nzones = ["comprehensive"]\n'), ["pension-review", "work-injury"]),
    ((DISPLAY, f'zones = ["comprehensive", "pension-review"]\n{DISPLAY}'), ["work-injury", "audit"]),
    ((DISPLAY, "fullscreen = false\n"), ["comprehensive", "pension-review"]),
    ((VOICE, "[voice]\nenabled = false\n"), ["comprehensive", "pension-review"]),
]


@pytest.mark.parametrize(("edit", "silent"), SILENT)
def test_calls_that_no_loudspeaker_says(halls, edit, silent):
    assert silent_zones(halls.load(edit))[:2] == silent


def test_a_hall_without_any_voice_needs_no_advice(halls):
    assert unspoken(halls.load()) == []
    assert unspoken(halls.load((DISPLAY, "fullscreen = false\n"))) == []
