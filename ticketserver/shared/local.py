"""What a hall's settings say of this machine: its folder of run-time files, and the hall's local time."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from ticketserver.shared.settings import Settings


def local_time(settings: Settings) -> Callable[[int], datetime]:
    """Milliseconds since 1970 → the hall's wall clock."""
    zone = ZoneInfo(settings.hall.timezone)
    return lambda at_ms: datetime.fromtimestamp(at_ms / 1000, zone)


def run_dir(settings: Settings) -> Path:
    """The folder of run-time files: the one that holds the tokens' folder."""
    return Path(settings.server.tokens_dir).parent
