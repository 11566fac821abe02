"""The world of the tests is what its description says."""

from tests.support import world


def test_everybody_acts_with_the_role_described(database):
    assert {name: world.actor(name).roles for name in world.PEOPLE} == {
        name: (role,) for name, (role, _) in world.PEOPLE.items()
    }
    assert world.actor(world.STRANGER).roles == ("administrator",)
