"""Mails as they come: charsets that are not what they say, broken MIME, too much of everything."""

from datetime import UTC, datetime, timedelta
from email.message import EmailMessage

import pytest

from guanxi.capabilities.mailbox.imap import _utf7
from guanxi.capabilities.mailbox.letters import MOST_FILES, TEXT_LENGTH, Letter, read

NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)
TEXT = "镕基先生，请报价：㐂喆玥"


def letter(raw: bytes) -> Letter:
    """The mail as it is understood."""
    return read(raw, NOW)


def mime(body: bytes, charset: str | None, *, encoding: str = "8bit") -> bytes:
    """A mail of one part."""
    kind = "text/plain" + (f"; charset={charset}" if charset else "")
    head = f"From: a@example.com\r\nContent-Type: {kind}\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n"
    return head.encode() + body


@pytest.mark.parametrize(
    ("body", "charset"),
    [
        (TEXT.encode("gb18030"), "gb2312"),
        (TEXT.encode("gb18030"), "GBK"),
        (TEXT.encode("gb18030"), "gb18030"),
        (TEXT.encode("gb18030"), None),
        (TEXT.encode("gb18030"), "us-ascii"),
        (TEXT.encode("gb18030"), "no-such-charset"),
        (TEXT.encode(), "utf-8"),
        (TEXT.encode(), '"UTF-8"'),
        (TEXT.encode(), None),
        (TEXT.encode(), "unknown-8bit"),
    ],
)
def test_chinese_text_is_read_in_whatever_charset(body: bytes, charset: str | None) -> None:
    assert letter(mime(body, charset)).text == TEXT


def test_headers_in_every_way_that_programs_write_them() -> None:
    raw = (
        b"From: \xd5\xc5\xc8\xfd <Zhang@Example.COM>\r\n"  # GBK as it is
        b"To: =?gb2312?B?zfW3vA==?= <w@example.com>, plain@example.com\r\n"
        b"Subject: =?gb2312?B?1sPKwtI=?=\r\n =?gb2312?B?ttQ=?= x\r\n\r\n"
    )
    found = letter(raw)
    assert found.sender == ("张三", "zhang@example.com")
    assert found.to == [("王芳", "w@example.com"), ("plain", "plain@example.com")]
    assert "\n" not in found.subject


def test_letters_cut_in_two_by_encoded_words_are_put_together() -> None:
    import base64

    raw = "询价单编号".encode("gb18030")
    words = b"\r\n ".join(b"=?gb18030?B?" + base64.b64encode(part) + b"?=" for part in (raw[:3], raw[3:7], raw[7:]))
    assert letter(b"Subject: " + words + b"\r\n\r\n").subject == "询价单编号"


def test_html_alone_has_words_and_its_subject() -> None:
    made = EmailMessage()
    made["From"] = "Ann <ann@example.com>"
    made.set_content("<style>p {color: red}</style><p>第一行<br>second&nbsp;&amp; third</p>", subtype="html")
    found = letter(made.as_bytes())
    assert found.text == "第一行\nsecond & third"
    assert found.subject == "第一行"
    assert found.html is not None


def test_files_within_mails_are_named_and_counted() -> None:
    inner = EmailMessage()
    inner["Subject"] = "内"
    inner.set_content("x")
    made = EmailMessage()
    made.set_content("见附件")
    made.add_attachment(inner)
    for number in range(MOST_FILES + 3):
        made.add_attachment(b"x", maintype="image", subtype="png", filename=f"图{number}.png")
    found = letter(made.as_bytes())
    assert found.text == "见附件"
    assert len(found.files) == MOST_FILES
    assert found.files[0].type == "message/rfc822"
    assert b"Subject" in found.files[0].content
    assert len(found.left_out) == 4


def test_a_name_in_gbk_without_any_encoding() -> None:
    raw = (
        b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nhi\r\n--b\r\n"
        b'Content-Disposition: attachment; filename="\xb1\xa8\xbc\xdb.xls"\r\n'
        b"Content-Transfer-Encoding: base64\r\n\r\nAAAA\r\n--b--\r\n"
    )
    found = letter(raw)
    assert [(one.name, one.content) for one in found.files] == [("报价.xls", b"\0\0\0")]


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\r\n\r\n",
        b"\x00\xff\xfe\x80" * 100,
        b"Content-Type: multipart/mixed\r\n\r\nno boundary",
        b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/html; charset=\xff\r\n\r\n<p>half",
        b"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!not base64 =",
        b"From: <<<>>>,,,@@\r\nDate: yesterday\r\nMessage-ID: none\r\nSubject: =?x?y?z?=\r\n\r\n",
        b"Subject: =?utf-8?B?!!!?= =?gb2312?Q?=ZZ?=\r\nTo: a@b, =?bad\r\n\r\nx",
        b"Content-Disposition: attachment; filename*=utf-8''%FF%FE; filename*0*=x\r\n\r\nx",
        b"Date: Mon, 99 Foo 99999 99:99:99 +9999\r\n\r\nx",
        b"Content-Type: text/plain; charset=utf-16\r\n\r\nodd",
    ],
)
def test_nothing_that_arrives_cannot_be_read(raw: bytes) -> None:
    found = letter(raw)
    assert found.key
    assert found.sent_at == NOW
    assert "\x00" not in found.text + found.subject + found.sender[0]


def test_a_date_far_ahead_is_not_believed() -> None:
    def sent(when: datetime) -> datetime:
        return letter(f"Date: {when:%a, %d %b %Y %H:%M:%S +0000}\r\n\r\n".encode()).sent_at

    assert sent(NOW - timedelta(days=400)) == NOW - timedelta(days=400)
    assert sent(NOW + timedelta(days=30)) == NOW
    assert letter(b"Date: Sun, 22 Nov 2026 10:00:00 +0800\r\n\r\n").sent_at == datetime(2026, 11, 22, 2, tzinfo=UTC)


def test_long_text_is_cut_and_said_to_be() -> None:
    found = letter(mime("长".encode() * (TEXT_LENGTH + 10), "utf-8"))
    assert len(found.text) == TEXT_LENGTH
    assert "text" in found.left_out
    assert read(b"Subject: x\r\n\r\n", NOW, whole=False).left_out == ["…"]


def test_nobody_wrote_bounces_answers_of_machines_and_mailings() -> None:
    for header in (
        "Auto-Submitted: auto-replied", "Precedence: bulk", "List-Id: <x>", "List-Unsubscribe: <x>", "Return-Path: <>",
        "Content-Type: multipart/report; boundary=b",
    ):  # fmt: skip
        assert letter(f"{header}\r\n\r\n".encode()).is_automatic, header
    assert not letter(b"Auto-Submitted: no\r\nReturn-Path: <a@b>\r\n\r\n").is_automatic


def test_folders_are_named_as_the_protocol_has_them() -> None:
    assert [_utf7(one) for one in ("INBOX", "已发送", "A&B")] == ["INBOX", "&XfJT0ZAB-", "A&-B"]
