"""The shipped hall with one more language, as a bureau adds it: one file in the folder `languages`.

The file is the one that `python -m kiosk language` begins, with English in Vietnamese letters and some sentences in
Vietnamese, so that it is as long as a real one and has every letter that one has.
"""

import json
import re
import shutil
import tempfile
from functools import cache
from pathlib import Path

from kiosk.io.hall import hall_of, kiosk_of, texts_of
from kiosk.io.languages import first_file
from tests.kiosk.kiosks import Kiosk
from ticketserver.shared.settings import Settings, load_settings
from ticketserver.shared.texts import HERE

SHIPPED = HERE.parent / "sample"
ACCENTED = str.maketrans("aeiouydAEIOUYD", "ạếịổữỳđẠẾỊỔỮỲĐ")
VIETNAMESE = {
    "title": "Hôm nay anh/chị cần làm gì? Chọn nhiều việc, chỉ lấy một số",
    "take": "Lấy số",
    "search": "Tìm kiếm",
    "languages": "Ngôn ngữ\nLanguage",
}
NAMES = {
    "自己交社保": "Tự đóng bảo hiểm",
    "社保卡": "Thẻ bảo hiểm xã hội",
    "综合窗口": "Quầy tổng hợp",
    "身份证或社保卡": "Căn cước hoặc thẻ bảo hiểm xã hội",
}
SENTENCE = re.compile(r'^(\w+) = (".*?(?<!\\)")  # .*$', re.MULTILINE)


def translated(english: str) -> str:
    """A begun file with its sentences translated, the words in braces as they are."""

    def sentence(found: re.Match[str]) -> str:
        name, said = found[1], json.loads(found[2])
        if name == "many_counts":
            return found[0]
        parts = re.split(r"(\{\w+\})", said)
        made = "".join(part if part.startswith("{") else part.translate(ACCENTED) for part in parts)
        here = found.string[: found.start()].rsplit("\n[", 1)[1].split("]")[0]
        own = {"kiosk.home": "title", "kiosk.button": name, "kiosk.frame": name}.get(here)
        made = VIETNAMESE[name] if own == name and name in VIETNAMESE else made
        return f"{name} = {json.dumps(made, ensure_ascii=False)}"

    text = SENTENCE.sub(sentence, english)
    for chinese, name in NAMES.items():
        text = text.replace(f'# "{chinese}" = ""', f'"{chinese}" = "{name}"')
    return text.replace('name = "vi" ', 'name = "Tiếng Việt" ').replace('voice = "" ', 'voice = "vi" ')


def further_hall(folder: Path) -> Path:
    """hall.toml of the shipped hall in this folder, with its further language."""
    for name in ("hall.toml", "catalogue.toml"):
        shutil.copyfile(SHIPPED / name, folder / name)
    settings = load_settings(folder / "hall.toml")
    (folder / "languages").mkdir()
    begun = first_file("vi", (settings, settings.catalogue))
    (folder / "languages" / "vi.toml").write_text(translated(begun), "utf-8")
    return folder / "hall.toml"


@cache
def further_settings() -> Settings:
    with tempfile.TemporaryDirectory() as folder:
        settings = load_settings(further_hall(Path(folder)))
        assert settings.more[0].own
        return settings


def further_kiosk() -> Kiosk:
    settings = further_settings()
    hall = hall_of(settings, kiosk_of(settings, "kiosk1"))
    return Kiosk(hall, texts_of(settings, hall))
