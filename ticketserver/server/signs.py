"""How each Chinese sign of the hall's catalogue is read, so that a page finds services by pinyin and initials.

A sign with several readings has them all: 重复 is found under CF as well as ZF.
"""

from functools import lru_cache

from pypinyin import Style, pinyin

from ticketserver.shared.settings import Settings


def readings(settings: Settings) -> dict[str, list[str]]:
    """Readings without tones by sign, of all names and words that services and purposes go by."""
    texts = [each.name_zh for each in settings.purpose]
    for service in settings.catalogue.service:
        texts += [service.name_zh, service.plain_zh, *service.keywords]
    return {sign: list(_readings(sign)) for sign in sorted(set("".join(texts))) if sign > "\x7f" and sign.isalnum()}


@lru_cache(None)
def _readings(sign: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(pinyin(sign, style=Style.NORMAL, heteronym=True)[0]))
