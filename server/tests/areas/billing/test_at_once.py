"""Several people settle with one payment at the same moment: no cent goes twice, and who was slower is told."""

import threading
from decimal import Decimal

from guanxi.engine.access.actor import SYSTEM
from guanxi.engine.actions import run
from guanxi.engine.context import work
from guanxi.engine.records import reads, writes
from guanxi.infra.errors import Refusal
from tests.support import world


def test_a_payment_is_allocated_once(committing_database):
    from django.db import connection

    workspace = world.workspace()
    with work(workspace, SYSTEM, via="system") as ctx:
        (company,) = writes.create(ctx, "company", [{"name": "华东机械"}])
        rows = [{"company": str(company), "amount": "60"}] * 4
        invoices = writes.create(ctx, "invoice", rows)
        (payment,) = writes.create(ctx, "payment", [{"company": str(company), "amount": "100"}])
        for one in invoices:
            run(ctx, "billing.issue_invoice", {"invoice": one})
    actor = world.actor("administrator")
    barrier = threading.Barrier(4)
    won, refused, wrong = [], [], []

    def settle(invoice):
        try:
            barrier.wait()
            with work(workspace, actor, via="api") as ctx:
                item = {"invoice": invoice, "amount": "60"}
                run(ctx, "billing.allocate_payment", {"payment": payment, "items": [item]})
            won.append(invoice)
        except Refusal as error:
            refused.append((error.code, error.params["left"]))
        except BaseException as error:  # noqa: BLE001 - told below
            wrong.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=settle, args=(one,)) for one in invoices]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert wrong == []
    assert len(won) == 1
    assert refused == [("billing.payment_used_up", "¥40.00")] * 3
    with work(workspace, SYSTEM, via="system") as ctx:
        row = reads.native(ctx, "payment", [payment], ("allocated_amount", "open_amount"))[payment]
        assert (row["allocated_amount"].amount, row["open_amount"].amount) == (Decimal(60), Decimal(40))
