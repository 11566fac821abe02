"""Whatever is configured: exported, applied to an empty workspace and exported again, it is the same, byte by byte."""

import pytest

from tests.engine.bundles.carrying import Chance, differences, files_of, kinds_dealt
from tests.engine.design.designer import Designer
from tests.support import world

HANDS = 4


@pytest.mark.parametrize("seed", range(HANDS))
def test_any_configuration_comes_back_as_it_went(designer: Designer, there: Designer, seed: int) -> None:
    chance = Chance(designer, seed)
    chance.object(f"thing_{seed}", kinds_dealt(seed, HANDS))
    chance.object("other", [])
    chance.records("other")
    chance.own_values(kinds_dealt(seed, HANDS))
    given = files_of()
    carried = "\n".join(text for path, text in given.items() if path.endswith("/pipeline.toml"))
    assert all(word in carried for word in ("[custom]", "member:administrator@example.com"))
    for name in world.PEOPLE:
        there.client.make("member", name=f"其他{name}", email=f"{name}@example.com")
    assert differences(world.OTHER_WORKSPACE, given)

    answer = there.client.post("actions/configuration/apply", {"params": {"files": given}})

    assert answer.status_code == 200, answer.content.decode()
    assert differences(world.OTHER_WORKSPACE, given) == []
    assert files_of(world.OTHER_WORKSPACE) == given


def test_files_do_not_depend_on_when_they_are_written(designer: Designer) -> None:
    designer.project()

    assert list(files_of().items()) == list(files_of().items())
