"""Files for Redshift, Snowflake and BigQuery: what they hold, and whether their SQL is SQL."""

from __future__ import annotations

import json
import re
import stat
from pathlib import Path

import duckdb
import fsspec
import pytest
import sqlglot
from sqlglot import exp

from pipeline.databases.bundle.parts import write_parts
from pipeline.databases.bundle.writing import BundleTarget, write_bundle
from pipeline.databases.deliveries import DELIVERIES, described_deliveries
from pipeline.runtime.errors import InputError, PipelineError
from pipeline.warehouse.connection import open_warehouse
from tests.conftest import Store, run_pipeline
from tests.small_disk import little_room, small_disk

pytestmark = pytest.mark.slow
DIALECTS = ("redshift", "snowflake", "bigquery")


@pytest.fixture(scope="module")
def bundle(published: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A bundle for a bucket."""
    folder = tmp_path_factory.mktemp("bundle") / "segments"
    write_bundle(published, BundleTarget(str(folder), "amazing", "s3://shop/segments/"))
    return folder


def _statements(bundle: Path, dialect: str) -> list[exp.Expression]:
    parsed = sqlglot.parse((bundle / f"{dialect}.sql").read_text(), dialect=dialect)
    return [statement for statement in parsed if statement is not None]


def test_parts_hold_what_was_published(published: Path, bundle: Path) -> None:
    with duckdb.connect(str(published), read_only=True) as connection:
        for name, query in (
            ("user_segments", "select user_id, segment_name, confidence from {} order by user_id"),
            ("user_features", "select * from {} order by user_id"),
        ):
            files = f"read_parquet('{bundle}/{name}/*.parquet')"
            assert (
                connection.execute(query.format(f"marts.{name}")).fetchall()
                == connection.execute(query.format(files)).fetchall()
            )
        means, lists = connection.execute(
            "select any_value(means), (select any_value(means) from read_parquet(?))"
            " from marts.segment_model",
            [f"{bundle}/segment_model/*.parquet"],
        ).fetchall()[0]
    assert json.loads(lists) == pytest.approx(means)


def test_who_objects_is_in_no_part(with_objector: tuple[Path, int], tmp_path: Path) -> None:
    path, user = with_objector
    folder = tmp_path / "segments"
    write_bundle(path, BundleTarget(str(folder), "amazing", "s3://shop/segments/"))
    with duckdb.connect() as connection:
        everybody = f"select count(*) from read_parquet('{folder}/user_segments/*.parquet')"
        connection.execute(f"attach '{path}' as published (read_only)")
        assert (
            connection.execute(everybody).fetchall()
            == connection.execute(
                "select count(*) - 1 from published.marts.user_segments"
            ).fetchall()
        )
        for delivery in DELIVERIES:
            rows = f"from read_parquet('{folder}/{delivery.name}/*.parquet') as found"
            is_theirs = f"regexp_matches(found::text, '\\b{user}\\b')"
            assert connection.execute(f"select count(*) {rows}").fetchall() > [(0,)]
            assert connection.execute(f"select count(*) {rows} where {is_theirs}").fetchall() == [
                (0,)
            ], delivery.name
    others = [found for found in folder.rglob("*") if found.suffix in (".sql", ".manifest")]
    assert others
    assert not any(str(user) in found.read_text() for found in others)


def test_manifests_name_every_part_with_its_size(bundle: Path) -> None:
    for delivery in DELIVERIES:
        entries = json.loads((bundle / f"{delivery.name}.manifest").read_text())["entries"]
        parts = sorted((bundle / delivery.name).iterdir())
        assert {
            (entry["url"], entry["mandatory"], entry["meta"]["content_length"]) for entry in entries
        } == {
            (f"s3://shop/segments/{delivery.name}/{part.name}", True, part.stat().st_size)
            for part in parts
        }
        assert entries


def test_parts_are_of_the_size_that_is_asked_for(published: Path, tmp_path: Path) -> None:
    with open_warehouse(published) as connection:
        table = next(
            table for table in described_deliveries(connection) if table.name == "user_features"
        )
        parts = write_parts(connection, table, tmp_path, part_bytes=100_000)
        count = connection.execute(
            "select count(*) from read_parquet(?)", [f"{tmp_path}/user_features/*.parquet"]
        ).fetchall()
        assert count == connection.execute("select count(*) from marts.user_features").fetchall()
    assert [part.path for part in parts] == [
        f"user_features/part_{place}.parquet" for place in range(len(parts))
    ]


@pytest.mark.parametrize("dialect", DIALECTS)
def test_scripts_are_sql_of_their_dialect(bundle: Path, dialect: str) -> None:
    statements = _statements(bundle, dialect)
    # What the parser does not understand, it takes for a command.
    assert not [
        statement.sql() for statement in statements if statement.find(exp.Command) is not None
    ]
    created = {
        statement.find(exp.Table).name
        for statement in statements
        if isinstance(statement, exp.Create) and statement.kind == "TABLE"
    }
    assert created >= {f"{delivery.name}__new" for delivery in DELIVERIES}


@pytest.mark.parametrize("dialect", DIALECTS)
def test_tables_have_the_columns_of_the_parts(bundle: Path, dialect: str) -> None:
    for statement in _statements(bundle, dialect):
        if not isinstance(statement, exp.Create) or statement.find(exp.Schema) is None:
            continue
        name = statement.find(exp.Table).name.removesuffix("__new")
        columns = [column.name for column in statement.find_all(exp.ColumnDef)]
        described = duckdb.sql(f"describe from '{bundle}/{name}/*.parquet'").fetchall()
        assert columns == [column for column, *_ in described]


def test_redshift_distributes_and_sorts_by_customer(bundle: Path) -> None:
    script = (bundle / "redshift.sql").read_text()
    for name in ("user_segments", "user_features", "user_lifecycle"):
        create = re.search(rf"create table amazing\.{name}__new .*?;", script, re.DOTALL)[0]
        assert create.endswith("diststyle key distkey (user_id) sortkey (user_id);")
        assert "user_id bigint not null" in create
    assert script.count("diststyle all") == len(DELIVERIES) - 3
    assert (
        "copy amazing.user_segments__new from 's3://shop/segments/user_segments.manifest'"
        " iam_role default format as parquet manifest;" in script
    )
    # The former tables go in the transaction that brings the new ones.
    assert script.index("\nbegin;") < script.index("drop table if exists amazing.user_segments;")
    assert script.index(" rename to loaded_files;") < script.index("\ncommit;")


def test_no_text_is_longer_than_its_column(published: Path, bundle: Path) -> None:
    for delivery in DELIVERIES:
        longest = duckdb.sql(
            f"select max(octet_length(encode(columns(lambda name: true)::text)))"
            f" from '{bundle}/{delivery.name}/*.parquet'"
        ).fetchall()[0]
        limit = 1024 if delivery.key == ("user_id",) else 65535
        assert max(length or 0 for length in longest) <= limit


def test_files_belong_to_their_owner_alone(bundle: Path) -> None:
    for path in [bundle, *bundle.rglob("*")]:
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600)


def test_a_store_of_objects_gets_the_same(published: Path) -> None:
    place = "memory://shop/segments"
    count = write_bundle(published, BundleTarget(place, "amazing"))
    files = fsspec.filesystem("memory")
    found = files.find("/shop/segments")
    assert len(found) == count
    script = files.cat("/shop/segments/redshift.sql").decode()
    assert "from 'memory://shop/segments/user_segments.manifest'" in script
    with pytest.raises(InputError, match="not empty"):
        write_bundle(published, BundleTarget(place, "amazing"))
    assert write_bundle(published, BundleTarget(place, "amazing", may_replace=True)) == count


def test_a_folder_that_is_taken_is_kept(published: Path, tmp_path: Path) -> None:
    target = BundleTarget(str(tmp_path / "segments"), "amazing")
    write_bundle(published, target)
    with pytest.raises(InputError, match="not empty"):
        write_bundle(published, target)
    write_bundle(published, BundleTarget(target.place, "amazing", may_replace=True))
    other = tmp_path / "photos"
    other.mkdir()
    (other / "me.jpg").touch()
    with pytest.raises(InputError, match="not empty"):
        write_bundle(published, BundleTarget(str(other), "amazing", may_replace=True))
    assert {path.name for path in tmp_path.iterdir()} == {"segments", "photos"}


@pytest.mark.parametrize(
    ("place", "said"),
    [("nowhere://a/b", "cannot be used"), ("/proc/segments", "/proc")],
)
def test_a_place_that_cannot_be_written_is_one_sentence(
    published: Path, place: str, said: str
) -> None:
    with pytest.raises(PipelineError, match=said) as caught:
        write_bundle(published, BundleTarget(place, "amazing"))
    assert "\n" not in str(caught.value)


def test_the_command_writes_a_bundle(demo_store: Store, tmp_path: Path) -> None:
    arguments = ("export", "redshift", tmp_path / "files", "--warehouse", demo_store.warehouse)
    finished = run_pipeline(*arguments, "--location", "s3://shop", "--schema", "segments")
    assert finished.code == 0, finished.errors
    assert "redshift.sql" in finished.output + finished.errors
    script = (tmp_path / "files" / "redshift.sql").read_text()
    assert "copy segments.user_segments__new from 's3://shop/user_segments.manifest'" in script
    again = run_pipeline(*arguments)
    assert (again.code, "add --force" in again.errors) == (2, True)


def test_a_full_disk_leaves_what_was_there(published: Path, tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", megabytes=8) as disk:
        target = BundleTarget(str(disk / "segments"), "amazing", may_replace=True)
        write_bundle(published, target)
        before = {path.name: path.read_bytes() for path in disk.rglob("*.manifest")}
        with little_room(disk, kilobytes=100), pytest.raises(PipelineError, match="disk is full"):
            write_bundle(published, target)
        assert {path.name: path.read_bytes() for path in disk.rglob("*.manifest")} == before
        assert {path.name for path in disk.iterdir()} == {"segments"}
