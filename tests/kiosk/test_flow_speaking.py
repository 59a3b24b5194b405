"""The voice in the flow: it hears of every screen, and every touch silences it."""

from kiosk import events as e
from kiosk.voice_events import Hush, ReadOut, Speak
from tests.kiosk.kiosks import Kiosk


def test_a_visit_read_aloud_from_the_first_screen_to_the_number():
    kiosk = Kiosk().up().with_voice().tap("aloud").take()
    assert kiosk.last(Speak).sentences[0] == "您的号码 A 0 1 2,正在打印,请稍等"
    kiosk.see(e.Touched())
    assert isinstance(kiosk.effects[-1], Hush)


def test_a_kiosk_that_has_read_everything_waits_as_always():
    kiosk = Kiosk().up().with_voice().tap("aloud").see(ReadOut(1)).tick(61_000)
    assert kiosk.tick(500).frame.screen.title.startswith("您今天来办什么")
    assert len(kiosk.all(Speak)) == 1
