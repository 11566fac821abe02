"""Mailboxes: connected, read once and no more, whatever breaks in between; and who may see what comes in."""

from typing import Any
from uuid import UUID

import pytest
from django.test import override_settings

from guanxi.capabilities.mailbox import letters, reading, taking_in
from guanxi.infra.jobs.registry import jobs
from tests.capabilities.mailbox.conftest import Post
from tests.support import world
from tests.support.clients import Client
from tests.support.mail_server import PASSWORD, MailServer, mail


def id_of(name: str) -> str:
    """The member id of a person of the world."""
    return str(world.membership(name).member_id)


def test_a_mail_becomes_a_message_about_who_wrote_it(post: Post) -> None:
    sales = Client.signed_in_as("salesperson")
    contact = sales.make("contact", name="王芳", mail="wang@example.com")
    box = post.connect()
    assert post.read(box) == 0
    letter = mail("王芳 <Wang@Example.com>", "询价", "需要 100 台", Cc="li@example.com")
    letter.add_alternative(
        "<p>需要 <b>100</b> 台</p><script>alert(1)</script><img src='http://x/y.png'>", subtype="html"
    )
    letter.add_attachment(b"%PDF-1.4", maintype="application", subtype="pdf", filename="需求 清单.pdf")
    post.server.deliver(post.folder, letter)

    assert post.read(box) == 1
    (found,) = post.messages()
    assert (found["subject"], found["from_name"], found["from_address"]) == ("询价", "王芳", "wang@example.com")
    assert (found["direction"], found["is_automatic"], found["mailbox"]) == ("in", False, box)
    assert found["text"] == "需要 100 台"
    assert found["html"] == "<p>需要 <b>100</b> 台</p>"
    assert (found["about"]["object"], found["about"]["id"]) == ("contact", contact["id"])
    assert found["owner"]["id"] == id_of("salesperson")
    (file,) = found["attachments"]
    assert (file["name"], file["size"]) == ("需求 清单.pdf", 8)
    assert post.told()["received"] == 1
    assert post.told()["problem"] is None

    # Whoever may not see the contact sees neither the message nor its file.
    assert sales.get(f"records/message/{found['id']}").status_code == 200
    assert b"".join(sales.get(f"files/{file['id']}").streaming_content) == b"%PDF-1.4"
    for name in ("colleague", "other_salesperson"):
        other = Client.signed_in_as(name)
        assert other.get(f"records/message/{found['id']}").status_code == 404
        assert other.get(f"files/{file['id']}").status_code == 404
        assert other.post("records/message/count", {}).json()["count"] == 0
    assert Client.signed_in_as("manager").get(f"records/message/{found['id']}").status_code == 200

    # What was written stays as it was written; whose it is may change; and nobody makes a message up.
    changed = {"values": {"text": "需要 1 台"}, "rev": found["rev"]}
    assert post.admin.patch(f"records/message/{found['id']}", changed).status_code == 422
    for somebody in (sales, post.admin):
        made = somebody.post("records/message", {"values": {"about": {"object": "contact", "id": contact["id"]}}})
        assert made.status_code == 403
    assert made.json()["code"] == "mailbox.not_made_by_hand"
    (rights,) = [one["rights"] for one in sales.get("catalog").json()["objects"] if one["key"] == "message"]
    assert not rights["create"]
    given = {"values": {"owner": id_of("colleague")}, "rev": found["rev"]}
    assert post.admin.patch(f"records/message/{found['id']}", given).status_code == 200
    assert len(post.messages()) == 1


