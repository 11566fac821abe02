"""Apps of others: asked about, allowed, acting within what was allowed, and ended."""

import pytest
from allauth.idp.oidc.models import Token

from guanxi.capabilities.access_keys.models import App, Call, Grant
from guanxi.infra.database.cursor import cursor
from tests.capabilities.access_keys.conftest import Program
from tests.support import world
from tests.support.clients import Client

pytestmark = pytest.mark.usefixtures("database")


def test_a_member_is_asked_in_words(app):
    asked = app.asks(scope="contact:read company:write").json()["question"]

    assert asked["app"]["name"] == "报表助手"
    assert asked["app"]["goes_to"] == "app.example.com"
    assert asked["workspace"] == {"slug": "acme", "name": "Acme"}
    assert asked["member"] == "salesperson"
    assert [(one["object"], one["label"]["zh-CN"], one["label"]["en"], one["writes"]) for one in asked["scopes"]] == [
        ("company", "公司", "Companies", True),
        ("contact", "联系人", "Contacts", False),
    ]
    assert asked["allowed_at"] is None


def test_an_app_acts_as_the_member_within_what_was_allowed(app):
    tokens = app.tokens_of(scope="company:write")
    caller = Program(tokens["access_token"])

    made = caller.make(name="华信")

    own = Client.signed_in_as("salesperson").get(f"records/company/{made['id']}").json()
    assert own["owner"]["id"] == str(world.membership("salesperson").member_id)
    assert tokens["token_type"] == "Bearer"
    assert tokens["scope"] == "company:write"
    assert tokens["access_token"].startswith("gxt_")
    assert tokens["refresh_token"].startswith("gxr_")
    rows = cursor().execute(
        f"SELECT key FROM {world.workspace().schema}.sys_change_set WHERE id = $1", [made["_change_set"]]
    )
    assert rows.fetchall() == [("报表助手",)]


def test_reading_is_all_that_a_read_scope_gives(app):
    Client.signed_in_as("salesperson").make(name="华信")
    caller = Program(app.tokens_of(scope="company:read")["access_token"])
    (company,) = caller.post("records/company/query", {}).json()["rows"]
    where = f"records/company/{company['id']}"

    statuses = [
        caller.get(where).status_code,
        caller.post("records/company", {"values": {"name": "x"}}).status_code,
        caller.patch(where, {"values": {"level": "A"}}).status_code,
        caller.delete(where).status_code,
        caller.post(
            "records/company/bulk", {"op": "update", "ids": [company["id"]], "values": {"level": "A"}}
        ).status_code,
        caller.post(
            f"{where}/shares", {"member": str(world.membership("colleague").member_id), "level": "read"}
        ).status_code,
    ]

    assert statuses == [200, 403, 403, 403, 403, 403]
    after = Client.signed_in_as("salesperson").get(where).json()
    assert (after["rev"], after["level"]) == (1, None)


def test_an_object_that_was_not_allowed_does_not_exist(app):
    contact = Client.signed_in_as("salesperson").make("contact", name="王芳")
    caller = Program(app.tokens_of(scope="company:write")["access_token"])

    assert caller.get("records/contact").status_code == 404
    assert caller.get(f"records/contact/{contact['id']}").status_code == 404
    assert caller.post("records/contact", {"values": {"name": "x"}}).status_code == 404
    assert caller.get("search?q=王芳").json()["hits"] == []
    assert {one["key"] for one in caller.get("catalog").json()["objects"]} == {"company"}


def test_everything_is_everything_the_member_sees_and_no_more(register):
    app = register(scopes=["*:read"])
    other = Client.signed_in_as("colleague").make(name="同事的")
    mine = Client.signed_in_as("salesperson").make(name="自己的")

    caller = Program(app.tokens_of(scope="*:read")["access_token"])

    assert caller.get(f"records/company/{mine['id']}").status_code == 200
    assert caller.get(f"records/company/{other['id']}").status_code == 404
    assert caller.post("records/company", {"values": {"name": "x"}}).status_code == 403


def test_an_app_has_no_right_over_the_workspace(register):
    app = register(scopes=["*:write"])
    caller = Program(app.tokens_of("administrator", scope="*:write")["access_token"])

    answers = {
        "invite": caller.post(
            "actions/identity/invite-member",
            {"params": {"email": "n@example.com", "name": "N", "roles": ["salesperson"]}},
        ).status_code,
        "workspace": caller.patch("workspace", {"name": "x"}).status_code,
        "design": caller.get("design/objects").status_code,
        "configuration": caller.get("configuration/export").status_code,
        "apps": caller.get("apps").status_code,
        "me": caller.patch("me", {"language": "en"}).status_code,
    }

    assert set(answers.values()) == {403}, answers
    assert caller.get("me").json()["rights"]["system"] == []


