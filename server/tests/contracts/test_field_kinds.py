"""Every registered field kind keeps the promises of ``FieldKind``: values in and out, words, refusals, settings."""

import json
import re
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from guanxi.engine.objects.fields import gallery, registry
from guanxi.engine.objects.fields.base import BadValue, FieldKind, ParseEnv
from guanxi.engine.objects.model import Field
from guanxi.engine.objects.query.operators import OPERATORS
from guanxi.engine.records import bulk, history, reads, search, writes
from guanxi.infra.i18n import LANGUAGES, sentence, sentences
from guanxi.infra.paths import PACKAGE
from tests.support.field_values import ENV
from tests.support.json_schema import problems
from tests.support.kinds_workspace import SAMPLE, KindsWorkspace

KINDS = [pytest.param(kind, id=kind.key) for kind in registry.kinds()]
every_kind = pytest.mark.parametrize("kind", KINDS)
WITH_VALUE = [one for one in KINDS if one.values[0].holds_value and not one.values[0].computed]
every_value = pytest.mark.parametrize("kind", WITH_VALUE)
"""Kinds whose fields hold a value of the record that somebody writes."""

HAN = re.compile("[\u4e00-\u9fff]")
NONSENSE = (
    {"x": 1}, {}, [], [[]], [{}], [None], ["~"], ["a", 1], "~ no such thing ~", "\0", "\ud800", "<b>", "1e400", "=1+1",
    "9" * 400, "x" * 600_000, -1, 0, 2**70, 1.5, float("nan"), float("inf"), True, b"bytes", object(), ("a", "b", "c"),
    {"id": 3}, {"id": "x"}, {"object": "no_such", "id": "x"}, {"amount": "x"}, {"amount": "1", "currency": "XXX"},
    {"city": 3}, {"city": "x" * 400}, "0000-00-00", "0001-01-01", "9999-12-31T23:59:59-12:00", "2026-02-30",
)  # fmt: skip


def bare_field(kind: FieldKind) -> Field:
    """A field of the kind, outside any workspace."""
    return Field(
        id=kind.key, key=kind.key, kind=kind, label={"zh-CN": "字段", "en": "Field"}, settings=kind.sample_settings
    )


def said(bad: BadValue) -> list[str]:
    """The refusal's sentence in every language, complete."""
    texts = [sentence(bad.code, bad.params, language) for language in LANGUAGES]
    assert all(text != bad.code and not re.search(r"\{\w+\}", text) for text in texts), (bad.code, bad.params, texts)
    return texts


@every_kind
def test_it_is_declared_completely(kind: FieldKind) -> None:
    assert registry.kind(kind.key) is kind
    assert re.fullmatch("[a-z]+(_[a-z]+)*", kind.key)
    assert OPERATORS[kind.trait] or not kind.holds_value
    assert (type(kind).__doc__ or "").strip()
    assert len(kind.samples(bare_field(kind))) >= 2 or not kind.holds_value
    assert Path(PACKAGE.parents[1], "web/src/records/field-kinds", kind.key, "index.ts").is_file()


@every_kind
def test_its_settings_are_checked(kind: FieldKind) -> None:
    kind.check_settings(kind.sample_settings)

    for name in ("no_such_setting", *kind.sample_settings):
        with pytest.raises(BadValue) as refusal:
            kind.check_settings({**kind.sample_settings, name: object()})
        said(refusal.value)


@every_kind
def test_it_introduces_itself_and_its_settings_in_both_languages(kind: FieldKind) -> None:
    told = gallery.describe_kind(kind)
    names = [setting["name"] for setting in told["settings"]]

    assert told["group"] in gallery.GROUPS
    assert all(told[words][language] for words in ("label", "help") for language in LANGUAGES)
    assert all(setting["label"][language] for setting in told["settings"] for language in LANGUAGES)
    assert len(set(names)) == len(names)
    assert set(kind.sample_settings) <= set(names)
    assert {setting["of"] for setting in told["settings"]} - {None} <= set(names)
    assert all(told["sample"].values()) or not kind.holds_value
    # The classes of industries have Chinese names alone.
    assert not HAN.search(told["sample"]["en"]) or kind.key == "industry"
    json.dumps(told)


@every_kind
def test_what_its_settings_require_is_asked_for(kind: FieldKind) -> None:
    for setting in kind.settings_schema():
        if setting.required:
            with pytest.raises(BadValue) as refusal:
                kind.check_settings({k: v for k, v in kind.sample_settings.items() if k != setting.name})
            said(refusal.value)


