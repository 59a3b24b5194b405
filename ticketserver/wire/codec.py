"""JSON-RPC 2.0, one object a message, both directions.

```
request       {"jsonrpc":"2.0","id":7,"method":"call_next","params":{…}}
result        {"jsonrpc":"2.0","id":7,"result":{…}}
error         {"jsonrpc":"2.0","id":7,"error":{"code":-32000,"message":"…","data":{"code":"nobody_waiting"}}}
notification  {"jsonrpc":"2.0","method":"visit_called","params":{"seq":812,"n":5,"call":{…}}}
```

What can go wrong: not JSON, not UTF-8 or nested beyond measure (-32700), not an object of this shape or a batch
(-32600), an unknown method (-32601), parameters that do not fit (-32602 with the field's path as msgspec names it:
`$.services[0].quantity`). Ids are integers or strings.
A notification's body is encoded once for all subscribers; only `n` differs and is spliced in front.
"""

from typing import Any

import msgspec
from msgspec import UNSET, Raw, Struct, UnsetType

from ticketserver.wire.errors import INVALID_PARAMS, INVALID_REQUEST, METHOD_NOT_FOUND, PARSE_ERROR, REFUSED
from ticketserver.wire.methods import METHODS, NOTIFICATIONS, Method
from ticketserver.wire.notes import Note
from ticketserver.wire.params import Params
from ticketserver.wire.views import View

Id = int | str | None


class WireError(Exception):
    """A message that cannot be served; `code`, `message` and, in a refusal, `data.code` go back."""

    def __init__(self, code: int, message: str, request: Id = None, refusal: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.request = request
        self.refusal = refusal


class _Request(Struct):
    method: str
    jsonrpc: str = ""
    id: int | str | UnsetType | None = UNSET
    params: Raw = Raw(b"{}")


class ErrorData(Struct, frozen=True, omit_defaults=True):
    code: str = ""


NO_DATA = ErrorData()


class ErrorObject(Struct, frozen=True, omit_defaults=True):
    code: int
    message: str
    data: ErrorData = NO_DATA


class Incoming(Struct):
    """What a client receives: an answer (with `id`) or a notification (with `method`)."""

    jsonrpc: str = ""
    id: int | str | None = None
    method: str = ""
    params: Raw = Raw(b"")
    result: Raw = Raw(b"")
    error: ErrorObject | None = None


class Call(Struct, frozen=True):
    """A decoded request: its id, the method's name and row, and the typed parameters."""

    id: Id
    name: str
    method: Method
    params: Params


NOT_JSON = (msgspec.DecodeError, UnicodeError, RecursionError)

_encoder = msgspec.json.Encoder()
_request = msgspec.json.Decoder(_Request)
_incoming = msgspec.json.Decoder(Incoming)
_params: dict[str, msgspec.json.Decoder[Any]] = {name: msgspec.json.Decoder(m.params) for name, m in METHODS.items()}
_results: dict[str, msgspec.json.Decoder[Any]] = {name: msgspec.json.Decoder(m.result) for name, m in METHODS.items()}
_notes: dict[str, msgspec.json.Decoder[Any]] = {name: msgspec.json.Decoder(n) for name, n in NOTIFICATIONS.items()}


def decode_request(data: bytes | str) -> Call:
    """A client's message → Call. Raises WireError with the JSON-RPC code and the request's id where it is known."""
    try:
        request = _request.decode(data)
    except msgspec.ValidationError as error:
        raise WireError(INVALID_REQUEST, f"Not a JSON-RPC request: {error}. Send one object a message.") from None
    except NOT_JSON as error:
        raise WireError(PARSE_ERROR, f"Not JSON: {error}. Send one JSON-RPC 2.0 object a message.") from None
    if request.jsonrpc != "2.0" or request.id is UNSET or request.id is None:
        raise WireError(INVALID_REQUEST, 'A request needs "jsonrpc": "2.0" and an "id".')
    method = METHODS.get(request.method)
    if method is None:
        known = ", ".join(sorted(METHODS))
        raise WireError(METHOD_NOT_FOUND, f"No method '{request.method[:60]}'. Known: {known}.", request.id)
    try:
        params = _params[request.method].decode(request.params)
    except NOT_JSON as error:
        raise WireError(INVALID_PARAMS, f"{request.method}: {error}.", request.id) from None
    return Call(request.id, request.method, method, params)


def encode_request(id: int | str, method: str, params: Params) -> bytes:
    return _encoder.encode({"jsonrpc": "2.0", "id": id, "method": method, "params": params})


def encode_view(view: View) -> bytes:
    """A result alone, as it stands in the journal."""
    return _encoder.encode(view)


def encode_result(id: Id, result: View | Raw) -> bytes:
    """An answer; a Raw result is sent as it is."""
    return b'{"jsonrpc":"2.0","id":%b,"result":%b}' % (_encoder.encode(id), _encoder.encode(result))


def encode_error(error: WireError) -> bytes:
    body = ErrorObject(error.code, error.message, ErrorData(error.refusal) if error.refusal else NO_DATA)
    return _encoder.encode({"jsonrpc": "2.0", "id": error.request, "error": body})


def refusal(code: str, message: str, request: Id) -> WireError:
    """The hall's own refusal, with its stable code."""
    return WireError(REFUSED, message, request, code)


def note_tail(field: str, view: View) -> bytes:
    """The part of a notification that all subscribers share: `,"call":{…}}}`."""
    return b',"%b":%b}}' % (field.encode(), _encoder.encode(view))


def encode_note(method: str, seq: int, n: int, tail: bytes) -> bytes:
    """A notification for one subscriber out of the shared tail."""
    return b'{"jsonrpc":"2.0","method":"%b","params":{"seq":%d,"n":%d%b' % (method.encode(), seq, n, tail)


def decode_incoming(data: bytes | str) -> Incoming:
    """A server's message → Incoming. Raises WireError(-32700) on anything else."""
    try:
        return _incoming.decode(data)
    except NOT_JSON as error:
        raise WireError(PARSE_ERROR, f"The server sent something that is not JSON-RPC: {error}.") from None


def decode_result(method: str, raw: Raw) -> Any:
    """The typed result of `method` (the view in METHODS). Raises msgspec.ValidationError where it does not fit."""
    return _results[method].decode(raw)


def decode_note(method: str, raw: Raw) -> Note | None:
    """The typed parameters of a notification, or None for one this client does not know."""
    decoder = _notes.get(method)
    return None if decoder is None else decoder.decode(raw)


def encode_params(params: Params) -> bytes:
    """Parameters alone, to tell a repetition from another request."""
    return _encoder.encode(params)
