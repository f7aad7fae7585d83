"""Who somebody is in the warehouse: the key of an id, as the models make it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import jinja2
from jinja2.runtime import Context

from pipeline.privacy.keys import secret_keys
from pipeline.privacy.pseudonyms import Pseudonyms
from pipeline.runtime.errors import InputError
from pipeline.runtime.masking import FIRST_TEXT_KEY
from pipeline.runtime.settings import ROOT

# The one definition of a key.
_MACROS = ("rules/ids.sql", "engine/hashes.sql", "engine/texts.sql")


@dataclass(frozen=True)
class Person:
    """A customer by the id that the files have.

    Attributes
    ----------
    text : str
        The id, a whole number as it is written shortest.
    user_id : int
        What stands for it in the tables: with a secret key, a pseudonym.
    """

    text: str
    user_id: int

    @property
    def forms(self) -> frozenset[str]:
        """How the id may stand in a file that was written from the tables, or in a raw one."""
        return frozenset({self.text, str(self.user_id)})


def people(texts: Sequence[str]) -> list[Person]:
    """Return who is meant by ids.

    Raises
    ------
    InputError
        One of them is not an id, by its place: it is not shown.
    """
    with duckdb.connect() as connection:
        rows = connection.execute(
            f"select {_macro('seen_text')}, {_macro('id_key')}"
            " from (select unnest(?::text[]) as id_text)",
            [[text.strip() for text in texts]],
        ).fetchall()
    for place, (text, key) in enumerate(rows, 1):
        if key is None or not text:
            raise InputError(
                f"Id {place} is not an id of a customer: write it as the files have it."
            )
    named = [(str(key) if key < FIRST_TEXT_KEY else text, key) for text, key in rows]
    if keys := secret_keys():
        pseudonyms = Pseudonyms(keys)
        named = [
            (text, pseudonyms.of_id(key, text if key >= FIRST_TEXT_KEY else None))
            for text, key in named
        ]
    return [Person(text, key) for text, key in named]


def ids_in_list(path: Path) -> list[str]:
    """Return the ids of a file with one a line.

    Raises
    ------
    InputError
        It cannot be read, or has none.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path} cannot be read as a list of ids: name another file.") from error
    ids = [line.strip() for line in lines if line.strip()]
    if not ids:
        raise InputError(f"{path} holds no id: write one a line.")
    return ids


@cache
def _macro(name: str) -> str:
    """Return a macro of ids, rendered without dbt, which takes two seconds to start."""
    folder = ROOT / "dbt_project" / "macros"
    macros = "".join((folder / name).read_text(encoding="utf-8") for name in _MACROS)
    environment = jinja2.Environment(extensions=["jinja2.ext.do"], autoescape=False)
    template = environment.from_string(f"{macros}{{{{ {name}('id_text') }}}}")
    return template.render({"adapter": _OfDuckDB, "return": lambda text: text}).strip()


class _OfDuckDB:
    """Stands for dbt's `adapter`: of macros that are spelled for each engine, DuckDB's."""

    @staticmethod
    @jinja2.pass_context
    def dispatch(context: Context, name: str) -> Any:
        return context.resolve(f"duckdb__{name}")
