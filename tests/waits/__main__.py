"""`python -m tests.waits`: how near the waits that are said come to those that come, over simulated peak days.

Each day (tests/waits/day.py) is run twice, from the same seed: as the product is, and with the last waits left out of
the estimate. A wait counts as kept when it lies in the range on the slip, in whole minutes as people read it.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from statistics import median
from unittest.mock import patch

from tests.bench.days import make_settings
from tests.waits.day import Told, day_of
from ticketserver.core import estimate
from ticketserver.server.announced import promised
from ticketserver.wire.minutes import MINUTE_MS

SLOW = (0.8, 1.0, 1.2, 1.4)
SEEDS = (1, 2, 3)
LONG_MIN = 10


def figures(told: list[Told]) -> str:
    spans = (promised(each.p50_ms, each.p90_ms) for each in told)
    ranges = [(low / MINUTE_MS, high / MINUTE_MS) for low, high in spans]
    came = [each.came_ms / MINUTE_MS for each in told]
    kept = sum(low <= mine <= high for (low, high), mine in zip(ranges, came, strict=True))
    sooner = sum(mine < low for (low, _), mine in zip(ranges, came, strict=True))
    errors = [abs(mine - (low + high) / 2) for (low, high), mine in zip(ranges, came, strict=True)]
    late = sorted(max(0.0, mine - high) for (_, high), mine in zip(ranges, came, strict=True))
    count = len(told)
    return (
        f"{count:5d}  {100 * kept / count:4.0f} %  {100 * sooner / count:4.0f} %  {median(errors):5.1f}  "
        f"{late[int(count * 0.95)]:5.1f}"
    )


def main() -> int:
    print(__doc__)
    print("work takes                 waits ≥ 10 min   kept   sooner  error(median)  later(95th), minutes")
    with tempfile.TemporaryDirectory() as folder:
        settings = make_settings(Path(folder))
        for slow in SLOW:
            for name, paced in (("with last waits", True), ("without", False)):
                with patch.object(estimate, "pace", estimate.pace if paced else lambda samples: estimate.AS_SAID):
                    told = [each for seed in SEEDS for each in day_of(settings, slow, seed)]
                long = [each for each in told if max(each.p90_ms, each.came_ms) >= LONG_MIN * MINUTE_MS]
                print(f"{slow:4.1f} × catalogue, {name:16s}  {figures(long)}" if long else f"{slow}: no long waits")
    return 0


if __name__ == "__main__":
    sys.exit(main())
