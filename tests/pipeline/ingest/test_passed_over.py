"""What lies beside the files of events is named, and only what is no fault is passed over."""

from __future__ import annotations

import bz2
import gzip
import lzma

import pytest
import zstandard

from pipeline.ingest import COLUMNS, discover, inspect, read_layout
from pipeline.ingest.passed_over import PassedOver, holds_events, look_around, read_layouts
from pipeline.ingest.reading_settings import ReadingSettings
from pipeline.runtime.errors import InputError

HEADER = ",".join(COLUMNS).encode()
EVENTS = HEADER + b"\n2019-10-01 00:00:00 UTC,view,1,2,,b,3.5,7,s\n"


def look(datasets, known=()) -> tuple[list[str], PassedOver]:
    found = look_around(datasets)
    layouts = read_layouts(discover(datasets), ReadingSettings(), known, found)
    return [file.source_file for file in layouts], found


def put(datasets, *names: str, content: bytes = EVENTS) -> None:
    for name in names:
        (datasets / name).parent.mkdir(parents=True, exist_ok=True)
        (datasets / name).write_bytes(content)


def test_everything_that_is_not_read_is_named_in_few_sentences(datasets):
    put(datasets, "a.csv", "part/b.csv")
    put(datasets, "c.7z", "d.xlsx", "e.tar.zst", "README.md", "LICENSE", ".gitkeep", "~$a.csv")
    put(
        datasets, "part/_SUCCESS", "part/.b.csv.crc", ".c.csv", "t/_delta_log/0.json", "t/_metadata"
    )
    put(datasets, "part/c.csv", "part/d.txt", content=HEADER + b"\n")
    put(datasets, "part/e.csv", content=b"")
    put(datasets, "notes.txt", content=b"call the shop\n")
    read, found = look(datasets)
    assert read == ["a.csv", "part/b.csv"]
    assert list(found.sentences()) == [
        "Not read: c.7z, d.xlsx, e.tar.zst, notes.txt: if there are events in it, make it CSV or"
        " Parquet, or an archive of these.",
        "Without a line of data: part/c.csv, part/d.txt, part/e.csv.",
        "Passed over as no files of events: .c.csv, part/_SUCCESS, t/_delta_log/, t/_metadata.",
        "The log of a Delta table is not followed: Parquet files that the table no longer counts"
        " are read too, unless a VACUUM has removed them.",
    ]


def test_many_names_are_counted(datasets):
    put(datasets, "a.csv", *(f"{number:02}.7z" for number in range(12)))
    assert "00.7z, 01.7z, 02.7z, 03.7z, 04.7z and 7 more:" in next(look(datasets)[1].sentences())


def test_nothing_is_said_where_all_is_read(datasets):
    put(datasets, "a.csv", "README.md")
    assert list(look(datasets)[1].sentences()) == []


@pytest.mark.parametrize("content", [b"", HEADER, HEADER + b"\n\n"])
def test_a_file_without_data_is_a_fault_alone_or_where_it_had_some(datasets, content):
    put(datasets, "a.csv", content=content)
    with pytest.raises(InputError, match=r"^a\.csv "):
        look(datasets)
    put(datasets, "b.csv")
    assert look(datasets)[0] == ["b.csv"]
    with pytest.raises(InputError, match=r"^a\.csv "):
        look(datasets, known=["a.csv"])
    assert look(datasets, known=["c.csv"])[0] == ["b.csv"]


def test_a_table_without_a_header_is_a_fault_and_any_other_text_is_none(datasets):
    put(datasets, "a.csv")
    put(datasets, "b.txt", "c.gz.txt", content=b"no table")
    assert look(datasets)[0] == ["a.csv"]
    put(datasets, "d.csv", content=b"no table")
    with pytest.raises(InputError, match=r"^d\.csv has no header"):
        look(datasets)


def test_a_text_alone_is_what_there_is_to_read(datasets, add_file):
    assert not holds_events(add_file("a.txt", b"no table"))
    with pytest.raises(InputError, match=r"^a\.txt has no header"):
        look(datasets)
    assert holds_events(add_file("b.txt", EVENTS))
    assert holds_events(add_file("c.gz", b"no gzip"))
    assert holds_events(add_file("d.csv", b""))


@pytest.mark.parametrize(
    ("name", "compress"),
    [
        ("a.csv.bz2", bz2.compress),
        ("a.tsv.bz2", bz2.compress),
        ("a.csv.xz", lzma.compress),
        ("a.gz", gzip.compress),
        ("a.zst", zstandard.compress),
        ("a.txt.xz", lzma.compress),
        ("a.txt", bytes),
        ("a.tsv", lambda content: content.replace(b",", b"\t")),
    ],
)
def test_every_ending_is_read_and_its_damage_told(add_file, name, compress):
    stored = compress(EVENTS)
    file = add_file(name, stored)
    assert read_layout(file).positions["price"] == 6
    assert inspect(file).line_count == 1
    if file.compression != "none":
        for damaged in (stored[:-3], b"\0" + stored[1:]):
            with pytest.raises(InputError, match=rf"^{name} (ends too early|is damaged)"):
                inspect(add_file(name, damaged))
