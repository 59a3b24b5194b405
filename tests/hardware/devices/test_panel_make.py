"""Panel buses from plain values: every protocol, and everything that is refused before a link is opened."""

from dataclasses import replace

import pytest

from hardware.devices.panel import PanelBus
from hardware.devices.panel_make import PANEL_PROTOCOLS, panel_bus
from hardware.devices.panel_parts import PanelHealth, PanelSpec
from tests.hardware.devices.panels import SPECS
from ticketserver.shared.device_models import PanelModel, load_models

LINK = "serial:run/dev/panel-nowhere"
DIGITS = PanelSpec(1, alphabet="digits")


@pytest.mark.parametrize("protocol", PANEL_PROTOCOLS)
def test_every_protocol_is_made_and_nothing_is_opened(protocol: str) -> None:
    spec = SPECS[protocol]
    bus = panel_bus(LINK, protocol, [spec])
    assert isinstance(bus, PanelBus)
    assert bus.link_down == "not opened yet"
    assert bus.health() == {spec.address: PanelHealth("offline", "link_down")}
    bus.poll(0)
    assert "run/dev/panel-nowhere" in bus.link_down


@pytest.mark.parametrize("model", load_models(None).panel.values(), ids=lambda model: model.name_en)
def test_every_model_that_comes_with_the_product_can_be_made(model: PanelModel) -> None:
    spec = PanelSpec(
        0x20,
        characters=model.characters,
        alphabet=model.alphabet,
        width_px=model.width_px,
        height_px=model.height_px,
        template=model.template,
        encoding=model.encoding,
        checksum=model.checksum,
    )
    assert panel_bus(LINK, model.protocol, [spec]).health()[0x20].reason == "link_down"


@pytest.mark.parametrize(
    ("protocol", "panel", "says"),
    [
        ("vga", SPECS["led485"], "panel protocol 'vga': allowed led485, led485-text, digits4"),
        ("led485", PanelSpec(248), "address 248: allowed addresses 1 to 247"),
        ("led485", PanelSpec(1, characters=7), "7 characters; it has 1 to 6"),
        ("led485", replace(DIGITS, characters=5), "5 digits as one number; it has at most 4"),
        ("led485", replace(DIGITS, alphabet="text"), "alphabet 'text'; it can show digits, seven-segment"),
        ("digits4", PanelSpec(1), "alphabet 'seven-segment'; it can show digits"),
        ("sunpn", replace(DIGITS, characters=5), "5 characters; it has 1 to 4"),
        ("ub485", PanelSpec(1), "allowed addresses 32 to 254"),
        ("bx", PanelSpec(1), "needs its width and height in pixels"),
        ("bx", PanelSpec(0x8000, width_px=64, height_px=16), "allowed addresses 1 to 32767"),
        ("template", PanelSpec(1, template="hello"), "neither {number} nor {text}"),
    ],
)
def test_what_is_refused(protocol: str, panel: PanelSpec, says: str) -> None:
    with pytest.raises(ValueError) as refused:
        panel_bus(LINK, protocol, [panel])
    assert says in str(refused.value)


@pytest.mark.parametrize("protocol", PANEL_PROTOCOLS)
def test_a_line_behind_a_serial_server(protocol: str) -> None:
    bus = panel_bus("tcp:127.0.0.1:1", protocol, [SPECS[protocol]])
    bus.poll(0)
    assert bus.link_down.startswith("tcp:127.0.0.1:1: cannot connect")


def test_an_address_twice_and_a_bad_link_are_refused() -> None:
    with pytest.raises(ValueError, match="panel address 1 on serial:run/dev/panel-nowhere: there twice"):
        panel_bus(LINK, "led485", [PanelSpec(1), PanelSpec(1)])
    with pytest.raises(ValueError, match="link 'com1'"):
        panel_bus("com1", "led485", [PanelSpec(1)])
