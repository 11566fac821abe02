"""Setting up identity providers: who may, what is refused, and what is told of a secret."""

import pytest

from guanxi.capabilities.identity.models import Account
from guanxi.capabilities.single_sign_on.models import Identity, Provider, Requirement
from tests.capabilities.single_sign_on.conftest import ANN, role, save
from tests.support import world
from tests.support.clients import Client
from tests.support.oidc_provider import CLIENT, SECRET

pytestmark = pytest.mark.usefixtures("database")


def test_a_provider_is_told_without_its_secret(set_up):
    made = set_up()

    answer = Client.signed_in_as("administrator").get("single-sign-on")

    assert answer.json()["providers"] == [made]
    assert made["has_secret"] is True
    assert made["callback_url"] == f"http://localhost:8000/sso/{made['id']}/callback"
    assert answer.json()["sign_in_url"] == "http://localhost:8000/sign-in?workspace=acme"
    assert SECRET not in answer.content.decode()
    assert SECRET not in Provider.objects.get().sealed_secret


def test_a_secret_that_is_left_out_stays(set_up):
    made = set_up()
    values = {key: made[key] for key in ("protocol", "issuer", "client_id", "default_role")}

    save(**values, name="新名字", provider=made["id"])
    assert (Provider.objects.get().name, Provider.objects.get().secret) == ("新名字", SECRET)

    save(**values, name="新名字", provider=made["id"], secret="")
    assert Provider.objects.get().secret == ""


def test_another_issuer_recognises_nobody_of_before(set_up, signs_in, provider):
    provider.knows(ANN)
    made = set_up()
    signs_in(made)
    assert Identity.objects.count() == 1

    save(
        name="x", protocol="oidc", issuer=made["issuer"], client_id="another", provider=made["id"],
        default_role=made["default_role"],
    )  # fmt: skip

    assert not Identity.objects.exists()


@pytest.mark.parametrize("name", ["manager", "salesperson", "read_only"])
def test_only_who_is_in_charge_of_security_sets_it_up(name, set_up):
    made = set_up()
    client = Client.signed_in_as(name)
    whole = {"name": "x", "protocol": "oidc", "issuer": made["issuer"], "client_id": "x"}

    answers = [
        client.get("single-sign-on"),
        client.get("single-sign-on/tried"),
        client.post("actions/single-sign-on/save-provider", {"params": whole}),
        client.post("actions/single-sign-on/save-provider", {"params": {**whole, "provider": made["id"]}}),
        client.post("actions/single-sign-on/remove-provider", {"params": {"provider": made["id"]}}),
        client.post("actions/single-sign-on/require-single-sign-on", {"params": {"required": True}}),
    ]

    assert [one.status_code for one in answers] == [403] * 6
    assert Provider.objects.get().name == "公司账号"
    assert not Requirement.objects.exists()


def test_who_is_in_charge_elsewhere_reaches_no_provider_here(set_up):
    made = set_up()
    stranger = Client.signed_in_as(world.STRANGER, world.OTHER_WORKSPACE)
    whole = {"name": "x", "protocol": "oidc", "issuer": made["issuer"], "client_id": "x", "provider": made["id"]}

    assert stranger.get("single-sign-on").json()["providers"] == []
    assert stranger.post("actions/single-sign-on/save-provider", {"params": whole}).status_code == 404
    removed = stranger.post("actions/single-sign-on/remove-provider", {"params": {"provider": made["id"]}})
    assert removed.status_code == 404
    assert Provider.objects.get().name == "公司账号"


def test_a_program_sets_nothing_up(set_up):
    from tests.capabilities.access_keys.conftest import Program

    made = set_up()
    administrator = Client.signed_in_as("administrator")
    roles = [one["id"] for one in administrator.get("access-keys").json()["roles"]]
    params = {"params": {"name": "x", "roles": roles}}
    secret = administrator.post("actions/access-keys/create-key", params).json()["result"]["secret"]
    program = Program(secret)

    assert program.get("single-sign-on").json()["code"] == "single_sign_on.not_in_charge"
    removed = program.post("actions/single-sign-on/remove-provider", {"params": {"provider": made["id"]}})
    assert removed.status_code == 403
    assert Provider.objects.exists()


WRONG = [
    ({"name": " "}, "name", "single_sign_on.name_needed"),
    ({"client_id": ""}, "client_id", "single_sign_on.value_needed"),
    ({"issuer": ""}, "issuer", "single_sign_on.value_needed"),
    ({"email_claim": ""}, "email_claim", "single_sign_on.value_needed"),
    ({"domains": ["nonsense"]}, "domains", "single_sign_on.not_a_domain"),
    ({"domains": ["*.example.com"]}, "domains", "single_sign_on.not_a_domain"),
    ({"domains": ["qq.com"]}, "domains", "single_sign_on.domain_public"),
    ({"domains": ["corp.example"]}, "domains", "single_sign_on.domain_unproved"),
    ({"role_map": [{"value": "", "role": ""}]}, "role_map", "single_sign_on.pair_incomplete"),
    ({"role_map": [{"value": "x", "role": ""}]}, "role_map", "single_sign_on.pair_incomplete"),
    ({"default_role": None}, "default_role", "single_sign_on.role_needed"),
    (
        {"default_role": "01900000-0000-7000-8000-000000000001"},
        "default_role",
        "identity.role_unknown",
    ),
]


