"""The hall as data: `hall.toml` read into frozen values, for all four programs.

`load_settings` reads the file and the catalogue it names, checks both, and either returns a `Settings` or raises one
`SettingsError` that lists every problem found: file, line, key path, value, what is allowed, in Chinese and English.

Where paths start: `hall.catalogue` and `hall.models` at the folder of hall.toml; run-time folders (`run/...`) at the
folder in which the program was started. Defaults are those of the hall rules, so a file needs to say only what differs.
"""

from pathlib import Path
from typing import Annotated, Literal

from msgspec import Meta, Struct
from msgspec.structs import replace

from ticketserver.shared.catalogue import Catalogue, load_catalogue
from ticketserver.shared.checks import check_settings
from ticketserver.shared.counter_devices import Box, Bus, LineBox, Panel
from ticketserver.shared.device_models import Models, load_models, no_folder
from ticketserver.shared.devices import CardReader, Display, Kiosk, Printer, Scanner
from ticketserver.shared.fields import Id, Name, Port, Positive, SpanMs
from ticketserver.shared.languages import USUAL, Language, load_languages, names_wrong
from ticketserver.shared.places import Counter, Profile, Purpose, PurposeId, Scope, Series, Zone
from ticketserver.shared.problems import SettingsError
from ticketserver.shared.reading import Tables, read_tables
from ticketserver.shared.rules import Calendar, Lunch, PriorityClass, Queue
from ticketserver.shared.slip_settings import Slip
from ticketserver.shared.voice_settings import Voice

__all__ = [
    "Box", "Bus", "Calendar", "CardReader", "Catalogue", "Counter", "Display", "HallInfo", "Kiosk", "Limits", "LineBox",
    "Lunch", "Panel", "Printer", "PriorityClass", "Profile", "Purpose", "PurposeId", "Queue", "Scanner", "Scope",
    "Series", "Server", "Settings", "SettingsError", "Voice", "Zone", "load_settings",
]  # fmt: skip


class HallInfo(Struct, frozen=True, kw_only=True):
    """`[hall]`: `public_url` is the address that citizens' phones reach (empty = none); `languages` are offered in this
    order, the first one is shown at rest. `models` is a folder with the hall's own models of devices (empty = none);
    `texts` one with further languages for the kiosk (see `languages`)."""

    id: Id
    name_zh: Name
    name_en: Name
    timezone: str = "Asia/Shanghai"
    public_url: Annotated[str, Meta(pattern=r"^(https?://[^\s/]+(/[^\s]*)?)?$", extra={"allowed": "url"})] = ""
    catalogue: Annotated[str, Meta(min_length=1)] = "catalogue.toml"
    models: Annotated[str, Meta(max_length=200)] = ""
    languages: Annotated[tuple[Literal["zh", "en"], ...], Meta(min_length=1)] = ("zh", "en")
    texts: Annotated[str, Meta(min_length=1, max_length=200)] = USUAL


class Limits(Struct, frozen=True, kw_only=True):
    """`[server.limits]`: what one connection and the whole server accept. `outbox_messages` waiting for a client that
    does not read; over it the client is dropped. Phones have places and a pace of their own: however many come, the
    hall's own programs are not crowded out."""

    max_message_bytes: Positive = 65_536
    requests_per_s: Positive = 200
    burst_requests: Positive = 400
    max_connections: Positive = 500
    outbox_messages: Positive = 256
    hello_within_ms: Positive = 5_000
    phone_connections: Positive = 2_000
    phone_requests_per_s: Positive = 5
    phone_burst_requests: Positive = 20


class Server(Struct, frozen=True, kw_only=True):
    """`[server]`: `listen` is bound; `address` is the name or address under which other machines reach the server
    (empty = the one it listens on). Port 0 = any free port, for tests only."""

    listen: Annotated[str, Meta(min_length=1)] = "127.0.0.1"
    address: str = ""
    ws_port: Port = 8765
    http_port: Port = 8080
    data_dir: Annotated[str, Meta(min_length=1)] = "run/data"
    tokens_dir: Annotated[str, Meta(min_length=1)] = "run/tokens"
    clock_check_ms: SpanMs = 600_000
    limits: Limits = Limits()

    @property
    def host(self) -> str:
        """The host that clients connect to."""
        if self.address:
            return self.address
        return "127.0.0.1" if self.listen in ("0.0.0.0", "::") else self.listen

    @property
    def ws_url(self) -> str:
        return f"ws://{self.host}:{self.ws_port}"

    @property
    def http_url(self) -> str:
        return f"http://{self.host}:{self.http_port}"


class Settings(Struct, frozen=True, kw_only=True):
    """All of hall.toml. `file`, `loaded`, `models` and `more` (further languages) are set by `load_settings`; they are
    no keys of the file."""

    hall: HallInfo
    server: Server = Server()
    calendar: Calendar = Calendar()
    queue: Queue = Queue()
    series: Annotated[tuple[Series, ...], Meta(min_length=1)]
    zone: Annotated[tuple[Zone, ...], Meta(min_length=1)]
    profile: Annotated[tuple[Profile, ...], Meta(min_length=1)]
    counter: Annotated[tuple[Counter, ...], Meta(min_length=1)]
    purpose: tuple[Purpose, ...] = ()
    kiosk: tuple[Kiosk, ...] = ()
    printer: tuple[Printer, ...] = ()
    scanner: tuple[Scanner, ...] = ()
    card_reader: tuple[CardReader, ...] = ()
    bus: tuple[Bus, ...] = ()
    panel: tuple[Panel, ...] = ()
    display: tuple[Display, ...] = ()
    voice: Voice = Voice()
    slip: Slip = Slip()
    file: str = ""
    loaded: Catalogue | None = None
    models: Models = Models()
    more: tuple[Language, ...] = ()

    @property
    def catalogue(self) -> Catalogue:
        """The catalogue that the hall names."""
        if self.loaded is None:
            raise LookupError("settings made without a catalogue")
        return self.loaded


def load_settings(path: str | Path) -> Settings:
    """Read and check hall.toml and its catalogue. Raises `SettingsError` with every problem found."""
    file = Path(path)
    tables, settings = read_tables(file, Settings, hidden=frozenset({"file", "loaded", "models", "more"}))
    catalogue = load_catalogue(file.parent / settings.hall.catalogue)
    own = file.parent / settings.hall.models if settings.hall.models else None
    if own is not None and (missing := no_folder(tables, own)):
        raise SettingsError(missing)
    settings = replace(settings, file=str(file), loaded=catalogue, models=load_models(own))
    check_settings(settings, tables)
    return replace(settings, more=_further_languages(settings, tables))


def _further_languages(settings: Settings, tables: Tables) -> tuple[Language, ...]:
    """Raises `SettingsError`."""
    folder = Path(settings.file).parent / settings.hall.texts
    if settings.hall.texts != USUAL and not folder.is_dir():
        raise SettingsError([tables.problem(("hall", "texts"), "no_texts", settings.hall.texts)])
    read = load_languages(folder)
    hall = (settings, settings.catalogue)
    found = [problem for theirs, language in read for problem in names_wrong(theirs, language, hall)]
    if found:
        raise SettingsError(found)
    return tuple(language for _, language in read)
