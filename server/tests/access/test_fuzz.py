"""Random workspaces: what each member gets by every way is what the plain model says, no more and no less."""

import os
from pathlib import Path

import pytest

from tests.access.generate import PEOPLE, Generator
from tests.access.probes import Asked
from tests.access.ways import EVERY_PROBE, OTHERS, WAYS
from tests.contracts.test_access_matrix import routes
from tests.support import world as people_of_the_world
from tests.support.clients import Client

SEEDS = range(int(os.environ.get("GUANXI_FUZZ_FROM", "1")), int(os.environ.get("GUANXI_FUZZ_TO", "4")) + 1)


@pytest.mark.parametrize("seed", SEEDS)
def test_every_way_tells_what_the_model_says(database, seed):
    world = Generator(seed).make()

    found = []
    for name in PEOPLE:
        person = world.people[str(people_of_the_world.membership(name).member_id)]
        asked = Asked(world, person, Client.signed_in_as(name))
        for probe in EVERY_PROBE.values():
            found += [f"seed {seed}, {name}: {leak}" for leak in probe(asked)]

    assert not found, "\n".join(found)


def test_every_address_is_asked_or_says_where_it_is_held_shut() -> None:
    tests = Path(__file__).resolve().parents[2]
    missing = [one for one in routes() if one not in WAYS and one.split(" ")[1].split("/")[0] not in OTHERS]
    nowhere = [one for one in WAYS.values() if one.startswith("tests/") and not (tests / one).exists()]
    gone = [one for one in WAYS if one not in routes()]

    assert not missing, "say in tests/access/ways.py how these are held shut"
    assert not nowhere
    assert not gone
    assert set(EVERY_PROBE) - set(WAYS.values()) == set()
