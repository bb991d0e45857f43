"""Scenario files: read when they are sound, refused with a reason when they are not."""

import hashlib
import shutil

import pytest

from app.scenarios.rules import may_be_a_slug
from app.scenarios.shelf import ScenariosRefused, read_folder
from tests.scenarios.conftest import SLUG, STORIES


@pytest.fixture
def folder(tmp_path):
    shutil.copy(STORIES / f"{SLUG}.twee", tmp_path)
    return tmp_path


def test_a_file_is_known_by_its_name_and_its_content(folder):
    (file,) = read_folder(folder)
    raw = (folder / f"{SLUG}.twee").read_bytes()
    assert (file.slug, file.hash, file.text) == (SLUG, hashlib.sha256(raw).hexdigest(), raw.decode())
    assert file.story.title == "The lunch break"


def test_a_file_with_an_error_is_refused_with_the_place_of_the_error(folder):
    broken = folder / "broken.twee"
    broken.write_text((folder / f"{SLUG}.twee").read_text().replace("->Silence]]", "->Nowhere]]", 1))
    with pytest.raises(ScenariosRefused, match=r"broken\.twee:\d+:\d+: S201 .*Nowhere"):
        read_folder(folder)


def test_a_file_that_is_no_text_is_refused(folder):
    (folder / "picture.twee").write_bytes(b"\x89PNG\x00\xff")
    with pytest.raises(ScenariosRefused, match="S106"):
        read_folder(folder)


@pytest.mark.parametrize("name", ["runs", "practice", "Lunch", "lunch_break", "a--b", "new", "x" * 61])
def test_a_name_that_cannot_be_an_address_is_refused(folder, name):
    (folder / f"{SLUG}.twee").rename(folder / f"{name}.twee")
    assert not may_be_a_slug(name)
    with pytest.raises(ScenariosRefused, match="becomes an address"):
        read_folder(folder)


def test_two_files_with_one_name_are_refused(folder):
    (folder / "more").mkdir()
    shutil.copy(folder / f"{SLUG}.twee", folder / "more")
    with pytest.raises(ScenariosRefused, match="another file has this name"):
        read_folder(folder)


def test_an_empty_folder_is_refused(tmp_path):
    with pytest.raises(ScenariosRefused, match="no scenario file"):
        read_folder(tmp_path)
