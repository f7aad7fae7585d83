"""Pseudonyms: with a secret key, nobody below the files knows a customer by the id of the shop.

A key that was changed stays in the ring behind the new one: the pseudonym of today is made of that
of the former key, so that a warehouse is given new ones without its files, and who has the former
key alone finds nobody.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING

import pyarrow as pa

from pipeline.privacy.keyed_hash import KeyedHash
from pipeline.runtime.masking import FIRST_TEXT_KEY, masked

if TYPE_CHECKING:
    import numpy as np

# Above all numbers, as the key of any text that is an id; fewer bits than those of a text take less
# room, and two people on one are known.
PSEUDONYM_BITS = 56
# As twelve letters: a text as short is kept and compared where it stands, not by its address.
SESSION_BITS = 48
# Pairs that are gathered before those that are equal go.
_PAIRS_GATHERED = 1 << 21
# Spreads a pseudonym over 64 bits: an odd multiplier loses none.
_ODD = 0x9E3779B97F4A7C15


class Pseudonyms:
    """The pseudonyms of one ring of keys, and of whom they were made.

    Two customers may fall on one pseudonym, once in 640 stores of 15 million. So each has a
    second hash, of a key of its own; `seen` gives the pairs, of which a pseudonym has two where
    that happened. What only asks about customers `remembers` no pairs.

    Examples
    --------
    >>> former, today = Pseudonyms([b"first"]), Pseudonyms([b"first", b"second"])
    >>> bool(today.of_text("7") == today.changed([former.of_text("7")], ages=1)[0])
    True
    """

    def __init__(
        self, keys: Sequence[bytes], *, bits: int = PSEUDONYM_BITS, remembers: bool = True
    ) -> None:
        self._users = [KeyedHash(key, "user") for key in keys]
        self._checks = [KeyedHash(key, "check") for key in keys]
        self._sessions = [KeyedHash(key, "session") for key in keys]
        self._marks = [KeyedHash(key, "mark").of_text("warehouse") for key in keys]
        self._mask = (1 << bits) - 1
        self._remembers = remembers
        self._pairs: list[tuple[np.ndarray, np.ndarray]] = []
        self._gathered = 0
        self._lock = threading.Lock()

    @property
    def marks(self) -> list[str]:
        """What tells warehouses of these keys from others, the first key's first."""
        return [f"{mark:016x}" for mark in self._marks]

    def of_text(self, text: str) -> int:
        """Return the pseudonym of one id."""
        return int(self._users_of([text])[0])

    def users(self, texts: pa.ChunkedArray) -> pa.Array:
        """Return the pseudonyms of ids, and remember of whom they were made."""
        values = _values(texts)
        found = self._users_of(values)
        if self._remembers:
            self._remember(found, self._checks_of(values))
        return pa.array(found)

    def _remember(self, found: np.ndarray, checks: np.ndarray) -> None:
        with self._lock:
            self._pairs.append((found, checks))
            self._gathered += len(found)
            # The more are known, the more are gathered first: each is compared a few times only.
            if self._gathered > max(_PAIRS_GATHERED, len(self._pairs[0][0])):
                self._pairs, self._gathered = [self._different()], 0

    def sessions(self, texts: pa.ChunkedArray) -> pa.Array:
        """Return what stands for session ids, as unsigned numbers."""
        return pa.array(self._sessions_of(_values(texts)))

    def seen(self, place: int) -> pa.Array:
        """Return the pseudonyms (0) or the second hashes (1) of all pairs, as one list."""
        values = pa.array(self._different()[place].view("uint64"))
        return pa.ListArray.from_arrays(pa.array([0, len(values)], pa.int32()), values)

    def _different(self) -> tuple[np.ndarray, np.ndarray]:
        """Return each pair once."""
        import numpy as np
        import pandas as pd

        if not self._pairs:
            return np.empty(0, np.int64), np.empty(0, np.uint64)
        users, checks = (np.concatenate(part) for part in zip(*self._pairs, strict=True))
        # One number for both is compared four times as fast. Of two pairs with the same number one
        # goes: among 15 million customers, once in 160,000 stores.
        both = users.view(np.uint64) * np.uint64(_ODD) ^ checks
        is_new = ~pd.Series(both).duplicated().to_numpy()
        return users[is_new], checks[is_new]

    def changed(self, users: Sequence[int] | np.ndarray, *, ages: int) -> np.ndarray:
        """Return the pseudonyms of today of those that the first `ages` keys made."""
        return self._users_of(_texts(users), ages)

    def changed_checks(self, checks: Sequence[int] | np.ndarray, *, ages: int) -> np.ndarray:
        """Return the second hashes of today."""
        return self._checks_of(_texts(checks), ages)

    def changed_sessions(self, sessions: Sequence[int] | np.ndarray, *, ages: int) -> np.ndarray:
        """Return the session ids of today."""
        return self._sessions_of(_texts(sessions), ages)

    def _users_of(self, texts: Sequence[str] | np.ndarray, ages: int = 0) -> np.ndarray:
        import numpy as np

        found = np.empty(0, np.int64)
        for place, hash_ in enumerate(self._users[ages:]):
            hashes = hash_.of(_texts(found) if place else texts)
            found = ((hashes & np.uint64(self._mask)) | np.uint64(FIRST_TEXT_KEY)).view(np.int64)
        return found

    def _checks_of(self, texts: Sequence[str] | np.ndarray, ages: int = 0) -> np.ndarray:
        return _folded(self._checks[ages:], texts)

    def _sessions_of(self, texts: Sequence[str] | np.ndarray, ages: int = 0) -> np.ndarray:
        return _folded(self._sessions[ages:], texts, 64 - SESSION_BITS)


def _values(texts: pa.ChunkedArray | pa.Array) -> np.ndarray:
    # Finding those that repeat within a vector costs more than hashing them again.
    return texts.to_numpy(zero_copy_only=False)


def _folded(
    hashes: Sequence[KeyedHash], texts: Sequence[str] | np.ndarray, dropped_bits: int = 0
) -> np.ndarray:
    import numpy as np

    found = hashes[0].of(texts) >> np.uint64(dropped_bits)
    for hash_ in hashes[1:]:
        found = hash_.of(_texts(found)) >> np.uint64(dropped_bits)
    return found


def _texts(numbers: Sequence[int] | np.ndarray) -> np.ndarray:
    import numpy as np

    return np.asarray(numbers).astype(str).astype(object)


def without_ids(lines: pa.Array, users: pa.Array, sessions: pa.Array) -> pa.Array:
    """Return refused lines without the ids in them, or nothing where an id may be any word."""
    rows = zip(lines.to_pylist(), users.to_pylist(), sessions.to_pylist(), strict=True)
    return pa.array(
        [masked(line, (user, session)) if line and user else None for line, user, session in rows],
        pa.string(),
    )
