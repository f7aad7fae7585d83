"""Which files are found, under which names."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pipeline.ingest import assert_unchanged, discover
from pipeline.ingest.discovery import visible_files
from pipeline.runtime.errors import InputError


def names(folder: Path) -> list[str]:
    return [file.source_file for file in discover(folder)]


def test_files_of_events_are_found_at_any_depth_in_the_order_of_their_names(datasets, add_file):
    for name in ("b.csv", "2019/oct/a.CSV.GZ", "2019/x.Csv.Zst", "a.PARQUET", "README.md", "c.7z"):
        (datasets / name).parent.mkdir(parents=True, exist_ok=True)
        (datasets / name).write_bytes(b"1234")
    found = discover(datasets)
    assert [(file.source_file, file.kind, file.compression) for file in found] == [
        ("2019/oct/a.CSV.GZ", "csv", "gzip"),
        ("2019/x.Csv.Zst", "csv", "zstd"),
        ("a.PARQUET", "parquet", "none"),
        ("b.csv", "csv", "none"),
    ]
    assert {file.size_bytes for file in found} == {4}
    assert found[3].path == datasets / "b.csv"
    assert found[3].modified_at == (datasets / "b.csv").stat().st_mtime_ns


@pytest.mark.parametrize(
    ("name", "kind", "compression", "is_certain"),
    [
        ("2019-Nov.csv.bz2", "csv", "bzip2", True),
        ("2019-Nov.csv.xz", "csv", "xz", True),
        ("2019-Nov.tsv", "csv", "none", True),
        ("2019-Nov.TSV.GZ", "csv", "gzip", True),
        ("2019-Nov.pq", "parquet", "none", True),
        ("2019-Nov.txt", "csv", "none", False),
        ("2019-Nov.txt.zst", "csv", "zstd", False),
        ("2019-Nov.gz", "csv", "gzip", False),
        ("2019-Nov.xz", "csv", "xz", False),
    ],
)
def test_endings_that_are_read(add_file, name, kind, compression, is_certain):
    file = add_file(name, b"x")
    assert (file.kind, file.compression, file.is_certain) == (kind, compression, is_certain)


def test_what_writing_programs_keep_is_left_alone_and_told(datasets):
    for name in ("_delta_log/0.parquet", "_temporary/0/a.csv", "x/_spark_metadata/1.csv", ".a.csv",
                 ".git/x", "~$b.csv", "c.csv"):  # fmt: skip
        (datasets / name).parent.mkdir(parents=True, exist_ok=True)
        (datasets / name).touch()
    hidden: list[str] = []
    assert [name for _, name in visible_files(datasets, hidden)] == ["c.csv"]
    assert sorted(hidden) == [
        ".a.csv", ".git/", "_delta_log/", "_temporary/", "x/_spark_metadata/", "~$b.csv"
    ]  # fmt: skip


def test_an_empty_folder_holds_no_file(datasets):
    assert discover(datasets) == []


def test_hidden_files_and_folders_are_left_alone(datasets):
    (datasets / ".cache").mkdir()
    for name in (".hidden.csv", ".cache/a.csv", "._a.csv", ".csv", "~$a.csv"):
        (datasets / name).touch()
    assert names(datasets) == []


def test_a_folder_named_like_a_file_is_a_folder(datasets):
    (datasets / "x.csv").mkdir()
    (datasets / "x.csv" / "y.csv").touch()
    assert names(datasets) == ["x.csv/y.csv"]


@pytest.mark.parametrize("name", ["two words.csv", "it's 100%.csv", 'a"b.csv', "été\u202f東.csv"])
def test_odd_names_are_kept_as_they_are(add_file, name):
    assert add_file(name, b"x").source_file == name


def test_a_relative_folder_gives_absolute_paths(datasets, add_file, monkeypatch):
    add_file("a.csv", b"x")
    monkeypatch.chdir(datasets.parent)
    assert [file.path for file in discover(Path("datasets"))] == [datasets / "a.csv"]


def test_links_are_followed_and_loops_end(datasets, tmp_path):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "far.csv").touch()
    (datasets / "a_link").symlink_to(elsewhere)
    (datasets / "loop").symlink_to(datasets)
    (datasets / "alone").symlink_to("alone")
    (elsewhere / "back").symlink_to(datasets)
    (datasets / "near.csv").symlink_to(elsewhere / "far.csv")
    assert names(datasets) == ["a_link/far.csv", "near.csv"]


def test_a_folder_reached_twice_has_its_real_name(datasets):
    (datasets / "z_real").mkdir()
    (datasets / "z_real" / "x.csv").touch()
    (datasets / "a_link").symlink_to(datasets / "z_real")
    assert names(datasets) == ["z_real/x.csv"]


def test_a_missing_folder_is_refused(tmp_path):
    with pytest.raises(InputError, match="none does not exist: create it"):
        discover(tmp_path / "none")


def test_a_file_in_place_of_the_folder_is_refused(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(InputError, match="file is not a folder"):
        discover(tmp_path / "file")


def test_a_folder_that_cannot_be_listed_is_refused(datasets, monkeypatch):
    def refuse(_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "scandir", refuse)
    with pytest.raises(InputError, match=r"datasets cannot be read \(Permission denied\)"):
        discover(datasets)


@pytest.mark.parametrize("target", ["nowhere.csv", "x.csv"])
def test_a_link_to_nothing_is_refused_by_name(datasets, target):
    (datasets / "x.csv").symlink_to(target)
    with pytest.raises(InputError, match=r"^x\.csv is a link to nothing"):
        discover(datasets)


def test_a_pipe_is_refused_by_name(datasets):
    os.mkfifo(datasets / "x.csv")
    with pytest.raises(InputError, match=r"^x\.csv is not a regular file"):
        discover(datasets)


@pytest.mark.parametrize("name", [b"caf\xe9.csv", b"two\nlines.csv"])
def test_a_name_that_is_no_plain_text_is_refused_in_one_line(datasets, name):
    (datasets / os.fsdecode(name)).touch()
    with pytest.raises(InputError, match="rename it") as error:
        discover(datasets)
    assert str(error.value).isprintable()


def test_a_file_that_grew_is_noticed(add_file):
    file = add_file("a.csv", b"x")
    assert_unchanged(file)
    file.path.write_bytes(b"xy")
    with pytest.raises(InputError, match=r"^a\.csv changed while it was being read"):
        assert_unchanged(file)


def test_a_file_of_the_same_size_and_another_time_is_noticed(add_file):
    file = add_file("a.csv", b"x")
    os.utime(file.path, ns=(1, 1))
    with pytest.raises(InputError, match="changed"):
        assert_unchanged(file)
