"""What a scanned text is to this kiosk: the code of one of the hall's slips, or somebody else's.

    appointment         YHA1:…, signed by the hall; whether it is right only the server can tell
    bare token          22 signs of base64url (16 bytes)
    public address      {public_url}/t/{token}, or another address that ends so: the hall's may have changed since

Everything else is no slip: a code of an electronic social-security card, a parcel, something else. Codes of persons are
looked at no further than that, and neither kept nor shown; only who issued them can read them.
"""

import re
from typing import Final

_TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{22}")
_ADDRESS: Final = re.compile(r"https?://[^\s?#]+/t/([A-Za-z0-9_-]{22})", re.IGNORECASE)


_APPOINTMENT: Final = re.compile(r"YHA1:[0-9A-Z:.-]{20,290}")


def appointment_code(text: str) -> str:
    """The text where it has the form of an appointment's code, else ""."""
    return text if _APPOINTMENT.fullmatch(text) else ""


def slip_token(text: str) -> str:
    """The token of the slip whose code this is; "" where it is no slip's."""
    if _TOKEN.fullmatch(text):
        return text
    address = _ADDRESS.fullmatch(text)
    return address[1] if address else ""
