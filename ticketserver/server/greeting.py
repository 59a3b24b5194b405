"""Who is let in: the right protocol, the token of the role, and a place.

Phones have places of their own. However many come, the hall's kiosks, boxes and consoles still find theirs.
"""

from collections.abc import Iterable

from ticketserver.core.terms import Role
from ticketserver.server.tokens import Tokens
from ticketserver.shared.settings import Limits
from ticketserver.wire.errors import Refusal
from ticketserver.wire.methods import PROTOCOL
from ticketserver.wire.params import Hello


def unwelcome(asked: Hello, tokens: Tokens, limits: Limits, greeted: Iterable[Role]) -> Refusal | None:
    """Why this greeting is refused; None where it is not. `greeted`: the roles of those who are there."""
    if asked.protocol != PROTOCOL:
        return Refusal.PROTOCOL_VERSION
    if not tokens.proves(asked.token, asked.role):
        return Refusal.WRONG_TOKEN
    phone = asked.role is Role.PHONE
    alike = sum(1 for role in greeted if (role is Role.PHONE) is phone)
    full = alike >= (limits.phone_connections if phone else limits.max_connections)
    return Refusal.TOO_MANY_CONNECTIONS if full else None
