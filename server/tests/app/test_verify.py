"""`guanxi verify`: wrong values are told, and put right on demand."""

import pytest

from guanxi.app.verify import verify
from guanxi.engine.access.actor import SYSTEM
from guanxi.engine.context import work
from guanxi.engine.records import writes
from guanxi.infra.errors import NotFound
from tests.support import world


def test_wrong_values_are_told_and_put_right(database: None) -> None:
    with work(world.workspace(), SYSTEM, via="system") as ctx:
        (company,) = writes.create(ctx, "company", [{"name": "华信"}])
        writes.create(ctx, "opportunity", [{"name": "单", "company": company, "amount": "10"}])
        ctx.run("UPDATE rec_company SET open_amount = 7")

    assert [(one.slug, one.wrong) for one in verify(None, repair=False)] == [
        (world.WORKSPACE, {"company.open_amount": 1}), (world.OTHER_WORKSPACE, {}),
    ]  # fmt: skip
    assert [one.wrong for one in verify(world.WORKSPACE, repair=True)] == [{"company.open_amount": 1}]
    assert [one.wrong for one in verify(world.WORKSPACE, repair=False)] == [{}]
    with pytest.raises(NotFound):
        list(verify("nobody", repair=False))