def test_a_minimum_above_the_maximum_is_refused() -> None:
    with pytest.raises(BadValue, match="setting_bounds"):
        registry.kind("integer").check_settings({"min": 2, "max": 1})


@every_kind
def test_json_and_native_forms_are_read_alike(kind: FieldKind) -> None:
    field = bare_field(kind)

    for value in kind.samples(field):
        rendered, kept = kind.render(value), kind.kept(value)

        assert kind.parse(field, value, ENV) == value
        assert kind.parse(field, json.loads(json.dumps(kept)), ENV) == value
        assert kind.secret or rendered == kept
        assert problems(rendered, kind.json_schema(field)) == []
        assert kind.same(value, kind.parse(field, kept, ENV))


@every_kind
def test_nothing_and_empty_text_are_no_value(kind: FieldKind) -> None:
    field = bare_field(kind)

    assert kind.parse(field, None, ENV) is None
    assert kind.parse(field, "", ENV) is None
    assert kind.parse_text(field, " ", ENV) is None
    assert kind.render(None) is None
    assert kind.from_db(kind.to_db(None)) is None if kind.columns(field) else True
    assert [kind.text(field, None, language) for language in LANGUAGES] == ["", ""]


@every_value
@pytest.mark.parametrize("language", LANGUAGES)
def test_its_text_can_be_read_back(kind: FieldKind, language: str) -> None:
    field = bare_field(kind)
    env = ParseEnv(language, now=ENV.now)

    for value in kind.samples(field):
        text = kind.text(field, value, language)
        assert text

        if kind.secret:
            assert kind.parse_text(field, text, env) is None
        elif kind.exact_text:
            assert kind.parse_text(field, text, env) == value
        elif kind.trait != "file":
            assert kind.text(field, kind.parse_text(field, text, env), language) == text


@every_kind
def test_nonsense_is_refused_in_words_or_taken_whole(kind: FieldKind) -> None:
    field = bare_field(kind)
    refused = 0

    for raw in NONSENSE:
        for read in (kind.parse, kind.parse_text) if isinstance(raw, str) else (kind.parse,):
            try:
                value = read(field, raw, ENV)
            except BadValue as bad:
                refused += 1
                said(bad)
            else:
                assert kind.parse(field, kind.kept(value), ENV) == value

    assert refused >= 5


@every_kind
def test_a_filter_refuses_to_compare_with_nothing(kind: FieldKind) -> None:
    field = bare_field(kind)

    for nothing in (None, ""):
        with pytest.raises(BadValue) as refusal:
            kind.comparable(field, nothing, ENV)
        said(refusal.value)


@every_value
def test_what_is_written_is_read(kind: FieldKind, kinds_workspace: KindsWorkspace) -> None:
    field = kinds_workspace.fields[kind.key]
    samples = kind.samples(field)

    with kinds_workspace.scratch() as ctx:
        ids = kinds_workspace.create(ctx, field, samples)
        native = reads.native(ctx, SAMPLE, ids, [field.key])
        shown = [reads.get(ctx, SAMPLE, one, [field.key])[field.key] for one in ids]

    assert [native[one][field.key] for one in ids] == samples
    if kind.secret:
        assert shown == [kind.render(value) for value in samples]
    else:
        assert [kind.parse(field, value, ENV) for value in shown] == samples
    assert [found for value in shown for found in problems(value, kind.json_schema(field))] == []


@every_value
def test_long_lists_are_stored_like_short_ones(kind: FieldKind, kinds_workspace: KindsWorkspace) -> None:
    field = kinds_workspace.fields[kind.key]
    samples = kind.samples(field)
    values = [samples[place % len(samples)] for place in range(bulk.FROM + len(samples))]
    values = values if kind.generated else [*values, None]

    with kinds_workspace.scratch() as ctx:
        ids = kinds_workspace.create(ctx, field, values)
        native = reads.native(ctx, SAMPLE, ids, [field.key])

    assert [native[one][field.key] or None for one in ids] == [value or None for value in values]


@every_value
def test_whatever_passes_parsing_can_be_stored(kind: FieldKind, kinds_workspace: KindsWorkspace) -> None:
    if kind.trait in ("ref", "refs", "about"):
        pytest.skip("references must point at records, which is checked when they are written")
    field = kinds_workspace.fields[kind.key]
    taken = []
    for raw in NONSENSE:
        try:
            taken.append(kind.parse(field, raw, ENV))
        except BadValue:
            continue

    with kinds_workspace.scratch() as ctx:
        ids = kinds_workspace.create(ctx, field, [value for value in taken if value is not None])
        native = reads.native(ctx, SAMPLE, ids, [field.key])

    assert [native[one][field.key] for one in ids] == [value for value in taken if value is not None]


