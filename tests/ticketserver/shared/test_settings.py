"""hall.toml: every rule that refuses a file, each seen on the sample hall with one thing changed."""

import pytest

from tests.ticketserver.shared.halls import Halls
from ticketserver.shared.problems import key_text
from ticketserver.shared.settings import HallInfo, Server, Settings

PANEL = "\n[[panel]]\ncounter = {counter}\ncharacters = {characters}\nalphabet = \"{alphabet}\"\n"
LAST = 'address = 34\n'


def panel(counter: int = 1, characters: int = 4, alphabet: str = "seven-segment") -> tuple[str, str]:
    return (LAST, LAST + PANEL.format(counter=counter, characters=characters, alphabet=alphabet))


WARNING = "idle_warning_ms = 60000"
ZONE_AGAIN = """[[zone]]
id = "talent" # again
name_zh = "x"
name_en = "x"
area_zh = "x"
area_en = "x"
series = "A"
order = 1
#"""
PURPOSE_AGAIN = """[[purpose]]
id = "papers" # again
name_zh = "x"
name_en = "x"
zone = "files"
minutes = 1
minutes_p90 = 1
#"""

CASES = [
    # what is changed · key path · kind · a text of the line that the message must name
    ('series = "F"', 'series = "B"', "zone[3].series", "unknown_name", 'series = "B"'),
    ('prefix = "H"', 'prefix = "K"', "series[4].prefix", "wrong_value", 'prefix = "K"'),
    ("# ---- Zones.", '[[series]]\nprefix = "A" # again\n#', "series[7].prefix", "repeated", "# again"),
    ("number = 30\n", "number = 29\n", "counter[30].number", "repeated", None),
    ("# ---- Profiles", ZONE_AGAIN, "zone[12].id", "repeated", "# again"),
    ('zone = "talent"', 'zone = "talents"', "counter[30].zone", "unknown_name", 'zone = "talents"'),
    ('profile = "support"', 'profile = "suport"', "counter[28].profile", "unknown_name", 'profile = "suport"'),
    ('redirect_zone = "pension-review"', 'redirect_zone = "x"', "counter[1].redirect_zone", "unknown_name", '"x"'),
    ('zones = ["compre', 'zones = ["xcompre', "profile[1].primary.zones[1]", "unknown_name", '"xcomprehensive"'),
    ('"EMP-07", "UNE-01"', '"EMP-70", "UNE-01"', "profile[4].together.services[3]", "unknown_service", '"EMP-70"'),
    ("# ---- Devices", PURPOSE_AGAIN, "purpose[5].id", "repeated", "# again"),
    ('name_en = "Collect a result"\nzone = "', 'name_en = "C"\nzone = "x', "purpose[3].zone", "unknown_name", '"xcomp'),
    ('printer = "printer2"', 'printer = "printer3"', "kiosk[2].printer", "unknown_name", '"printer3"'),
    ("number = 2\nprinter", "number = 1\nprinter", "kiosk[2].number", "repeated", "number = 1\nprinter = \"printer2\""),
    ('id = "kiosk2"', 'id = "kiosk2"\n' + WARNING, "kiosk[2].idle_warning_ms", "warns_too_late", WARNING),
    ("printer2?baud", "printer1?baud", "printer[2].link", "link_taken", None),
    ('link = "serial:run/dev/bus1', 'link = "usb:run/dev/bus1', "bus[1].link", "wrong_value", '"usb:'),
    ("speaks = true", 'zones = ["hall"]\nspeaks = true', "display[1].zones[1]", "unknown_name", '["hall"]'),
    ('one_as = "幺"', 'zones = ["hall"]\none_as = "一"', "voice.zones[1]", "unknown_name", '["hall"]'),
    ("counter = 2\naddress", "counter = 31\naddress", "bus[1].box[2].counter", "unknown_name", "counter = 31"),
    ("counter = 2\naddress", "counter = 1\naddress", "bus[1].box[2].counter", "repeated", None),
    ("address = 34", "address = 33", "bus[1].box[2].address", "repeated", None),
    ("address = 34", "address = 31", "bus[1].box[2].address", "wrong_value", "address = 31"),
    ("address = 34", 'address = 34\nkeys = { "31" = "call" }', "bus[1].box[2].keys.31", "wrong_value", '"call"'),
    (*panel(counter=31), "panel[1].counter", "unknown_name", "counter = 31"),
    ('calling_from = "08:30"', 'calling_from = "07:30"', "calendar.calling_from", "too_early", '"07:30"'),
    ('ends = "17:00"', 'ends = "16:30"', "calendar.ends", "too_early", '"16:30"'),
    ('turns_at = "04:00"', 'turns_at = "08:15"', "calendar.numbers_from", "too_early", 'numbers_from = "08:00"'),
    ("days = [2026-01-04", "days = [2026-01-01", "calendar.makeup_days[1]", "two_kinds_of_day", "makeup_days"),
    ('ends = "13:30"', 'ends = "12:00"', "calendar.lunch.ends", "too_early", 'ends = "12:00"'),
    ('starts = "12:00"', 'starts = "08:00"', "calendar.lunch.starts", "too_early", 'starts = "08:00"'),
    ('ends = "13:30"', 'ends = "18:00"', "calendar.lunch.ends", "too_late", 'ends = "18:00"'),
    ("counters = [1, 2", "counters = [1, 32", "calendar.lunch.counters[2]", "unknown_name", "counters = ["),
    ('["INJ-02"', '["INJ-20"', "calendar.lunch.services_not_done[1]", "unknown_service", '"INJ-20"'),
    ("number = 30\n", 'number = 30\ndue_from = "17:00"\n', "counter[30].due_from", "too_late", "due_from"),
    ("number = 30\n", 'number = 30\ndue_from = "9"\n', "counter[30].due_from", "wrong_value", "due_from"),
    ("http_port = 8080", "http_port = 8765", "server.http_port", "repeated", "http_port"),
    ('"Asia/Shanghai"', '"Asia/Wendeng"', "hall.timezone", "unknown_timezone", "timezone"),
    ('"Asia/Shanghai"', '"../Shanghai"', "hall.timezone", "unknown_timezone", "timezone"),
    ('public_url = ""', 'public_url = "hall.example"', "hall.public_url", "wrong_value", "public_url"),
    ('id = "infant"', 'id = "age"', "queue.priority[4].id", "repeated", None),
    ('id = "sample"', 'id = "sample"\nfile = "x"', "hall.file", "unknown_key", 'file = "x"'),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "key", "kind", "where"), CASES, ids=[f"{case[2]}-{case[3]}" for case in CASES])
