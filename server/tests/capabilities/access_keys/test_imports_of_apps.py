"""Imports and files of an app: those of objects that it was allowed, and no others of its member."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from guanxi.app.areas import registry
from guanxi.engine.transfer.imports import service
from guanxi.infra.jobs.registry import jobs
from tests.capabilities.access_keys.conftest import Program
from tests.support.clients import Client

pytestmark = pytest.mark.usefixtures("database")
SCOPES = ["company:write", "contact:write"]


@pytest.fixture
def queued(monkeypatch):
    """Jobs that were queued, instead of a worker."""
    registry()
    found = []
    monkeypatch.setattr(service, "enqueue", lambda name, payload: found.append((name, payload)))
    return found


@pytest.fixture
def caller(register):
    """A function from scopes to a program of the administrator that was allowed them."""
    app = register(scopes=SCOPES)
    return lambda scope: Program(app.tokens_of("administrator", scope=scope)["access_token"])


def prepared(client: Client, object_key: str) -> str:
    """The path of an import of one row that is ready to run."""
    made = uploaded(client, "imports", object=object_key)
    assert made.status_code == 201, made.content
    path = f"imports/{made.json()['id']}"
    mapping = {"mapping": client.get(f"{path}/preview").json()["proposal"], "mode": "create"}
    assert client.put(f"{path}/mapping", mapping).status_code == 200
    return path


def uploaded(client: Client, path: str, **form: str):
    """The answer to a form with a file."""
    file = SimpleUploadedFile("list.csv", "名称,姓名\n华信,王芳\n".encode())
    return client.django.post(f"{client.base}/{path}", {"file": file, **form})


def test_imports_of_other_objects_are_not_there_for_an_app(caller, queued):
    path = prepared(Client.signed_in_as("administrator"), "contact")
    app = caller("company:read")

    assert app.get("imports").json() == {"rows": []}
    for told in ("", "/errors", "/errors.csv", "/preview"):
        assert app.get(path + told).status_code == 404
    for step in ("dry-run", "run", "cancel", "undo"):
        assert app.post(f"{path}/{step}", {}).status_code == 404
    assert queued == []


def test_an_app_that_may_read_sees_an_import_and_takes_no_step(caller, queued):
    path = prepared(Client.signed_in_as("administrator"), "company")
    app = caller("company:read")

    assert [one["id"] for one in app.get("imports").json()["rows"]] == [path.partition("/")[2]]
    assert app.get(path).status_code == 200
    steps = [app.post(f"{path}/{step}", {}) for step in ("dry-run", "run", "cancel", "undo")]
    steps.append(app.put(f"{path}/mapping", {"mapping": []}))
    assert {(one.status_code, one.json()["code"]) for one in steps} == {(403, "transfer.scope_needed")}
    assert queued == []


def test_the_job_has_the_scopes_of_the_app_that_began_it(caller, queued):
    app = caller("company:write")
    path = prepared(app, "company")

    assert app.post(f"{path}/run").status_code == 202

    ((name, payload),) = queued
    assert (payload["scopes"], payload["key"]) == (["company:write"], "报表助手")
    jobs()[name].handler(payload)
    assert app.get(path).json()["state"] == "done"
    changed = Client.signed_in_as("administrator").get(f"audit?kinds=change&key_id={payload['key_id']}").json()["items"]
    assert [(one["key"], one["via"]) for one in changed] == [(payload["key"], "import")]


def test_a_job_within_other_scopes_writes_nothing(caller, queued):
    me = Client.signed_in_as("administrator")
    path = prepared(me, "company")
    assert me.post(f"{path}/run").status_code == 202
    ((name, payload),) = queued

    jobs()[name].handler({**payload, "scopes": ["company:read"]})

    answer = me.get(path).json()
    assert (answer["state"], answer["error"]["code"]) == ("failed", "transfer.import_not_allowed")


def test_the_undo_of_an_import_has_the_scopes_of_the_app_that_began_it(caller, queued):
    app = caller("company:write")
    path = prepared(app, "company")
    app.post(f"{path}/run")
    name, payload = queued.pop()
    jobs()[name].handler(payload)

    assert app.post(f"{path}/undo", {}).status_code == 200

    ((name, payload),) = queued
    assert payload["scopes"] == ["company:write"]
    jobs()[name].handler(payload)
    assert app.get(path).json()["state"] == "undone"


def test_files_are_for_apps_that_may_write_something(caller):
    refused = uploaded(caller("company:read contact:read"), "files")

    assert (refused.status_code, refused.json()["code"]) == (403, "files.scope_needed")
    assert uploaded(caller("company:read contact:write"), "files").status_code == 201
