"""Mail: the address of the server, the outbox of development."""

import pytest
from django.core import mail
from django.test import Client as DjangoClient
from django.test import override_settings

from guanxi.infra.mail.address import OUTBOX, SMTP, mail_settings
from guanxi.infra.models import OutboxMail


@pytest.mark.parametrize(
    ("url", "port", "tls", "ssl"),
    [
        ("smtp://mail.example", 25, False, False),
        ("smtp+starttls://mail.example", 587, True, False),
        ("smtps://mail.example:1465", 1465, False, True),
    ],
)
def test_one_address_says_how_mail_is_sent(url, port, tls, ssl):
    settings = mail_settings({"EMAIL_URL": url, "GUANXI_MAIL_FROM": "CRM <crm@example.com>"})

    assert settings["EMAIL_BACKEND"] == SMTP
    assert (settings["EMAIL_HOST"], settings["EMAIL_PORT"]) == ("mail.example", port)
    assert (settings["EMAIL_USE_TLS"], settings["EMAIL_USE_SSL"]) == (tls, ssl)
    assert settings["DEFAULT_FROM_EMAIL"] == "CRM <crm@example.com>"


def test_without_a_mail_server_mail_is_kept():
    assert mail_settings({})["EMAIL_BACKEND"] == OUTBOX


def test_an_unknown_way_of_sending_is_refused():
    with pytest.raises(ValueError, match="EMAIL_URL must begin with"):
        mail_settings({"EMAIL_URL": "http://mail.example"})


def test_kept_mail_is_read_in_the_browser_of_a_developer_only(empty_database):
    with override_settings(EMAIL_BACKEND=OUTBOX):
        mail.send_mail("邀请", "打开 https://crm.example/join/abc", "crm@example.com", ["li@example.com"])

    shown = DjangoClient().get("/dev/outbox", headers={"Accept-Language": "en"}).content.decode()
    with override_settings(DEVELOPMENT=False):
        hidden = DjangoClient().get("/dev/outbox")

    assert OutboxMail.objects.get().recipients == ["li@example.com"]
    assert "邀请" in shown
    assert 'href="https://crm.example/join/abc"' in shown
    assert hidden.status_code == 404
    assert "abc" not in hidden.content.decode()
