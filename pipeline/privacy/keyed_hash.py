"""Keyed hashes of ids: AES-CMAC (NIST SP 800-38B), for whole vectors of the database at once."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from functools import cached_property

import numpy as np
import pyarrow as pa
from numpy.lib.stride_tricks import sliding_window_view

_BLOCK = 16
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

    def macs(self, texts: pa.Array | pa.ChunkedArray | Sequence[str]) -> np.ndarray:
        """Return the codes of texts: 128 bits each, as two numbers in a row.

        Parameters
        ----------
        texts : n texts without a null
            A null counts as a text without letters.

        Returns
        -------
        uint64 array of shape (n, 2)
        """
        bounds, letters = _letters(texts)
        lengths = np.diff(bounds)
        if len(lengths) and lengths.min() == lengths.max():
            # Nearly always of numbers and UUIDs, and twice as fast.
            messages = letters[bounds[0] : bounds[-1]].reshape(len(lengths), -1)
            return self._chained(_blocks_of_one_length(messages), lengths).view("<u8")
        found = np.empty((len(lengths), _BLOCK), np.uint8)
        block_counts = np.maximum(1, -(-lengths // _BLOCK))
        for block_count in np.unique(block_counts):
            rows = np.flatnonzero(block_counts == block_count)
            blocks = _blocks(letters, bounds[rows], lengths[rows], block_count * _BLOCK)
            found[rows] = self._chained(blocks, lengths[rows])
        return found.view("<u8")

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
        """Return the codes of messages, shape (n, 16), of their blocks, shape (n_blocks, n, 16)."""
        is_padded = lengths < len(blocks) * _BLOCK
        blocks[-1] ^= self._subkeys.take(is_padded, axis=0)
        state = self._enciphered(blocks[0])
        for block in blocks[1:]:
            state = self._enciphered(state ^ block)
        return state

    def _enciphered(self, blocks: np.ndarray) -> np.ndarray:
        from cryptography.hazmat.primitives.ciphers import Cipher, modes
        from cryptography.hazmat.primitives.ciphers.algorithms import AES

        # The bare block cipher, which CMAC is made of: nothing is kept enciphered.
        encryptor = Cipher(AES(self._key), modes.ECB()).encryptor()
        return np.frombuffer(encryptor.update(blocks.data), np.uint8).reshape(-1, _BLOCK)

    @cached_property
    def _subkeys(self) -> np.ndarray:
        """What the last block is mixed with: a whole one, and a padded one, shape (2, 16)."""
        first = _doubled(self._enciphered(np.zeros((1, _BLOCK), np.uint8)).tobytes())
        return np.frombuffer(first + _doubled(first), np.uint8).reshape(2, _BLOCK)


def _doubled(block: bytes) -> bytes:
    number = int.from_bytes(block) << 1
    is_over = number >> (8 * _BLOCK)
    return ((number ^ (_FOLD * is_over)) & ((1 << 8 * _BLOCK) - 1)).to_bytes(_BLOCK)


def _blocks_of_one_length(messages: np.ndarray) -> np.ndarray:
    """Return the blocks of messages, the last one padded, shape (n_blocks, n, 16)."""
    count, length = messages.shape
    blocks = np.zeros((max(1, -(-length // _BLOCK)), count, _BLOCK), np.uint8)
    for place, block in enumerate(blocks):
        part = messages[:, place * _BLOCK : (place + 1) * _BLOCK]
        block[:, : part.shape[1]] = part
    if length < len(blocks) * _BLOCK:
        blocks[-1, :, length % _BLOCK] = _PADDING
    return blocks


def _blocks(letters: np.ndarray, starts: np.ndarray, lengths: np.ndarray, width: int) -> np.ndarray:
    """Return the same of texts of as many blocks, `width` bytes with what pads them."""
    # A window begins at each byte; what it shows of the next texts goes.
    padded = np.concatenate([letters, np.zeros(width, np.uint8)])
    messages = sliding_window_view(padded, width)[starts]
    messages *= np.arange(width, dtype=np.int32) < lengths[:, None].astype(np.int32)
    rows = np.flatnonzero(lengths < width)
    messages[rows, lengths[rows]] = _PADDING
    return messages.reshape(len(starts), -1, _BLOCK).transpose(1, 0, 2).copy()


def _letters(texts: pa.Array | pa.ChunkedArray | Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
    """Return the bytes of all texts behind one another, and between which places each stands."""
    if isinstance(texts, pa.ChunkedArray):
        texts = texts.combine_chunks()
    column = pa.array(texts, pa.string()) if not isinstance(texts, pa.Array) else texts
    if column.null_count:
        column = column.fill_null("")
    column = column.cast(pa.large_string())
    _, offsets, data = column.buffers()
    bounds = np.frombuffer(offsets, np.int64)[column.offset : column.offset + len(column) + 1]
    letters = np.frombuffer(data, np.uint8) if data is not None else np.empty(0, np.uint8)
    return bounds, letters
