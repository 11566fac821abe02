"""A product that was started once, for the tests to which a first start is nothing new."""

from collections.abc import Iterator

import pytest

from tests.support.product import Product


@pytest.fixture(scope="session")
def started_once() -> Iterator[Product]:
    """A stopped product; `Product.like` makes more of it."""
    made = Product()
    made.start()
    made.stop()
    yield made
    made.remove()
