"""Big JSON bodies as gzip files in Django's storage; rows keep only their names."""

import gzip
import zlib
from collections.abc import Iterable, Iterator

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

LEVEL = 1
"""Fastest compression: a result of 110 MB takes 0.6 s and becomes 17 MB; higher levels gain little."""

PIECE = 256 * 1024


def save(name: str, body: bytes) -> str:
    """Store a body, compressed; return the name it got, which differs when the wanted one was taken."""
    return default_storage.save(f"{name}.gz", ContentFile(gzip.compress(body, LEVEL, mtime=0)))


def read(name: str) -> bytes:
    """Return a stored body.

    Raises
    ------
    FileNotFoundError
        It is gone.
    """
    with default_storage.open(name) as file, gzip.open(file) as body:
        return body.read()


def pieces(name: str) -> Iterator[bytes]:
    """Open a stored body at once; its pieces come from the open file, even when the name is gone by then.

    Raises
    ------
    FileNotFoundError
        It is gone.
    """
    file = default_storage.open(name)

    def unzipped() -> Iterator[bytes]:
        with file, gzip.open(file) as body:
            while piece := body.read(PIECE):
                yield piece

    return unzipped()


def save_pieces(name: str, body: Iterable[bytes]) -> str:
    """Store a body that comes in pieces, compressed, without ever holding all of it uncompressed."""
    zipper = zlib.compressobj(LEVEL, wbits=31)
    zipped = [zipper.compress(piece) for piece in body]
    return default_storage.save(f"{name}.gz", ContentFile(b"".join([*zipped, zipper.flush()])))


def exists(name: str) -> bool:
    """Whether a body is stored under this name."""
    return bool(name) and default_storage.exists(name)


def delete(name: str) -> None:
    """Remove a stored body; one that is gone already is no error."""
    if name:
        default_storage.delete(name)


def delete_folder(name: str) -> None:
    """Remove every body of a folder, and the folder."""
    if not default_storage.exists(name):
        return
    for file in default_storage.listdir(name)[1]:
        default_storage.delete(f"{name}/{file}")
    default_storage.delete(name)