def test_members_and_roles_are_not_written_by_an_app(register):
    """Records of identity are records like others, and yet above them."""
    app = register(scopes=["*:write"])
    caller = Program(app.tokens_of("administrator", scope="*:write")["access_token"])
    member = str(world.membership("salesperson").member_id)

    answer = caller.patch(f"records/member/{member}", {"values": {"title": "x"}})

    assert answer.status_code == 403
    assert Client.signed_in_as("administrator").get(f"records/member/{member}").json()["title"] is None


def test_an_app_may_do_nothing_that_the_member_may_not(app):
    caller = Program(app.tokens_of("read_only", scope="company:write")["access_token"])

    assert caller.post("records/company", {"values": {"name": "x"}}).status_code == 403
    assert caller.post("records/company/count", {}).status_code == 200


def test_an_app_is_asked_about_only_what_the_member_may_see(register):
    """Nobody allows what they do not have, and no hidden object is named."""
    administrator = Client.signed_in_as("administrator")
    (role,) = administrator.post(
        "records/role/query", {"where": {"field": "key", "op": "eq", "value": "salesperson"}, "select": ["permissions"]}
    ).json()["rows"]
    permissions = role["permissions"]
    permissions["objects"]["contact"] = {"read": "none"}
    answer = administrator.patch(f"records/role/{role['id']}", {"values": {"permissions": permissions}})
    assert answer.status_code == 200, answer.content
    app = register()

    asked = app.asks(scope="company:read contact:read").json()
    tokens = app.tokens_of(scope="company:read contact:read")
    nothing = app.asks(scope="contact:read").json()

    assert [one["object"] for one in asked["question"]["scopes"]] == ["company"]
    assert tokens["scope"] == "company:read"
    assert nothing["question"] is None
    assert "error=invalid_scope" in nothing["redirect"]


def test_a_no_leaves_nothing(app):
    back = app.allowed_by(allow=False)

    assert back["error"] == "access_denied"
    assert back["state"] == "a state of the app"
    assert not Grant.objects.exists()
    assert not Token.objects.exists()


def test_the_answer_names_the_state_and_the_issuer(app):
    back = app.allowed_by()

    assert back["state"] == "a state of the app"
    assert back["iss"] == "http://localhost:8000"
    assert len(back["code"]) >= 30


def test_a_refresh_brings_new_tokens_and_the_old_refresh_token_is_spent(app):
    first = app.tokens_of()

    second = app.refreshes(first["refresh_token"]).json()

    assert second["refresh_token"] != first["refresh_token"]
    assert Program(second["access_token"]).get("me").status_code == 200
    assert Program(first["access_token"]).get("me").status_code == 200


def test_a_refresh_for_less_narrows_that_token_alone(app):
    first = app.tokens_of(scope="company:write contact:read")

    narrow = app.refreshes(first["refresh_token"], scope="contact:read").json()
    again = app.refreshes(narrow["refresh_token"]).json()

    assert narrow["scope"] == "contact:read"
    assert Program(narrow["access_token"]).get("records/company").status_code == 404
    assert Program(again["access_token"]).get("records/company").status_code == 200


def test_a_member_sees_and_takes_back_what_they_allowed(app):
    tokens = app.tokens_of()
    owner = Client.signed_in_as("salesperson")
    (grant,) = owner.get("app-grants").json()["grants"]
    assert (grant["app_id"], grant["app"], grant["scopes"]) == (app.id, "报表助手", ["company:read"])
    assert Client.signed_in_as("colleague").get("app-grants").json()["grants"] == []

    owner.post("actions/access-keys/revoke-grant", {"params": {"grant": grant["id"]}})

    assert Program(tokens["access_token"]).get("me").status_code == 401
    assert app.refreshes(tokens["refresh_token"]).json()["error"] == "invalid_grant"
    assert owner.get("app-grants").json()["grants"] == []
    assert not Token.objects.exists()


def test_a_role_that_names_addresses_binds_the_apps_of_its_members_too(app):
    caller = Program(app.tokens_of()["access_token"])
    assert caller.get("me").status_code == 200
    administrator = Client.signed_in_as("administrator")
    where = {"field": "key", "op": "eq", "value": "salesperson"}
    (role,) = administrator.post("records/role/query", {"where": where, "select": ["permissions"]}).json()["rows"]
    limited = {**role["permissions"], "sign_in": {"ip_allow": ["203.0.113.0/24"]}}
    assert administrator.patch(f"records/role/{role['id']}", {"values": {"permissions": limited}}).status_code == 200

    answer = caller.get("me")
    inside = caller.django.get(f"{caller.base}/me", REMOTE_ADDR="203.0.113.9")

    assert (answer.status_code, answer.json()["code"]) == (403, "identity.address_not_allowed")
    assert inside.status_code == 200


