"""How a driver comes to its link: by its address, or by whoever stands between (a check, a recording)."""

from collections.abc import Callable

from hardware.transports.link import Link
from hardware.transports.open import open_link

__all__ = ["Opener", "open_link"]

Opener = Callable[[str], Link]
"""Opens the link behind an address; raises `LinkDown` when the device is not there."""
