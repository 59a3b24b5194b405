"""A time zone in which it is about noon now: the business day began hours ago and ends in many, whatever the clock."""

import time

NOON = 12


def noon_zone() -> str:
    """The name of a zone of whole hours in which the hour of the day is 12."""
    # The names of these zones count towards the west.
    return f"Etc/GMT{time.gmtime().tm_hour - NOON:+d}"