def test_refuses(halls: Halls, old: str, new: str, key: str, kind: str, where: str | None) -> None:
    found = halls.problems((old, new))
    assert [(key_text(problem.path), problem.kind) for problem in found] == [(key, kind)]
    assert found[0].file == str(halls.file)
    # A repeated value is reported where it stands last.
    assert found[0].line == (halls.line(where) if where else halls.last_line(new))
    for language in ("zh", "en"):
        assert str(found[0].line) in found[0].text(language)


def test_reports_several_problems_at_once(halls: Halls) -> None:
    lunch = ("counters = [1, 2", "counters = [1, 32")
    found = halls.problems(('zone = "talent"', 'zone = "talents"'), lunch, ("number = 30\n", "number = 29\n"))
    assert {key_text(problem.path) for problem in found} == {
        "counter[30].zone", "counter[30].number", "calendar.lunch.counters[2]",
    }  # fmt: skip


def test_refuses_a_catalogue_zone_without_a_place(halls: Halls) -> None:
    changes = ('zone = "talent"', 'zone = "files"'), ('"start-up", "talent", "un', '"start-up", "un')
    found = halls.problems(*changes, ('id = "talent"', 'id = "skilled"'))
    assert [(key_text(problem.path), problem.kind, problem.value) for problem in found] == [
        ("zone", "missing_zone", "talent")
    ]


def test_refuses_a_profile_without_work(halls: Halls) -> None:
    work = 'zones = ["comprehensive"], purposes = ["enquiry", "papers", "collect", "complain"]'
    (found,) = halls.problems((work, ""))
    assert (key_text(found.path), found.kind) == ("profile[2].primary", "empty_profile")


def test_refuses_a_purpose_that_the_hall_has_not(halls: Halls) -> None:
    text = halls.file.read_text("utf-8")
    complain = text[text.index('[[purpose]]\nid = "complain"') : text.index("# ---- Devices")]
    (found,) = halls.problems((complain, ""))
    assert (key_text(found.path), found.kind) == ("profile[2].primary.purposes[4]", "unknown_name")


def test_refuses_a_letter_that_a_panel_cannot_show(halls: Halls) -> None:
    found = halls.problems(panel(alphabet="digits"))
    assert [(key_text(problem.path), problem.kind, problem.value) for problem in found] == [
        ("panel[1].alphabet", "letter_not_shown", prefix) for prefix in "ACFHLR"
    ]


