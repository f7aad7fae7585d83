"""The session: what one run carries from its first look at the files to its last statement.

The command line looks at the files before it starts dbt, which asks again in the same process, from
a plugin that it makes itself. What was found in the files, the copies of records and the contents
of compressed files are kept here, so that each is made once and goes with the run.
"""

from __future__ import annotations

import atexit
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.ingest.discovery import Compression, InputFile

if TYPE_CHECKING:
    from pipeline.ingest.files_to_load import FileToLoad
    from pipeline.ingest.headers import Layout
    from pipeline.ingest.record_files import RecordFile


@dataclass
class Session:
    """What is known of the files, and what was made of them.

    Attributes
    ----------
    inspected : dict of InputFile to FileToLoad
        The key holds size and time of change, so a changed file is another one.
    copies : dict of Path to (InputFile, Layout, RecordFile)
        Records of files that are not plain, by where their copy lies.
    folders : set of Path
        Where copies were made; they go with the session.
    contents : dict of str to (int, Compression)
        How long the content of a compressed file is, and how it is compressed, by its path.
    """

    inspected: dict[InputFile, FileToLoad] = field(default_factory=dict)
    copies: dict[Path, tuple[InputFile, Layout, RecordFile]] = field(default_factory=dict)
    folders: set[Path] = field(default_factory=set)
    contents: dict[str, tuple[int, Compression]] = field(default_factory=dict)

    def close(self) -> None:
        """Remove the copies."""
        for folder in self.folders:
            shutil.rmtree(folder, ignore_errors=True)
        self.folders.clear()
        self.copies.clear()


# The last one is the current one. The first is of a process that begins none, such as plain dbt.
_SESSIONS = [Session()]


@atexit.register
def _close_all() -> None:
    """Remove the copies, however the process ends."""
    for one in _SESSIONS:
        one.close()


def current_session() -> Session:
    """Return the session of the run that is under way."""
    return _SESSIONS[-1]


@contextmanager
def session() -> Iterator[Session]:
    """Begin a session, and put back in its end what dbt changes of the process.

    That is the environment, the current folder, and who may read what is made.
    """
    folder, environment, mask = Path.cwd(), dict(os.environ), os.umask(0o077)
    os.umask(mask)
    made = Session()
    _SESSIONS.append(made)
    try:
        yield made
    finally:
        _SESSIONS.remove(made)
        made.close()
        os.environ.clear()
        os.environ.update(environment)
        os.umask(mask)
        os.chdir(folder)
