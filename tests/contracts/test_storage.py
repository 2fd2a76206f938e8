"""What every storage adapter keeps: a file is whole or absent, and no key leads out of it."""

import os
import stat
import threading

import pytest

from models.errors import DiskFull
from utils.storage import LocalStorage, hash_file


def local(tmp_path):
    return LocalStorage(tmp_path / "files")


@pytest.fixture(params=[local], ids=lambda make: make.__name__)
def store(request, tmp_path):
    (tmp_path / "files").mkdir()
    return request.param(tmp_path)


@pytest.fixture
def write(tmp_path):
    def make(content=b"content", name="incoming"):
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return make


def test_what_is_put_comes_back_under_its_contents_hash(store, write):
    path = write(b"abc" * 1000)
    digest = hash_file(path)
    stored = store.put(path, "sources")
    assert (stored.key, stored.sha256, stored.bytes) == (f"sources/{digest[:2]}/{digest}", digest, 3000)
    assert not path.exists()
    assert store.exists(stored.key)
    with store.open(stored.key) as file:
        assert file.read() == b"abc" * 1000
        file.seek(2999)
        assert file.read() == b"c"
    with store.local(stored.key) as here:
        assert hash_file(here) == digest


def test_the_same_content_again_changes_nothing(store, write):
    first = store.put(write(), "sources")
    again = write()
    assert store.put(again, "sources") == first
    assert not again.exists()


def test_a_file_can_be_kept_where_it_was(store, write):
    path = write()
    store.adopt(path, "sources/a", keep=True)
    store.adopt(path, "sources/a", keep=True)
    assert path.read_bytes() == b"content"


def test_an_absent_key_is_not_there_and_no_error_to_delete(store, write):
    assert not store.exists("sources/none")
    with pytest.raises(FileNotFoundError):
        store.open("sources/none")
    store.delete("sources/none")
    key = store.put(write(), "sources").key
    store.delete(key)
    assert not store.exists(key)


@pytest.mark.parametrize(
    "key", ["../x", "/etc/passwd", "a/../../x", "a//b", "", ".hidden", "a/.", "A", "a\x00b", "a\\b"]
)
def test_no_key_leads_out_of_the_storage(store, write, key):
    for use in (store.open, store.exists, store.delete, lambda k: store.adopt(write(), k)):
        with pytest.raises(ValueError, match="not a storage key"):
            use(key)


def test_many_who_put_the_same_content_at_once_all_succeed(store, write):
    paths = [write(b"x" * 200_000, f"in-{n}") for n in range(12)]
    keys = []
    threads = [threading.Thread(target=lambda p=p: keys.append(store.put(p, "sources").key)) for p in paths]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(keys) == 12
    assert len(set(keys)) == 1
    with store.open(keys[0]) as file:
        assert len(file.read()) == 200_000


def test_it_says_whether_it_can_be_written(store):
    store.check()


def test_a_full_disk_is_told_and_leaves_no_half_file(store, write, tmp_path, monkeypatch):
    def full(_descriptor):
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(DiskFull):
        store.put(write(), "sources")
    assert [each for each in (tmp_path / "files").rglob("*") if each.is_file()] == []


def test_local_files_are_not_for_running(store, write, tmp_path):
    store.put(write(), "sources")
    modes = [stat.S_IMODE(each.stat().st_mode) for each in (tmp_path / "files").rglob("*") if each.is_file()]
    assert all(not mode & 0o111 for mode in modes)
