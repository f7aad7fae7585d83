"""Archives: what is unpacked, when, and what is refused."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import os
import shutil
import stat
import tarfile
import tempfile
import warnings
import zipfile
from collections import namedtuple
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.ingest import archives, discover, unpack_archives
from pipeline.runtime.errors import InputError, PipelineError
from pipeline.runtime.file_lock import unpacking_lock
from pipeline.runtime.progress import QuietReporter

DiskUsage = namedtuple("DiskUsage", "total used free")

EVENTS = b"event_time\n2019\n"
ENDINGS = (".zip", ".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tar.xz")
Entry = tuple[str, bytes]


def zip_bytes(entries: Sequence[tuple[str | zipfile.ZipInfo, bytes]]) -> bytes:
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # names that stand twice
        for name, content in entries:
            archive.writestr(name, content)
    return sink.getvalue()


def tar_bytes(entries: Sequence[tuple[str | tarfile.TarInfo, bytes]]) -> bytes:
    sink = io.BytesIO()
    with tarfile.open(fileobj=sink, mode="w") as archive:
        for name, content in entries:
            info = tarfile.TarInfo(name) if isinstance(name, str) else name
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return sink.getvalue()


def archive_bytes(ending: str, entries: Sequence[Entry]) -> bytes:
    if ending == ".zip":
        return zip_bytes(entries)
    compress = {".tar": bytes, ".tar.bz2": bz2.compress, ".tar.xz": lzma.compress}.get(
        ending, gzip.compress
    )
    return compress(tar_bytes(entries))


def tar_entry(name: str, kind: bytes) -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, "/etc/passwd"
    return info


def put(datasets: Path, name: str, content: bytes) -> Path:
    path = datasets / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def tree(folder: Path) -> list[str]:
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())


class Recorder(QuietReporter):
    def __init__(self) -> None:
        self.said: list[str] = []
        self.stages: list[list] = []

    def stage(self, title, total=None, unit=""):
        record = [title, total, unit, 0]
        self.stages.append(record)
        recorded = super().stage(title, total, unit)

        class Stage:
            def __enter__(self):
                recorded.__enter__()
                return self

            def __exit__(self, *error):
                return recorded.__exit__(*error)

            def advance(self, amount):
                record[3] += amount

        return Stage()

    def say(self, text):
        self.said.append(text)


@pytest.mark.parametrize("ending", [*ENDINGS, ".ZIP", ".Tar.Gz"])
def test_files_of_events_are_unpacked_below_the_name_of_the_archive(datasets, ending):
    entries = [("2019/Oct.csv", EVENTS), ("README.txt", b"hi"), ("b.PARQUET", b"PAR1")]
    put(datasets, f"deep/it's all{ending}", archive_bytes(ending.lower(), entries))
    folder = datasets / "unpacked" / "deep" / f"it's all{ending}"
    reporter = Recorder()
    assert unpack_archives(datasets, reporter=reporter) == [
        folder / "2019/Oct.csv",
        folder / "b.PARQUET",
    ]
    assert (folder / "2019/Oct.csv").read_bytes() == EVENTS
    assert [file.source_file for file in discover(datasets)] == [
        f"unpacked/deep/it's all{ending}/2019/Oct.csv",
        f"unpacked/deep/it's all{ending}/b.PARQUET",
    ]
    assert reporter.said == [
        f"deep/it's all{ending}: 1 member(s) that are not files of events are left out, "
        "such as 'README.txt'."
    ]
    assert tree(datasets / "unpacked") == [
        f"deep/it's all{ending}/{name}" for name in (".manifest.json", "2019/Oct.csv", "b.PARQUET")
    ]


@pytest.mark.parametrize("ending", ENDINGS)
def test_progress_ends_at_its_totals(datasets, ending):
    path = put(datasets, f"a{ending}", archive_bytes(ending, [("a.csv", EVENTS * 9)]))
    reporter = Recorder()
    unpack_archives(datasets, reporter=reporter)
    size = path.stat().st_size
    assert reporter.stages == [
        ["Checking archives", size, "bytes", size],
        ["Unpacking archives", len(EVENTS) * 9, "bytes", len(EVENTS) * 9],
    ]


def test_what_is_unpacked_belongs_to_its_owner_alone(datasets):
    put(datasets, "x/a.zip", zip_bytes([("b/c.csv", EVENTS)]))
    unpack_archives(datasets)
    for path in [datasets / "unpacked", *(datasets / "unpacked").rglob("*")]:
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600)


def test_unpacked_files_have_the_time_of_the_archive(datasets):
    path = put(datasets, "a.zip", zip_bytes([("a.csv", EVENTS)]))
    os.utime(path, ns=(5 * 10**9, 7 * 10**9))
    (file,) = unpack_archives(datasets)
    assert file.stat().st_mtime_ns == 7 * 10**9


def test_no_archive_leaves_no_folder(datasets):
    put(datasets, "a.csv", EVENTS)
    assert unpack_archives(datasets) == []
    assert not (datasets / "unpacked").exists()


def test_an_archive_without_events_is_opened_once(datasets):
    put(datasets, "a.zip", zip_bytes([("__MACOSX/._a.csv", b"x"), (".b/c.csv", b"x")]))
    reporter = Recorder()
    assert unpack_archives(datasets, reporter=reporter) == []
    assert len(reporter.said) == 1
    assert unpack_archives(datasets, reporter=reporter) == []
    assert len(reporter.said) == 1


def test_archives_in_archives_are_left_alone(datasets):
    inner = zip_bytes([("a.csv", EVENTS)])
    put(datasets, "a.zip", zip_bytes([("inner.zip", inner)]))
    assert unpack_archives(datasets) == []


def test_an_archive_that_somebody_put_among_the_unpacked_is_one_like_others(datasets):
    put(datasets, "unpacked/other.zip", zip_bytes([("a.csv", EVENTS)]))
    assert unpack_archives(datasets) == [datasets / "unpacked/unpacked/other.zip/a.csv"]
    assert unpack_archives(datasets) == []


def test_an_unchanged_archive_is_not_read_again(datasets, monkeypatch):
    put(datasets, "a.zip", zip_bytes([("a.csv", EVENTS)]))
    (file,) = unpack_archives(datasets)
    before = file.stat()
    monkeypatch.setattr(archives, "list_members", None)
    assert unpack_archives(datasets) == []
    assert file.stat() == before


def test_a_copy_with_equal_bytes_is_read_once_and_not_unpacked(datasets):
    path = put(datasets, "a.zip", zip_bytes([("a.csv", EVENTS)]))
    (file,) = unpack_archives(datasets)
    before = file.stat()
    os.utime(path, ns=(1, 1))
    assert unpack_archives(datasets) == []
    assert file.stat() == before
    # The new time is noted: other bytes of the same size and time go unseen, as by design.
    manifest = file.with_name(".manifest.json")
    assert '"modified_at": 1,' in manifest.read_text()
    assert stat.S_IMODE(manifest.stat().st_mode) == 0o600


def test_a_changed_archive_replaces_its_folder(datasets):
    put(datasets, "a.zip", zip_bytes([("old.csv", EVENTS), ("a.csv", EVENTS)]))
    unpack_archives(datasets)
    path = put(datasets, "a.zip", zip_bytes([("a.csv", EVENTS + b"2020\n")]))
    os.utime(path, ns=(1, 1))
    assert unpack_archives(datasets) == [datasets / "unpacked/a.zip/a.csv"]
    assert tree(datasets / "unpacked") == ["a.zip/.manifest.json", "a.zip/a.csv"]
    assert (datasets / "unpacked/a.zip/a.csv").read_bytes() == EVENTS + b"2020\n"


@pytest.mark.parametrize("harm", [Path.unlink, lambda path: path.write_bytes(b"cut")])
def test_a_missing_or_shortened_member_is_unpacked_again(datasets, harm):
    put(datasets, "a.zip", zip_bytes([("a.csv", EVENTS)]))
    (file,) = unpack_archives(datasets)
    harm(file)
    assert unpack_archives(datasets) == [file]
    assert file.read_bytes() == EVENTS


def test_a_folder_of_someone_else_is_not_replaced(datasets):
    put(datasets, "a.zip", zip_bytes([("a.csv", EVENTS)]))
    theirs = put(datasets, "unpacked/a.zip/mine.csv", b"theirs")
    with pytest.raises(InputError, match=r"^unpacked/a\.zip was not made by unpacking a\.zip"):
        unpack_archives(datasets)
    assert theirs.read_bytes() == b"theirs"


def test_what_a_killed_run_left_is_not_taken_and_is_removed(datasets):
    put(datasets, "unpacked/.partial/new/a.csv", EVENTS[:5])
    assert discover(datasets) == []
    assert unpack_archives(datasets) == []
    assert tree(datasets / "unpacked") == []


def test_what_another_run_is_unpacking_stays(datasets):
    put(datasets, "a.zip", zip_bytes([("a.csv", EVENTS)]))
    theirs = put(datasets, "unpacked/.partial/new/a.csv", EVENTS[:5])
    with (
        unpacking_lock(datasets / "unpacked"),
        pytest.raises(InputError, match=f"unpacked is held by process {os.getpid()}, a run that"),
    ):
        unpack_archives(datasets)
    assert theirs.read_bytes() == EVENTS[:5]
    (file,) = unpack_archives(datasets)
    assert file.read_bytes() == EVENTS


def test_a_kill_between_the_two_renames_is_repaired(datasets):
    put(datasets, "a.zip", zip_bytes([("a.csv", EVENTS)]))
    (file,) = unpack_archives(datasets)
    (datasets / "unpacked/.partial").mkdir()
    (datasets / "unpacked/a.zip").rename(datasets / "unpacked/.partial/old")
    assert unpack_archives(datasets) == [file]
    assert tree(datasets / "unpacked") == ["a.zip/.manifest.json", "a.zip/a.csv"]


def test_a_removed_archive_keeps_its_files(datasets):
    path = put(datasets, "a.zip", zip_bytes([("a.csv", EVENTS)]))
    (file,) = unpack_archives(datasets)
    path.unlink()
    assert unpack_archives(datasets) == []
    assert file.exists()


@pytest.mark.parametrize(
    "name",
    ["../a.csv", "x/../../a.csv", "/a.csv", "\\a.csv", "..\\a.csv", "C:a.csv", "c:/a.csv", "../no"],
)
@pytest.mark.parametrize("ending", ENDINGS)
def test_a_member_that_points_outside_is_refused_by_name(datasets, name, ending):
    put(datasets, f"a{ending}", archive_bytes(ending, [("good.csv", EVENTS), (name, EVENTS)]))
    with pytest.raises(InputError, match="points outside of its folder: unpack it by") as error:
        unpack_archives(datasets)
    assert str(error.value).startswith(f"a{ending} was not unpacked, because its member {name!r}")
    assert tree(datasets) == [f"a{ending}"]
    assert tree(datasets.parent) == [f"datasets/a{ending}"]


def test_backslashes_separate_folders(datasets):
    put(datasets, "a.zip", zip_bytes([("2019\\Oct.csv", EVENTS)]))
    assert unpack_archives(datasets) == [datasets / "unpacked/a.zip/2019/Oct.csv"]


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        (tarfile.SYMTYPE, "is a link"),
        (tarfile.LNKTYPE, "is a link"),
        (tarfile.CHRTYPE, "is no ordinary file"),
        (tarfile.BLKTYPE, "is no ordinary file"),
        (tarfile.FIFOTYPE, "is no ordinary file"),
        (tarfile.GNUTYPE_SPARSE, "is no ordinary file"),
    ],
)
def test_links_and_devices_in_a_tar_are_refused_by_name(datasets, kind, reason):
    put(datasets, "a.tar", tar_bytes([("good.csv", EVENTS), (tar_entry("bad.csv", kind), b"")]))
    with pytest.raises(InputError, match=rf"^a\.tar was .* member 'bad\.csv' {reason}"):
        unpack_archives(datasets)
    assert tree(datasets) == ["a.tar"]


@pytest.mark.parametrize(
    ("mode", "reason"),
    [(stat.S_IFLNK, "is a link"), (stat.S_IFCHR, "is no ordinary file")],
)
def test_links_and_devices_in_a_zip_are_refused_by_name(datasets, mode, reason):
    info = zipfile.ZipInfo("bad.csv")
    info.external_attr = (mode | 0o777) << 16
    put(datasets, "a.zip", zip_bytes([(info, b"/etc/passwd")]))
    with pytest.raises(InputError, match=rf"^a\.zip was .* member 'bad\.csv' {reason}"):
        unpack_archives(datasets)


def test_folders_in_archives_are_no_reason_to_refuse(datasets):
    folder = tar_entry("sub.csv", tarfile.DIRTYPE)
    put(datasets, "a.tar", tar_bytes([(folder, b""), ("sub.csv/a.csv", EVENTS)]))
    put(datasets, "b.zip", zip_bytes([("sub/", b""), ("sub/a.csv", EVENTS)]))
    assert len(unpack_archives(datasets)) == 2


@pytest.mark.parametrize("names", [("a.csv", "a.csv"), ("a.csv", "A.CSV"), ("x/a.csv", "x//a.csv")])
@pytest.mark.parametrize("ending", [".zip", ".tar"])
def test_a_member_that_is_there_twice_is_refused(datasets, names, ending):
    put(datasets, f"a{ending}", archive_bytes(ending, [(name, EVENTS) for name in names]))
    with pytest.raises(InputError, match="is there twice"):
        unpack_archives(datasets)


def test_a_file_that_is_also_a_folder_is_refused(datasets):
    put(datasets, "a.tar", tar_bytes([("a.csv", EVENTS), ("a.csv/b.csv", EVENTS)]))
    with pytest.raises(InputError, match=r"^a\.tar cannot be unpacked"):
        unpack_archives(datasets)
    assert tree(datasets) == ["a.tar"]


def test_a_name_that_is_no_text_is_refused(datasets):
    put(datasets, "a.tar", tar_bytes([("caf\udce9.csv", EVENTS)]))
    with pytest.raises(InputError, match="has a name that is no plain text") as error:
        unpack_archives(datasets)
    assert str(error.value).isprintable()


def test_an_encrypted_member_is_refused_by_name(datasets):
    content = bytearray(zip_bytes([("secret.csv", EVENTS)]))
    content[6] |= 1  # the flag in the header of the member, and the one in the directory
    content[content.index(b"PK\x01\x02") + 8] |= 1
    put(datasets, "a.zip", bytes(content))
    with pytest.raises(InputError, match=r"^a\.zip was .* member 'secret\.csv' is encrypted"):
        unpack_archives(datasets)


def test_an_unknown_compression_is_refused(datasets):
    content = bytearray(zip_bytes([("a.csv", EVENTS)]))
    content[8] = content[content.index(b"PK\x01\x02") + 10] = 9  # Deflate64
    put(datasets, "a.zip", bytes(content))
    with pytest.raises(InputError, match=r"^a\.zip is compressed in a way"):
        unpack_archives(datasets)


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize(
    ("free", "sentence"),
    [(100, r"its member 'big\.csv' takes 160 bytes and"), (170, "its members take 176 bytes and")],
)
def test_what_does_not_fit_is_refused_before_it_is_written(
    datasets, monkeypatch, ending, free, sentence
):
    entries = [("small.csv", EVENTS), ("big.csv", EVENTS * 10)]
    put(datasets, f"a{ending}", archive_bytes(ending, entries))
    monkeypatch.setattr(shutil, "disk_usage", lambda _: DiskUsage(200, 0, free))
    monkeypatch.setattr(archives, "_write_members", None)
    with pytest.raises(InputError, match=f"{sentence} the disk has {free} free: make room"):
        unpack_archives(datasets)
    assert tree(datasets) == [f"a{ending}"]


def test_a_disk_that_fills_up_is_one_sentence_and_keeps_what_was_there(datasets, monkeypatch):
    put(datasets, "a.zip", zip_bytes([("a.csv", EVENTS)]))
    unpack_archives(datasets)
    put(datasets, "a.zip", zip_bytes([("a.csv", EVENTS * 2)]))

    def fill(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(archives, "_copy", fill)
    with pytest.raises(PipelineError, match=r"^The disk became full while a\.zip") as error:
        unpack_archives(datasets)
    assert error.value.exit_code == 1
    assert (datasets / "unpacked/a.zip/a.csv").read_bytes() == EVENTS
    assert tree(datasets / "unpacked") == ["a.zip/.manifest.json", "a.zip/a.csv"]


def test_a_failed_replacement_gives_back_what_was_there(datasets, monkeypatch):
    put(datasets, "a.zip", zip_bytes([("a.csv", EVENTS)]))
    unpack_archives(datasets)
    put(datasets, "a.zip", zip_bytes([("a.csv", EVENTS * 2)]))
    rename = Path.rename

    def refuse_new(path: Path, target: Path) -> Path:
        if path.name == "new":
            raise PermissionError(13, "Permission denied")
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", refuse_new)
    with pytest.raises(InputError, match=r"^a\.zip cannot be unpacked \(Permission denied\)"):
        unpack_archives(datasets)
    assert (datasets / "unpacked/a.zip/a.csv").read_bytes() == EVENTS


def test_a_file_in_place_of_the_folder_is_refused(datasets):
    put(datasets, "a.zip", zip_bytes([("a.csv", EVENTS)]))
    put(datasets, "unpacked", b"a file")
    with pytest.raises(InputError, match=r"^a\.zip cannot be unpacked"):
        unpack_archives(datasets)


@pytest.mark.parametrize("declared", [5, 500])
def test_a_member_of_another_size_than_declared_is_refused(datasets, declared):
    content = bytearray(zip_bytes([("a.csv", EVENTS)]))
    for start in (22, content.index(b"PK\x01\x02") + 24):
        content[start : start + 4] = declared.to_bytes(4, "little")
    put(datasets, "a.zip", bytes(content))
    with pytest.raises(InputError, match=r"^a\.zip is damaged or ends too early: fetch it again"):
        unpack_archives(datasets)
    assert tree(datasets) == ["a.zip"]


def test_more_bytes_than_declared_are_never_written(tmp_path):
    with pytest.raises(archives.DamagedArchiveError), QuietReporter().stage("") as stage:
        archives._copy(io.BytesIO(bytes(3_000_000)), tmp_path / "bomb", 1_500_000, stage)
    assert (tmp_path / "bomb").stat().st_size <= 1_500_000


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_cut_archive_is_refused_wherever_it_is_cut(datasets, ending):
    # Two members, so that a cut falls inside one, between them, and in the end of the archive.
    whole = archive_bytes(ending, [("a.csv", EVENTS), ("b.csv", EVENTS * 50)])
    end = 3072 if ending == ".tar" else len(whole)  # then nothing but the padding of a tar
    for length in [*range(0, end, max(1, end // 60)), end - 1]:
        put(datasets, f"a{ending}", whole[:length])
        with pytest.raises(InputError, match=rf"^a{ending} is damaged or ends too early"):
            unpack_archives(datasets)
    assert tree(datasets) == [f"a{ending}"]


def test_a_damaged_header_inside_a_tar_does_not_end_it_without_a_word(datasets):
    whole = bytearray(tar_bytes([("a.csv", EVENTS), ("b.csv", EVENTS)]))
    whole[1024 + 3] ^= 1  # in the name of the second member: its checksum is wrong
    put(datasets, "a.tar", bytes(whole))
    with pytest.raises(InputError, match=r"^a\.tar is damaged"):
        unpack_archives(datasets)


def test_a_wrong_checksum_in_a_zip_is_noticed(datasets):
    content = bytearray(zip_bytes([("a.csv", EVENTS)]))
    for start in (14, content.index(b"PK\x01\x02") + 16):
        content[start] ^= 1
    put(datasets, "a.zip", bytes(content))
    with pytest.raises(InputError, match=r"^a\.zip is damaged"):
        unpack_archives(datasets)
    assert tree(datasets) == ["a.zip"]


def test_an_archive_that_changes_meanwhile_is_refused(datasets, monkeypatch):
    path = put(datasets, "a.zip", zip_bytes([("a.csv", EVENTS)]))
    write_members = archives._write_members

    def write_and_change(*arguments):
        write_members(*arguments)
        os.utime(path, ns=(1, 1))

    monkeypatch.setattr(archives, "_write_members", write_and_change)
    with pytest.raises(InputError, match=r"^a\.zip changed while it was being unpacked"):
        unpack_archives(datasets)
    assert tree(datasets) == ["a.zip"]


def test_a_missing_data_folder_is_refused(tmp_path):
    with pytest.raises(InputError, match="does not exist"):
        unpack_archives(tmp_path / "none")
    assert list(tmp_path.iterdir()) == []


WHOLE = {
    ending: archive_bytes(ending, [("a.csv", EVENTS), ("b.csv", EVENTS * 50)]) for ending in ENDINGS
}


@given(
    ending=st.sampled_from(ENDINGS),
    changes=st.lists(st.tuples(st.integers(0, 9_999), st.integers(0, 255)), max_size=4),
)
@settings(max_examples=300, deadline=None, derandomize=True, database=None)
def test_damage_gives_a_sentence_and_never_half_an_archive(ending, changes):
    content = bytearray(WHOLE[ending])
    for position, value in changes:
        content[position % len(content)] = value
    with tempfile.TemporaryDirectory() as folder:
        datasets = Path(folder) / "datasets"
        put(datasets, f"a{ending}", bytes(content))
        with suppress(InputError):
            unpack_archives(datasets)
        assert tree(Path(folder))[0].startswith("datasets/")
        assert not (datasets / "unpacked/.partial").exists()
        unpacked = datasets / f"unpacked/a{ending}"
        assert not unpacked.exists() or (unpacked / ".manifest.json").exists()
