"""Devices in hall.toml: models as data, what a device comes to, and every rule that refuses one."""

import msgspec
import pytest

from tests.ticketserver.shared.halls import Halls
from ticketserver.shared.counter_devices import USUAL_MODELS
from ticketserver.shared.device_models import load_models
from ticketserver.shared.device_values import (
    box_characters,
    box_keys,
    box_long_keys,
    box_model,
    panel_alphabet,
    panel_characters,
    printer_model,
)
from ticketserver.shared.problems import key_text

LAST = "address = 34\n"
OWN = """
[printer.ours]
name_zh = "我们的"
name_en = "Ours"
source = "its manual"
sure = "documented"
dots = { 80 = 560 }

[box.five]
protocol = "modbus"
name_zh = "五键"
name_en = "Five keys"
source = "its manual"
sure = "documented"
keys = { 1 = "next", 2 = "recall" }
long_keys = { 1 = "pause" }
inputs = 8

[box.pad]
protocol = "modbus"
name_zh = "评价器"
name_en = "Pad"
source = "its manual"
sure = "documented"
kind = "rating_pad"
keys = { 1 = "level_5", 2 = "level_1" }
inputs = 8

[box.other]
protocol = "modbus"
name_zh = "别的"
name_en = "Other"
source = "its manual"
sure = "documented"
keys = { 1 = "next" }
inputs = 8
inverted = true

[panel.small]
protocol = "led485"
name_zh = "四位"
name_en = "Four digits"
source = "its manual"
sure = "documented"
characters = 4
alphabet = "seven-segment"

[panel.large]
protocol = "bx"
name_zh = "点阵"
name_en = "Dots"
source = "its manual"
sure = "documented"
characters = 12
alphabet = "text"
"""
MODBUS = """
[[bus]]
id = "bus2"
link = "serial:/dev/ttyUSB5"
protocol = "modbus-rtu"

"""


@pytest.fixture
def own(halls: Halls) -> Halls:
    """A hall with models of its own."""
    folder = halls.file.parent / "models"
    folder.mkdir()
    (folder / "ours.toml").write_text(OWN, "utf-8")
    halls.change(('id = "sample"', 'id = "sample"\nmodels = "models"'))
    return halls


def box(**lines: object) -> str:
    said = {"counter": 3, "address": 1, "model": '"five"', **lines}
    return "[[bus.box]]\n" + "".join(f"{key} = {value}\n" for key, value in said.items())


def panel(**lines: object) -> str:
    said = {"counter": 1, "link": '"serial:/dev/ttyUSB6"', "model": '"small"', **lines}
    return "\n[[panel]]\n" + "".join(f"{key} = {value}\n" for key, value in said.items() if value is not None)


def test_every_protocol_has_its_usual_model() -> None:
    models = load_models(None)
    for protocol, name in USUAL_MODELS.items():
        assert models.box[name].protocol == protocol.partition("-")[0]


def test_a_model_of_the_hall_takes_the_place_of_ours(own: Halls) -> None:
    (own.file.parent / "models" / "ours.toml").write_text(OWN.replace("printer.ours", "printer.narrow-80"), "utf-8")
    settings = own.load(("paper_mm = 80", 'paper_mm = 80\nmodel = "narrow-80"'))
    assert printer_model(settings, settings.printer[0]).name_en == "Ours"


def test_refuses_a_folder_of_models_that_is_not_there(halls: Halls) -> None:
    (found,) = halls.problems(('id = "sample"', 'id = "sample"\nmodels = "models"'))
    assert (key_text(found.path), found.kind) == ("hall.models", "no_folder")


def test_names_the_file_of_a_bad_model(own: Halls) -> None:
    (own.file.parent / "models" / "ours.toml").write_text(OWN.replace("sure = ", "sur = "), "utf-8")
    found = own.problems()
    assert {problem.file for problem in found} == {str(own.file.parent / "models" / "ours.toml")}
    assert {problem.kind for problem in found} == {"unknown_key", "missing_key"}


