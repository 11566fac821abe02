"""Trying a provider: what it says, what would come of it, and every mistake told to who can mend it."""

import pytest

from guanxi.capabilities.identity.models import Account
from guanxi.capabilities.single_sign_on.models import Identity
from tests.capabilities.single_sign_on.conftest import ANN, begins, comes_back, member, role, save
from tests.support import world
from tests.support.clients import Client

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def tries(provider):
    """A function that tries a provider as a person of the directory; what is told of it."""

    def go(made, email=ANN, language="en"):
        administrator = Client.signed_in_as("administrator")
        address = administrator.post(f"single-sign-on/{made['id']}/try").json()["redirect"]
        answer = comes_back(administrator, provider.signs_in(address, email))
        assert answer["Location"] == f"/w/acme/settings/single-sign-on?tried={made['id']}"
        return administrator.get("single-sign-on/tried", Accept_Language=language).json()["tried"]

    return go


def changed(made, **params):
    """The provider after a change."""
    kept = {key: made[key] for key in ("name", "protocol", "issuer", "client_id", "default_role", "is_active")}
    answer = save(**{**kept, "provider": made["id"], **params})
    assert answer.status_code == 200, answer.content
    return answer.json()["result"]


def test_somebody_new_would_become_a_member_with_the_mapped_role(set_up, provider, tries):
    provider.knows(ANN, name="安娜", groups=["crm-managers"])
    made = set_up(roles_claim="groups", role_map=[{"value": "crm-managers", "role": role("manager")}])

    told = tries(made)

    assert (told["outcome"], told["member"], told["problem"], told["sentence"]) == ("made", "安娜", None, None)
    assert told["holds"] == [role("manager")]
    assert member(ANN) is None
    assert not Account.objects.filter(email=ANN).exists()


def test_somebody_new_would_get_the_default_role_without_a_mapped_one(set_up, provider, tries):
    provider.knows(ANN, groups=["others"])

    told = tries(set_up(roles_claim="groups", role_map=[{"value": "crm-managers", "role": role("manager")}]))

    assert (told["roles"], told["holds"]) == ([], [role("salesperson")])


def test_a_stranger_would_be_refused_where_nobody_is_made(set_up, provider, tries):
    provider.knows(ANN)

    told = tries(set_up(makes_members=False))

    assert (told["outcome"], told["problem"]) == ("refused", "single_sign_on.not_a_member")
    assert told["sentence"] == "You are not a member of this workspace. Ask your administrator for an invitation."


def test_a_member_would_keep_their_own_roles_and_follow_the_map(set_up, provider, tries):
    email = world.email("salesperson")
    provider.knows(email, groups=["crm-managers"])

    told = tries(set_up(roles_claim="groups", role_map=[{"value": "crm-managers", "role": role("manager")}]), email)

    assert (told["outcome"], told["member"]) == ("member", "salesperson")
    assert set(told["holds"]) == {role("manager"), role("salesperson")}
    assert member(email)["roles"] == [{"id": role("salesperson"), "title": member(email)["roles"][0]["title"]}]
    assert not Identity.objects.exists()


def test_somebody_who_was_invited_would_join(set_up, provider, tries):
    provider.knows(ANN)
    made = set_up()
    Client.signed_in_as("administrator").make("member", name="安娜", email=ANN, roles=[role("read_only")])

    told = tries(made)

    assert (told["outcome"], told["member"], told["holds"]) == ("joins", "安娜", [role("read_only")])
    assert not Account.objects.filter(email=ANN).exists()


def test_somebody_who_left_would_be_refused(set_up, provider, tries):
    provider.knows(world.email("colleague"))
    made = set_up()
    left = world.membership("colleague").member_id
    answer = Client.signed_in_as("administrator").post(
        "actions/identity/deactivate-member", {"params": {"member": str(left)}}
    )
    assert answer.status_code == 200, answer.content

    told = tries(made, world.email("colleague"))

    assert (told["outcome"], told["problem"]) == ("refused", "single_sign_on.left")


def test_a_wrong_secret_is_told_where_it_was_tried(set_up, provider, tries):
    provider.knows(ANN)
    made = changed(set_up(), secret="not the secret")

    told = {language: tries(made, language=language)["sentence"] for language in ("zh-CN", "en")}

    assert told == {
        "zh-CN": "身份提供方拒绝了登录。请检查客户端 ID 和客户端密钥，或联系其管理员。",
        "en": "The identity provider refused the sign-in. Check client ID and secret, or ask its administrators.",
    }
    assert member(ANN) is None


def test_what_a_trial_said_is_for_who_is_in_charge(set_up, provider, tries):
    provider.knows(ANN)
    tries(set_up())

    assert Client.signed_in_as("manager").get("single-sign-on/tried").status_code == 403
    assert Client.signed_in_as("administrator").get("single-sign-on/tried").json() == {"tried": None}


def test_a_failed_sign_in_is_told_at_the_sign_in_page_with_a_way_to_try_again(set_up, provider):
    provider.knows(ANN)
    made = set_up(makes_members=False)
    browser = Client()

    answer = comes_back(browser, provider.signs_in(begins(browser, made), ANN))

    assert answer["Location"] == f"/sign-in?problem=single_sign_on.not_a_member&provider={made['id']}"
    told = browser.get(f"/api/v1/sign-in/problem?{answer['Location'].partition('?')[2]}", Accept_Language="en").json()
    assert told["sentence"] == "You are not a member of this workspace. Ask your administrator for an invitation."
    assert told["provider"] == {"id": made["id"], "name": "公司账号"}


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("outbound.no_answer", "cannot be reached now"),
        ("single_sign_on.issuer_differs", "is not set up rightly"),
        ("single_sign_on.clock_differs", "its clock and ours differ"),
        ("identity.grant_beyond_own", "is not set up rightly"),
        ("nonsense", "is not set up rightly"),
        ("", "is not set up rightly"),
    ],
)
def test_every_problem_has_a_sentence_for_who_wanted_to_get_in(code, words):
    told = Client().get(f"/api/v1/sign-in/problem?problem={code}", Accept_Language="en").json()

    assert words in told["sentence"]
    assert "{" not in told["sentence"]
    assert told["provider"] is None
