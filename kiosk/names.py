"""A name in both languages."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Names:
    """One name in both languages."""

    zh: str
    en: str

    def of(self, language: str) -> str:
        return self.en if language == "en" else self.zh
