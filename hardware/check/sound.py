"""The loudspeakers of each display that speaks: `aplay`, the clips, the sound devices; heard as a moment of silence."""

import json
import shutil
import subprocess
import wave
from collections.abc import Sequence
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Final

from hardware.check.links import in_use
from hardware.check.parts import Ask, Finding, Trial, well, wrong
from ticketserver.shared.settings import Settings
from ticketserver.shared.voice_settings import loudspeakers

PROGRAM: Final = "aplay"
PLAY_S: Final = 5.0
RATE: Final = 22050
SILENCE_SAMPLES: Final = 1100


def tests(ask: Ask) -> list[Trial]:
    devices = {
        each.id: [loudspeaker.device for loudspeaker, _ in loudspeakers(ask.settings, each)]
        for each in ask.settings.display
    }
    return [Trial((name,), "", partial(_test, ask, name, heard)) for name, heard in devices.items() if heard]


def _test(ask: Ask, name: str, devices: Sequence[str]) -> list[Finding]:
    return in_use(ask, "", (name,)) or [_clips(ask.settings, name), *(_device(name, each) for each in devices)]


def _clips(settings: Settings, name: str) -> Finding:
    """The list that the clips were made with names them all, the chime excepted."""
    folder = Path(settings.voice.clips_dir) / "clips"
    try:
        named: dict[str, str] = json.loads((folder / "made").read_text("utf-8"))[-1]
        missing = [clip for clip in named if not (folder / f"{clip}.wav").is_file()]
    except (OSError, ValueError, LookupError):
        return wrong(name, "sound.no_clips", folder=folder)
    if missing or not named:
        return wrong(name, "sound.no_clips", folder=folder)
    return well(name, "sound.clips", count=len(named), folder=folder)


def _device(name: str, device: str) -> Finding:
    if shutil.which(PROGRAM) is None:
        return wrong(name, "sound.no_program")
    argv = [PROGRAM, "-q", "-t", "wav", *(["-D", device] if device else []), "-"]
    try:
        played = subprocess.run(argv, input=_silence(), capture_output=True, timeout=PLAY_S, check=False)
    except subprocess.TimeoutExpired:
        return wrong(name, "sound.hangs", device=device or "default", seconds=f"{PLAY_S:g}")
    if played.returncode:
        lines = [line.strip() for line in played.stderr.decode("utf-8", "replace").splitlines() if line.strip()]
        return wrong(name, "sound.no_device", device=device or "default", problem=next(iter(lines), "-"))
    return well(name, "sound.device", device=device or "default")


def _silence() -> bytes:
    out = BytesIO()
    with wave.open(out, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(RATE)
        sound.writeframes(bytes(2 * SILENCE_SAMPLES))
    return out.getvalue()
