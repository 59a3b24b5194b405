"""What the light on a clerk's box can say, whatever the maker.

| led | the counter |
|---|---|
| off | closed or paused |
| green | open, nobody waits |
| green_blink | open, someone waits |
| green_slow | ready: the next arrival is called to it |
| red_blink | calling |
| red | serving |
| red_fast | the server cannot be reached |

A box with fewer looks than these maps several to one in its model's data, never in a driver.
"""

from enum import StrEnum


class Led(StrEnum):
    OFF = "off"
    GREEN = "green"
    GREEN_BLINK = "green_blink"
    GREEN_SLOW = "green_slow"
    RED_BLINK = "red_blink"
    RED = "red"
    RED_FAST = "red_fast"
