"""What is wrong with an action's parameters is told in our own sentences, in the caller's language."""

import pytest

pytestmark = pytest.mark.usefixtures("database")
INVITED = {"email": "x@example.com", "name": "x", "roles": ["salesperson"]}


@pytest.mark.parametrize(
    ("params", "field", "code"),
    [
        ({"email": "x@example.com", "roles": ["salesperson"]}, "name", "fields.required"),
        ({**INVITED, "name": 5}, "name", "actions.not_text"),
        ({**INVITED, "department": "here"}, "department", "actions.not_an_id"),
        ({**INVITED, "roles": 7}, "roles", "actions.not_a_list"),
    ],
)
def test_a_wrong_parameter_is_told_in_our_words(client, params, field, code):
    answer = client("administrator").post("actions/identity/invite-member", {"params": params}, Accept_Language="zh-CN")

    assert answer.status_code == 422
    (told,) = answer.json()["fields"]
    assert (told["field"], told["code"]) == (field, code)
    assert not any("a" <= letter <= "z" for letter in told["message"].replace("id", ""))
