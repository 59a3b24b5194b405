"""Make the Chinese typefaces that the windows draw with, once, out of Debian's collection."""

from __future__ import annotations

from ticketserver.runner.paths import RUN
from ticketserver.shared.fonts import chinese_font

if __name__ == "__main__":
    print(chinese_font(RUN / "fonts"))