def test_takes_a_panel_that_shows_every_number(halls: Halls) -> None:
    assert [panel.characters for panel in halls.load(panel()).panel] == [4]


def test_refuses_a_panel_too_narrow_for_three_digits(halls: Halls) -> None:
    found = halls.problems(panel(characters=3))
    assert [problem.details["series"] for problem in found] == list("ACFHLR")
    assert found[0].details == {"least": "4", "series": "A", "numbers": "946"}


def test_refuses_a_series_too_wide_on_the_expected_peak_day(halls: Halls) -> None:
    halls.change(("daily_demand = 110", "daily_demand = 200"), file=halls.catalogue)
    (found,) = halls.problems(panel())
    assert (key_text(found.path), found.kind, found.details["least"]) == ("panel[1].characters", "series_too_wide", "5")
    assert "about 1036 numbers" in found.text("en")


def test_takes_a_leading_digit_on_a_digit_panel(halls: Halls) -> None:
    changes = [(f'prefix = "{letter}"', f'prefix = "{digit}"') for digit, letter in enumerate("ACFHLR", start=1)]
    text = halls.file.read_text("utf-8")
    for digit, letter in enumerate("ACFHLR", start=1):
        text = text.replace(f'series = "{letter}"', f'series = "{digit}"')
    halls.file.write_text(text, "utf-8")
    assert [series.prefix for series in halls.load(*changes, panel(alphabet="digits")).series] == list("123456")


def test_takes_a_counter_that_comes_later_and_a_hall_without_lunch(halls: Halls) -> None:
    text = halls.file.read_text("utf-8")
    lunch = text[text.index("[calendar.lunch]") : text.index("[queue]")]
    later = 'number = 30\ndue_from = "13:30"\ndue_days = ["mon", "fri"]\n'
    settings = halls.load((lunch, ""), ("number = 30\n", later))
    assert settings.calendar.lunch is None
    assert (settings.counter[29].due_from, settings.counter[29].due_days) == ("13:30", ("mon", "fri"))


def test_names_problems_of_the_catalogue_with_its_own_file(halls: Halls) -> None:
    halls.change(('category = "ARC"', 'category = "ARK"'), file=halls.catalogue)
    assert {problem.file for problem in halls.problems()} == {str(halls.catalogue)}


def test_says_which_catalogue_is_missing(halls: Halls) -> None:
    (found,) = halls.problems(('"catalogue.toml"', '"absent.toml"'))
    assert (found.kind, found.file) == ("unreadable", str(halls.file.parent / "absent.toml"))


def test_needs_only_five_sections(halls: Halls) -> None:
    text = halls.file.read_text("utf-8")
    tables = ("[[series]]", "[[zone]]", "[[profile]]")
    kept = [block for block in text.split("\n\n") if any(table in block for table in tables)]
    hall = '[hall]\nid = "small"\nname_zh = "小厅"\nname_en = "Small"\n'
    counters = '[[counter]]\nnumber = 1\nzone = "files"\nprofile = "support"\n'
    purposes = text[text.index("[[purpose]]") : text.index("# ---- Devices")]
    halls.file.write_text("\n".join([hall, *kept, counters, purposes]), "utf-8")
    settings = halls.load()
    assert (settings.queue.cap, settings.queue.calls, settings.calendar.numbers_from) == (5, 3, "08:00")
    assert settings.voice.one_as == "幺"


@pytest.mark.parametrize(
    ("listen", "address", "host"),
    [
        ("127.0.0.1", "", "127.0.0.1"),
        ("0.0.0.0", "", "127.0.0.1"),
        ("10.0.0.5", "", "10.0.0.5"),
        ("0.0.0.0", "hall", "hall"),
    ],
)
def test_where_clients_find_the_server(listen: str, address: str, host: str) -> None:
    server = Server(listen=listen, address=address, ws_port=1, http_port=2)
    assert (server.ws_url, server.http_url) == (f"ws://{host}:1", f"http://{host}:2")


def test_settings_made_by_hand_have_no_catalogue(sample: Settings) -> None:
    bare = Settings(
        hall=HallInfo(id="x", name_zh="x", name_en="x"), series=sample.series, zone=sample.zone,
        profile=sample.profile, counter=sample.counter,
    )  # fmt: skip
    with pytest.raises(LookupError, match="without a catalogue"):
        _ = bare.catalogue
