"""Which addresses an app can register, as a pure function; which are matched is in the attacks."""

import pytest

from guanxi.capabilities.access_keys.oauth.redirects import problem_of


@pytest.mark.parametrize(
    ("address", "problem"),
    [
        ("https://app.example.com/cb", None),
        ("https://app.example.com:8443/cb?source=guanxi", None),
        ("http://127.0.0.1/cb", None),
        ("http://127.0.0.1:8080/cb", None),
        ("http://[::1]:8080/cb", None),
        ("com.example.app:/cb", None),
        ("http://localhost/cb", "not_secure"),
        ("http://app.example.com/cb", "not_secure"),
        ("http://127.0.0.1.example.com/cb", "not_secure"),
        ("https://app.example.com/cb#x", "fragment"),
        ("https://app.example.com/cb#", "fragment"),
        ("https://user@app.example.com/cb", "user"),
        ("https://user:secret@app.example.com/cb", "user"),
        ("https:///cb", "unreadable"),
        ("https://app.example.com:port/cb", "unreadable"),
        ("https://app.example.com/a b", "unreadable"),
        ("https://app.example.com/\\evil", "unreadable"),
        ("https://*.example.com/cb", "unreadable"),
        ("", "unreadable"),
        ("https://app.example.com/" + "x" * 500, "unreadable"),
        ("javascript:alert(1)", "scheme"),
        ("data:text/html,x", "scheme"),
        ("myapp://cb", "scheme"),
        ("ftp://app.example.com/cb", "scheme"),
        ("/cb", "scheme"),
        ("app.example.com/cb", "scheme"),
    ],
)
def test_an_address_is_whole_and_leads_to_the_app_alone(address, problem):
    assert problem_of(address) == problem
