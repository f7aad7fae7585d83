"""Who is meant by an id, told as the models do."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.privacy.people import Person, ids_in_list, people
from pipeline.runtime.errors import InputError
from pipeline.runtime.masking import key_of_text


def test_a_number_is_its_own_key_however_it_is_written() -> None:
    assert people([" 7 ", "7.0"]) == [Person("7", 7)] * 2


def test_any_other_text_has_the_key_that_the_tables_have() -> None:
    assert people(["007", "anna@example.org"]) == [
        Person("007", key_of_text("007")),
        Person("anna@example.org", key_of_text("anna@example.org")),
    ]


def test_what_is_no_id_is_refused_by_its_place_and_not_shown() -> None:
    with pytest.raises(InputError, match=r"Id 2 is not an id of a customer") as refused:
        people(["7", "2.05E+18"])
    assert "2.05" not in str(refused.value)


def test_a_list_has_one_id_a_line(tmp_path: Path) -> None:
    path = tmp_path / "ids.txt"
    path.write_text("7\n\n anna \n")
    assert ids_in_list(path) == ["7", "anna"]
    path.write_text("\n")
    with pytest.raises(InputError, match="holds no id"):
        ids_in_list(path)
