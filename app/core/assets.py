"""Static files: served before Flask by WhiteNoise, compressed where a twin exists, and cached for ever by version.

The version is a digest of the whole folder and part of the address (`/static/v-1f3c…/core/app.css`), so a stylesheet,
the modules it belongs with and what they import always come from one release. `make setup` writes the twins.
"""

import hashlib
import os
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from flask import Flask
from whitenoise import WhiteNoise

if TYPE_CHECKING:
    from wsgiref.headers import Headers
    from wsgiref.types import StartResponse, WSGIEnvironment

PREFIX = "/static/"
TWINS = {".gz", ".br"}
ROOT = Path(__file__).resolve().parents[2] / "static"


class VersionedFiles(WhiteNoise):
    """The folder under `/static/` and once more under `/static/v-VERSION/`."""

    def __init__(self, app: Callable[..., object], folder: Path, *, watch: bool) -> None:
        self.current = f"{PREFIX}v-{version_of(folder)}/"
        super().__init__(
            app,
            autorefresh=watch,
            max_age=0,
            allow_all_origins=False,
            add_headers_function=_say_what_it_is,
            immutable_file_test=lambda _path, url: url.startswith(self.current),
        )
        self.add_files(folder, PREFIX)
        self.add_files(folder, self.current)

    def get_static_file(self, path: str, url: str, stat_cache: dict[str, os.stat_result] | None = None) -> object:
        """A file with its twins; one that is older than the file is left aside, for it holds what the file was."""
        known = stat_cache or {}
        stale = {f"{path}{end}" for end in TWINS if _is_older(known.get(f"{path}{end}"), known.get(path))}
        if stale:
            stat_cache = {name: stat for name, stat in known.items() if name not in stale}
        return super().get_static_file(path, url, stat_cache)

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterator[bytes]:
        """Serve a file; a page that was open while a new release began still finds what it asks for."""
        path = environ.get("PATH_INFO", "")
        if path.startswith(f"{PREFIX}v-") and not path.startswith(self.current):
            _version, _, name = path.removeprefix(PREFIX).partition("/")
            environ["PATH_INFO"] = PREFIX + name
        answer: Iterator[bytes] = super().__call__(environ, start_response)
        return answer


def version_of(folder: Path) -> str:
    """A digest of every name and content in the folder, their compressed twins aside; about 5 ms for a megabyte."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix not in TWINS:
            digest.update(f"{path.relative_to(folder)}\0{path.stat().st_size}\0".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def init_app(app: Flask, folder: Path = ROOT) -> None:
    """Serve the folder, and give templates `static_url('core/app.css')`. In debug mode changes show at once."""
    files = VersionedFiles(app.wsgi_app, folder, watch=app.debug)
    prefix = PREFIX if app.debug else files.current
    app.wsgi_app = files  # type: ignore[method-assign]

    @cache
    def static_url(name: str) -> str:
        """The address of a static file, good for ever; raises FileNotFoundError for a name that is not there."""
        if not (folder / name).is_file():
            raise FileNotFoundError(f"static/{name} does not exist")
        return prefix + name

    app.jinja_env.globals["static_url"] = static_url


def _is_older(twin: os.stat_result | None, file: os.stat_result | None) -> bool:
    return twin is not None and file is not None and twin.st_mtime < file.st_mtime


def _say_what_it_is(headers: "Headers", _path: str, _url: str) -> None:
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
