"""Notices of the hall on the first screen: one line, and several take turns with what else there is to say."""

from kiosk.desk import Desk

TURN_MS = 8_000


def in_turn(desk: Desk, own: str) -> str:
    """`own` (empty = nothing) and the notices whose time is not over, a while each. A notice without words in this
    language stands in Chinese: it matters to everybody."""
    now, english = desk.server_ms, desk.language == "en"
    lines = [own] if own else []
    for each in desk.machine.notices:
        if not each.until_ms or now < each.until_ms:
            lines.append((each.text_en if english else "") or each.text_zh)
    return lines[now // TURN_MS % len(lines)] if lines else ""