@every_value
def test_a_value_can_be_left_out_and_taken_away(kind: FieldKind, kinds_workspace: KindsWorkspace) -> None:
    field = kinds_workspace.fields[kind.key]

    with kinds_workspace.scratch() as ctx:
        left_out, filled = kinds_workspace.create(ctx, field, [None, kind.samples(field)[0]])
        if not kind.generated:
            writes.update(ctx, SAMPLE, [writes.Change(filled, {field.key: None})])
        native = reads.native(ctx, SAMPLE, [left_out, filled], [field.key])
        shown = reads.get(ctx, SAMPLE, left_out, [field.key])[field.key]

    if kind.generated:
        assert native[left_out][field.key]
        assert shown == native[left_out][field.key]
    else:
        assert [native[one][field.key] or None for one in (left_out, filled)] == [None, None]
        assert shown in (None, [])


@every_value
def test_writing_the_same_value_is_no_change(kind: FieldKind, kinds_workspace: KindsWorkspace) -> None:
    field = kinds_workspace.fields[kind.key]
    samples = kind.samples(field)

    with kinds_workspace.scratch() as ctx:
        ids = kinds_workspace.create(ctx, field, samples)
        again = [writes.Change(one, {field.key: kind.kept(v)}) for one, v in zip(ids, samples, strict=True)]

        assert writes.update(ctx, SAMPLE, again) == []


@every_value
@pytest.mark.parametrize("language", LANGUAGES)
def test_history_tells_a_change_in_words(kind: FieldKind, language: str, kinds_workspace: KindsWorkspace) -> None:
    field = kinds_workspace.fields[kind.key]
    old, new = kind.samples(field)[:2]

    with kinds_workspace.scratch(language) as ctx:
        (record,) = kinds_workspace.create(ctx, field, [old])
        writes.update(ctx, SAMPLE, [writes.Change(record, {field.key: kind.kept(new)})])
        told = history.timeline(ctx, SAMPLE, record, ("change",), 10).items

    change = told[0]["fields"][0]
    assert (change["field"], told[0]["op"], told[1]["op"]) == (field.key, "update", "create")
    assert len({change["old"], change["new"], ""}) == 3
    if kind.secret:
        assert [change["old_value"], change["new_value"]] == [kind.render(old), kind.render(new)]
    else:
        assert kind.parse(field, change["old_value"], ENV) == old
        assert kind.parse(field, change["new_value"], ENV) == new
    if kind.trait not in ("ref", "refs", "about"):
        assert [change["old"], change["new"]] == [kind.text(field, value, language) for value in (old, new)]


@pytest.mark.parametrize("kind", [one for one in KINDS if one.values[0].searchable])
def test_search_finds_it_by_its_text(kind: FieldKind, kinds_workspace: KindsWorkspace) -> None:
    field = kinds_workspace.fields[kind.key]
    # What has neither letters nor digits has no words to be found by.
    samples = [value for value in kind.samples(field) if re.search(r"\w", kind.text(field, value, "zh-CN"))]

    with kinds_workspace.scratch() as ctx:
        ids = kinds_workspace.create(ctx, field, samples)
        for record, value in zip(ids, samples, strict=True):
            text = kind.text(field, value, "zh-CN")[:20]
            page = reads.page(ctx, SAMPLE, reads.Query(select=("name",), search=text, limit=200))

            assert str(record) in [row["id"] for row in page.rows], text
            assert record in [hit.id for hit in search.find(ctx, text, [SAMPLE], limit=100)], text


def test_every_refusal_has_a_sentence_in_every_language() -> None:
    sources = (PACKAGE / "engine/objects/fields").glob("**/*.py")
    codes = {code for path in sources for code in re.findall(r'"(fields\.[a-z_]+)"', path.read_text("utf-8"))}

    assert len(codes) > 20
    for language in LANGUAGES:
        assert codes - sentences(language).keys() == set()


def test_unknown_and_duplicate_kinds_are_loud() -> None:
    with pytest.raises(LookupError, match="no_such_kind"):
        registry.kind("no_such_kind")
    with pytest.raises(ValueError, match="twice"):
        registry.register(type(registry.kind("text")))


def test_ids_of_references_are_uuids_only() -> None:
    field = bare_field(registry.kind("lookup"))
    record = UUID("01900000-0000-7000-8000-000000000001")
    forms: list[Any] = [record, str(record), record.hex, {"id": str(record), "title": "x"}, {"id": record}]

    assert {field.kind.parse(field, form, ENV) for form in forms} == {record}
