"""What the search knows of a service: how it is called. The programs' own services are taken as they are."""

from typing import Protocol


class Named(Protocol):
    """A name in Chinese and in English."""

    @property
    def zh(self) -> str: ...
    @property
    def en(self) -> str: ...


class Service(Protocol):
    """`plain`: in everyday words, `name`: the official one. `daily_demand`: cases that a peak day brings."""

    @property
    def code(self) -> str: ...
    @property
    def plain(self) -> Named: ...
    @property
    def name(self) -> Named: ...
    @property
    def keywords(self) -> tuple[str, ...]: ...
    @property
    def daily_demand(self) -> int: ...
