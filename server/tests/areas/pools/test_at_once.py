"""Many people claim the same few records at the same moment: each record goes once, and no limit is passed."""

import threading
from collections import Counter

from guanxi.engine.access.actor import SYSTEM
from guanxi.engine.actions import run
from guanxi.engine.context import work
from guanxi.engine.records import reads, writes
from guanxi.infra.errors import Refusal
from tests.support import world

PEOPLE = ("salesperson", "colleague", "other_salesperson")
A_DAY = 3
HELD = 2


def prepared(workspace, leads):
    """A pool for everybody with so many leads; the last person may hold fewer."""
    with work(workspace, SYSTEM, via="system") as ctx:
        (pool,) = writes.create(ctx, "pool", [
            {"name": "公海", "object": "lead", "for_everyone": True, "claims_per_day": A_DAY, "shown": []},
        ])  # fmt: skip
        last = str(world.membership(PEOPLE[-1]).member_id)
        writes.create(ctx, "holding_limit", [{"name": "上限", "object": "lead", "most": HELD, "members": [last]}])
        made = writes.create(ctx, "lead", [{"name": f"客户{n}"} for n in range(leads)])
        run(ctx, "pools.release_records", {"object": "lead", "records": made, "pool": pool})
    return made


def test_each_record_is_claimed_once_and_no_limit_is_passed(committing_database):
    from django.db import connection

    workspace = world.workspace()
    leads = prepared(workspace, 6)
    actors = {name: world.actor(name) for name in PEOPLE}
    barrier = threading.Barrier(12)
    won, refused, wrong = [], [], []

    def claim_all(name, shift):
        try:
            barrier.wait()
            for place in range(len(leads)):
                lead = leads[(place + shift) % len(leads)]
                try:
                    with work(workspace, actors[name], via="api") as ctx:
                        run(ctx, "pools.claim_records", {"object": "lead", "records": [lead]})
                    won.append((lead, name))
                except Refusal as error:
                    refused.append(error.code)
        except BaseException as error:  # noqa: BLE001 - told below
            wrong.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=claim_all, args=(PEOPLE[n % 3], n // 3)) for n in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert wrong == []
    assert Counter(lead for lead, _ in won) == dict.fromkeys(leads, 1)
    by_person = Counter(name for _, name in won)
    assert all(count <= A_DAY for count in by_person.values())
    assert by_person[PEOPLE[-1]] <= HELD
    allowed = {
        "pools.already_taken", "pools.claims_used_up", "pools.holds_enough", "records.not_found", "pools.not_in_pool",
    }  # fmt: skip
    assert set(refused) <= allowed
    assert "pools.already_taken" in refused
    with work(workspace, SYSTEM, via="system") as ctx:
        owners = reads.native(ctx, "lead", leads, ("owner", "pool"))
        moves = reads.ids(ctx, "pool_move", {"field": "kind", "op": "eq", "value": "claimed"})
    assert {lead: row["owner"] for lead, row in owners.items()} == {
        lead: world.membership(name).member_id for lead, name in won
    }
    assert len(moves) == len(leads)
