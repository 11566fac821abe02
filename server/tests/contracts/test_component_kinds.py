"""Every kind of component keeps the promises of ``ComponentKind``: samples are taken, nonsense is refused in words."""

import re
from typing import Any

import pytest

from guanxi.engine.objects.components.base import ComponentKind
from guanxi.engine.objects.components.registry import component_kind, component_kinds
from guanxi.engine.objects.fields.base import BadValue
from guanxi.infra.i18n import LANGUAGES, sentence
from tests.support.designer import apply, refused

KINDS = [pytest.param(kind, id=kind.key) for kind in component_kinds()]
every_kind = pytest.mark.parametrize("kind", KINDS)
pytestmark = pytest.mark.usefixtures("database")

NONSENSE: tuple[Any, ...] = (
    None, 3, "x", [], [3], [[]], {"zh-CN": "只有中文"}, {"zh-CN": "", "en": ""}, {"x": 1}, True, "x" * 200_000,
)  # fmt: skip


def live(ctx: Any, kind: ComponentKind) -> dict[str, Any]:
    """The kind's sample on the company."""
    return {**kind.defaults(), **kind.sample(ctx.snapshot.object("company"))}


@every_kind
def test_its_sample_is_taken_and_what_it_rests_on_is_there(kind: ComponentKind, ctx: Any) -> None:
    sample = live(ctx, kind)
    apply({"op": "component.create", "object": "company", "kind": kind.key, "key": "sample", "values": sample})

    assert component_kind(kind.key) is kind
    for path in kind.references(sample):
        assert path.split(".")[0] in {
            **ctx.snapshot.object("company").fields,
            **ctx.snapshot.object("company").relations,
        }


@every_kind
def test_unknown_attributes_and_a_label_in_one_language_are_refused(kind: ComponentKind, ctx: Any) -> None:
    change = {"op": "component.create", "object": "company", "kind": kind.key, "key": "sample"}

    for more, code in (
        ({"surprise": 1}, "components.unknown_attribute"),
        ({"position": "x"}, "components.not_a_number"),
    ):
        ((found, message),) = refused({**change, "values": {**live(ctx, kind), **more}})
        assert (found, message != code) == (code, True)


@every_kind
def test_nonsense_in_any_attribute_is_refused_in_words(kind: ComponentKind, ctx: Any) -> None:
    sample = live(ctx, kind)
    refusals = 0
    for name in sample:
        for value in NONSENSE:
            broken = {**sample, name: value}
            told = refusal(kind, ctx, broken)
            refusals += bool(told)
            assert not any(text.startswith("components.") or re.search(r"\{[a-z_]+\}", text) for text in told), told
            assert all(isinstance(path, str) for path in kind.references(broken))
    assert refusals > len(sample)


def refusal(kind: ComponentKind, ctx: Any, values: dict[str, Any]) -> list[str]:
    """The sentences that settings are refused with, in every language; nothing when they are taken."""
    obj = ctx.snapshot.object("company")
    try:
        kind.check(ctx.snapshot, obj, values)
        kind.check_written(ctx.snapshot, obj, values)
    except BadValue as bad:
        return [sentence(bad.code, bad.params, language) for language in LANGUAGES]
    return []
