"""Pseudonyms: with a secret key, nobody below the files knows a customer by the id of the shop.

A key that was changed stays in the ring behind the new one: the pseudonym of today is made of that
of the former key, so that a warehouse is given new ones without its files, and who has the former
key alone finds nobody.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from pipeline.privacy.arrow_buffers import column_of, is_valid
from pipeline.privacy.keyed_hash import KeyedHash
from pipeline.runtime.masking import FIRST_TEXT_KEY

# Above all numbers, as the key of any text that is an id; fewer bits than those of a text take less
# room, and two people on one are known.
PSEUDONYM_BITS = 56
# As twelve letters: a text as short is kept and compared where it stands, not by its address.
SESSION_BITS = 48
# Pairs that are gathered before those that are equal go.
_PAIRS_GATHERED = 1 << 21
# Of a pair, what says where the last one like it is kept.
_BITS_OF_PLACE = 20
_DROPPED_OF_SESSION = np.uint64(64 - SESSION_BITS)
# Spreads a pseudonym over 64 bits: an odd multiplier loses none.
_ODD = np.uint64(0x9E3779B97F4A7C15)


class Pseudonyms:
    """The pseudonyms of one ring of keys, and of whom they were made.

    Two customers may fall on one pseudonym, once in 640 stores of 15 million. So each has a
    second hash, the other half of the code; `seen` gives the pairs, of which a pseudonym has two
    where that happened. What only asks about customers `remembers` no pairs.

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
        self._sessions = [KeyedHash(key, "session") for key in keys]
        self._marks = [KeyedHash(key, "mark").of_text("warehouse") for key in keys]
        self._mask = np.uint64((1 << bits) - 1)
        self._remembers = remembers
        # By their first bits, the last pair that had them: most that come again are known by it.
        self._last_numbers = np.zeros(1 << _BITS_OF_PLACE if remembers else 0, np.uint64)
        self._pairs = [np.empty((0, 2), np.uint64)]
        self._gathered = 0
        self._lock = threading.Lock()

    @property
    def marks(self) -> list[str]:
        """What tells warehouses of these keys from others, the first key's first."""
        return [f"{mark:016x}" for mark in self._marks]

    def of_text(self, text: str) -> int:
        """Return the pseudonym of one id."""
        return int(self._pairs_of([text])[0, 0])

    def users(self, texts: pa.Array | pa.ChunkedArray) -> pa.Array:
        """Return the pseudonyms of ids, null where there is none, and remember of whom they are."""
        pairs = self._pairs_of(texts)
        valid = is_valid(texts)
        if self._remembers:
            self._remember(pairs if valid is None else pairs[valid])
        return column_of(pairs[:, 0], pa.int64(), valid)

    def sessions(self, texts: pa.Array | pa.ChunkedArray) -> pa.Array:
        """Return what stands for session ids, as unsigned numbers, null where there is none."""
        return column_of(self._sessions_of(texts), pa.uint64(), is_valid(texts))

    def of_lines(self, users: pa.ChunkedArray, sessions: pa.ChunkedArray) -> pa.Array:
        """Return what stands for the ids of lines, at once.

        A call of Python costs the database as much as a hash does.
        """
        return pa.StructArray.from_arrays(
            [self.users(users), self.sessions(sessions)], ["user_id", "session"]
        )

    def _remember(self, pairs: np.ndarray) -> None:
        numbers = _as_one(pairs)
        places = (numbers >> np.uint64(64 - _BITS_OF_PLACE)).view(np.int64)
        with self._lock:
            new = np.flatnonzero(self._last_numbers[places] != numbers)
            self._last_numbers[places] = numbers
            self._pairs.append(pairs[new])
            self._gathered += len(new)
            # The more are known, the more are gathered first: each is compared a few times only.
            if self._gathered > max(_PAIRS_GATHERED, len(self._pairs[0])):
                self._make_different()

    def seen(self, place: int) -> pa.Array:
        """Return the pseudonyms (0) or the second hashes (1) of all pairs, as one list."""
        with self._lock:
            self._make_different()
        values = column_of(self._pairs[0][:, place], pa.uint64())
        bounds = np.array([0, len(values)], np.int32)
        return pa.ListArray.from_arrays(column_of(bounds, pa.int32()), values)

    def _make_different(self) -> None:
        """Keep each pair once."""
        if self._gathered:
            pairs = np.concatenate(self._pairs)
            self._pairs = [pairs[np.unique(_as_one(pairs), return_index=True)[1]]]
            self._gathered = 0

    def changed(self, users: Sequence[int] | np.ndarray, *, ages: int) -> np.ndarray:
        """Return the pseudonyms of today of those that the first `ages` keys made."""
        found = np.asarray(users).astype(np.uint64)
        for hash_ in self._users[ages:]:
            found = self._shown(hash_.of(_texts(found)))
        return found.view(np.int64)

    def changed_checks(self, checks: Sequence[int] | np.ndarray, *, ages: int) -> np.ndarray:
        """Return the second hashes of today."""
        found = np.asarray(checks, np.uint64)
        for hash_ in self._users[ages:]:
            found = hash_.macs(_texts(found))[:, 1]
        return found

    def changed_sessions(self, sessions: Sequence[int] | np.ndarray, *, ages: int) -> np.ndarray:
        """Return the session ids of today."""
        found = np.asarray(sessions, np.uint64)
        for hash_ in self._sessions[ages:]:
            found = hash_.of(_texts(found)) >> _DROPPED_OF_SESSION
        return found

    def _pairs_of(self, texts: pa.Array | pa.ChunkedArray | Sequence[str]) -> np.ndarray:
        """Return pseudonyms and second hashes, shape (n, 2): two halves of one code."""
        pairs = self._users[0].macs(texts).copy()
        pairs[:, 0] = self._shown(pairs[:, 0])
        if len(self._users) > 1:
            pairs[:, 0] = self.changed(pairs[:, 0], ages=1).view(np.uint64)
            pairs[:, 1] = self.changed_checks(pairs[:, 1], ages=1)
        return pairs

    def _sessions_of(self, texts: pa.Array | pa.ChunkedArray) -> np.ndarray:
        return self.changed_sessions(self._sessions[0].of(texts) >> _DROPPED_OF_SESSION, ages=1)

    def _shown(self, hashes: np.ndarray) -> np.ndarray:
        return (hashes & self._mask) | np.uint64(FIRST_TEXT_KEY)


def _as_one(pairs: np.ndarray) -> np.ndarray:
    """Return a number for each pair: of two pairs with the same number one goes.

    Among 15 million customers, that happens once in 160,000 stores.
    """
    return pairs[:, 0] * _ODD ^ pairs[:, 1]


def _texts(numbers: np.ndarray) -> pa.Array:
    return pa.array(numbers).cast(pa.string())
