"""A neural voice in a process of its own, with a sherpa-onnx made for tests: what it is asked, and all that fails."""

import json
from pathlib import Path

import pytest

from tests.ticketserver.sound.sherpas import install, model
from ticketserver.sound import neural
from ticketserver.sound.neural import NoModel, NoNeural, model_files, said_by_model, stamp
from ticketserver.sound.waves import LOUD, loudness, seconds

MATCHA = ("tokens.txt", "lexicon.txt", "model-steps-3.onnx", "vocos-22khz-univ.onnx", "number.fst", "date.fst")


@pytest.fixture
def asked(tmp_path, monkeypatch):
    return install(tmp_path / "library", monkeypatch)


def test_sentences_become_clips_as_loud_as_others(tmp_path, asked):
    folder = model(tmp_path / "model", *MATCHA)
    said = said_by_model(["请坐", "沉默", "谢谢"], folder, 7)
    assert said.keys() == {"请坐", "谢谢"}
    assert seconds(said["谢谢"]) == pytest.approx(0.4, abs=0.05)
    assert loudness(said["谢谢"]) == pytest.approx(LOUD, rel=0.02)
    text, speaker, told = json.loads(asked.read_text("utf-8").splitlines()[0])
    assert (text, speaker) == ("请坐", 7)
    assert told["model"]["matcha"]["vocoder"].endswith("vocos-22khz-univ.onnx")
    assert told["model"]["matcha"]["lexicon"].endswith("lexicon.txt")
    assert [Path(each).name for each in told["rule_fsts"].split(",")] == ["date.fst", "number.fst"]


def test_a_vits_model_takes_along_what_lies_there(tmp_path):
    folder = model(tmp_path / "model")
    (folder / "espeak-ng-data").mkdir()
    assert model_files(folder) == {
        "vits": {
            "model": str(folder / "model.onnx"),
            "tokens": str(folder / "tokens.txt"),
            "data_dir": str(folder / "espeak-ng-data"),
        }
    }


@pytest.mark.parametrize(
    ("files", "says"),
    [
        (("model.onnx",), "tokens"),
        (("tokens.txt",), "0 models"),
        (("tokens.txt", "a.onnx", "b.onnx"), "2 models"),
        (("tokens.txt", "a.onnx", "vocos.onnx", "hifigan.onnx"), "2 vocoders"),
    ],
)
def test_a_folder_that_holds_no_model(tmp_path, files, says):
    with pytest.raises(NoModel, match=says):
        model_files(model(tmp_path / "model", *files))


def test_without_the_package_it_is_told(tmp_path, asked):
    (asked.parent / "sherpa_onnx.py").write_text("raise ImportError('No module named sherpa_onnx')")
    with pytest.raises(NoNeural, match="No module") as told:
        said_by_model(["请坐"], model(tmp_path / "model"), 0)
    assert told.value.kind == "no_package"


@pytest.mark.parametrize(
    ("name", "sentence", "kind", "says"),
    [
        ("none", "请坐", "no_model", "tokens"),
        ("refused", "请坐", "no_model", "does not take"),
        ("broken", "请坐", "failed", "Protobuf"),
        ("well", "崩溃", "failed", "exit 255"),
    ],
)
def test_what_fails_is_told(tmp_path, asked, name, sentence, kind, says):
    folder = tmp_path / name
    if name != "none":
        model(folder)
    with pytest.raises(NoNeural, match=says) as told:
        said_by_model([sentence], folder, 0)
    assert told.value.kind == kind


def test_a_model_that_hangs_is_ended(tmp_path, asked, monkeypatch):
    monkeypatch.setattr(neural, "LOADING_S", 0.5)
    monkeypatch.setattr(neural, "SENTENCE_S", 0.5)
    with pytest.raises(NoNeural, match="no answer") as told:
        said_by_model(["挂起"], model(tmp_path / "model"), 0)
    assert told.value.kind == "failed"


def test_another_model_has_another_stamp(tmp_path):
    folder = model(tmp_path / "model")
    before = stamp(folder)
    (folder / "model.onnx").write_text("another")
    assert stamp(folder) != before
    assert stamp(tmp_path / "none") == []
