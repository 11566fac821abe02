"""Random workspaces: what each member gets by every way is what the plain model says, no more and no less."""

import os

import pytest

from tests.access.generate import PEOPLE, Generator
from tests.access.probes import PROBES, Asked
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
        for probe in PROBES.values():
            found += [f"seed {seed}, {name}: {leak}" for leak in probe(asked)]

    assert not found, "\n".join(found)
