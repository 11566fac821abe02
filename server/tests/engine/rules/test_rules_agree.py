"""One verdict, whichever way a record comes: random rules judge random rows alike in drafts, the API and imports."""

import csv
import io
import random
from typing import Any

import pytest

from tests.engine.transfer.conftest import Importer
from tests.support.clients import Client
from tests.support.designer import apply, leaf, rule

LEVELS = ("A", "B", "C", "D")
TYPES = ("customer", "partner", "other")
COLUMNS = ("name", "external_id", "level", "type", "size", "phone", "short_name")
ROWS = 12


def condition(draw: random.Random, depth: int = 2) -> dict[str, Any]:
    """A random filter over the object's own fields."""
    if depth and draw.random() < 0.5:
        word = draw.choice(("and", "or", "not"))
        inner = condition(draw, depth - 1)
        return {"not": inner} if word == "not" else {word: [inner, condition(draw, depth - 1)]}
    return draw.choice(
        [
            leaf("level", draw.choice(("eq", "ne")), draw.choice(LEVELS)),
            leaf("type", draw.choice(("in", "not_in")), draw.sample(TYPES, 2)),
            leaf(draw.choice(("phone", "short_name", "size", "level")), draw.choice(("is_empty", "not_empty"))),
            leaf("short_name", draw.choice(("contains", "not_contains")), draw.choice("甲乙")),
            leaf("owner", draw.choice(("eq", "ne")), "@me"),
        ]
    )


def random_rule(draw: random.Random, number: int) -> dict[str, Any]:
    """A random rule."""
    effect = draw.choice(("visible", "required", "required", "read_only", "options", "invalid"))
    message = {"zh-CN": f"第{number}条", "en": f"Number {number}"}
    where = condition(draw)
    if effect == "options":
        field, options = draw.choice((("level", LEVELS), ("type", TYPES)))
        return rule("company", f"r{number}", effect, [field], where, options=draw.sample(options, 2))
    fields = draw.sample(("phone", "short_name", "size", "level"), 2)
    more = {"message": message} if effect == "invalid" or draw.random() < 0.3 else {}
    return rule("company", f"r{number}", effect, fields, where, **more)


def random_values(draw: random.Random) -> dict[str, Any]:
    """Random values; what is missing is left out."""
    values = {
        "level": draw.choice((*LEVELS, None)), "type": draw.choice((*TYPES, None)),
        "size": draw.choice(("micro", "large", None)), "phone": draw.choice(("0755-86013388", None)),
        "short_name": draw.choice(("甲", "乙丙", None)),
    }  # fmt: skip
    return {key: value for key, value in values.items() if value is not None}


def verdict(problems: list[dict[str, Any]]) -> set[tuple[str, str, str]]:
    """What was refused, as field, code and words."""
    return {(one["field"], one["code"], one["message"]) for one in problems}


def file_of(rows: list[dict[str, Any]]) -> bytes:
    """The rows as a spreadsheet."""
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def by_import(importer: Importer, rows: list[dict[str, Any]], *, dry: bool) -> list[set[tuple[str, str, str]]]:
    """What an import of the rows refuses, row by row."""
    one = importer.upload("company", file_of(rows))
    mapping = [{"column": column, "field": column} for column in COLUMNS]
    importer.map(one["id"], mapping, match=["external_id"], mode="upsert")
    (importer.rehearse if dry else importer.run)(one["id"])
    refused = importer.client.get(f"imports/{one['id']}/errors?limit=200").json()["rows"]
    found: list[set[tuple[str, str, str]]] = [set() for _ in rows]
    for row in refused:
        found[row["row"] - 2] = verdict(row["errors"])
    return found


def by_draft(client: Client, row: dict[str, Any], record: str | None) -> set[tuple[str, str, str]]:
    """What a form is told."""
    answer = client.post("records/company/draft", {"id": record, "values": row})
    assert answer.status_code == 200, answer.content.decode()
    return verdict(answer.json()["errors"])


@pytest.mark.parametrize("seed", range(6))
def test_new_records_meet_one_verdict(seed: int, importer: Any, sales: Client) -> None:
    draw = random.Random(seed)  # noqa: S311 - rows to try, no secret
    apply(*(random_rule(draw, number) for number in range(6)))
    rows = [{"name": f"公司{n}", "external_id": f"x{n}", **random_values(draw)} for n in range(ROWS)]
    mine = importer("salesperson")

    drafted = [by_draft(sales, row, None) for row in rows]
    rehearsed = by_import(mine, rows, dry=True)
    listed: list[set[tuple[str, str, str]]] = [set() for _ in rows]
    answer = sales.post("records/company/bulk", {"op": "create", "records": [{"values": row} for row in rows]})
    for problem in answer.json().get("fields", []):
        listed[problem["row"]].add((problem["field"], problem["code"], problem["message"]))
    if answer.status_code == 200:
        assert sales.post(f"change-sets/{answer.json()['change_set']}/undo", {}).status_code == 200
    imported = by_import(mine, rows, dry=False)

    assert drafted == listed == rehearsed == imported
    assert mine.count("company") == sum(not refused for refused in drafted)


@pytest.mark.parametrize("seed", range(6))
def test_changes_meet_one_verdict(seed: int, importer: Any, sales: Client) -> None:
    draw = random.Random(100 + seed)  # noqa: S311 - rows to try, no secret
    before = [{"name": f"公司{n}", "external_id": f"x{n}", **random_values(draw)} for n in range(ROWS)]
    ids = [sales.make("company", **row)["id"] for row in before]
    apply(*(random_rule(draw, number) for number in range(6)))
    rows = [{"name": f"公司{n}", "external_id": f"x{n}", **random_values(draw)} for n in range(ROWS)]
    mine = importer("salesperson")

    drafted = [by_draft(sales, row, id_) for row, id_ in zip(rows, ids, strict=True)]
    rehearsed = by_import(mine, rows, dry=True)
    changed: list[set[tuple[str, str, str]]] = []
    for row, id_ in zip(rows, ids, strict=True):
        answer = sales.patch(f"records/company/{id_}", {"values": row})
        changed.append(verdict(answer.json().get("fields", [])))
        undo = answer.json().get("_change_set")
        if undo:
            assert sales.post(f"change-sets/{undo}/undo", {}).status_code == 200
    imported = by_import(mine, rows, dry=False)

    assert drafted == changed == rehearsed == imported
