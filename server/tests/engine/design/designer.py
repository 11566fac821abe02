"""The designer's verbs as the screens call them."""

from typing import Any

from tests.support.clients import Client


class Designer:
    """A person who changes the configuration over HTTP; every verb fails loudly where it is refused."""

    def __init__(self, client: Client) -> None:
        self.client = client

    def send(self, verb: str, **params: Any) -> Any:
        """The answer of a verb, whatever it is."""
        return self.client.post(f"actions/design/{verb.replace('_', '-')}", {"params": params})

    def act(self, verb: str, **params: Any) -> dict[str, Any]:
        """What a verb did."""
        answer = self.send(verb, **params)
        assert answer.status_code == 200, answer.content.decode()
        return answer.json()["result"]

    def refused(self, verb: str, **params: Any) -> dict[str, Any]:
        """The problem that a verb was answered with; nothing of the configuration may have changed."""
        before = self.everything()
        answer = self.send(verb, **params)
        assert answer.status_code in {400, 403, 404, 409, 422}, answer.content.decode()
        assert self.everything() == before
        return answer.json()

    def everything(self) -> Any:
        """The whole configuration as the designer reads it, without what only counts records."""
        found = self.client.get("design/objects").json()
        objects = [{name: value for name, value in one.items() if name != "records"} for one in found["objects"]]
        return objects, self.client.get("catalog").json(), self.changes(limit=1)

    def changes(self, **asked: Any) -> list[dict[str, Any]]:
        """The log of configuration, latest first."""
        query = "&".join(f"{name}={value}" for name, value in asked.items())
        return self.client.get(f"design/changes?{query}").json()["changes"]

    def object(self, key: str) -> dict[str, Any]:
        """One object as the designer shows it."""
        answer = self.client.get(f"design/objects/{key}")
        assert answer.status_code == 200, answer.content.decode()
        return answer.json()

    def catalog(self, key: str) -> dict[str, Any] | None:
        """One object as everybody's screens read it."""
        objects = self.client.get("catalog").json()["objects"]
        return next((one for one in objects if one["key"] == key), None)

    def fields(self, key: str) -> dict[str, dict[str, Any]]:
        """The fields of an object in the catalog, by their keys."""
        found = self.catalog(key)
        assert found is not None
        return {one["key"]: one for one in found["fields"]}

    def count(self, key: str, where: Any = None) -> int:
        """How many records there are."""
        answer = self.client.post(f"records/{key}/count", {"where": where})
        assert answer.status_code == 200, answer.content.decode()
        return answer.json()["count"]

    def project(self, **more: Any) -> dict[str, Any]:
        """An object with fields of several storage forms."""
        options = [
            {"key": key, "label": {"zh-CN": zh, "en": key}}
            for key, zh in (("new", "新建"), ("doing", "进行"), ("done", "完成"))
        ]
        return self.act(
            "create_object",
            label={"zh-CN": "项目", "en": "Project"},
            fields=[
                {"kind": "text", "key": "name", "label": {"zh-CN": "名称", "en": "Name"}, "required": True, "searchable": True},
                {"kind": "choice", "key": "phase", "label": {"zh-CN": "阶段", "en": "Phase"}, "settings": {"options": options}},
                {"kind": "money", "key": "budget", "label": {"zh-CN": "预算", "en": "Budget"}, "settings": {"currency": "CNY"}},
                {"kind": "date", "key": "starts_on", "label": {"zh-CN": "开始日期", "en": "Starts on"}},
                {"kind": "lookup", "key": "company", "label": {"zh-CN": "客户", "en": "Customer"},
                 "settings": {"target": "company", "reverse": "projects", "on_delete": "restrict"}},
                {"kind": "many_to_many", "key": "people", "label": {"zh-CN": "成员", "en": "People"}, "settings": {"target": "contact"}},
            ],
            **more,
        )  # fmt: skip
