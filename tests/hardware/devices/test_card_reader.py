"""An ID-card reader on an in-memory line in hand-moved time: what it gives and when, how it stands."""

import hmac
from datetime import date

import pytest

from hardware.codecs.id_card_frames import Question, question
from hardware.codecs.id_card_text import Card
from hardware.devices.card_reader import POLL_MS, READ_TRIES, SILENT_POLL_MS, TRIES, CardReader
from hardware.devices.card_reader_field import GONE
from hardware.devices.card_reader_line import TIMEOUT_MS
from hardware.devices.card_reader_parts import AgeGroup, CardAgain, CardDay, CardRead, CardUnknown
from hardware.devices.kept_link import REOPEN_MS
from hardware.devices.reading_health import ReadingHealth
from hardware.sim.card_reader_engine import CardReaderEngine
from tests.hardware.codecs.id_cards import frame, reading, resident
from tests.hardware.devices.readings import Bench

KEY = bytes(range(32))
DAY = CardDay(KEY, date(2026, 11, 25), 70)
ONLINE = ReadingHealth("online")
READING_MS = 1_500


def holder(number: str, key: bytes = KEY) -> str:
    return hmac.new(key, number.encode(), "sha256").hexdigest()


OLD = CardRead(holder("11010519491231002X"), AgeGroup.AGED)
YOUNG = CardRead(holder("110105199408230023"), AgeGroup.UNDER)


def bench(day: CardDay | None = DAY) -> Bench:
    made = Bench(CardReader, CardReaderEngine())
    made.driver.use(day)
    assert made.run(1_000) == []
    return made


def test_nothing_there_is_asked_four_times_a_second() -> None:
    made = bench()
    assert made.asked[:2] == [question(Question.FIND)] * 2
    assert 1_000 / (POLL_MS + 40) <= len(made.asked) <= 1_000 / POLL_MS
    assert made.driver.health() == ONLINE
    assert made.driver.link_down == ""


@pytest.mark.parametrize(
    ("who", "event"),
    [
        ("resident", OLD),
        ("young", YOUNG),
        ("j", CardRead(holder("810000199408230021"), AgeGroup.UNDER)),
        ("i", CardRead(holder("USA110000000015"), AgeGroup.AGED)),
        ("y", CardRead(holder("932682198501010017"), AgeGroup.UNDER)),
        ("unknown", CardUnknown("Q")),
    ],
)
def test_kinds_of_cards(who: str, event: object) -> None:
    assert bench().do(f"card {who}", READING_MS) == [event]


def test_ages_by_the_halls_limit_and_day() -> None:
    for today, limit, group in (
        (date(2019, 12, 30), 70, AgeGroup.UNDER), (date(2019, 12, 31), 70, AgeGroup.AGED),
        (date(2019, 12, 31), 71, AgeGroup.UNDER),
    ):  # fmt: skip
        [event] = bench(CardDay(KEY, today, limit)).do("card resident", READING_MS)
        assert event.age_group is group
    assert DAY.age_group(Card("I", "USA110000000015")) is AgeGroup.UNKNOWN


def test_another_days_key_gives_another_holder() -> None:
    other = bytes(32)
    [event] = bench(CardDay(other, DAY.today, 70)).do("card resident", READING_MS)
    assert event.holder == holder("11010519491231002X", other) != OLD.holder


def test_a_key_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 16"):
        CardDay(b"short", DAY.today, 70)


def test_without_a_key_no_card_is_read() -> None:
    made = bench(None)
    assert made.do("card resident", READING_MS) == []
    assert set(made.asked) == {question(Question.FIND)}
    made.driver.use(DAY)
    assert made.run(READING_MS) == [OLD]


def test_a_key_taken_away_while_a_card_is_read() -> None:
    made = bench()
    made.do("card resident", 400)
    assert made.asked[-1] == question(Question.READ)
    made.driver.use(None)
    assert made.run(READING_MS) == []


