"""Comments with files, which open to whoever sees the approval."""

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.capabilities.approvals.desk import Desk, node
from tests.capabilities.flows.conftest import Automation
from tests.support.clients import Client


def upload(client: Client) -> str:
    file = SimpleUploadedFile("合同.txt", b"terms", "text/plain")
    answer = client.django.post(f"{client.base}/files", {"file": file})
    assert answer.status_code == 201, answer.content
    return answer.json()["id"]


def test_a_file_goes_with_the_comment_to_whoever_sees_the_approval(automation: Automation) -> None:
    desk = Desk(automation, node("boss", "manager"))
    approval = desk.submit()
    manager, stranger = Client.signed_in_as("manager"), Client.signed_in_as("other_salesperson")
    mine, other = upload(desk.sales), upload(desk.sales)
    assert manager.get(f"files/{mine}").status_code == 404
    for file in (mine, other):
        said = {"params": {"approval": approval, "comment": "见附件", "files": [file]}}
        assert desk.sales.post("actions/approvals/comment", said).status_code == 200
    told = [one["more"]["files"] for one in desk.of("manager", approval)["notes"] if one["kind"] == "comment"]
    assert [[file["id"] for file in files] for files in told] == [[mine], [other]]
    assert [manager.get(f"files/{one}").status_code for one in (mine, other)] == [200, 200]
    assert stranger.get(f"files/{mine}").status_code == 404


def test_a_file_of_somebody_else_is_not_opened_by_naming_it(automation: Automation) -> None:
    desk = Desk(automation, node("boss", "manager"))
    approval = desk.submit()
    theirs = upload(Client.signed_in_as("other_salesperson"))
    said = {"params": {"approval": approval, "comment": "?", "files": [theirs]}}
    assert desk.sales.post("actions/approvals/comment", said).status_code == 404
    assert desk.sales.get(f"files/{theirs}").status_code == 404
    assert [one["kind"] for one in desk.of("salesperson", approval)["notes"]] == ["start"]
