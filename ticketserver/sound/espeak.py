"""Text → sound, by `espeak-ng` on this machine; nothing leaves it.

The voice `cmn-latn-pinyin` reads pinyin; Debian 12's plain `cmn` reads Chinese signs as English. What comes out is cut
and levelled like every other sound, so that short words are as loud as long ones. A program that hangs is ended. What
can go wrong: the program takes a voice it does not know for one with the same first letters, where there is one.
"""

import subprocess
from typing import Final

from ticketserver.sound.waves import NotOurWave, Samples, levelled, read_wave, trimmed

PROGRAM: Final = "espeak-ng"
PINYIN: Final = "cmn-latn-pinyin"
LIMIT_S: Final = 20


class NoEspeak(RuntimeError):
    """The program is not installed."""


class NotSpoken(RuntimeError):
    """It made no sound of this text; the text says why."""


def command(voice: str, speed: int) -> tuple[str, ...]:
    """`speed` in words a minute. The sound goes to standard output."""
    return (PROGRAM, "-v", voice, "-s", str(speed), "-a", "80", "--stdout")


def spoken(text: str, argv: tuple[str, ...]) -> Samples:
    """What a `command` makes of this text, without silence around it. Raises `NoEspeak`, `NotSpoken`."""
    try:
        done = subprocess.run([*argv, text], capture_output=True, timeout=LIMIT_S, check=True, stdin=subprocess.DEVNULL)
        return levelled(trimmed(read_wave(done.stdout)))
    except FileNotFoundError:
        raise NoEspeak(PROGRAM) from None
    except OSError as error:
        detail = error.strerror or str(error)
    except subprocess.CalledProcessError as error:
        detail = error.stderr.decode(errors="replace").strip() or f"exit {error.returncode}"
    except (subprocess.TimeoutExpired, NotOurWave) as error:
        detail = str(error)
    raise NotSpoken(detail)
