"""Addresses of databases: what is refused before anybody connects."""

from __future__ import annotations

import pytest

from pipeline.databases.postgres.address import checked_address, checked_schema, shown_address
from pipeline.runtime.errors import InputError


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://loader:hunter2@db/shop",
        "postgres://loader:hunter2@db/shop",
        "postgresql://loader:@db/shop",
        "postgresql://db/shop?user=loader&password=hunter2",
        "postgresql://db/shop?PASSWORD=hunter2",
        "postgresql://db/shop?sslpassword=hunter2",
        "host=db password=hunter2",
        "host=db password = 'hunter2 x'",
        "password=hunter2",
    ],
)
def test_a_password_is_refused_and_not_repeated(address: str) -> None:
    with pytest.raises(InputError, match="PGPASSWORD") as caught:
        checked_address(address)
    assert "hunter2" not in str(caught.value)


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://loader@db.example.com:5432/shop?sslmode=verify-full",
        "postgresql:///shop",
        "postgresql://[::1]:5432/shop",
        "postgresql://loader@one:5432,two:5433/shop",
        "service=shop",
        "host=db dbname=shop user=loader passfile=/run/secrets/pgpass",
    ],
)
def test_an_address_without_one_is_taken(address: str) -> None:
    assert checked_address(address) == address


@pytest.mark.parametrize("address", ["", "shop", "mysql://db/shop", "/var/run/postgresql"])
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(InputError, match="neither a URL"):
        checked_address(address)


def test_options_of_an_address_are_not_shown() -> None:
    shown = shown_address("postgresql://loader@db/shop?sslkey=/home/me/key")
    assert shown == "db/shop"
    assert shown_address("postgresql://") == "the default server"


@pytest.mark.parametrize("schema", ["Amazing", "a b", 'a"; drop', "pg_catalog", "", "a" * 64])
def test_a_schema_that_needs_quotes_is_refused(schema: str) -> None:
    with pytest.raises(InputError, match="--schema"):
        checked_schema(schema)
    assert checked_schema("shop_2") == "shop_2"