def test_what_a_provider_cannot_be_is_refused_by_field(provider):
    salesperson = role("salesperson")
    whole = {
        "name": "公司账号", "protocol": "oidc", "issuer": provider.issuer, "client_id": CLIENT,
        "default_role": salesperson,
    }  # fmt: skip
    for params, field, code in WRONG:
        pairs = [{**pair, "role": salesperson} for pair in params.get("role_map", ())]

        answer = save(**whole | params | ({"role_map": pairs} if pairs else {}))

        assert answer.status_code == 422, params
        assert [(one["field"], one["code"]) for one in answer.json()["fields"]] == [(field, code)], params
    assert not Provider.objects.exists()


def test_a_right_over_security_alone_is_not_enough(set_up, provider):
    """Whoever sets up a provider could have it vouch for an administrator."""
    made = set_up()
    administrator = Client.signed_in_as("administrator")
    security = administrator.make(
        "role",
        name="安全",
        key="security_only",
        permissions={"objects": {"*": {"read": "own"}}, "system": ["security"]},
    )
    member = world.membership("read_only").member_id
    administrator.patch(f"records/member/{member}", {"values": {"roles": [security["id"]]}})
    whole = {"name": "x", "protocol": "oidc", "issuer": provider.issuer, "client_id": CLIENT}

    answers = [
        save("read_only", **whole, default_role=role("salesperson")),
        save("read_only", **whole, provider=made["id"], default_role=role("salesperson")),
        Client.signed_in_as("read_only").post(f"single-sign-on/{made['id']}/try"),
    ]

    assert [(one.status_code, one.json()["code"]) for one in answers] == [(403, "single_sign_on.not_in_charge")] * 3
    assert Provider.objects.get().name == "公司账号"


def test_a_domain_is_proved_by_a_password_not_by_a_provider(set_up, signs_in, provider):
    """Whoever sets up a provider can have it vouch for any address: that must not make the domain theirs."""
    provider.knows(ANN)
    made = set_up()
    signs_in(made)
    values = {key: made[key] for key in ("name", "protocol", "issuer", "client_id", "default_role")}

    answer = save(**values, provider=made["id"], domains=["corp.example"])

    assert answer.json()["fields"][0]["code"] == "single_sign_on.domain_unproved"
    assert Client.signed_in_as("administrator").get("single-sign-on").json()["domains"] == ["example.com"]


def test_naming_somebody_of_another_company_does_not_make_their_domain_ones_own(set_up, signs_in, provider):
    """The account was there before, with a password; its owner never joined this workspace."""
    elsewhere = "cfo@bigcorp.example"
    Account.objects.create_user(elsewhere, world.PASSWORD, name="Somebody else")
    provider.knows(elsewhere)
    made = set_up()
    _, answer = signs_in(made, elsewhere)
    assert answer["Location"] == f"/w/{world.WORKSPACE}"
    values = {key: made[key] for key in ("name", "protocol", "issuer", "client_id", "default_role")}

    answer = save(**values, provider=made["id"], domains=["bigcorp.example"])

    assert answer.json()["fields"][0]["code"] == "single_sign_on.domain_unproved"
    assert Client.signed_in_as("administrator").get("single-sign-on").json()["domains"] == ["example.com"]


def test_refusals_are_told_in_both_languages(set_up):
    set_up()
    told = {
        language: Client.signed_in_as("manager").get("single-sign-on", Accept_Language=language).json()["detail"]
        for language in ("zh-CN", "en")
    }

    assert told == {
        "zh-CN": "只有管理员可以设置单点登录，因为这决定谁能以谁的身份登录。",
        "en": "Only administrators may set up single sign-on: whoever does decides who signs in as whom.",
    }


def test_setting_up_is_in_the_audit_log_without_the_secret(set_up):
    made = set_up()
    administrator = Client.signed_in_as("administrator")
    administrator.post("actions/single-sign-on/remove-provider", {"params": {"provider": made["id"]}})

    log = administrator.get("audit").json()["items"]
    says = {one["kind"]: one["says"] for one in log if one["kind"].startswith("identity_provider")}
    assert says == {
        "identity_provider_save": "设置了身份提供方“公司账号”",
        "identity_provider_remove": "移除了身份提供方“公司账号”",
    }
    assert SECRET not in str(log)
