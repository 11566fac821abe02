"""Secrets that are kept to be read again."""

import pytest
from django.test import override_settings

from guanxi.infra.sealed import Unreadable, seal, unseal


def test_what_was_sealed_is_read_again_and_does_not_show():
    kept = seal("a secret 密", "purpose")

    assert unseal(kept, "purpose") == "a secret 密"
    assert "secret" not in kept
    assert seal("a secret 密", "purpose") != kept


def test_another_purpose_or_another_installation_reads_nothing():
    kept = seal("a secret", "purpose")

    with pytest.raises(Unreadable):
        unseal(kept, "another")
    with override_settings(SECRET_KEY="of another installation"), pytest.raises(Unreadable):
        unseal(kept, "purpose")


def test_what_was_changed_is_not_read():
    kept = seal("a secret", "purpose")

    with pytest.raises(Unreadable):
        unseal(kept[:-4] + "AAA=", "purpose")
