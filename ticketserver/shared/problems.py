"""What is wrong in a settings file, as values; said in Chinese and English.

A problem's `kind` is a key of the messages under `config.problem`, its `allowed` one under `config.allowed`; both are
filled in with the values beside them. Key paths read like the file: `counter[3].profile` is the third `[[counter]]`.
"""

from collections.abc import Mapping, Sequence

from msgspec import Struct

from ticketserver.shared.texts import LANGUAGES, Texts, load_texts

Path = tuple[str | int, ...]
"""Keys and list positions (from 0) from the top of the file."""


class Problem(Struct, frozen=True, kw_only=True):
    """One thing wrong. `line` counts from 1; 0 = no line (the file itself). `value` is what stands there."""

    file: str
    line: int
    path: Path
    kind: str
    value: str = ""
    allowed: str = ""
    details: Mapping[str, str] = {}

    def text(self, language: str) -> str:
        """Place, what is wrong and what is allowed, in one paragraph."""
        texts = load_texts(language)
        place = self.file if not self.line else texts("config.place", file=self.file, line=self.line)
        allowed = self._said(texts, f"allowed.{self.allowed}") if self.allowed else ""
        said = texts("config.problem_at", place=place, wrong=self._said(texts, f"problem.{self.kind}"), allowed=allowed)
        return said.rstrip()

    def _said(self, texts: Texts, name: str) -> str:
        known = {"key": key_text(self.path), "value": self.value, **self.details}
        key = f"config.{name}"
        return texts(key, **{name: known[name] for name in texts.wanted(key)})


class SettingsError(ValueError):
    """A settings file cannot be used. `problems` has everything found; `str()` says it in Chinese, then in English."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.text(language) for language in LANGUAGES))

    def text(self, language: str) -> str:
        """All problems in one language, a heading and a line each."""
        count = len(self.problems)
        heading = load_texts(language)("config.heading", count=count)
        return "\n".join([heading, *(f"  {problem.text(language)}" for problem in self.problems)])


def key_text(path: Path) -> str:
    """The key path as people read it, list positions from 1: `bus[1].box[2].address`."""
    text = ""
    for part in path:
        if isinstance(part, int):
            text += f"[{part + 1}]"
        else:
            text += f".{part}" if text else part
    return text
