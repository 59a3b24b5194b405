"""How well the search finds: both halves of the spoken queries over the shipped catalogue, and what a keystroke takes.

    python -m tests.kiosk.search [--missed]

A query is typed whole, once as it is written (a page with its own input method) and once on the kiosk's keys (every
Chinese sign as its pinyin, as much of it as the kiosk takes). It is found when a right service is among the first
three. A keystroke's time is the processor's for one search; measured is every beginning of every query on the kiosk's
keys, in the shipped catalogue and in one of 2,000 services whose names and keywords join halves of the shipped ones'.
"""

import argparse
import sys

from tests.bench.figures import percentile
from tests.kiosk.search.measure import HALVES, WAYS, keystrokes, quality, sample_hall, synthetic, times_ms
from ticketserver.search.index import Index

MANY = 2_000


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.kiosk.search", description=__doc__.split("\n", 1)[0])
    parser.add_argument("--missed", action="store_true", help="name the queries that were not found")
    asked = parser.parse_args(arguments)
    services = tuple(sample_hall().services.values())
    index = Index(services)
    for half in HALVES:
        for way in WAYS:
            found = quality(index, half, way)
            right = found.queries - len(found.missed)
            print(f"{half:<7} {way:<20} {right:>3} of {found.queries} among the first three = {found.percent:.1f} %")
            for said, first in found.missed if asked.missed else ():
                print(f"        {said}: {', '.join(first) or '–'}")
    keys = keystrokes()
    for catalogue in (services, synthetic(services, MANY)):
        times = times_ms(Index(catalogue), keys)
        p50, p99 = (percentile(times, share) for share in (0.5, 0.99))
        said = f"p50 {p50:.2f} ms, p99 {p99:.2f} ms, longest {max(times):.2f} ms"
        print(f"{len(catalogue):>5} services: {len(keys)} keystrokes, {said}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
