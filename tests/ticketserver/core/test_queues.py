"""The queue itself: order, marks, claims; against a plain sorted list."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ticketserver.core.queues import Queue, QueueKey

KEY = QueueKey(1, 0, 1)


def filled(*joins: int) -> Queue:
    queue = Queue(KEY)
    for visit, join in enumerate(joins, 1):
        queue.push(join, visit, 10)
    return queue


def test_order_counts_and_load():
    queue = filled(5, 3, 4)
    assert queue.first(9) == [(3, 2), (4, 3), (5, 1)]
    assert (len(queue), queue.head(), queue.load_ms) == (3, (3, 2), 30)
    assert queue.joined_before(5, 0) == 2
    queue.remove(4, 3)
    assert (queue.first(9), queue.load_ms, 3 in queue, 2 in queue) == ([(3, 2), (5, 1)], 20, False, True)
    with pytest.raises(KeyError):
        queue.remove(4, 3)


def test_a_call_counts_for_those_who_joined_before_and_only_while_they_wait():
    queue = filled(10, 20)
    queue.overtaken_by(5)
    queue.overtaken_by(15)
    queue.overtaken_by(30)
    queue.push(25, 3, 0)
    queue.overtaken_by(40)
    assert [queue.claim(*entry) for entry in queue.first(9)] == [3, 2, 1]


def test_who_enters_in_the_middle_shares_the_claim_of_the_one_behind_and_lends_its_own():
    queue = filled(10, 20)
    queue.overtaken_by(30)
    queue.push(5, 3, 0)
    assert queue.claim(5, 3) == 1
    queue.push(15, 4, 0, claim=4)
    assert [queue.claim(*entry) for entry in queue.first(9)] == [4, 4, 4, 1]
    queue.push(30, 5, 0, claim=2)
    assert [queue.claim(*entry) for entry in queue.first(9)] == [4, 4, 4, 2, 2]


@settings(derandomize=True)
@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 3)), max_size=300), st.data())
def test_any_order_of_entering_and_leaving_matches_a_sorted_list(pushes, data):
    queue, plain = Queue(KEY), []
    for visit, (join, claim) in enumerate(pushes, 1):
        queue.push(join, visit, 1, claim)
        plain.append((join, visit))
        plain.sort()
        if len(plain) > 2 and data.draw(st.booleans()):
            entry = data.draw(st.sampled_from([plain[0], plain[len(plain) // 2]]))
            plain.remove(entry)
            queue.remove(*entry)
    assert queue.first(1000) == plain
    claims = [queue.claim(*entry) for entry in plain]
    assert claims == sorted(claims, reverse=True)


def test_ten_thousand_heads_leave_no_trail():
    queue = filled(*range(1, 10_001))
    for visit in range(1, 9_991):
        queue.remove(visit, visit)
    assert len(queue._entries) < 200
    assert queue.first(2) == [(9_991, 9_991), (9_992, 9_992)]