def test_nobody_takes_back_what_a_colleague_allowed_but_who_is_in_charge(app):
    tokens = app.tokens_of()
    (grant,) = Client.signed_in_as("administrator").get("app-grants?of=everybody").json()["grants"]
    body = {"params": {"grant": grant["id"]}}

    colleague = Client.signed_in_as("colleague").post("actions/access-keys/revoke-grant", body)
    assert colleague.status_code == 404
    assert Client.signed_in_as("colleague").get(f"app-grants/{grant['id']}/calls").status_code == 404
    assert Program(tokens["access_token"]).get("me").status_code == 200

    in_charge = Client.signed_in_as("administrator").post("actions/access-keys/revoke-grant", body)
    assert in_charge.status_code == 200
    assert Program(tokens["access_token"]).get("me").status_code == 401


def test_what_was_allowed_leaves_with_the_member(app):
    tokens = app.tokens_of()
    administrator = Client.signed_in_as("administrator")
    member = str(world.membership("salesperson").member_id)

    administrator.post("actions/identity/deactivate-member", {"params": {"member": member}})
    administrator.post("actions/identity/reactivate-member", {"params": {"member": member}})

    assert Program(tokens["access_token"]).get("me").status_code == 401
    assert app.refreshes(tokens["refresh_token"]).json()["error"] == "invalid_grant"


def test_an_app_that_may_ask_for_less_gets_less_from_those_who_allowed_more(app):
    tokens = app.tokens_of(scope="company:write contact:read")
    caller = Program(tokens["access_token"])
    params = {"app": app.id, "name": "报表助手", "redirect_uris": [app.REDIRECT], "scopes": ["company:read"]}

    changed = Client.signed_in_as("administrator").post("actions/access-keys/change-app", {"params": params})

    assert changed.json()["result"]["app"]["members"] == 1
    assert caller.get("records/contact").status_code == 404
    assert caller.post("records/company/count", {}).status_code == 200
    assert caller.post("records/company", {"values": {"name": "x"}}).status_code == 403
    assert app.refreshes(tokens["refresh_token"], scope="company:write").json()["error"] == "invalid_scope"
    assert app.refreshes(tokens["refresh_token"]).json()["scope"] == "company:read"


def test_a_new_secret_ends_the_old_one(app):
    code = app.allowed_by()["code"]

    made = Client.signed_in_as("administrator").post("actions/access-keys/new-app-secret", {"params": {"app": app.id}})

    assert app.exchanges(code).json()["error"] == "invalid_client"
    app.secret = made.json()["result"]["secret"]
    assert app.exchanges(code).status_code == 200


def test_a_removed_app_takes_its_tokens_along(app):
    tokens = app.tokens_of()

    Client.signed_in_as("administrator").post("actions/access-keys/remove-app", {"params": {"app": app.id}})

    assert Program(tokens["access_token"]).get("me").status_code == 401
    assert app.asks().json()["code"] == "access_keys.app_wrong_client"
    assert (App.objects.count(), Grant.objects.count(), Token.objects.count()) == (0, 0, 0)


@pytest.mark.parametrize("name", ["manager", "salesperson", "read_only"])
def test_apps_are_in_the_hands_of_who_is_in_charge_of_security(name, app):
    client = Client.signed_in_as(name)
    whole = {"name": "x", "redirect_uris": ["https://evil.example.com/"], "scopes": ["*:write"]}

    answers = [
        client.get("apps"),
        client.post("actions/access-keys/register-app", {"params": whole}),
        client.post("actions/access-keys/change-app", {"params": {"app": app.id, **whole}}),
        client.post("actions/access-keys/new-app-secret", {"params": {"app": app.id}}),
        client.post("actions/access-keys/remove-app", {"params": {"app": app.id}}),
    ]

    assert [one.status_code for one in answers] == [403] * 5
    assert app.exchanges(app.allowed_by()["code"]).status_code == 200
    assert App.objects.count() == 1


def test_who_is_in_charge_elsewhere_reaches_no_app_here(app):
    stranger = Client.signed_in_as(world.STRANGER, world.OTHER_WORKSPACE)

    assert stranger.get("apps").json()["apps"] == []
    assert stranger.post("actions/access-keys/remove-app", {"params": {"app": app.id}}).status_code == 404
    assert App.objects.count() == 1


