"""What a kiosk's voice tells, and what it is told to do; the rest is in events.py."""

from dataclasses import dataclass


@dataclass(frozen=True)
class VoiceSeen:
    """In which languages the voice can speak now, and how loud (percent). `reason`: why it cannot speak at all
    (`no_speech_sound`, `no_speech_program`); empty when well or not wanted."""

    languages: frozenset[str]
    volume: int
    reason: str = ""


@dataclass(frozen=True)
class ReadOut:
    """The voice has nothing left to say; `reading` was the last it was told."""

    reading: int


Voiced = VoiceSeen | ReadOut


@dataclass(frozen=True)
class Speak:
    """Say these sentences, each as it stands on the screen: now, instead of what is being said, or `after` it. Then say
    `ReadOut`."""

    reading: int
    sentences: tuple[str, ...]
    language: str
    after: bool = False


@dataclass(frozen=True)
class Hush:
    """Be silent at once. No `ReadOut` comes of it."""


@dataclass(frozen=True)
class SetVolume:
    """Speak so loud (percent) from now on, also after a restart."""

    percent: int


Voice = Speak | Hush | SetVolume
