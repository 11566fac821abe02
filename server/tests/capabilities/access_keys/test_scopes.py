"""What scopes say, as pure functions."""

import pytest

from guanxi.capabilities.access_keys.oauth.scopes import covers, parse, shortest, within


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("company:read", ("company", "read")),
        ("*:write", ("*", "write")),
        ("custom_2:read", ("custom_2", "read")),
        ("company", None),
        ("company:delete", None),
        ("Company:read", None),
        ("company:read ", None),
        ("**:read", None),
        ("", None),
        ("openid", None),
    ],
)
def test_a_scope_has_two_parts(text, parts):
    assert parse(text) == parts


@pytest.mark.parametrize(
    ("allowed", "wanted", "covered"),
    [
        (["company:read"], "company:read", True),
        (["company:write"], "company:read", True),
        (["company:read"], "company:write", False),
        (["*:read"], "company:read", True),
        (["*:write"], "company:read", True),
        (["*:read"], "company:write", False),
        (["company:write"], "*:read", False),
        (["company:write"], "contact:read", False),
        ([], "company:read", False),
        (["*:write"], "nonsense", False),
    ],
)
def test_more_covers_less(allowed, wanted, covered):
    assert covers(allowed, wanted) is covered


@pytest.mark.parametrize(
    ("scopes", "short"),
    [
        (["company:read", "company:write"], ["company:write"]),
        (["contact:read", "company:read", "*:read"], ["*:read"]),
        (["company:write", "*:read"], ["*:read", "company:write"]),
        (["b:read", "a:read", "b:read"], ["a:read", "b:read"]),
    ],
)
def test_what_is_said_twice_is_said_once(scopes, short):
    assert shortest(scopes) == short


@pytest.mark.parametrize(
    ("scopes", "allowed", "kept"),
    [
        (["company:write", "contact:read"], ["company:read"], ["company:read"]),
        (["*:write"], ["*:read"], ["*:read"]),
        (["*:read"], ["company:read"], []),
        (["company:read"], ["*:write"], ["company:read"]),
    ],
)
def test_what_is_no_longer_allowed_falls_away(scopes, allowed, kept):
    assert within(scopes, allowed) == kept
