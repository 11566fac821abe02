"""Fixtures of the contract suites."""

from collections.abc import Iterator

import pytest

from tests.support.databases import using


@pytest.fixture(scope="module")
def kinds_workspace(empty_copy: str) -> Iterator[object]:
    """A workspace whose object ``sample`` has a field of every kind; gone at the end of the module."""
    from django.db import transaction

    from tests.support import kinds_workspace as made

    with using(empty_copy), transaction.atomic():
        yield made.build()
        transaction.set_rollback(True)
