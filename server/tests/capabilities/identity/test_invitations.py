"""Inviting somebody by mail, accepting, and everything that can be wrong with an invitation."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from guanxi.capabilities.identity.models import Account, Invitation, Membership
from tests.support import mails, world
from tests.support.clients import Client

pytestmark = pytest.mark.usefixtures("database")
EMAIL = "newcomer@example.com"
PASSWORD = "a password of my own"


def _invite(client: Client, **values):
    params = {"email": EMAIL, "name": "小新", "roles": ["salesperson"], **values}
    return client.post("actions/identity/invite-member", {"params": params})


def _accept(key: str, name: str = "新同事", password: str = PASSWORD, client: Client | None = None):
    return (client or Client()).post(f"/api/v1/invitations/{key}/accept", {"name": name, "password": password})


@pytest.fixture
def administrator(client) -> Client:
    """A client of the administrator."""
    return client("administrator")


@pytest.fixture
def key(administrator) -> str:
    """The key of an invitation that was just sent."""
    assert _invite(administrator).status_code == 200
    (letter,) = mails.delivered()
    return letter.key()


def _member(administrator: Client, email: str = EMAIL) -> dict:
    where = {"field": "email", "op": "eq", "value": email}
    (row,) = administrator.post("records/member/query", {"where": where}).json()["rows"]
    return row


class TestInvite:
    """Sending."""

    def test_where_no_mail_is_sent_the_inviter_gets_the_link_and_nobody_else(self, administrator, client, monkeypatch):
        monkeypatch.setattr(settings, "MAIL_IS_SENT", False)

        link = _invite(administrator).json()["result"]["link"]
        member = _member(administrator)
        refused = client("salesperson").post("actions/identity/resend-invitation", {"params": {"member": member["id"]}})
        again = administrator.post("actions/identity/resend-invitation", {"params": {"member": member["id"]}})

        assert (refused.status_code, "link" in refused.json()) == (403, False)
        key = again.json()["result"]["link"].rpartition("/accept-invitation/")[2]
        assert link != again.json()["result"]["link"]
        assert key not in str(member)
        assert _accept(key).status_code == 200

    @pytest.mark.parametrize("roles", [[], None])
    def test_an_invitation_without_a_role_is_refused_and_makes_nobody(self, administrator, roles):
        params = {"email": EMAIL, "name": "小新", **({} if roles is None else {"roles": roles})}

        answer = administrator.post("actions/identity/invite-member", {"params": params})

        assert [(one["field"], one["code"]) for one in answer.json()["fields"]] == [("roles", "identity.role_required")]
        where = {"field": "email", "op": "eq", "value": EMAIL}
        assert administrator.post("records/member/query", {"where": where}).json()["rows"] == []
        assert mails.delivered() == []

    def test_the_member_waits_and_the_letter_says_who_invites_whom_to_what(self, administrator, monkeypatch):
        monkeypatch.setattr(settings, "MAIL_IS_SENT", True)
        answer = _invite(administrator, language="en")

        member = _member(administrator)
        (letter,) = mails.delivered()
        assert answer.json()["result"] == {"member": member["id"]}
        assert member["status"] == "invited"
        assert [role["title"] for role in member["roles"]] == ["销售"]
        assert letter.to == EMAIL
        assert letter.subject == "administrator invites you to Acme"
        assert "7 days" in letter.body

    def test_the_token_itself_is_kept_nowhere(self, key):
        assert key not in Invitation.objects.get().token_hash

    def test_an_address_of_a_member_is_refused_and_nothing_is_sent(self, administrator):
        answer = _invite(administrator, email=world.email("manager").upper())

        assert answer.status_code == 422
        assert answer.json()["fields"][0]["field"] == "email"
        assert mails.delivered() == []
        assert not Invitation.objects.exists()

    @pytest.mark.parametrize(
        ("values", "field"),
        [({"email": ""}, "email"), ({"email": "no"}, "email"), ({"name": ""}, "name"), ({"roles": ["boss"]}, "roles")],
    )
    def test_a_wrong_value_is_refused_and_nothing_is_sent(self, administrator, values, field):
        answer = _invite(administrator, **values)

        assert answer.status_code == 422
        assert answer.json()["fields"][0]["field"] == field
        assert mails.delivered() == []

    @pytest.mark.parametrize("name", ["manager", "salesperson", "read_only"])
    def test_only_who_manages_members_invites(self, client, name):
        answer = _invite(client(name))

        assert answer.status_code == 403
        assert not Invitation.objects.exists()


class TestAccept:
    """Becoming a member."""

    def test_the_page_shows_what_is_known(self, key):
        answer = Client().get(f"/api/v1/invitations/{key}")

        shown = answer.json()
        assert answer.cookies["csrftoken"].value
        assert (shown["email"], shown["name"], shown["invited_by"]) == (EMAIL, "小新", "administrator")
        assert shown["workspace"] == {"slug": "acme", "name": "Acme"}
        assert shown["has_account"] is False

    def test_accepting_makes_an_active_member_who_is_signed_in(self, administrator, key):
        newcomer = Client()

        answer = _accept(key, client=newcomer)

        assert answer.json() == {"workspace": "acme"}
        me = newcomer.get("me").json()
        assert me["member"]["name"] == "新同事"
        assert me["roles"] == ["salesperson"]
        member = _member(administrator)
        assert (member["status"], member["id"]) == ("active", me["member"]["id"])

    def test_history_names_the_new_member_as_the_one_who_accepted(self, administrator, key):
        _accept(key)

        member = _member(administrator)
        items = administrator.get(f"records/member/{member['id']}/timeline").json()["items"]
        assert items[0]["by"]["id"] == member["id"]

    def test_an_invitation_works_once(self, key):
        _accept(key)

        again = _accept(key, password="somebody else's")

        assert (again.status_code, again.json()["code"]) == (404, "identity.invitation_used")
        assert Account.objects.by_email(EMAIL).check_password(PASSWORD)

    def test_an_old_invitation_is_refused(self, key):
        now = timezone.now()
        Invitation.objects.update(created_at=now - timedelta(days=8), expires_at=now - timedelta(days=1))

        answer = _accept(key)

        assert (answer.status_code, answer.json()["code"]) == (404, "identity.invitation_expired")
        assert Account.objects.by_email(EMAIL) is None

    def test_an_invented_key_is_refused(self):
        assert _accept("x" * 43).json()["code"] == "identity.invitation_unknown"
        assert Client().get("/api/v1/invitations/x").status_code == 404

    @pytest.mark.parametrize(
        ("values", "field"),
        [({"name": " "}, "name"), ({"password": "short"}, "password"), ({"password": "newcomer"}, "password")],
    )
    def test_a_missing_name_or_weak_password_is_refused(self, key, values, field):
        answer = _accept(key, **values)

        assert (answer.status_code, answer.json()["fields"][0]["field"]) == (422, field)
        assert Account.objects.by_email(EMAIL) is None
        assert _accept(key).status_code == 200


class TestExistingAccount:
    """Inviting somebody who signs in elsewhere already."""

    @pytest.fixture
    def key(self, administrator) -> str:
        """An invitation for the owner of the other workspace."""
        _invite(administrator, email=world.email("stranger"))
        (letter,) = mails.delivered()
        return letter.key()

    def test_the_password_of_before_confirms_and_stays(self, key):
        stranger = Client()

        assert Client().get(f"/api/v1/invitations/{key}").json()["has_account"] is True
        assert _accept(key, name="", password=world.PASSWORD, client=stranger).status_code == 200
        workspaces = stranger.get("/api/v1/session").json()["workspaces"]
        assert [one["slug"] for one in workspaces] == ["acme", "globex"]

    def test_the_link_alone_does_not_open_the_account(self, key):
        answer = _accept(key, password="a password I made up")

        assert (answer.status_code, answer.json()["fields"][0]["code"]) == (422, "identity.password_wrong")
        assert Account.objects.by_email(world.email("stranger")).check_password(world.PASSWORD)
        assert Membership.objects.filter(account__email=world.email("stranger")).count() == 1

    def test_guessing_the_password_is_limited(self, key):
        codes = [_accept(key, password=f"guess number {n}").json()["code"] for n in range(6)]

        assert codes == ["request.invalid"] * 5 + ["identity.too_many_attempts"]

    def test_whoever_is_signed_in_already_needs_no_password(self, key, client):
        assert _accept(key, name="", password="", client=client("stranger")).status_code == 200


class TestClosedAccount:
    """Inviting somebody whose account was closed when they left elsewhere."""

    EMAIL = world.email("colleague")

    @pytest.fixture(autouse=True)
    def closed(self, administrator) -> None:
        """The colleague has left their only workspace."""
        member = str(world.membership("colleague").member_id)
        administrator.post("actions/identity/deactivate-member", {"params": {"member": member}})
        assert not Account.objects.by_email(self.EMAIL).is_active

    def invited(self) -> dict:
        """What the administrator of another workspace is answered who invites the colleague."""
        inviter = Client.signed_in_as("stranger", world.OTHER_WORKSPACE)
        return _invite(inviter, email=self.EMAIL, name="前同事").json()["result"]

    def test_the_link_that_the_inviter_has_as_well_sets_no_password(self, administrator, monkeypatch):
        monkeypatch.setattr(settings, "MAIL_IS_SENT", False)
        key = self.invited()["link"].rpartition("/")[2]
        monkeypatch.setattr(settings, "MAIL_IS_SENT", True)

        answer = _accept(key, password="a password of the inviter")

        assert Client().get(f"/api/v1/invitations/{key}").json()["has_account"] is True
        assert (answer.status_code, answer.json()["fields"][0]["code"]) == (422, "identity.password_of_closed")
        account = Account.objects.by_email(self.EMAIL)
        assert (account.is_active, account.check_password(world.PASSWORD)) == (False, True)
        assert not Membership.objects.filter(account=account, is_active=True).exists()

    def test_the_password_of_then_opens_it(self, monkeypatch):
        monkeypatch.setattr(settings, "MAIL_IS_SENT", False)
        key, newcomer = self.invited()["link"].rpartition("/")[2], Client()

        assert _accept(key, name="", password=world.PASSWORD, client=newcomer).status_code == 200

        workspaces = newcomer.get("/api/v1/session").json()["workspaces"]
        assert [one["slug"] for one in workspaces] == [world.OTHER_WORKSPACE]

    def test_guessing_it_is_limited(self, monkeypatch):
        monkeypatch.setattr(settings, "MAIL_IS_SENT", False)
        key = self.invited()["link"].rpartition("/")[2]

        codes = [_accept(key, password=f"guess number {n}").json()["code"] for n in range(6)]

        assert codes == ["request.invalid"] * 5 + ["identity.too_many_attempts"]

    def test_where_the_link_goes_to_the_mailbox_alone_its_owner_chooses_a_new_one(self, monkeypatch):
        monkeypatch.setattr(settings, "MAIL_IS_SENT", True)
        assert "link" not in self.invited()
        (letter,) = mails.delivered()

        assert _accept(letter.key()).status_code == 200
        assert Account.objects.by_email(self.EMAIL).check_password(PASSWORD)


class TestResendAndRevoke:
    """A second letter, and taking the first one back."""

    def test_a_new_letter_replaces_the_old_one(self, administrator, key):
        member = _member(administrator)["id"]

        answer = administrator.post("actions/identity/resend-invitation", {"params": {"member": member}})

        (letter,) = mails.delivered()
        assert answer.status_code == 200
        assert _accept(key).json()["code"] == "identity.invitation_revoked"
        assert _accept(letter.key()).status_code == 200

    def test_whoever_signs_in_already_gets_no_letter(self, administrator):
        member = _member(administrator, world.email("manager"))["id"]

        answer = administrator.post("actions/identity/resend-invitation", {"params": {"member": member}})

        assert (answer.status_code, answer.json()["code"]) == (409, "identity.member_not_invited")
        assert mails.delivered() == []

    def test_deactivating_the_member_takes_the_invitation_back(self, administrator, key):
        member = _member(administrator)["id"]

        administrator.post("actions/identity/deactivate-member", {"params": {"member": member}})

        assert _accept(key).json()["code"] == "identity.invitation_revoked"

    def test_another_address_takes_the_invitation_back(self, administrator, key):
        member = _member(administrator)["id"]

        answer = administrator.patch(f"records/member/{member}", {"values": {"email": "other@example.com"}})

        assert answer.status_code == 200
        assert _accept(key).json()["code"] == "identity.invitation_revoked"
