"""A data folder that no file system of this machine reaches, such as `s3a://bucket/folder`."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from pathlib import Path
from typing import Any


class RemoteFolder(ABC):
    """What is asked of such a folder. What it gives for a file is asked as a `Path` is.

    Attributes
    ----------
    uri : str
        As it was named, without a slash at its end.
    """

    def __init__(self, uri: str) -> None:
        self.uri = uri.rstrip("/")

    def __str__(self) -> str:
        return self.uri

    @abstractmethod
    def files(self) -> Iterator[tuple[Any, str]]:
        """Yield each file at any depth that is not hidden, and its name below the folder.

        Raises
        ------
        InputError
            There is no such folder, or it cannot be reached.
        """

    @abstractmethod
    def __truediv__(self, name: str) -> Any:
        """Return the file of a name."""


Folder = Path | RemoteFolder


def is_remote(place: str) -> bool:
    """Tell whether a place is named by a protocol.

    >>> is_remote("s3a://bucket/folder"), is_remote("C:/folder"), is_remote("datasets")
    (True, False, False)
    """
    protocol, sign, _ = place.partition("://")
    return bool(sign) and protocol.isalnum()