@pytest.mark.parametrize("once", ["on", "off"])
def test_a_card_is_given_once_for_each_laying_down(once: str) -> None:
    made = bench()
    made.do(f"once {once}")
    assert made.do("card resident", 10_000) == [OLD]
    assert made.do("away", 2_000) == []
    assert made.do("card resident", 10_000) == [OLD]


@pytest.mark.parametrize("once", ["on", "off"])
def test_the_next_persons_card_is_given_at_once(once: str) -> None:
    made = bench()
    made.do(f"once {once}")
    assert made.do("card resident", READING_MS) == [OLD]
    assert made.do("away", POLL_MS + 50) == []
    assert made.do("card young", READING_MS) == [YOUNG]


def test_a_card_that_flickers_is_one_card() -> None:
    made = bench()
    made.do("once off")
    assert made.do("card resident", READING_MS) == [OLD]
    for _ in range(4 * GONE):
        assert made.do("away", POLL_MS) == []
        assert made.do("card resident", READING_MS) == []


def test_the_same_key_told_again_does_not_give_a_card_again() -> None:
    made = bench()
    made.do("once off")
    assert made.do("card resident", READING_MS) == [OLD]
    made.driver.use(CardDay(KEY, DAY.today, 70))
    assert made.run(READING_MS) == []


def test_pulled_early_says_again_once() -> None:
    made = bench()
    made.do("pull")
    assert made.do("card resident", 3_000) == [CardAgain("read")]
    assert made.do("card resident", READING_MS) == [OLD]


def test_a_card_that_cannot_be_read_is_said_once_for_each_laying_down() -> None:
    made = bench()
    made.do("slow 0.1")
    events = []
    for _ in range(5):
        made.do("pull")
        events += made.do("card resident", 400)
    assert events == [CardAgain("read")]
    made.do("away", 2_000)
    made.do("pull")
    assert made.do("card resident", READING_MS) == [CardAgain("read")]


def test_a_card_lifted_between_find_and_select() -> None:
    made = bench()
    for events in ([], [CardAgain("select")], []):
        made.engine.card = "resident"
        while made.asked[-1] != question(Question.SELECT):
            made.run(10)
        made.engine.card = ""
        # What the engine has heard it has answered: the card is away for the next select only by its answer.
        made.engine._saying.clear()
        made.say(frame(0x81))
        assert made.run(200) == events
        made.asked.append(b"")


def test_not_authorised() -> None:
    made = bench()
    made.do("authorised off")
    assert made.do("card resident", READING_MS) == []
    assert made.driver.health() == ReadingHealth("degraded", "not_authorised")
    made.do("away", 5_000)
    assert made.driver.health() == ReadingHealth("degraded", "not_authorised")
    made.do("authorised on")
    assert made.do("card resident", READING_MS) == [OLD]
    assert made.driver.health() == ONLINE


def test_a_reader_that_reports_a_fault() -> None:
    made = bench()
    while made.asked[-1] != b"mark":
        made.run(10)
        if made.driver._line.asked is Question.FIND:
            made.engine._saying.clear()
            made.say(frame(0x60))
            made.asked.append(b"mark")
    made.run(20)
    assert made.driver.health() == ReadingHealth("degraded", "self_test")
    made.run(1_000)
    assert made.driver.health() == ONLINE


def test_damaged_answers_are_asked_again_and_told_when_they_stay() -> None:
    made = bench()
    made.do("checksum on", 2_000)
    assert made.driver.health() == ReadingHealth("degraded", "damaged")
    made.do("checksum off", 1_000)
    assert made.driver.health() == ONLINE


def test_a_damaged_read_is_asked_again() -> None:
    made = bench()
    made.do("card resident")
    while made.asked[-1] != question(Question.READ):
        made.run(10)
    made.engine._saying.clear()
    broken = bytearray(reading(resident()))
    broken[500] ^= 0x10
    made.say(bytes(broken))
    assert made.run(READING_MS) == [OLD]
    assert made.asked.count(question(Question.READ)) == 2


