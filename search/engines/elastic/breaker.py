"""A circuit breaker: after some failures in a row nobody waits for the server for a while."""

import time
from collections.abc import Callable
from threading import Lock


class Breaker:
    """Closed while all is well. After `failures` in a row it is open for `pause` seconds; then one call may
    try, and only its success closes it again. Times are those of `clock`, in seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = Lock()
        self._failed = 0
        self._open_until = 0.0

    def allows(self, pause: float) -> bool:
        """Whether a call may be tried now. The first one after a pause closes the door behind it."""
        with self._lock:
            now = self._clock()
            if now < self._open_until:
                return False
            if self._open_until:
                self._open_until = now + pause
            return True

    def succeeded(self) -> None:
        with self._lock:
            self._failed = 0
            self._open_until = 0.0

    def failed(self, failures: int, pause: float) -> bool:
        """Count a failure; gives whether it was the one that opened the breaker."""
        with self._lock:
            self._failed += 1
            was_open = bool(self._open_until)
            if self._failed >= failures or was_open:
                self._open_until = self._clock() + pause
            return bool(self._open_until) and not was_open

    def undecided(self) -> None:
        """The call says nothing of the server: where it was the one that tried, the next one may."""
        with self._lock:
            if self._open_until:
                self._open_until = self._clock()

    @property
    def is_open(self) -> bool:
        with self._lock:
            return self._clock() < self._open_until


#: This process's breaker; every process learns for itself.
breaker = Breaker()
