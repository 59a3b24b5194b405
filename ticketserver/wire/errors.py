"""Every refusal has a stable code for programs and a sentence for people.

JSON-RPC 2.0 error objects: -32700 not JSON, -32600 not a request (or a batch), -32601 unknown method, -32602 bad
parameters (the message names the field's path), -32000 the hall's own refusals with `data.code`, -32603 internal error.
The sentences live in the message catalogue (`errors.<code>`); the table here is the list of codes that exist.
"""

from enum import StrEnum

PARSE_ERROR = -32700
INVALID_REQUEST = -32600
METHOD_NOT_FOUND = -32601
INVALID_PARAMS = -32602
INTERNAL_ERROR = -32603
REFUSED = -32000


class Refusal(StrEnum):
    """Codes of `data.code` in a -32000 error."""

    # connection and role
    HELLO_FIRST = "hello_first"
    HELLO_TWICE = "hello_twice"
    WRONG_TOKEN = "wrong_token"
    NOT_ALLOWED = "not_allowed"
    PROTOCOL_VERSION = "protocol_version"
    TOO_FAST = "too_fast"
    TOO_LARGE = "too_large"
    TOO_MANY_CONNECTIONS = "too_many_connections"
    SERVER_STOPPING = "server_stopping"
    INTERNAL_ERROR = "internal_error"
    REQUEST_ID_REUSED = "request_id_reused"
    # the hall's day
    NO_DAY = "no_day"
    WRONG_DAY = "wrong_day"
    NOT_YET_OPEN = "not_yet_open"
    CUT_OFF = "cut_off"
    CAPACITY_REACHED = "capacity_reached"
    DAY_OVER = "day_over"
    CALLING_NOT_STARTED = "calling_not_started"
    CALLING_PAUSED = "calling_paused"
    # tickets
    UNKNOWN_SERVICE = "unknown_service"
    UNKNOWN_PURPOSE = "unknown_purpose"
    UNKNOWN_PRIORITY = "unknown_priority"
    NOTHING_CHOSEN = "nothing_chosen"
    SERVICE_TWICE = "service_twice"
    NO_COUNTER_TODAY = "no_counter_today"
    TOKEN_REUSED = "token_reused"
    UNKNOWN_TICKET = "unknown_ticket"
    WRONG_CHECK_CODE = "wrong_check_code"
    UNKNOWN_REQUEST = "unknown_request"
    WRONG_STATE = "wrong_state"
    NO_RETURNS_LEFT = "no_returns_left"
    NO_PRIORITY = "no_priority"
    ALREADY_RATED = "already_rated"
    APPOINTMENT_UNKNOWN = "appointment_unknown"
    APPOINTMENT_OTHER_DAY = "appointment_other_day"
    APPOINTMENT_USED = "appointment_used"
    # counters
    UNKNOWN_COUNTER = "unknown_counter"
    COUNTER_CLOSED = "counter_closed"
    COUNTER_PAUSED = "counter_paused"
    COUNTER_BUSY = "counter_busy"
    COUNTER_OPEN = "counter_open"
    NOBODY_WAITING = "nobody_waiting"
    NOBODY_IN_HAND = "nobody_in_hand"
    NOT_AT_THIS_COUNTER = "not_at_this_counter"
    TOO_EARLY_FOR_NO_SHOW = "too_early_for_no_show"
    CANNOT_SERVE_HERE = "cannot_serve_here"
    TOO_LATE_TO_REOPEN = "too_late_to_reopen"
    NOTHING_TO_REOPEN = "nothing_to_reopen"
    NOT_OPEN_HERE = "not_open_here"
    BAD_TARGET = "bad_target"
    KEY_NOT_HERE = "key_not_here"
    UNKNOWN_PROFILE = "unknown_profile"
    UNKNOWN_CALL = "unknown_call"
    BAD_HOURS = "bad_hours"
    # devices and help
    UNKNOWN_HELP = "unknown_help"
    UNKNOWN_KIOSK = "unknown_kiosk"
    KIOSK_AWAY = "kiosk_away"
    UNKNOWN_PRINT = "unknown_print"
    # announcements and notices
    UNKNOWN_ZONE = "unknown_zone"
    UNKNOWN_ANNOUNCEMENT = "unknown_announcement"
    UNKNOWN_NOTICE = "unknown_notice"
    TOO_MANY_ANNOUNCEMENTS = "too_many_announcements"
    TOO_MANY_NOTICES = "too_many_notices"
    NOTICE_OVER = "notice_over"
    IDENTITY_IN_TEXT = "identity_in_text"
