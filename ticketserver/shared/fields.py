"""Scalar types of hall.toml and catalogue.toml, with the limits that a value is checked against while it is read.

Times of day are text, `HH:MM`, in the hall's time zone; spans of time are integers with their unit in the name.
"""

from datetime import date
from typing import Annotated, Literal

from msgspec import Meta

PREFIX_LETTERS = "ABCDFGHJLNPQRSTUYZ"
"""Letters a ticket number may start with (hall-rules, section 1): no E (heard as 一), no I or O (look like digits),
none of K M V W X (seven segments cannot show them)."""

Id = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9-]{0,39}$", extra={"allowed": "id"})]
ServiceCode = Annotated[str, Meta(pattern=r"^[A-Z]{3}-[0-9]{2}$", extra={"allowed": "service_code"})]
Name = Annotated[str, Meta(min_length=1, max_length=80)]
_CLOCK = r"([01][0-9]|2[0-3]):[0-5][0-9]"
ClockTime = Annotated[str, Meta(pattern=rf"^{_CLOCK}$", extra={"allowed": "clock"})]
OptionalClockTime = Annotated[str, Meta(pattern=rf"^({_CLOCK})?$", extra={"allowed": "optional_clock"})]
Day = date
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
Prefix = Annotated[str, Meta(pattern=rf"^[{PREFIX_LETTERS}1-9]$", extra={"allowed": "prefix"})]
CounterNumber = Annotated[int, Meta(ge=1, le=999)]
Port = Annotated[int, Meta(ge=0, le=65535)]
SpanMs = Annotated[int, Meta(ge=0, le=86_400_000)]
Count = Annotated[int, Meta(ge=0, le=1_000_000)]
Positive = Annotated[int, Meta(ge=1, le=100_000_000)]
_OPTION = r"(baud=[1-9]\d{0,6}|flow=(none|rtscts|dsrdtr|xonxoff))"
_SERIAL = rf"serial:[^?\s]+(\?{_OPTION}(&{_OPTION})?)?"
_PORT = r"([1-9]\d{0,3}|[1-5]\d{4}|6[0-4]\d{3}|65[0-4]\d{2}|655[0-2]\d|6553[0-5])"
_TCP = rf"tcp:([^\s:\[\]]+|\[[0-9a-fA-F:.]+\]):{_PORT}"
_USB = r"usb:([0-9a-fA-F]{4}:[0-9a-fA-F]{4}|/[^\s]+)"
_INPUT = r"input:[^\s]+"


def _link(*kinds: str) -> str:
    return f"^({'|'.join(kinds)})$"


Link = Annotated[str, Meta(pattern=_link(_SERIAL, _TCP), max_length=200, extra={"allowed": "link"})]
PrinterLink = Annotated[
    str, Meta(pattern=_link(_SERIAL, _TCP, _USB), max_length=200, extra={"allowed": "printer_link"})
]
KeyLink = Annotated[str, Meta(pattern=_link(_SERIAL, _TCP, _INPUT), max_length=200, extra={"allowed": "key_link"})]
OptionalLink = Annotated[
    str, Meta(pattern=_link("", _SERIAL, _TCP), max_length=200, extra={"allowed": "optional_link"})
]
OptionalId = Annotated[str, Meta(pattern=r"^([a-z][a-z0-9-]{0,39})?$", extra={"allowed": "optional_id"})]
KeyName = Literal[
    "next", "recall", "start", "finish", "rating", "pause", "redirect",
    "level_1", "level_2", "level_3", "level_4", "level_5",
]  # fmt: skip
"""What a key of a call box means (hall-rules, section 6); of a rating pad: 5 very satisfied … 1 very dissatisfied."""


def minutes_of_day(clock: str) -> int:
    """Minutes after midnight of an `HH:MM` text: `08:30` is 510."""
    hours, minutes = clock.split(":")
    return int(hours) * 60 + int(minutes)
