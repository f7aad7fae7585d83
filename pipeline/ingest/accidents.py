"""What can go wrong with an archive, as one sentence that names it."""

from __future__ import annotations

import errno
import lzma
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from pipeline.ingest.contents import ISAL_ERROR
from pipeline.runtime.errors import InputError, PipelineError


class DamagedArchiveError(Exception):
    """The archive ends too early or contradicts itself."""


DAMAGE = (
    DamagedArchiveError,
    EOFError,
    IndexError,
    OverflowError,
    ValueError,
    ISAL_ERROR,
    lzma.LZMAError,
    struct.error,
    tarfile.TarError,
    zipfile.BadZipFile,
    zlib.error,
)


@contextmanager
def accidents(name: str) -> Iterator[None]:
    """Turn what goes wrong with an archive into one sentence that names it."""
    try:
        yield
    except NotImplementedError as error:
        raise InputError(
            f"{name} is compressed in a way that cannot be read here: unpack it by hand.",
        ) from error
    except OSError as error:
        if error.errno in {None, errno.EINVAL}:  # raised by a reader, not by the disk
            raise _damaged(name) from error
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise PipelineError(
                f"The disk became full while {name} was being unpacked, and what was written is "
                "removed again: make room, then run again.",
            ) from error
        raise InputError(
            f"{name} cannot be unpacked ({error.strerror}): check it and the folder "
            "'unpacked' of the data folder.",
        ) from error
    except DAMAGE as error:
        raise _damaged(name) from error


def _damaged(name: str) -> InputError:
    return InputError(f"{name} is damaged or ends too early: fetch it again.")
