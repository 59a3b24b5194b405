from collections.abc import Iterator

import pytest

from tests.hardware.transports.terminals import Terminal, opened


@pytest.fixture
def terminal() -> Iterator[Terminal]:
    with opened() as device:
        yield device
