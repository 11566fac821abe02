"""Uploading and fetching files: whose they are, what they are called, and what a browser may do with them."""

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse

from tests.support.clients import Client

pytestmark = pytest.mark.usefixtures("database")
CONTENT = b"%PDF-1.7 not much of a contract"


def _upload(client: Client, name: str = "合同.pdf", content: bytes = CONTENT, kind: str = "application/pdf"):
    sent = SimpleUploadedFile("x", content, kind)
    sent._name = name  # what a hostile client would send; Django cleans the name of its own accord
    return client.django.post(f"{client.base}/files", {"file": sent})


def _attached(client: Client, *files: dict) -> HttpResponse:
    return client.post("records/company", {"values": {"name": "客户", "attachments": list(files)}})


def _body(answer: HttpResponse) -> bytes:
    return b"".join(answer.streaming_content)


def test_what_is_uploaded_comes_back_under_its_own_name(client):
    salesperson = client("salesperson")

    sent = _upload(salesperson)
    file = sent.json()
    fetched = salesperson.get(f"files/{file['id']}")

    assert sent.status_code == 201
    assert (file["name"], file["size"], file["type"]) == ("合同.pdf", len(CONTENT), "application/pdf")
    assert _body(fetched) == CONTENT
    assert fetched["Content-Disposition"] == "attachment; filename*=utf-8''%E5%90%88%E5%90%8C.pdf"


class TestAccess:
    """A file opens to whoever uploaded it, and to whoever sees a record that refers to it."""

    def test_others_do_not_find_it(self, client):
        file = _upload(client("salesperson")).json()["id"]

        assert client("administrator").get(f"files/{file}").status_code == 404
        assert client("stranger").get(f"files/{file}").status_code == 404
        assert client(None).get(f"files/{file}").status_code == 401

    def test_it_opens_with_the_record_and_closes_with_it(self, client):
        salesperson, manager, other = client("salesperson"), client("manager"), client("other_salesperson")
        file = _upload(salesperson).json()
        record = _attached(salesperson, file).json()
        address = f"files/{file['id']}"

        assert _body(manager.get(address)) == CONTENT
        assert other.get(address).status_code == 404

        salesperson.patch(f"records/company/{record['id']}", {"values": {"attachments": []}})
        assert manager.get(address).status_code == 404

    def test_it_closes_when_the_record_is_deleted(self, client):
        salesperson = client("salesperson")
        file = _upload(salesperson).json()
        record = _attached(salesperson, file).json()

        salesperson.delete(f"records/company/{record['id']}")

        assert client("manager").get(f"files/{file['id']}").status_code == 404

    def test_naming_somebody_elses_file_does_not_open_it(self, client):
        file = _upload(client("salesperson")).json()
        thief = client("other_salesperson")

        answer = _attached(thief, file)

        assert (answer.status_code, answer.json()["fields"][0]["code"]) == (422, "files.unknown")
        assert thief.get(f"files/{file['id']}").status_code == 404

    def test_a_colleague_may_keep_what_the_record_holds_and_add_to_it(self, client):
        salesperson, manager = client("salesperson"), client("manager")
        first = _upload(salesperson).json()
        record = _attached(salesperson, first).json()
        second = _upload(manager, "报价.xlsx").json()

        answer = manager.patch(f"records/company/{record['id']}", {"values": {"attachments": [first, second]}})

        assert [file["name"] for file in answer.json()["attachments"]] == ["合同.pdf", "报价.xlsx"]
        assert _body(salesperson.get(f"files/{second['id']}")) == CONTENT

    def test_undo_brings_a_removed_file_back(self, client):
        salesperson, manager = client("salesperson"), client("manager")
        record = _attached(salesperson, _upload(salesperson).json()).json()["id"]
        manager.patch(f"records/company/{record}", {"values": {"attachments": None}})
        (latest, *_) = manager.get("change-sets?mine=1").json()["change_sets"]

        manager.post(f"change-sets/{latest['id']}/undo", {})

        assert len(manager.get(f"records/company/{record}").json()["attachments"]) == 1


