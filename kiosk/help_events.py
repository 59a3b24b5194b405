"""What a kiosk hears of calls for help; the rest is in events.py."""

from dataclasses import dataclass

from ticketserver.wire.views_hall import HelpView


@dataclass(frozen=True)
class HelpSeen:
    """A call for help, of any kiosk, came in or was accepted."""

    help: HelpView
