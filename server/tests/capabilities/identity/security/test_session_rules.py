"""How long a session lasts and from where it may be used, as the roles of its person demand."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.utils import timezone

from guanxi.app.live_access import audience
from guanxi.capabilities.identity.errors import AddressNotAllowed, SecondFactorNeeded, SessionOver
from guanxi.capabilities.identity.http import last_seen
from tests.support import world
from tests.support.browsers import APP, ELSEWHERE, OFFICE, Browser
from tests.support.roles import demand

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture(autouse=True)
def _nothing_noted():
    """What this process remembers of sessions belongs to tests before."""
    last_seen._noted.clear()
    last_seen._placed.clear()


def rest(**time: float) -> None:
    """Let every session stand still for so long."""
    last_seen._noted.clear()
    UserSession.objects.update(last_seen_at=timezone.now() - timedelta(**time))


def age(**time: float) -> None:
    """Make every session so old."""
    UserSession.objects.update(created_at=timezone.now() - timedelta(**time))


class TestIdle:
    """A session that stands still."""

    @pytest.fixture
    def person(self, database) -> Browser:
        demand(idle_minutes=15)
        return Browser().signed_in()

    def test_lasts_while_somebody_is_at_it(self, person):
        rest(minutes=14)

        assert person.api("GET", "me").status_code == 200

    def test_ends_after_the_time_and_says_why(self, person):
        rest(minutes=15)

        answer = person.api("GET", "me")

        assert (answer.status_code, answer.json()["code"]) == (401, "identity.session_idle")
        assert "长时间没有操作" in answer.json()["detail"]
        assert not Session.objects.exists()

    def test_is_not_brought_back_by_its_cookie(self, person):
        cookie = person.django.cookies["sessionid"].value
        rest(minutes=15)
        person.api("GET", "me")
        person.django.cookies["sessionid"] = cookie

        assert person.api("GET", "me").status_code == 401
        assert not person.is_signed_in

    def test_ends_at_the_account_s_own_pages_too(self, person):
        rest(minutes=15)

        session = person.session

        assert (session["authenticated"], session["ended"]) == (False, "idle")
        assert person.allauth("GET", "auth/sessions").status_code == 401

    def test_is_not_kept_alive_by_what_a_page_asks_for_by_itself(self, person):
        rest(minutes=10)
        person.api("GET", "me", X_Guanxi_Idle="600")
        kept = UserSession.objects.get().last_seen_at

        assert timezone.now() - kept > timedelta(minutes=9)

    def test_is_kept_alive_by_somebody_at_another_page(self, person):
        rest(minutes=10)
        person.api("GET", "me", X_Guanxi_Idle="3")
        person.api("GET", "me", X_Guanxi_Idle="600")

        assert timezone.now() - UserSession.objects.get().last_seen_at < timedelta(minutes=1)

    @pytest.mark.parametrize("claim", ["-5", "x", "9" * 30, "1e3", "٣"])
    def test_a_senseless_claim_counts_as_activity(self, person, claim):
        assert person.api("GET", "me", X_Guanxi_Idle=claim).status_code == 200

    def test_of_a_program_ends_alike(self, person):
        body = {"email": world.email("salesperson"), "password": world.PASSWORD}
        token = person.send("POST", f"{APP}/auth/login", body).json()["meta"]["session_token"]
        program = Browser()
        assert program.api("GET", "me", X_Session_Token=token).status_code == 200
        rest(minutes=15)

        assert program.api("GET", "me", X_Session_Token=token).json()["code"] == "identity.session_idle"
        assert program.send("GET", f"{APP}/auth/session", X_Session_Token=token).status_code == 410

    def test_of_other_roles_goes_on(self, person):
        manager = Browser().signed_in("manager")
        rest(days=1)

        assert manager.api("GET", "me").status_code == 200

    def test_the_page_is_told_when(self, person):
        told = person.api("GET", "me").json()["sign_in"]

        assert told == {"second_factor": False, "idle_minutes": 15, "ends_at": None, "watermark": False}


class TestAbsolute:
    """A session that is old, however busy."""

    @pytest.fixture
    def person(self, database) -> Browser:
        demand(absolute_hours=8)
        return Browser().signed_in()

    def test_ends(self, person):
        age(hours=8)

        answer = person.api("GET", "me")

        assert (answer.status_code, answer.json()["code"]) == (401, "identity.session_over")
        assert not person.is_signed_in

    def test_lasts_before_and_says_until_when(self, person):
        age(hours=7)

        answer = person.api("GET", "me")

        assert answer.status_code == 200
        assert answer.json()["sign_in"]["ends_at"]

    def test_cannot_be_made_younger(self, person):
        age(hours=7, minutes=59)
        person.api("GET", "me")
        person.allauth("GET", "auth/session")
        age(hours=8)

        assert person.api("GET", "me").status_code == 401


def test_the_strictest_of_several_roles_counts():
    demand("salesperson", idle_minutes=60, absolute_hours=8)
    demand("manager", idle_minutes=5, watermark=True)
    _add_role("salesperson", "manager")
    person = Browser().signed_in()

    told = person.api("GET", "me").json()["sign_in"]

    assert (told["idle_minutes"], told["watermark"]) == (5, True)
    assert told["ends_at"]


def test_a_demand_holds_from_the_next_request_on():
    person = Browser().signed_in()
    assert person.api("GET", "me").status_code == 200

    demand(ip_allow=["192.0.2.0/24"])

    assert person.api("GET", "me").status_code == 403


class TestAddresses:
    """A role that names the addresses it may be used from."""

    @pytest.fixture
    def person(self, database) -> Browser:
        demand(ip_allow=["203.0.113.0/24", "2001:db8::/32"])
        return Browser(OFFICE).signed_in()

    @pytest.mark.parametrize("address", [OFFICE, "203.0.113.255", "2001:db8::1", "::ffff:203.0.113.9"])
    def test_lets_those_in(self, person, address):
        assert person.moved_to(address).api("GET", "me").status_code == 200

    @pytest.mark.parametrize("address", [ELSEWHERE, "203.0.114.1", "2001:db9::1", "::ffff:198.51.100.9", ""])
    def test_keeps_all_others_out(self, person, address):
        answer = person.moved_to(address).api("GET", "me")

        assert (answer.status_code, answer.json()["code"]) == (403, "identity.address_not_allowed")

    def test_is_asked_with_every_request(self, person):
        assert person.moved_to(ELSEWHERE).api("GET", "records/company").status_code == 403
        assert person.moved_to(OFFICE).api("GET", "records/company").status_code == 200

    @pytest.mark.parametrize("header", ["X_Forwarded_For", "X_Real_IP", "Forwarded", "Client_IP", "X_Client_IP"])
    def test_believes_no_header(self, person, header):
        answer = person.moved_to(ELSEWHERE).api("GET", "me", **{header: OFFICE})

        assert answer.status_code == 403

    def test_believes_a_proxy_and_not_who_speaks_through_it(self, person, settings_behind_proxy):
        proxied = person.moved_to("10.0.0.2")

        assert proxied.api("GET", "me", X_Forwarded_For=OFFICE).status_code == 200
        assert proxied.api("GET", "me", X_Forwarded_For=f"{OFFICE}, {ELSEWHERE}").status_code == 403
        assert proxied.api("GET", "me", X_Forwarded_For=f"{OFFICE}, 10.0.0.77").status_code == 403
        assert proxied.api("GET", "me").status_code == 403
        assert person.moved_to(ELSEWHERE).api("GET", "me", X_Forwarded_For=OFFICE).status_code == 403

    def test_nobody_signs_in_elsewhere_even_with_the_password(self, person):
        thief = Browser(ELSEWHERE)

        answer = thief.try_password()

        assert answer.json()["code"] == "identity.address_not_allowed"
        assert not thief.is_signed_in

    def test_a_session_carried_elsewhere_reaches_nothing_of_the_account(self, person):
        carried = person.moved_to(ELSEWHERE)

        for method, path in (
            ("GET", "account/authenticators"),
            ("GET", "auth/sessions"),
            ("POST", "auth/reauthenticate"),
        ):
            assert carried.allauth(method, path).json()["code"] == "identity.address_not_allowed"
        assert carried.send("GET", "/api/v1/account/devices").status_code == 403

    def test_one_can_leave_from_anywhere(self, person):
        carried = person.moved_to(ELSEWHERE)

        carried.allauth("DELETE", "auth/session")

        assert not carried.is_signed_in


class TestEventStream:
    """The stream of changes, which another process serves."""

    @pytest.fixture(autouse=True)
    def _same_connection(self, monkeypatch):
        """The test's connection stays open."""
        monkeypatch.setattr("guanxi.app.live_access.close_old_connections", lambda: None)

    def follow(self, person: Browser, address: str | None = OFFICE) -> None:
        """Open the stream from an address; the refusal otherwise."""
        connection = {"REMOTE_ADDR": address} if address else {}
        audience(person.django.session.session_key or "", world.WORKSPACE, connection)

    def test_is_held_to_the_addresses_of_a_role(self):
        person = Browser().signed_in()
        demand(ip_allow=["203.0.113.0/24"])

        self.follow(person)
        for address in (ELSEWHERE, None):
            with pytest.raises(AddressNotAllowed):
                self.follow(person, address)

    def test_ends_with_the_session(self):
        person = Browser().signed_in()
        demand(idle_minutes=15)
        self.follow(person)
        rest(minutes=15)

        with pytest.raises(SessionOver):
            self.follow(person)

    def test_waits_for_a_second_factor(self):
        person = Browser().signed_in()
        demand(second_factor="required")

        with pytest.raises(SecondFactorNeeded):
            self.follow(person)


@pytest.fixture
def settings_behind_proxy():
    """The product stands behind a proxy of its own network."""
    from django.test import override_settings

    from guanxi.infra.http.proxies import trusted_proxies

    with override_settings(TRUSTED_PROXIES=trusted_proxies("1")):
        yield


def _add_role(name: str, role: str) -> None:
    from guanxi.engine.access.actor import SYSTEM
    from guanxi.engine.context import work
    from guanxi.engine.records import reads, writes

    member = world.membership(name).member_id
    with work(world.workspace(), SYSTEM, via="system") as ctx:
        (id_,) = reads.ids(ctx, "role", {"field": "key", "op": "eq", "value": role})
        held = reads.native(ctx, "member", [member], ("roles",))[member]["roles"]
        writes.update(ctx, "member", [writes.Change(member, {"roles": [*held, id_]})])
