"""The pages of docs/ that are made from the program: `python -m tests.architecture.pages --write` writes them anew.

Without --write it says which are stale and ends with 1; `test_diagrams.py` asks the same.
"""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from tests.architecture import page_states, page_wire
from tests.architecture.tree import ROOT

PAGES: dict[str, Callable[[], str]] = {"docs/states.md": page_states.page, "docs/wire.md": page_wire.page}


def stale(root: Path = ROOT) -> list[str]:
    """Pages that are not what the program says now."""
    return [name for name, make in PAGES.items() if not same(root / name, make())]


def same(page: Path, text: str) -> bool:
    return page.is_file() and page.read_text("utf-8") == text


def write(root: Path = ROOT) -> list[str]:
    """Writes the stale pages and returns their names."""
    names = stale(root)
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(PAGES[name](), "utf-8")
    return names


def main() -> int:
    parser = argparse.ArgumentParser(description="Pages of docs/ that are made from the program.")
    parser.add_argument("--write", action="store_true", help="write the stale ones")
    writing = parser.parse_args().write
    names = write() if writing else stale()
    print("\n".join(names) or "nothing is stale")
    return int(bool(names) and not writing)


if __name__ == "__main__":
    sys.exit(main())
