"""Every kind of step and trigger can be made a form of, and judges whatever stands in its settings without breaking."""

import itertools
from typing import Any

import pytest

from guanxi.app.areas import registry
from guanxi.capabilities.flows.kinds.base import step_kinds
from guanxi.capabilities.flows.triggers.base import trigger_kinds
from tests.capabilities.flows.conftest import rule
from tests.support.clients import Client

registry()
JUNK: list[Any] = [
    None, "", "x", 1, -1, True, [], {}, [1], ["x"], [None], [{}], {"x": 1}, {"x": {}}, {"x": {"value": 1, "text": "x"}},
    [{"kind": "member"}], [{"kind": "member", "members": "x"}], [{"kind": "department", "department": 1}],
    [{"kind": "field", "field": ["x"]}], [{"kind": []}], [{"kind": "head", "levels": "x"}], [{"name": 1, "value": []}],
    [{"port": [], "when": 1}], {"x": {"formula": 1}}, {"x": {"text": None}}, {"where": 1}, {"amount": "x", "unit": []},
]  # fmt: skip
PARTS = [*(("step", key) for key in step_kinds()), *(("trigger", key) for key in trigger_kinds())]


def definition(part: str, key: str, settings: dict[str, Any], of: str | None = "company") -> dict[str, Any]:
    """A flow of one step, or of one trigger and a step."""
    if part == "step":
        return rule({"kind": "record.created"}, {"kind": key, "settings": settings}, of=of)
    return rule({"kind": key, "settings": settings}, {"kind": "stop", "settings": {}}, of=of)


@pytest.mark.parametrize(("part", "key"), PARTS)
def test_words_are_there_in_both_languages(part: str, key: str) -> None:
    kind = (step_kinds() if part == "step" else trigger_kinds())[key]
    labels = [kind.label, kind.help, *(one.label for one in kind.settings_schema())]
    labels += [label for one in kind.settings_schema() for _, label in one.choices]

    assert all(label.get(language) for label in labels for language in ("zh-CN", "en"))
    assert kind.icon


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize(("part", "key"), PARTS)
def test_whatever_stands_in_the_settings_is_judged(part: str, key: str) -> None:
    kind = (step_kinds() if part == "step" else trigger_kinds())[key]
    admin = Client.signed_in_as("administrator")
    names = [one.name for one in kind.settings_schema()]
    for of, (name, junk) in itertools.product(("company", None), itertools.product(names, JUNK)):
        answer = admin.post("flows/check", {"definition": definition(part, key, {name: junk}, of)})
        assert answer.status_code == 200, (of, name, junk, answer.content[:300])
        assert all(one["says"] != one["code"] for one in answer.json()["problems"])
