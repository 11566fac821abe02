"""What an administrator configures in a test, through the door that every screen goes through."""

from typing import Any

from tests.support.clients import Client


def apply(*changes: dict[str, Any], by: str = "administrator") -> dict[str, Any]:
    """Make changes of the catalog together; the outcome."""
    answer = Client.signed_in_as(by).post("actions/design/apply", {"params": {"changes": list(changes)}})
    assert answer.status_code == 200, answer.content.decode()
    return answer.json()["result"]


def refused(*changes: dict[str, Any]) -> list[tuple[str, str]]:
    """What is wrong with changes that are refused, as (code, sentence)."""
    answer = Client.signed_in_as("administrator").post("actions/design/apply", {"params": {"changes": list(changes)}})
    assert answer.status_code == 422, answer.content.decode()
    return [(one["code"], one["message"]) for one in answer.json()["fields"]]


def component(object_key: str, kind: str, key: str, **values: Any) -> dict[str, Any]:
    """The change that makes a component; labelled with its key unless it has a label."""
    values = {"label": {"zh-CN": f"{key} 组件", "en": key}, **values}
    return {"op": "component.create", "object": object_key, "kind": kind, "key": key, "values": values}


def rule(object_key: str, key: str, effect: str, fields: list[str], where: Any, **values: Any) -> dict[str, Any]:
    """The change that makes a rule; ``where`` None means always."""
    when = None if where is None else {"where": where}
    return component(object_key, "rule", key, effect=effect, fields=fields, when=when, **values)


def leaf(field: str, op: str, value: Any = None) -> dict[str, Any]:
    """One condition of a filter."""
    return {"field": field, "op": op} | ({} if value is None else {"value": value})
