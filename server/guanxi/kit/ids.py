"""Time-ordered identifiers, made in the process so that every supported PostgreSQL can do without `uuidv7()`."""

import threading
import time
from datetime import UTC, datetime, timedelta
from random import getrandbits
from uuid import UUID, SafeUUID

# RFC 9562, version 7. The first 60 free bits hold milliseconds and a 12-bit fraction of one, the rest is random.
_VERSION = 0x7 << 76
_VARIANT = 0b10 << 62
_FRACTIONS_PER_MILLISECOND = 4096

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)

_lock = threading.Lock()
_last_tick = 0


def uuid7() -> UUID:
    """A new identifier, greater than every one this process made before, even when the clock is set back.

    Random enough to be unique across machines (62 bits), not a secret: never use it as a token.
    """
    global _last_tick  # noqa: PLW0603 - the one thing a process must remember between two identifiers
    milliseconds, nanoseconds = divmod(time.time_ns(), 1_000_000)
    tick = (milliseconds << 12) | (nanoseconds * _FRACTIONS_PER_MILLISECOND // 1_000_000)
    with _lock:
        if tick <= _last_tick:
            tick = _last_tick + 1
        _last_tick = tick
    return _assemble(tick)


def uuid7_at(moment: datetime) -> UUID:
    """An identifier that sorts as if it had been made at `moment` (aware; naive is a ValueError).

    For records brought in with their own past. Two of the same moment come in no particular order; what was before
    1970 sorts as if it had been then.
    """
    if moment.tzinfo is None:
        raise ValueError("uuid7_at needs an aware datetime")
    microseconds = max((moment - _EPOCH) // _MICROSECOND, 0)
    milliseconds, rest = divmod(microseconds, 1000)
    return _assemble((milliseconds << 12) | (rest * _FRACTIONS_PER_MILLISECOND // 1000))


def _assemble(tick: int) -> UUID:
    # UUID.__init__ parses and checks; setting its two slots costs a third, and the value is right by construction.
    identifier = UUID.__new__(UUID)
    value = (tick >> 12 << 80) | _VERSION | ((tick & 0xFFF) << 64) | _VARIANT | getrandbits(62)
    object.__setattr__(identifier, "int", value)
    object.__setattr__(identifier, "is_safe", SafeUUID.unknown)
    return identifier
