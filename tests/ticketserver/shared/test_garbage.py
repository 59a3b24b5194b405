"""The collector keeps still while a hall is loaded, and what is loaded is out of its way afterwards."""

import gc

import pytest

from ticketserver.shared.garbage import settle, uncollected


def test_nothing_is_collected_while_much_is_made():
    with uncollected():
        assert not gc.isenabled()
        with uncollected():
            pass
        assert not gc.isenabled()
    assert gc.isenabled()


def test_a_load_that_fails_leaves_the_collector_on():
    with pytest.raises(ValueError, match="damaged"), uncollected():
        raise ValueError("damaged")
    assert gc.isenabled()


def test_what_is_alive_is_walked_no_more():
    loaded = [[]]
    frozen = gc.get_freeze_count()
    try:
        settle()
        assert gc.get_freeze_count() > frozen
        assert not any(each is loaded for each in gc.get_objects())
    finally:
        gc.unfreeze()
