"""The hash of ids is AES-CMAC, whatever their lengths and however many come at once."""

from __future__ import annotations

import hashlib

import numpy as np
import pyarrow as pa
import pytest
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.cmac import CMAC
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.privacy.keyed_hash import KeyedHash

SECRET, PURPOSE = b"a secret of the shop", "user"
KEY = hashlib.blake2b(
    SECRET, digest_size=16, person=hashlib.sha256(PURPOSE.encode()).digest()[:16]
).digest()


def _code(message: bytes) -> bytes:
    """Say it as the library does, one message at a time."""
    code = CMAC(AES(KEY))
    code.update(message)
    return code.finalize()


@settings(deadline=None, max_examples=50)
@given(st.lists(st.text(max_size=70), max_size=40))
def test_each_code_is_that_of_the_library(texts: list[str]) -> None:
    found = KeyedHash(SECRET, PURPOSE).macs(texts)
    assert [row.tobytes() for row in found] == [_code(text.encode()) for text in texts]


@settings(deadline=None, max_examples=50)
@given(st.lists(st.integers(0, 2**64 - 1), max_size=40))
def test_each_code_of_a_number_is_that_of_its_bytes(numbers: list[int]) -> None:
    found = KeyedHash(SECRET, PURPOSE).macs_of_numbers(np.array(numbers, np.uint64))
    expected = [_code(number.to_bytes(8, "little")) for number in numbers]
    assert [row.tobytes() for row in found] == expected


@pytest.mark.parametrize("length", [0, 1, 15, 16, 17, 32, 36, 255])
def test_texts_of_one_length_have_the_codes_of_the_library(length: int) -> None:
    texts = [letter * length for letter in "abc"]
    found = KeyedHash(SECRET, PURPOSE).macs(pa.array(texts))
    assert [row.tobytes() for row in found] == [_code(text.encode()) for text in texts]


def test_a_part_of_a_column_and_what_is_missing_in_it_have_their_codes() -> None:
    column = pa.chunked_array([["left out", "7"], ["anna", None, "left out"]]).slice(1, 3)
    found = KeyedHash(SECRET, PURPOSE).macs(column)
    assert [row.tobytes() for row in found] == [_code(text) for text in (b"7", b"anna", b"")]
