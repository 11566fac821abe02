"""Files by content: kept once, never outside the folder, limited in size."""

import pytest
from django.test import override_settings

from guanxi.infra.errors import LimitReached, NotFound
from guanxi.infra.storage import store

ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


@pytest.fixture
def folder(tmp_path):
    with override_settings(DATA_DIR=tmp_path):
        yield tmp_path


def test_the_same_content_is_kept_once_under_its_digest(folder):
    first, second = store.keep([b"a", b"bc"]), store.keep([b"abc"])

    assert first == second == store.Stored(ABC, 3)
    assert store.path_of(ABC).read_bytes() == b"abc"
    assert len([path for path in folder.rglob("*") if path.is_file()]) == 1


def test_too_much_is_refused_and_leaves_nothing(folder):
    with pytest.raises(LimitReached):
        store.keep([b"abc"] * 10, limit=20)

    assert not [path for path in folder.rglob("*") if path.is_file()]


@pytest.mark.parametrize("name", ["../../secret-key", "a/b", "", ABC.upper(), ABC + "0", "/etc/passwd"])
def test_a_name_that_is_no_digest_finds_nothing(folder, name):
    with pytest.raises(NotFound):
        store.path_of(name)


def test_a_forgotten_file_is_gone_and_may_be_forgotten_again(folder):
    store.keep([b"abc"])
    store.forget(ABC)
    store.forget(ABC)

    with pytest.raises(NotFound):
        store.open_file(ABC)
