"""Sentences for whoever keeps the machine, in Chinese and English."""

from ticketserver.shared.texts import load_texts


def both(key: str, **values: object) -> str:
    return "\n".join(load_texts(language)(key, **values) for language in ("zh", "en"))