def test_each_mail_is_taken_in_once_whatever_ends_in_between(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    box = post.connect()
    post.read(box)
    post.server.deliver(post.folder, *(mail("a@example.com", f"第 {n} 封") for n in range(6)))
    written, dies = taking_in.writes.create, [2]

    def create(*args: Any, **kwargs: Any) -> Any:
        made = written(*args, **kwargs)
        dies[0] -= 1
        if dies[0] == 0:
            raise KeyboardInterrupt  # after the row was written, before anything is committed
        return made

    monkeypatch.setattr(taking_in.writes, "create", create)
    for dies[0] in (2, 1, 3):
        with pytest.raises(KeyboardInterrupt):
            post.read(box)
    monkeypatch.undo()
    fetched = []
    fetch = reading.imap.Session.fetch
    monkeypatch.setattr(reading.imap.Session, "fetch", lambda self, uid: fetched.append(uid) or fetch(self, uid))
    post.read(box)
    assert [one["subject"] for one in post.messages()] == [f"第 {n} 封" for n in range(6)]
    assert len(fetched) == 3
    assert post.read(box) == 0
    assert len(post.messages()) == post.told()["received"] == 6


def test_mails_that_have_other_numbers_are_known_again(database: None) -> None:
    server = MailServer().start()
    try:
        with override_settings(OUTBOUND_LOOPBACK=True):
            post = Post(server, "again")
            box = post.connect(days=3)
            old = [mail("a@example.com", f"旧 {n}") for n in range(3)]
            nameless = b"From: b@example.com\r\nSubject: =?utf-8?q?no_id?=\r\n\r\nx"
            server.deliver(post.folder, *old, nameless)
            assert post.read(box) == 4
            server.stop()
            server.start()
            server.folder(post.folder)
            server.deliver(post.folder, mail("a@example.com", "新"), nameless, *reversed(old))
            assert post.read(box) == 1
            assert post.read(box) == 0
            assert sorted(one["subject"] for one in post.messages()) == sorted(["旧 0", "旧 1", "旧 2", "no id", "新"])
    finally:
        server.stop()


def test_a_mail_that_cannot_be_read_holds_up_no_other(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    box = post.connect()
    post.read(box)
    post.server.deliver(post.folder, *(mail("a@example.com", f"{n}") for n in range(3)))
    read = letters.read

    def broken(raw: bytes, *args: Any, **kwargs: Any) -> Any:
        if b"Subject: 1" in raw:
            raise RecursionError("too deep")
        return read(raw, *args, **kwargs)

    monkeypatch.setattr(letters, "read", broken)
    assert post.read(box) == 2
    assert [one["subject"] for one in post.messages()] == ["0", "2"]
    assert (post.told()["unreadable"], post.told()["problem"]) == (1, None)
    assert post.read(box) == 0


def test_answers_belong_to_the_thread_and_to_what_it_is_about(post: Post) -> None:
    lead = Client.signed_in_as("salesperson").make("lead", name="李雷", mail="li@example.com")
    box = post.connect(owner=id_of("manager"))
    post.read(box)
    post.server.deliver(
        post.folder,
        mail("li@example.com", "报价", Message_ID="<one@x>"),
        mail("李雷的同事 <zhou@example.com>", "回复：报价", Message_ID="<two@x>", In_Reply_To="<one@x>"),
        mail("salesperson@example.com", "Re: 报价", Message_ID="<three@x>", References="<one@x> <two@x>"),
        mail("nobody@example.com", "别的事", Message_ID="<four@x>"),
        mail("list@example.com", "周刊", Message_ID="<five@x>", List_Id="<news.example.com>"),
    )
    assert post.read(box) == 5
    one, two, three, four, five = post.messages()
    assert [message["thread"] for message in (one, two, three)] == ["<one@x>"] * 3
    assert {message["about"]["id"] for message in (one, two, three)} == {lead["id"]}
    assert (three["direction"], three["owner"]["id"]) == ("out", id_of("salesperson"))
    assert (four["about"], four["thread"], four["owner"]["id"]) == (None, "<four@x>", id_of("manager"))
    assert (four["is_automatic"], five["is_automatic"]) == (False, True)


def test_what_is_wrong_is_told_with_what_to_do(post: Post) -> None:
    wrong = post.place(password="guessed")
    tried = post.act("try-mailbox", **wrong)
    assert (tried.status_code, tried.json()["code"]) == (422, "mailbox.not_let_in")
    assert "授权码" in tried.json()["detail"]
    assert post.act("try-mailbox", **post.place(folder="没有")).json()["code"] == "mailbox.no_folder"
    assert post.act("try-mailbox", **post.place(port=1)).json()["code"] == "outbound.no_answer"
    assert post.act("try-mailbox", **post.place(security="tls")).json()["code"] == "mailbox.no_answer"
    tried = post.act("try-mailbox", **post.place())
    assert tried.json()["result"] == {"folder": post.folder, "recent": 0}
    assert post.admin.get("mailboxes").json()["mailboxes"] == []

    box = post.connect(password="guessed")
    assert post.read(box) == 0
    assert post.told()["problem"]["code"] == "mailbox.not_let_in"
    first = post.told()["next_at"]
    post.read(box)
    assert post.told()["next_at"] > first  # less and less often
    assert post.act("save-mailbox", mailbox=box, name="销售邮箱", **post.place()).status_code == 200
    post.read(box)
    assert (post.told()["problem"], post.told()["read_at"] is not None) == (None, True)

    paused = post.act("switch-mailbox", mailbox=box, active=False).json()["result"]["mailboxes"]
    assert paused[0]["active"] is False
    post.server.deliver(post.folder, mail("a@example.com", "停"))
    assert post.read(box) == 0
    post.act("switch-mailbox", mailbox=box, active=True)
    assert post.read(box) == 1
    assert post.act("remove-mailbox", mailbox=box).json()["result"]["mailboxes"] == []
    assert post.read(box) == 0
    assert len(post.messages()) == 1
    jobs()["mailbox.read"].handler({"workspace": world.workspace().id, "mailbox": box})


def test_a_password_is_for_one_place_and_never_told(post: Post) -> None:
    box = post.connect()
    same = {"name": "别名", **post.place()}
    del same["password"]
    assert post.act("save-mailbox", mailbox=box, **same).status_code == 200
    assert post.act("try-mailbox", mailbox=box, **{k: v for k, v in same.items() if k != "name"}).status_code == 200
    for moved in ({"host": "mail.example.com"}, {"user": "other"}, {"port": 994}):
        for verb, more in (("save-mailbox", {"name": "别名"}), ("try-mailbox", {})):
            asked = {k: v for k, v in same.items() if k != "name"} | moved | more
            refused = post.act(verb, mailbox=box, **asked)
            assert (refused.status_code, refused.json()["fields"][0]["code"]) == (422, "mailbox.password_needed")
    assert post.told()["host"] == "127.0.0.1"
    assert PASSWORD not in post.admin.get("mailboxes").content.decode()
    assert PASSWORD not in post.admin.get("audit").content.decode()
    assert "mailbox_saved" in post.admin.get("audit").content.decode()


def test_neither_the_own_network_nor_an_open_line_is_used_outside_of_development(post: Post) -> None:
    with override_settings(OUTBOUND_LOOPBACK=False):
        refused = post.act("try-mailbox", **post.place())
        assert refused.json()["fields"][0]["code"] == "mailbox.not_encrypted"
        for host in ("127.0.0.1", "localhost", "10.1.2.3", "169.254.169.254", "[::1]", "::1"):
            refused = post.act("try-mailbox", **post.place(host=host, security="tls"))
            assert refused.status_code == 422
            code = refused.json()["code"]
            assert code in ("outbound.internal", "outbound.unknown_host", "request.invalid", "records.invalid"), code
        box = post.connect(security="tls")
        post.read(box)
        assert post.told()["problem"]["code"] == "outbound.internal"


def test_mailboxes_are_for_those_who_shape_the_workspace(post: Post) -> None:
    box = post.connect()
    for name in ("manager", "salesperson", "read_only"):
        other = Client.signed_in_as(name)
        assert other.get("mailboxes").status_code == 403
        for verb, params in (
            ("save-mailbox", {"name": "x", **post.place()}), ("try-mailbox", post.place()),
            ("switch-mailbox", {"mailbox": box, "active": False}), ("read-mailbox", {"mailbox": box}),
            ("remove-mailbox", {"mailbox": box}),
        ):  # fmt: skip
            assert other.post(f"actions/mailbox/{verb}", {"params": params}).status_code == 403
    assert post.told()["active"] is True
    assert UUID(box)