@pytest.mark.parametrize(
    ("params", "field", "code"),
    [
        ({"name": ""}, "name", "access_keys.name_needed"),
        ({"scopes": []}, "scopes", "access_keys.scopes_needed"),
        ({"scopes": ["company"]}, "scopes", "access_keys.scope_unknown"),
        ({"scopes": ["nothing:read"]}, "scopes", "access_keys.scope_unknown"),
        ({"scopes": ["company:delete"]}, "scopes", "access_keys.scope_unknown"),
        ({"redirect_uris": []}, "redirect_uris", "access_keys.redirects_needed"),
        ({"redirect_uris": ["javascript:alert(1)"]}, "redirect_uris", "access_keys.redirect_scheme"),
        ({"redirect_uris": ["https://*.example.com/cb"]}, "redirect_uris", "access_keys.redirect_unreadable"),
        ({"website": "javascript:alert(1)"}, "website", "access_keys.not_a_website"),
    ],
)
def test_what_an_app_cannot_be_is_refused_by_field(params, field, code):
    whole = {"name": "x", "redirect_uris": ["https://app.example.com/cb"], "scopes": ["company:read"], **params}

    answer = Client.signed_in_as("administrator").post("actions/access-keys/register-app", {"params": whole})

    assert answer.status_code == 422, answer.content
    assert [(one["field"], one["code"]) for one in answer.json()["fields"]] == [(field, code)]
    assert not App.objects.exists()


def test_calls_of_an_app_are_in_the_log_of_what_was_allowed(app):
    caller = Program(app.tokens_of()["access_token"])
    caller.get("records/company")
    caller.get("records/contact")
    owner = Client.signed_in_as("salesperson")
    (grant,) = owner.get("app-grants").json()["grants"]

    calls = owner.get(f"app-grants/{grant['id']}/calls").json()["calls"]

    assert [(one["path"].rpartition("/")[2], one["status"]) for one in calls] == [("contact", 404), ("company", 200)]
    assert grant["last_used_at"] is not None
    assert Call.objects.count() == 2


def test_the_server_says_what_it_can_do(app):
    said = app.django.get("/.well-known/oauth-authorization-server").json()

    assert said["issuer"] == "http://localhost:8000"
    assert said["code_challenge_methods_supported"] == ["S256"]
    assert said["grant_types_supported"] == ["authorization_code", "refresh_token"]
    assert said["response_types_supported"] == ["code"]
    assert said["token_endpoint"] == "http://localhost:8000/oauth/token"


def test_what_becomes_of_an_app_is_in_the_audit_log(app):
    app.tokens_of()
    administrator = Client.signed_in_as("administrator")
    (grant,) = administrator.get("app-grants?of=everybody").json()["grants"]
    administrator.post("actions/access-keys/revoke-grant", {"params": {"grant": grant["id"]}})
    administrator.post("actions/access-keys/new-app-secret", {"params": {"app": app.id}})
    administrator.post("actions/access-keys/remove-app", {"params": {"app": app.id}})

    log = administrator.get("audit", Accept_Language="en").json()["items"]
    says = {one["kind"]: one["says"] for one in log if one["kind"].startswith("app_")}
    assert says == {
        "app_registered": "Registered the app “报表助手”",
        "app_allowed": "Allowed the app “报表助手”: company:read",
        "app_forbidden": "Took back what the app “报表助手” was allowed",
        "app_secret": "Gave the app “报表助手” a new secret",
        "app_removed": "Removed the app “报表助手”",
    }


def test_what_an_app_did_is_found_after_it_was_called_otherwise(register):
    app = register(scopes=["company:write"])
    program = Program(app.tokens_of(scope="company:write")["access_token"])
    program.make(name="华信")
    administrator = Client.signed_in_as("administrator")
    (known,) = [one for one in administrator.get("apps").json()["apps"] if one["id"] == app.id]
    params = {"app": app.id, "redirect_uris": known["redirect_uris"], "scopes": known["scopes"], "name": "新名字"}
    assert administrator.post("actions/access-keys/change-app", {"params": params}).status_code == 200
    program.make(name="东方")

    log = administrator.get(f"audit?key_id={app.id}").json()["items"]

    assert [(one["kind"], one["key"]) for one in log] == [("change", "新名字"), ("change", "报表助手")]


def test_nobody_allows_an_app_with_somebody_elses_eyes(app):
    """Looking ends and is noted; what is allowed to an app would stay, and write."""
    looker = Client.signed_in_as("administrator")
    member = str(world.membership("salesperson").member_id)
    assert looker.post("view-as", {"member": member, "reason": "她说看不到客户"}).status_code == 200

    asked = looker.get(f"/api/v1/oauth/authorization?{app.query()}")
    answered = looker.post("/api/v1/oauth/authorization", {"query": app.query(), "allow": True})
    lists = [looker.get(path) for path in ("access-keys", "app-grants")]

    told = [(one.status_code, one.json()["code"]) for one in (asked, answered)]
    assert told == [(403, "access.view_as_read_only")] * 2
    assert [(one.status_code, one.json()["code"]) for one in lists] == [(403, "access_keys.own_eyes_only")] * 2
    assert not Grant.objects.exists()
    assert not Token.objects.exists()
