"""Fetch the front-end files we ship ourselves, mend them, and hold them to their sha256.

    python tools/vendor.py            fetch every package again (needs npm)
    python tools/vendor.py --check    only compare the files at hand with their sha256

The two VENDORED.toml files say what is wanted. For a new version: change `version` and `folder` there, run this,
read the difference, and put the new sha256 that it prints into VENDORED.toml.
"""

import argparse
import hashlib
import re
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
SHELVES = (ROOT / "static" / "vendor", ROOT / "tests" / "vendor")


def without_remote_fonts(text: str) -> str:
    """Drop the @font-face rules: they load Frutiger, which is licensed to the NHS alone, from a remote host."""
    return (
        re.sub(r"@font-face\{[^}]*\}", "", text).replace("Frutiger W01,arial", "arial").replace("Frutiger W01", "arial")
    )


def with_own_icons(text: str) -> str:
    """Look for the icons beside the stylesheet and not at the root of the site."""
    return text.replace("url(/assets/images/", "url(images/")


def without_source_map(text: str) -> str:
    """Drop the pointer to a source map that we do not ship."""
    return re.sub(r"\s*(/\*|//)# sourceMappingURL=\S+( \*/)?\s*$", "\n", text)


EDITS: dict[str, Callable[[str], str]] = {
    edit.__name__: edit for edit in (without_remote_fonts, with_own_icons, without_source_map)
}


def packages() -> Iterator[tuple[Path, dict[str, Any]]]:
    """Every wanted package with the folder its files go to."""
    for shelf in SHELVES:
        for package in tomllib.loads((shelf / "VENDORED.toml").read_text())["package"]:
            yield shelf / package["folder"], package


def fetch(folder: Path, package: dict[str, Any]) -> None:
    """Unpack the wanted files of one package, edited as its entry says."""
    with tempfile.TemporaryDirectory() as scratch:
        wanted = f"{package['name']}@{package['version']}"
        packed = subprocess.run(
            ["npm", "pack", "--silent", wanted],
            cwd=scratch,
            check=True,
            capture_output=True,
            text=True,
        )
        with tarfile.open(Path(scratch) / packed.stdout.split()[-1]) as archive:
            for entry in package["file"]:
                member = archive.extractfile(f"package/{entry['from']}")
                if member is None:
                    sys.exit(f"{wanted} has no file {entry['from']}")
                content = member.read()
                for edit in entry.get("edits", ()):
                    content = EDITS[edit](content.decode()).encode()
                target = folder / entry["to"]
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(content)


def differences() -> list[str]:
    """One sentence for each file that is missing, altered, or on a shelf without an entry."""
    found = []
    for folder, package in packages():
        listed = {folder / entry["to"]: entry["sha256"] for entry in package["file"]}
        for path, expected in listed.items():
            digest = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "missing"
            if digest != expected:
                found.append(f"{path.relative_to(ROOT)} is {digest}, VENDORED.toml says {expected}")
        own = {path for path in folder.rglob("*") if path.is_file() and path.suffix not in {".gz", ".br"}}
        found += [f"{path.relative_to(ROOT)} is not listed in VENDORED.toml" for path in sorted(own - set(listed))]
    return found


def main() -> int:
    """Fetch (unless told only to check), then compare."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="fetch nothing")
    if not parser.parse_args().check:
        for folder, package in packages():
            fetch(folder, package)
    found = differences()
    print("\n".join(found) or "Every vendored file is as listed.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
