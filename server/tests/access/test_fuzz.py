"""Random workspaces: what each member gets by every way is what the plain model says, no more and no less."""

import os
from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings

from tests.access.generate import PEOPLE, Generator
from tests.access.probes import Asked
from tests.access.ways import EVERY_PROBE, OTHERS, WAYS
from tests.capabilities.access_keys.conftest import Program
from tests.contracts.test_access_matrix import routes
from tests.support import world as people_of_the_world
from tests.support.clients import Client

SEEDS = range(int(os.environ.get("GUANXI_FUZZ_FROM", "1")), int(os.environ.get("GUANXI_FUZZ_TO", "2")) + 1)


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


@pytest.mark.parametrize("seed", SEEDS)
def test_a_key_bound_to_one_of_several_roles_is_told_what_that_role_alone_opens(database, seed, monkeypatch):
    monkeypatch.setattr(settings, "API_CALLS_PER_MINUTE", 1_000_000)
    world = Generator(seed).make()

    found, asked_of = [], 0
    for place, name in enumerate(PEOPLE):
        person = world.people[str(people_of_the_world.membership(name).member_id)]
        held = world.held(person)
        if len(held) < 2:
            continue
        asked_of += 1
        role = held[(seed + place) % len(held)]
        params = {"params": {"name": "同步", "roles": [role]}}
        made = Client.signed_in_as(name).post("actions/access-keys/create-key", params)
        assert made.status_code == 200, made.content
        program = Program(made.json()["result"]["secret"])
        asked = Asked(world, replace(person, within=frozenset([role])), program)
        for key in ("lists", "counts", "oracles", "search", "relations", "exports", "catalogs", "files", "by record"):
            found += [f"seed {seed}, key of {name}: {leak}" for leak in EVERY_PROBE[key](asked)]

    assert not found, "\n".join(found)
    if not asked_of:
        pytest.skip("nobody holds two roles in this world")


def test_every_address_is_asked_or_says_where_it_is_held_shut() -> None:
    tests = Path(__file__).resolve().parents[2]
    missing = [one for one in routes() if one not in WAYS and one.split(" ")[1].split("/")[0] not in OTHERS]
    nowhere = [one for one in WAYS.values() if one.startswith("tests/") and not (tests / one).exists()]
    gone = [one for one in WAYS if one not in routes()]

    assert not missing, "say in tests/access/ways.py how these are held shut"
    assert not nowhere
    assert not gone
    assert set(EVERY_PROBE) - set(WAYS.values()) == set()
