"""An import driven over HTTP, its jobs run at once in the test's own thread."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.support.clients import Client

DATA = Path(__file__).parents[2] / "data"


class Importer:
    """One person's imports: every method answers what the API answered, and fails loudly on a refusal."""

    def __init__(self, client: Client, queued: list[tuple[str, dict[str, Any]]]) -> None:
        self.client = client
        self.queued = queued

    def upload(self, object_key: str, content: bytes | Path, name: str = "list.csv") -> dict[str, Any]:
        """A new import."""
        if isinstance(content, Path):
            name, content = content.name, content.read_bytes()
        response = self.client.django.post(
            f"{self.client.base}/imports", {"file": SimpleUploadedFile(name, content), "object": object_key}
        )
        assert response.status_code == 201, response.content.decode()
        return response.json()

    def preview(self, id_: str, **reading: str) -> dict[str, Any]:
        """The columns and the proposal."""
        query = "&".join(f"{key}={value}" for key, value in reading.items())
        return _ok(self.client.get(f"imports/{id_}/preview?{query}"))

    def map(self, id_: str, mapping: list[dict[str, Any]], **settings: Any) -> dict[str, Any]:
        """Decide the mapping."""
        return _ok(self.client.put(f"imports/{id_}/mapping", {"mapping": mapping, **settings}))

    def rehearse(self, id_: str) -> dict[str, Any]:
        """A dry run, to its end."""
        _ok(self.client.post(f"imports/{id_}/dry-run"))
        return self.after_jobs(id_)

    def run(self, id_: str) -> dict[str, Any]:
        """The import, to its end."""
        _ok(self.client.post(f"imports/{id_}/run"))
        return self.after_jobs(id_)

    def undo(self, id_: str, **options: bool) -> dict[str, Any]:
        """The undo, to its end."""
        _ok(self.client.post(f"imports/{id_}/undo", options))
        return self.after_jobs(id_)

    def after_jobs(self, id_: str) -> dict[str, Any]:
        """The import as it stands when everything queued is done."""
        from guanxi.infra.jobs.registry import jobs

        while self.queued:
            name, payload = self.queued.pop(0)
            jobs()[name].handler(payload)
        return _ok(self.client.get(f"imports/{id_}"))

    def proposed(self, object_key: str, content: bytes | Path, changes: dict[str, Any] | None = None, **settings: Any):
        """Upload, take the proposed mapping with some columns changed, and run: the finished import.

        A change is an entry without its column, or None to leave the column out.
        """
        one = self.upload(object_key, content)
        found = self.preview(one["id"])
        changes = changes or {}
        mapping = [
            {**entry, **changes[entry["column"]]} if changes.get(entry.get("column")) else entry
            for entry in found["proposal"]
            if changes.get(entry.get("column"), entry) is not None
        ]
        self.map(one["id"], mapping, **({"match": found["match"]} | settings))
        return self.run(one["id"])

    def count(self, object_key: str, where: Any = None) -> int:
        """How many records there are."""
        return _ok(self.client.post(f"records/{object_key}/count", {"where": where}))["count"]

    def rows(self, object_key: str, *select: str, where: Any = None, limit: int = 200) -> list[dict[str, Any]]:
        """Records, in the order of their titles."""
        body = {"select": list(select), "where": where, "limit": limit}
        return _ok(self.client.post(f"records/{object_key}/query", body))["rows"]


def _ok(response) -> dict[str, Any]:
    assert response.status_code < 300, response.content.decode()
    return response.json()


@pytest.fixture
def queued(monkeypatch) -> list[tuple[str, dict[str, Any]]]:
    """Jobs that were queued, instead of a worker."""
    found: list[tuple[str, dict[str, Any]]] = []
    from guanxi.engine.transfer.imports import service

    monkeypatch.setattr(service, "enqueue", lambda name, payload: found.append((name, payload)))
    return found


@pytest.fixture
def importer(client, queued) -> Callable[[str], Importer]:
    """A function from the name of a person of the world to that person's imports."""
    from guanxi.app.areas import registry

    registry()
    return lambda name: Importer(client(name), queued)