CASES = [
    # what is added after the last box · key path · kind
    (MODBUS + box(), None, None),
    (MODBUS + box() + box(model='"pad"', address=2), None, None),
    (MODBUS + box(inputs=4) + box(counter=4, first_input=4), None, None),
    (MODBUS.replace("modbus-rtu", "modbus-tcp") + box(), "bus[2].link", "wrong_value"),
    (MODBUS.replace("modbus-rtu", "ub485") + box(address=33, model='""'), "bus[2].link", "wrong_value"),
    (MODBUS.replace("USB5", "USB5?baudd=9600") + box(), "bus[2].link", "wrong_value"),
    (MODBUS.replace("serial:/dev/ttyUSB5", "tcp:10.0.0.9:99999") + box(), "bus[2].link", "wrong_value"),
    ('\n[[bus.box]]\ncounter = 3\naddress = 40\nkeys = { 99 = "next" }\n', "bus[1].box[3].keys.99", "unknown_key"),
    (
        '\n[[bus.box]]\ncounter = 3\naddress = 40\nlong_keys = { 31 = "pause" }\n',
        "bus[1].box[3].long_keys.31", "unknown_key",
    ),
    (MODBUS + box(address=0), "bus[2].box[1].address", "wrong_value"),
    (MODBUS + box(model='"ub485-4key"'), "bus[2].box[1].model", "unknown_name"),
    (MODBUS + box(inputs=4) + box(counter=4, first_input=3), "bus[2].box[2].first_input", "repeated"),
    (MODBUS + box(keys='{ 9 = "next" }'), "bus[2].box[1].keys.9", "unknown_key"),
    (MODBUS + box(inputs=1, keys='{ 2 = "next" }'), "bus[2].box[1].keys.2", "unknown_key"),
    (MODBUS + box(first_input=8), "bus[2].box[1].first_input", "wrong_value"),
    (MODBUS + box(first_input=4, inputs=5), "bus[2].box[1].inputs", "wrong_value"),
    (MODBUS + box() + box(address=2), "bus[2].box[2].counter", "repeated"),
    (MODBUS + box(counter=1), "bus[2].box[1].counter", "repeated"),
    (MODBUS + box(keys='{ 3 = "level_3" }'), "bus[2].box[1].keys", "wrong_kind_of_key"),
    (MODBUS + box(model='"pad"', long_keys='{ 1 = "next" }'), "bus[2].box[1].long_keys", "wrong_kind_of_key"),
    (MODBUS.replace("USB5", "USB6") + box() + panel(), "panel[1].link", "link_taken"),
    (panel() + panel(counter=2, address=2), None, None),
    (panel() + panel(counter=2), "panel[2].address", "repeated"),
    (panel() + panel(counter=2, address=2, model='"large"'), "panel[2].model", "two_models"),
    (MODBUS + box(inputs=2) + box(counter=4, first_input=4, model='"other"'), "bus[2].box[2].model", "two_modules"),
    (MODBUS + box(inputs=2) + box(counter=4, first_input=4, model='"pad"'), None, None),
    (panel(address=300), "panel[1].address", "wrong_value"),
    (panel(model=None), "panel[1].model", "missing_key"),
    (panel(model='"huge"'), "panel[1].model", "unknown_name"),
    (panel(link=None, model=None, characters=4), None, None),
    (panel(link=None, model=None), "panel[1].model", "missing_key"),
    ('\n[[scanner]]\nid = "s1"\nlink = "serial:/dev/ttyS3"\n', None, None),
    ('\n[[scanner]]\nid = "s1"\nlink = "usb:1:2"\n', "scanner[1].link", "wrong_value"),
    ('\n[[card_reader]]\nid = "c1"\nlink = "input:/dev/x"\n', "card_reader[1].link", "wrong_value"),
]  # fmt: skip


@pytest.mark.parametrize(("added", "key", "kind"), CASES)
def test_refuses(own: Halls, added: str, key: str | None, kind: str | None) -> None:
    if key is None:
        assert own.load((LAST, LAST + added)).models.box["five"]
        return
    found = own.problems((LAST, LAST + added))
    assert (key, kind) in [(key_text(problem.path), problem.kind) for problem in found]
    assert all(problem.text(language) for problem in found for language in ("zh", "en"))


@pytest.mark.parametrize(
    ("old", "new", "key", "kind"),
    [
        ('printer = "printer1"', 'printer = "printer1"\nscanner = "s9"', "kiosk[1].scanner", "unknown_name"),
        ('printer = "printer2"', 'printer = "printer1"', "kiosk[2].printer", "repeated"),
        ("paper_mm = 58", 'paper_mm = 58\nmodel = "ours"', "printer[2].paper_mm", "wrong_value"),
        ("paper_mm = 58", 'paper_mm = 58\nmodel = "theirs"', "printer[2].model", "unknown_name"),
        ("paper_mm = 58", "paper_mm = 58\nroll_m = 5.0\nwarn_m = 5.0", "printer[2].warn_m", "wrong_value"),
    ],
)
def test_refuses_a_printer_or_kiosk(own: Halls, old: str, new: str, key: str, kind: str) -> None:
    (found,) = own.problems((old, new))
    assert (key_text(found.path), found.kind) == (key, kind)


def test_what_a_device_comes_to(own: Halls) -> None:
    added = MODBUS + box(keys='{ 2 = "finish" }', characters=2) + panel() + panel(counter=2, address=2, characters=5)
    settings = own.load((LAST, LAST + added))
    bus = settings.bus[1]
    model = box_model(settings, bus, bus.box[0])
    assert box_keys(model, bus.box[0]) == {"1": "next", "2": "finish"}
    assert box_long_keys(model, bus.box[0]) == {"1": "pause"}
    narrow = msgspec.structs.replace(bus.box[0], inputs=1, keys={})
    assert box_keys(model, narrow) == {"1": "next"}
    assert box_characters(model, bus.box[0]) == 2
    assert box_characters(model, settings.bus[0].box[0]) == 0
    assert [panel_characters(settings, each) for each in settings.panel] == [4, 5]
    assert {panel_alphabet(settings, each) for each in settings.panel} == {"seven-segment"}
