"""A neural voice: sentences said by sherpa-onnx with a model that lies in a folder; nothing leaves the machine.

    parent   python -m ticketserver.sound.neural MODEL SPEAKER OUT  ← [sentence, …] as JSON  → OUT/0.wav OUT/1.wav …

The model works in a process of its own: its library ends the program on files that it does not like, and takes some
hundred megabytes that nobody needs between announcements. A sentence that it makes nothing of leaves no file.

| kind of model | files in the folder |
|---|---|
| Matcha | `tokens.txt`, two `.onnx`, the vocoder's named `vocos…` or `hifigan…` |
| VITS | `tokens.txt`, one `.onnx` |

Taken along where they are there: `lexicon.txt`, the folders `dict` and `espeak-ng-data`, rules `*.fst`.
"""

import array
import contextlib
import io
import json
import subprocess
import sys
import tempfile
import wave
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from ticketserver.sound.recorded import BadRecording, recorded
from ticketserver.sound.waves import Samples

LOADING_S, SENTENCE_S = 60, 10
NO_PACKAGE, NO_MODEL = 3, 4
"""What the process ends with; the parent tells them as `no_package`, `no_model`, everything else as `failed`."""
VOCODERS: Final = ("vocos", "hifigan")


class NoNeural(RuntimeError):
    """Nothing was said. `kind`: no_package, no_model, failed."""

    def __init__(self, kind: str, detail: str) -> None:
        super().__init__(detail)
        self.kind = kind


def said_by_model(sentences: Sequence[str], folder: Path, speaker: int) -> dict[str, Samples]:
    """Sentences as sound, as loud as every clip, without those that the model made nothing of. Raises `NoNeural`."""
    with tempfile.TemporaryDirectory() as made:
        argv = [sys.executable, "-m", "ticketserver.sound.neural", str(folder), str(speaker), made]
        limit = LOADING_S + SENTENCE_S * len(sentences)
        try:
            done = subprocess.run(argv, input=json.dumps(sentences).encode(), capture_output=True, timeout=limit)
        except subprocess.TimeoutExpired:
            raise NoNeural("failed", f"no answer in {limit} s") from None
        if done.returncode:
            lines = done.stderr.decode(errors="replace").strip().splitlines() or [f"exit {done.returncode}"]
            kind = {NO_PACKAGE: "no_package", NO_MODEL: "no_model"}.get(done.returncode, "failed")
            raise NoNeural(kind, lines[-1])
        found = {}
        for number, sentence in enumerate(sentences):
            with contextlib.suppress(FileNotFoundError, BadRecording):
                found[sentence] = recorded((Path(made) / f"{number}.wav").read_bytes())
        return found


def stamp(folder: Path) -> list[tuple[str, int, int]]:
    """Tells one model from another: names, sizes and times of its files."""
    files = sorted(folder.iterdir()) if folder.is_dir() else []
    return [(each.name, (status := each.stat()).st_size, status.st_mtime_ns) for each in files]


class NoModel(ValueError):
    """The folder holds none; the text says what is missing."""


def model_files(folder: Path) -> dict[str, dict[str, str]]:
    """Kind of model → the arguments of its configuration. Raises `NoModel`."""
    if not (folder / "tokens.txt").is_file():
        raise NoModel(f"{folder}: no tokens.txt")
    nets = sorted(folder.glob("*.onnx"))
    vocoders = [net for net in nets if net.name.startswith(VOCODERS)]
    others = [net for net in nets if net not in vocoders]
    if len(others) != 1 or len(vocoders) > 1:
        raise NoModel(f"{folder}: {len(others)} models and {len(vocoders)} vocoders (*.onnx), one is wanted")
    along = {"lexicon": "lexicon.txt", "dict_dir": "dict", "data_dir": "espeak-ng-data"}
    found = {key: str(folder / name) for key, name in along.items() if (folder / name).exists()}
    found["tokens"] = str(folder / "tokens.txt")
    if vocoders:
        return {"matcha": found | {"acoustic_model": str(others[0]), "vocoder": str(vocoders[0])}}
    return {"vits": found | {"model": str(others[0])}}


def speak(sentences: Sequence[str], folder: Path, speaker: int, out: Path) -> None:
    """The work of the process. Raises `ImportError`, `NoModel`, and what the library raises."""
    import sherpa_onnx

    ((kind, files),) = model_files(folder).items()
    kinds: dict[str, Any] = {
        "matcha": sherpa_onnx.OfflineTtsMatchaModelConfig,
        "vits": sherpa_onnx.OfflineTtsVitsModelConfig,
    }
    rules = ",".join(map(str, sorted(folder.glob("*.fst"))))
    model = sherpa_onnx.OfflineTtsModelConfig(**{kind: kinds[kind](**files)}, num_threads=1)
    config = sherpa_onnx.OfflineTtsConfig(model=model, rule_fsts=rules)
    if not config.validate():
        raise NoModel(f"{folder}: sherpa-onnx does not take these files")
    voice = sherpa_onnx.OfflineTts(config)
    for number, sentence in enumerate(sentences):
        audio = voice.generate(sentence, sid=speaker)
        if len(audio.samples):
            (out / f"{number}.wav").write_bytes(_wave(audio.samples, audio.sample_rate))


def _wave(values: Sequence[float], rate: int) -> bytes:
    samples = array.array("h", (max(-32_767, min(32_767, round(32_767 * float(value)))) for value in values))
    if sys.byteorder == "big":
        samples.byteswap()
    made = io.BytesIO()
    with wave.open(made, "wb") as opened:
        opened.setnchannels(1)
        opened.setsampwidth(2)
        opened.setframerate(rate)
        opened.writeframes(samples.tobytes())
    return made.getvalue()


def main(arguments: Sequence[str]) -> int:
    folder, speaker, out = arguments
    try:
        speak(json.load(sys.stdin), Path(folder), int(speaker), Path(out))
    except ImportError as problem:
        print(problem, file=sys.stderr)
        return NO_PACKAGE
    except NoModel as problem:
        print(problem, file=sys.stderr)
        return NO_MODEL
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
