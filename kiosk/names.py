"""A name in every language of the hall."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Names:
    """One name in Chinese, English and the hall's further languages (code, name)."""

    zh: str
    en: str
    more: tuple[tuple[str, str], ...] = ()

    def of(self, language: str) -> str:
        return self.en if language == "en" else dict(self.more).get(language, self.zh)
