"""A `sherpa_onnx` for the tests: the part of its interface that is used, as sherpa-onnx 2.0.1 has it, without models.

Every sentence becomes a tone of 0.4 s at 16 kHz; what was asked for is written to a file. Some sentences
do as they say: `崩溃` ends the process as the library does, `沉默` gives no samples, `挂起` never ends.
"""

from pathlib import Path

MODULE = """
import json, math, os, time

class _Config:
    def __init__(self, **told):
        self.told = {key: each.told if isinstance(each, _Config) else each for key, each in told.items()}
    def validate(self):
        return "refused" not in json.dumps(self.told)

class OfflineTtsMatchaModelConfig(_Config):
    def __init__(self, *, acoustic_model, vocoder, tokens, lexicon="", data_dir="", dict_dir=""):
        super().__init__(acoustic_model=acoustic_model, vocoder=vocoder, tokens=tokens, lexicon=lexicon)

class OfflineTtsVitsModelConfig(_Config):
    def __init__(self, *, model, tokens, lexicon="", data_dir="", dict_dir=""):
        super().__init__(model=model, tokens=tokens, lexicon=lexicon, data_dir=data_dir, dict_dir=dict_dir)

class OfflineTtsModelConfig(_Config):
    def __init__(self, *, matcha=None, vits=None, num_threads=1):
        super().__init__(matcha=matcha, vits=vits)

class OfflineTtsConfig(_Config):
    def __init__(self, *, model, rule_fsts=""):
        super().__init__(model=model, rule_fsts=rule_fsts)

class _Audio:
    def __init__(self, samples):
        self.samples, self.sample_rate = samples, 16_000

class OfflineTts:
    def __init__(self, config):
        if "broken" in json.dumps(config.told):
            raise RuntimeError("Load model failed: Protobuf parsing failed.")
        self.told = config.told
    def generate(self, text, sid=0, speed=1.0):
        with open(LOG, "a") as log:
            print(json.dumps([text, sid, self.told], ensure_ascii=False), file=log)
        if text == "崩溃":
            os._exit(255)
        if text == "挂起":
            time.sleep(600)
        return _Audio([] if text == "沉默" else [0.5 * math.sin(at / 5) for at in range(6_400)])
"""


def install(folder: Path, monkeypatch) -> Path:
    """Put it in the way of whoever imports it in a process of its own; → the file that tells what was asked for."""
    folder.mkdir()
    log = folder / "asked.jsonl"
    (folder / "sherpa_onnx.py").write_text(f"LOG = {str(log)!r}\n{MODULE}", "utf-8")
    monkeypatch.setenv("PYTHONPATH", str(folder))
    return log


def model(folder: Path, *files: str) -> Path:
    folder.mkdir(exist_ok=True)
    for name in files or ("tokens.txt", "model.onnx"):
        (folder / name).write_text("-")
    return folder