@pytest.mark.parametrize("status", [0x10, 0x11, 0x21])
def test_a_question_that_reached_it_damaged_is_asked_again(status: int) -> None:
    made = bench()
    made.wire = False
    while made.driver._line.asked is None:
        made.run(10)
    made.run(10)
    made.asked.clear()
    made.say(frame(status))
    made.run(20)
    assert made.asked == [question(Question.FIND)]


def test_a_number_that_cannot_be_right_is_read_again_and_never_given() -> None:
    made = bench()
    made.do("card resident")
    while made.asked[-1] != question(Question.READ):
        made.run(10)
    events = []
    for _ in range(TRIES):
        made.engine._saying.clear()
        made.say(reading(resident("110105194912310021")))
        events += made.run(20)
    assert events == [CardAgain("damaged")]
    assert made.driver.health() == ONLINE


def test_a_read_slower_than_the_time_out() -> None:
    made = bench()
    made.do("slow 3.2")
    assert made.do("card resident", 8_000) == [OLD]
    made.do("away", 2_000)
    made.do("slow 30")
    assert made.do("card young", READ_TRIES * TIMEOUT_MS[Question.READ] + 1_000) == [CardAgain("silent")]
    assert made.driver.health() == ONLINE


def test_a_silent_reader_is_asked_less_often_and_heals() -> None:
    made = bench()
    made.do("dead on", 3_000)
    assert made.driver.health() == ReadingHealth("offline", "silent")
    made.asked.clear()
    made.run(10_000)
    assert len(made.asked) <= TRIES * 10_000 / (TRIES * TIMEOUT_MS[Question.FIND] + SILENT_POLL_MS) + TRIES
    assert made.do("dead off", 3_000) == []
    assert made.driver.health() == ONLINE
    assert made.do("card resident", READING_MS) == [OLD]


def test_before_its_first_answer_it_is_unheard() -> None:
    made = Bench(CardReader, CardReaderEngine())
    assert made.driver.health() == ReadingHealth("offline", "link_down")
    made.run(10)
    assert made.driver.health() == ReadingHealth("unheard")


def test_a_line_that_breaks_is_opened_again_after_pauses() -> None:
    made = bench()
    assert made.do("card resident", READING_MS) == [OLD]
    made.down = "gone"
    made.break_line()
    made.run(50)
    assert made.driver.link_down
    assert made.driver.health() == ReadingHealth("offline", "link_down")
    made.run(sum(REOPEN_MS) + 100)
    made.down = ""
    made.run(REOPEN_MS[-1] + 100)
    assert made.driver.link_down == ""
    assert made.driver.health() == ONLINE
    assert made.do("card young", READING_MS) == [YOUNG]
    made.driver.close()
    assert made.driver.link_down == "closed"


def test_late_doubled_and_unasked_answers_are_no_harm() -> None:
    made = bench()
    for unasked in (reading(resident()), frame(0x9F, bytes(4)), frame(0x90, bytes(8)), frame(0x90)):
        made.say(unasked * 2)
        assert made.run(1_000) == []
    assert made.driver.health() == ONLINE
    made.engine.card = "resident"
    for _ in range(60):
        made.say(frame(0x9F, bytes(4)) + frame(0x90))
        if made.run(50) == [OLD]:
            break
    else:
        pytest.fail("the card was never given")


def test_nothing_of_a_person_is_in_events_health_or_representations() -> None:
    made = bench()
    events = made.do("card resident", READING_MS) + made.do("away", 2_000) + made.do("card unknown", READING_MS)
    shown = repr(events) + repr(made.driver.health()) + repr(vars(made.driver)) + repr(DAY)
    for secret in ("11010519491231002X", "示例老人", "示例省", "19491231", "1949", KEY.hex(), repr(KEY), OLD.holder):
        # The driver remembers the holder to know the card again; that alone is no person.
        assert secret not in (repr(events) + repr(DAY) if secret == OLD.holder else shown)
