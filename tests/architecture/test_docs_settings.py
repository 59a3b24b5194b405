"""Settings on the operating pages can be copied: each fence of TOML loads, laid over a small hall without devices, and
the bridge makes its lines of it.

A fence of tables `[printer.NAME]`, `[box.NAME]` or `[panel.NAME]` is a hall's own model and goes to its models folder
(`ticketserver/shared/device_models.py`); a fence that uses such a model stands below it on the same page. Every model
that comes with the product is named on a page about devices.
"""

import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from hardware.bridge.buses import make_lines
from hardware.bridge.lines import BadLine
from tests.architecture.test_docs import OPERATING, code, fences, read
from tests.architecture.tree import ROOT
from ticketserver.shared.device_models import load_models
from ticketserver.shared.settings import SettingsError, load_settings

SAMPLE = ROOT / "ticketserver" / "shared" / "sample"
DEVICES = ("printer", "kiosk", "display", "voice", "bus", "panel", "scanner", "card_reader", "slip")
MODELS = frozenset({"printer", "box", "panel"})
WITH_TOML = [page for page in OPERATING if fences(read(page), "toml")]


def bare_hall() -> dict[str, Any]:
    """The sample hall without its devices."""
    tables = tomllib.loads((SAMPLE / "hall.toml").read_text("utf-8"))
    kept = {name: table for name, table in tables.items() if name not in DEVICES}
    return laid_over(kept, {"hall": {"catalogue": str(SAMPLE / "catalogue.toml")}})


def laid_over(under: dict[str, Any], over: dict[str, Any]) -> dict[str, Any]:
    """Tables joined key by key; arrays of tables one behind the other."""
    joined = dict(under)
    for key, value in over.items():
        here = joined.get(key)
        if isinstance(here, dict) and isinstance(value, dict):
            value = laid_over(here, value)
        elif isinstance(here, list) and value and isinstance(value[0], dict):
            value = here + value
        joined[key] = value
    return joined


def as_toml(value: Any) -> str:
    """A value on one line. JSON's text and numbers are TOML's, too; dates are as they print."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(key)} = {as_toml(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(as_toml, value)) + "]"
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str | bool | int | float) else str(value)


def is_model(tables: dict[str, Any]) -> bool:
    return bool(tables) and tables.keys() <= MODELS and all(isinstance(table, dict) for table in tables.values())


def halls(text: str) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Each fence of settings, with the models that the fences above it make."""
    models: dict[str, Any] = {}
    for fence in fences(text, "toml"):
        tables = tomllib.loads(fence)
        if is_model(tables):
            models = laid_over(models, tables)
            yield {}, models
        else:
            yield tables, models


def problems(folder: Path, tables: dict[str, Any], models: dict[str, Any]) -> str:
    own = folder / "models"
    own.mkdir(exist_ok=True)
    (own / "own.toml").write_text("".join(f"{key} = {as_toml(value)}\n" for key, value in models.items()), "utf-8")
    whole = laid_over(laid_over(bare_hall(), {"hall": {"models": str(own)}}), tables)
    file = folder / "hall.toml"
    file.write_text("".join(f"{key} = {as_toml(value)}\n" for key, value in whole.items()), "utf-8")
    try:
        make_lines(load_settings(file))
    except (SettingsError, BadLine) as error:
        return str(error)
    return ""


@pytest.mark.parametrize("page", WITH_TOML, ids=str)
def test_every_settings_fence_loads(page, tmp_path):
    assert [found for tables, models in halls(read(page)) if (found := problems(tmp_path, tables, models))] == []


def test_every_model_is_on_a_page():
    known = load_models(None)
    shown = "\n".join(code(read(page)) for page in OPERATING if page.parts[2] in ("devices", "devices.md"))
    names = [*known.printer, *known.box, *known.panel]
    assert [name for name in names if not re.search(rf"(?<![\w-]){name}(?![\w-])", shown)] == []


PAGE = """```toml
[panel.mine]
protocol = "ub485"
name_zh = "甲"
name_en = "A"
source = "s"
sure = "confirm"
characters = 8
alphabet = "text"
```
```toml
[[panel]]
counter = 1
link = "serial:/dev/ttyS1"
model = "mine"
address = 33
```
```toml
[[panel]]
counter = 1
link = "serial:/dev/ttyS1"
model = "yours"
```
"""


def test_a_planted_mistake_is_seen(tmp_path):
    found = [problems(tmp_path, tables, models) for tables, models in halls(PAGE)]
    assert found[:2] == ["", ""]
    assert "yours" in found[2]
