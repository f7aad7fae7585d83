"""Keyed hashes of ids: AES-CMAC (NIST SP 800-38B), for whole vectors of the database at once."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterable, Sequence
from functools import cache, cached_property
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from pipeline.privacy.arrow_buffers import letters_of

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers import CipherContext

_BLOCK = 16
# Of a code, which has two.
_HALF = np.dtype("<u8")
_WHOLE_BLOCK = np.dtype(f"V{_BLOCK}")
# What stands behind a text that does not fill its last block.
_PADDING = 0x80
# What a subkey is folded by, of blocks of 128 bits.
_FOLD = 0x87


class KeyedHash:
    """AES-CMAC of texts, under a key of its own for each purpose.

    Who does not have the secret can neither compute the hash of an id nor compare two purposes.
    A message is a chain of blocks, each enciphered by `cryptography`: here the first blocks of all
    texts of a vector go together, then the second: a call for each text takes thirty times as long.

    Examples
    --------
    >>> one, other = KeyedHash(b"secret", "erased"), KeyedHash(b"secret", "pseudonym")
    >>> one.of_text("7") == one.of_text("7") != other.of_text("7")
    True
    """

    def __init__(self, secret: bytes, purpose: str) -> None:
        self._key = hashlib.blake2b(
            secret, digest_size=_BLOCK, person=hashlib.sha256(purpose.encode()).digest()[:16]
        ).digest()
        self._of_thread = threading.local()

    def macs(self, texts: pa.Array | pa.ChunkedArray | Sequence[str]) -> np.ndarray:
        """Return the codes of texts: 128 bits each, as two numbers in a row.

        Parameters
        ----------
        texts : n texts
            A null counts as a text without letters.

        Returns
        -------
        uint64 array of shape (n, 2)
        """
        letters, starts, lengths = letters_of(texts)
        has_letters = lengths > 0
        if len(lengths) and has_letters.all():
            found = self._whole_codes(letters, starts, lengths)
        else:
            found = np.full(len(lengths), self._of_no_letters, _WHOLE_BLOCK)
            # Without the few that are missing, texts of one length stay next to one another.
            if has_letters.any():
                found[has_letters] = self._whole_codes(
                    letters, starts[has_letters], lengths[has_letters]
                )
        return found.view(_HALF).reshape(-1, 2)

    def _whole_codes(
        self, letters: np.ndarray, starts: np.ndarray, lengths: np.ndarray
    ) -> np.ndarray:
        """Return the codes of texts that have letters, one at least; each is one value.

        As pairs of numbers they would take six times as long to put in their places.
        """
        most = -(-int(lengths.max()) // _BLOCK)
        if most == 1 or lengths.min() > (most - 1) * _BLOCK:
            # Nearly always of UUIDs.
            return self._chained(_blocks(letters, starts, lengths, most), lengths)
        block_counts = -(-lengths // _BLOCK)
        found = np.empty(len(lengths), _WHOLE_BLOCK)
        for block_count in np.unique(block_counts):
            rows = np.flatnonzero(block_counts == block_count)
            blocks = _blocks(letters, starts[rows], lengths[rows], int(block_count))
            found[rows] = self._chained(blocks, lengths[rows])
        return found

    def macs_of_numbers(self, numbers: np.ndarray) -> np.ndarray:
        """Return the codes of numbers of 64 bits, shape (n,), as `macs` does.

        The message is the eight bytes of a number, the lowest first: half a block, so that no text
        has to be written, moved and padded.
        """
        blocks, (first, second) = np.empty((len(numbers), 2), _HALF), self._padded_half
        blocks[:, 0] = numbers.view(_HALF) ^ first
        blocks[:, 1] = second
        return self._enciphered(blocks).view(_HALF).reshape(-1, 2)

    def of(self, texts: pa.Array | pa.ChunkedArray | Sequence[str]) -> np.ndarray:
        """Return the first 64 bits of the codes of texts, shape (n,)."""
        return self.macs(texts)[:, 0]

    def of_text(self, text: str) -> int:
        """Return the hash of one text."""
        return int(self.of([text])[0])

    def of_texts(self, texts: Iterable[str]) -> list[int]:
        """Return the hashes of texts as numbers of Python."""
        return self.of(list(texts)).tolist()

    def _chained(self, blocks: np.ndarray, lengths: np.ndarray) -> np.ndarray:
        """Return the codes of messages, shape (n,), of their blocks, shape (n_blocks, n, 16)."""
        is_padded = lengths < len(blocks) * _BLOCK
        blocks[-1] ^= self._subkeys.take(is_padded, axis=0)
        state = self._enciphered(blocks[0])
        for block in blocks[1:]:
            block ^= state.view(np.uint8).reshape(-1, _BLOCK)  # noqa: PLW2901
            state = self._enciphered(block)
        return state

    def _enciphered(self, blocks: np.ndarray) -> np.ndarray:
        """Return blocks enciphered, shape (n,)."""
        return np.frombuffer(self._encryptor.update(blocks.view(np.uint8).data), _WHOLE_BLOCK)

    @property
    def _encryptor(self) -> CipherContext:
        """The bare block cipher, which CMAC is made of: one for each thread, without a state."""
        if not hasattr(self._of_thread, "encryptor"):
            from cryptography.hazmat.primitives.ciphers import Cipher, modes
            from cryptography.hazmat.primitives.ciphers.algorithms import AES

            self._of_thread.encryptor = Cipher(AES(self._key), modes.ECB()).encryptor()
        return self._of_thread.encryptor

    @cached_property
    def _of_no_letters(self) -> np.ndarray:
        """The code of an empty text, shape (1,)."""
        block = np.zeros((1, 1, _BLOCK), np.uint8)
        block[..., 0] = _PADDING
        return self._chained(block, np.zeros(1, np.int64))

    @cached_property
    def _padded_half(self) -> np.ndarray:
        """What a message of half a block is mixed with, shape (2,)."""
        padded = self._subkeys[1].copy()
        padded[_BLOCK // 2] ^= _PADDING
        return padded.view(_HALF)

    @cached_property
    def _subkeys(self) -> np.ndarray:
        """What the last block is mixed with: a whole one, and a padded one, shape (2, 16)."""
        first = _doubled(self._encryptor.update(bytes(_BLOCK)))
        return np.frombuffer(first + _doubled(first), np.uint8).reshape(2, _BLOCK)


def _doubled(block: bytes) -> bytes:
    number = int.from_bytes(block) << 1
    is_over = number >> (8 * _BLOCK)
    return ((number ^ (_FOLD * is_over)) & ((1 << 8 * _BLOCK) - 1)).to_bytes(_BLOCK)


def _blocks(
    letters: np.ndarray, starts: np.ndarray, lengths: np.ndarray, block_count: int
) -> np.ndarray:
    """Return the blocks of texts, the last one padded, shape (block_count, n, 16).

    A call of numpy costs as much as what it does with 2,048 texts: few of them, then.
    """
    width, count, length = block_count * _BLOCK, len(lengths), lengths[0]
    end = starts[0] + count * length
    if starts[-1] + length == end and (lengths == length).all():
        # As of UUIDs; twice as fast.
        messages = np.zeros((count, width), np.uint8)
        messages[:, :length] = letters[starts[0] : end].reshape(count, length)
        if length < width:
            messages[:, length] = _PADDING
    else:
        # A window begins at each byte; what it shows of the next texts goes.
        padded = np.concatenate([letters, np.zeros(width, np.uint8)])
        windows = np.ndarray((len(letters) + 1, width), np.uint8, padded.data, strides=(1, 1))
        messages = windows[starts]
        is_shown, padding = _masks(width)
        messages &= is_shown.take(lengths, axis=0)
        messages |= padding.take(lengths, axis=0)
    return messages.view(_WHOLE_BLOCK).T.copy().view(np.uint8).reshape(-1, count, _BLOCK)


@cache
def _masks(width: int) -> tuple[np.ndarray, np.ndarray]:
    """Return which bits a text of each length has, and what pads it, shape (width + 1, width)."""
    lengths, places = np.ogrid[: width + 1, :width]
    is_shown = np.where(places < lengths, 0xFF, 0).astype(np.uint8)
    return is_shown, np.where(places == lengths, _PADDING, 0).astype(np.uint8)