class TestNamesAndTypes:
    """A name is only a name, and nothing that can run is ever shown."""

    @pytest.mark.parametrize(
        ("given", "kept"),
        [
            ("../../etc/passwd", "passwd"),
            ("..\\..\\boot.ini", "boot.ini"),
            ("/abs/olute.txt", "olute.txt"),
            ("..", "file"),
            ("a\x00b\r\nc.txt", "abc.txt"),
            ("invoice\u202efdp.exe", "invoicefdp.exe"),
            ("字" * 300 + ".docx", "字" * 250 + ".docx"),
        ],
    )
    def test_names_are_cut_to_what_a_person_would_read(self, given, kept):
        from guanxi.capabilities.files.routes import file_name

        assert file_name(given) == kept

    def test_a_name_cannot_add_headers(self, client):
        salesperson = client("salesperson")
        file = _upload(salesperson, 'a"\r\nSet-Cookie: x=1; b.txt').json()["id"]

        fetched = salesperson.get(f"files/{file}")

        assert "Set-Cookie" not in fetched.headers
        assert "\n" not in fetched["Content-Disposition"]

    @pytest.mark.parametrize("kind", ["text/html", "image/svg+xml", "application/xhtml+xml", "text/xml", "nonsense"])
    def test_what_could_run_is_only_saved(self, client, kind):
        salesperson = client("salesperson")
        file = _upload(salesperson, "page.html", b"<script>alert(1)</script>", kind).json()["id"]

        fetched = salesperson.get(f"files/{file}?inline=1")

        assert fetched["Content-Type"] == "application/octet-stream"
        assert fetched["Content-Disposition"].startswith("attachment")
        assert fetched["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in fetched["Content-Security-Policy"]

    def test_a_picture_may_be_shown_when_asked_for(self, client):
        salesperson = client("salesperson")
        file = _upload(salesperson, "photo.png", b"\x89PNG", "image/png").json()["id"]

        fetched = salesperson.get(f"files/{file}?inline=1")

        assert fetched["Content-Type"] == "image/png"
        assert fetched["Content-Disposition"].startswith("inline")

    def test_a_record_describes_a_file_as_it_is_not_as_the_writer_says(self, client):
        salesperson = client("salesperson")
        file = _upload(salesperson).json()

        record = _attached(salesperson, {**file, "name": "harmless.txt", "size": 1, "type": "text/html"}).json()

        assert record["attachments"] == [file]


class TestRefusals:
    """What is not a file, not there, or too large."""

    def test_nothing_sent(self, client):
        salesperson = client("salesperson")

        answer = salesperson.django.post(f"{salesperson.base}/files", {"file": "text"})

        assert (answer.status_code, answer.json()["code"]) == (400, "files.missing")

    @pytest.mark.parametrize(
        "address", ["files/01890000-0000-7000-8000-000000000000", "files/..%2F..%2Fetc%2Fpasswd", "files/1"]
    )
    def test_nothing_there(self, client, address):
        assert client("salesperson").get(address).status_code in {400, 404}

    def test_too_large(self, client, settings_of):
        settings_of(MAX_UPLOAD_BYTES=1024 * 1024)

        answer = _upload(client("salesperson"), content=b"x" * (1024 * 1024 + 1))

        assert (answer.status_code, answer.json()["code"]) == (429, "storage.too_large")
        assert "1" in answer.json()["detail"]

    def test_far_too_large_is_refused_before_it_is_read(self, client, settings_of):
        settings_of(MAX_UPLOAD_BYTES=1024)
        nobody = client(None)

        answer = nobody.django.post(f"{nobody.base}/files", {"file": SimpleUploadedFile("x", b"x" * 2 * 1024 * 1024)})

        assert (answer.status_code, answer.json()["code"]) == (429, "storage.too_large")

    def test_a_file_that_was_never_uploaded_cannot_be_attached(self, client):
        invented = {"id": str(uuid4()), "name": "x.pdf", "size": 1, "type": "application/pdf"}

        answer = _attached(client("salesperson"), invented)

        assert (answer.status_code, answer.json()["fields"][0]["field"]) == (422, "attachments")


@pytest.fixture
def settings_of():
    """A function that changes settings until the test ends."""
    from django.test import override_settings

    changed = []

    def change(**values):
        one = override_settings(**values)
        one.enable()
        changed.append(one)

    yield change
    for one in changed:
        one.disable()
