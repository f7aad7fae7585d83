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

from pipeline.privacy.arrow_buffers import column_of, is_valid, numbers_of
from pipeline.privacy.keyed_hash import KeyedHash
from pipeline.runtime.masking import FIRST_TEXT_KEY

# Above all numbers, as the key of any text that is an id; fewer bits than those of a text take less
# room, and two people on one are known.
PSEUDONYM_BITS = 56
# As twelve letters: a text as short is kept and compared where it stands, not by its address.
SESSION_BITS = 48
# Pairs that are gathered before those that are equal go.
_PAIRS_GATHERED = 1 << 21
# Of a second hash, what says where the last one like it is kept.
_BITS_OF_PLACE = 20
_DROPPED_OF_SESSION = np.uint64(64 - SESSION_BITS)


class Pseudonyms:
    """The pseudonyms of one ring of keys, and of whom they were made.

    Two customers may fall on one pseudonym, once in 640 stores of 15 million. So each has a
    second hash, the other half of the code; `seen` gives the pairs, of which a pseudonym has two
    where that happened. What only asks about customers `remembers` no pairs.

    Examples
    --------
    >>> former, today = Pseudonyms([b"first"]), Pseudonyms([b"first", b"second"])
    >>> bool(today.of_id(7) == today.changed([former.of_id(7)], ages=1)[0])
    True
    """

    def __init__(
        self, keys: Sequence[bytes], *, bits: int = PSEUDONYM_BITS, remembers: bool = True
    ) -> None:
        # Texts apart, as eight letters are a number, too; only files have any.
        self._numbers = [KeyedHash(key, "user") for key in keys]
        self._texts = [KeyedHash(key, "user with a text") for key in keys[:1]]
        self._sessions = [KeyedHash(key, "session") for key in keys]
        # Where what is hashed changes, this text does: pseudonyms of two ways do not mix.
        self._marks = [KeyedHash(key, "mark").of_text("numbers as bytes") for key in keys]
        self._mask = np.uint64((1 << bits) - 1)
        self._remembers = remembers
        # By their first bits, the last second hash that had them: most that come again are known
        # by it.
        self._last_checks = np.zeros(1 << _BITS_OF_PLACE if remembers else 0, np.uint64)
        self._pairs = [(np.empty(0, np.uint64), np.empty(0, np.uint64))]
        self._gathered = 0
        self._lock = threading.Lock()

    @property
    def marks(self) -> list[str]:
        """What tells warehouses of these keys from others, the first key's first."""
        return [f"{mark:016x}" for mark in self._marks]

    def of_id(self, key: int, text: str | None = None) -> int:
        """Return the pseudonym of one id."""
        return self.users(pa.array([key]), pa.array([text], pa.string()))[0].as_py()

    def users(
        self, keys: pa.Array | pa.ChunkedArray, texts: pa.Array | pa.ChunkedArray
    ) -> pa.Array:
        """Return the pseudonyms of ids, null where there is none, and remember of whom they are.

        Parameters
        ----------
        keys : n keys of ids as the models make them, integers of 64 bits
        texts : n texts
            The id where it is no whole number, null elsewhere: two texts may share a key.
        """
        pseudonyms, checks = self._pairs_of(keys, texts)
        valid = is_valid(keys)
        if self._remembers:
            self._remember(pseudonyms, checks, valid)
        return column_of(pseudonyms, pa.int64(), valid)

    def sessions(self, texts: pa.Array | pa.ChunkedArray) -> pa.Array:
        """Return what stands for session ids, as unsigned numbers, null where there is none."""
        return column_of(self._sessions_of(texts), pa.uint64(), is_valid(texts))

    def of_lines(
        self, keys: pa.ChunkedArray, texts: pa.ChunkedArray, sessions: pa.ChunkedArray
    ) -> pa.Array:
        """Return what stands for the ids of lines, at once.

        A call of Python costs the database as much as a hash does.
        """
        return pa.StructArray.from_arrays(
            [self.users(keys, texts), self.sessions(sessions)], ["user_id", "session"]
        )

    def _remember(
        self, pseudonyms: np.ndarray, checks: np.ndarray, valid: np.ndarray | None
    ) -> None:
        """Keep the pairs that were not there lately.

        Of two customers with the same second hash one goes: of 15 million, once in 160,000 stores.
        """
        places = (checks >> np.uint64(64 - _BITS_OF_PLACE)).view(np.int64)
        with self._lock:
            is_new = self._last_checks[places] != checks
            new = (is_new if valid is None else is_new & valid).nonzero()[0]
            new_checks = checks[new]
            self._last_checks[places[new]] = new_checks
            self._pairs.append((pseudonyms[new], new_checks))
            self._gathered += len(new)
            # The more are known, the more are gathered first: each is compared a few times only.
            if self._gathered > max(_PAIRS_GATHERED, len(self._pairs[0][0])):
                self._make_different()

    def seen(self, place: int) -> pa.Array:
        """Return the pseudonyms (0) or the second hashes (1) of all pairs, as one list."""
        with self._lock:
            self._make_different()
        values = column_of(self._pairs[0][place], pa.uint64())
        bounds = np.array([0, len(values)], np.int32)
        return pa.ListArray.from_arrays(column_of(bounds, pa.int32()), values)

    def _make_different(self) -> None:
        """Keep each pair once."""
        if self._gathered:
            pseudonyms, checks = map(np.concatenate, zip(*self._pairs, strict=True))
            # `unique` with places keeps the order of equal ones: three times as long.
            order = checks.argsort()
            ordered = checks[order]
            kept = order[np.append(True, ordered[1:] != ordered[:-1])]
            self._pairs, self._gathered = [(pseudonyms[kept], checks[kept])], 0

    def changed(self, users: Sequence[int] | np.ndarray, *, ages: int) -> np.ndarray:
        """Return the pseudonyms of today of those that the first `ages` keys made."""
        found = np.asarray(users).astype(np.uint64)
        for hash_ in self._numbers[ages:]:
            found = self._shown(hash_.macs_of_numbers(found)[:, 0])
        return found.view(np.int64)

    def changed_checks(self, checks: Sequence[int] | np.ndarray, *, ages: int) -> np.ndarray:
        """Return the second hashes of today."""
        found = np.asarray(checks, np.uint64)
        for hash_ in self._numbers[ages:]:
            found = hash_.macs_of_numbers(found)[:, 1]
        return found

    def changed_sessions(self, sessions: Sequence[int] | np.ndarray, *, ages: int) -> np.ndarray:
        """Return the session ids of today."""
        found = np.asarray(sessions, np.uint64)
        for hash_ in self._sessions[ages:]:
            found = hash_.macs_of_numbers(found)[:, 0] >> _DROPPED_OF_SESSION
        return found

    def _pairs_of(
        self, keys: pa.Array | pa.ChunkedArray, texts: pa.Array | pa.ChunkedArray
    ) -> tuple[np.ndarray, np.ndarray]:
        """Return pseudonyms and second hashes, shape (n,) each: two halves of one code."""
        are_texts = is_valid(texts)
        if are_texts is None:
            codes = self._texts[0].macs(texts)
        else:
            codes = self._numbers[0].macs_of_numbers(numbers_of(keys))
            if are_texts.any():
                codes = np.where(are_texts[:, None], self._texts[0].macs(texts), codes)
        pseudonyms, checks = self._shown(codes[:, 0]), codes[:, 1]
        if len(self._numbers) > 1:
            pseudonyms = self.changed(pseudonyms, ages=1).view(np.uint64)
            checks = self.changed_checks(checks, ages=1)
        return pseudonyms, checks

    def _sessions_of(self, texts: pa.Array | pa.ChunkedArray) -> np.ndarray:
        return self.changed_sessions(self._sessions[0].of(texts) >> _DROPPED_OF_SESSION, ages=1)

    def _shown(self, hashes: np.ndarray) -> np.ndarray:
        return (hashes & self._mask) | np.uint64(FIRST_TEXT_KEY)
