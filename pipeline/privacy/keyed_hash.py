"""Keyed hashes of ids: SipHash, as pandas has it, by vectors inside the database."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np


class KeyedHash:
    """SipHash-2-4 of texts, under a key of its own for each purpose.

    Who does not have the secret can neither compute the hash of an id nor compare two purposes. Of
    128 bits of key, 96 are used: pandas takes it as text of one byte a letter.

    Examples
    --------
    >>> one, other = KeyedHash(b"secret", "erased"), KeyedHash(b"secret", "pseudonym")
    >>> one.of_text("7") == one.of_text("7") != other.of_text("7")
    True
    """

    def __init__(self, secret: bytes, purpose: str) -> None:
        digest = hashlib.blake2b(
            secret, digest_size=12, person=hashlib.sha256(purpose.encode()).digest()[:16]
        ).digest()
        self._key = base64.b64encode(digest).decode()

    def of(self, texts: Sequence[str] | np.ndarray) -> np.ndarray:
        """Return the hashes of texts as unsigned 64-bit numbers; of none, a number as well."""
        # pandas takes half a second to import: only where something is hashed.
        import numpy as np
        from pandas.util import hash_array

        values = np.asarray(texts, dtype=object)
        return hash_array(values, hash_key=self._key, categorize=False)

    def of_text(self, text: str) -> int:
        """Return the hash of one text."""
        return int(self.of([text])[0])

    def of_texts(self, texts: Iterable[str]) -> list[int]:
        """Return the hashes of texts as numbers of Python."""
        found = list(texts)
        return [int(one) for one in self.of(found)] if found else []
