"""Mail and web addresses in one normal form."""

import pytest

from guanxi.kit import links


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("Zhang.Wei@Example.COM ", "zhang.wei@example.com"),
        ("mailto:a@b.cn", "a@b.cn"),
        ("ｗａｎｇ＠ｑｑ．ｃｏｍ", "wang@qq.com"),
        ("用户@例子.中国", "用户@例子.中国"),
    ],
)
def test_mail(text, address):
    assert links.mail(text) == address
    assert links.mail(address) == address


@pytest.mark.parametrize("text", ["", "a", "a@b", "a b@c.cn", "a@b..cn", "a@@b.cn", "<a@b.cn>", "a@b.cn,c@d.cn"])
def test_no_mail(text):
    with pytest.raises(links.BadMail):
        links.mail(text)


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("WWW.Example.com", "https://www.example.com"),
        ("http://a.cn/", "http://a.cn"),
        ("HTTPS://A.cn/Path?Q=1#f", "https://a.cn/Path?Q=1#f"),
        ("中文.中国/路径", "https://中文.中国/路径"),
        ("localhost:8080/x", "https://localhost:8080/x"),
    ],
)
def test_url(text, address):
    assert links.url(text) == address
    assert links.url(address) == address


@pytest.mark.parametrize(
    "text", ["", "javascript:alert(1)", "javascript://x.cn/%0aalert(1)", "ftp://a.cn", "http://a b.cn"]
)
def test_no_url(text):
    with pytest.raises(links.BadUrl):
        links.url(text)
