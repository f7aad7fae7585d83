"""The files beside those of events that know more of them, such as a catalogue with prices."""

from __future__ import annotations

import codecs
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import xxhash

from pipeline.ingest.contents import open_content
from pipeline.ingest.discovery import InputFile
from pipeline.ingest.headers import read_header
from pipeline.ingest.reading_settings import Lookup, ReadingSettings
from pipeline.runtime.errors import InputError


@dataclass(frozen=True)
class LookupFiles:
    """The names of the files of each lookup, by its pattern, and a hash of all that they say.

    Lines that were read with another hash have to be read again; None without any lookup.
    """

    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    fingerprint: str | None = None


NO_LOOKUPS = LookupFiles()


def find_lookup_files(files: Sequence[InputFile], settings: ReadingSettings) -> LookupFiles:
    """Find the lookup files among all that were discovered, and read each to its end.

    Raises
    ------
    InputError
        A lookup has no file; or one cannot be read, lacks a column or is not text in UTF-8.
    """
    if not settings.lookups:
        return NO_LOOKUPS
    names, digest = {}, xxhash.xxh3_128()
    for lookup in settings.lookups:
        digest.update(f"{lookup.setting}\0".encode())
        matching = [file for file in files if lookup.matches(file.source_file)]
        if not matching:
            raise InputError(
                f"No file {lookup.files} is in the data folder, and the setting lookups asks for "
                "it: put it there."
            )
        for file in matching:
            _refuse_what_cannot_be_joined(file, lookup)
            digest.update(_content_digest(file))
        names[lookup.files] = tuple(file.source_file for file in matching)
    return LookupFiles(names, digest.hexdigest())


def _refuse_what_cannot_be_joined(file: InputFile, lookup: Lookup) -> None:
    if file.kind == "parquet" or file.compression in {"bzip2", "xz"}:
        raise InputError(
            f"{file.source_file} is a lookup file, but no CSV, plain or compressed with gzip or "
            "zstd: make it one."
        )
    header = read_header(file)
    missing = [name for name in lookup.columns if name.lower() not in header]
    if missing:
        raise InputError(
            f"{file.source_file} lacks the column{'s' * (len(missing) > 1)} {', '.join(missing)} "
            "that the setting lookups asks for: correct the file or the setting."
        )


def _content_digest(file: InputFile) -> bytes:
    digest, decoder = xxhash.xxh3_128(), codecs.getincrementaldecoder("utf-8")()
    with open_content(file) as content:
        for chunk in content.chunks():
            digest.update(chunk)
            _decode(decoder, chunk, file)
        _decode(decoder, b"", file, is_last=True)
    return digest.digest()


def _decode(
    decoder: codecs.IncrementalDecoder, chunk: bytes, file: InputFile, *, is_last: bool = False
) -> None:
    try:
        decoder.decode(chunk, is_last)
    except UnicodeDecodeError as error:
        raise InputError(f"{file.source_file} is not text in UTF-8: save it again so.") from error
