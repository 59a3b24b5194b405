"""When Python looks for garbage: not while much is loaded, and then never again through what was loaded.

Nearly everything is freed as soon as nobody needs it; the collector finds only what points at itself. For that it walks
every object that is alive, and everything else stands still meanwhile.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Nothing is looked for while the block makes many things that stay."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def settle() -> None:
    """Once all is loaded: what is alive now stays until the end, and is walked no more."""
    gc.collect()
    gc.freeze()
