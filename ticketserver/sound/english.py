"""English as it is written → as the voice reads it well: ticket numbers sign by sign. Other figures it reads itself."""

import re
from typing import Final

TICKET: Final = re.compile(r"\b([A-Z])(\d{3,5})\b")


def readable(text: str) -> str:
    """`A012` → `A 0 1 2`."""
    return TICKET.sub(lambda found: " ".join(found[0]), text)
