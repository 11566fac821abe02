"""What a new password must be."""

import pytest

from guanxi.capabilities.identity.models import FormerPassword, Workspace
from guanxi.capabilities.identity.passwords import problems
from tests.support import world
from tests.support.browsers import Browser
from tests.support.clients import Client

pytestmark = pytest.mark.usefixtures("database")
FINE = "another fine password"


def refused(password: str, email: str = "li.ming@huaxin.example", name: str = "李明") -> bool:
    """Whether a new account may not have this password."""
    return bool(problems(email, name, password))


@pytest.mark.parametrize(
    "password",
    [
        "password123", "P@ssw0rd2024", "qwertyuiop", "1qaz@WSX", "13812345678", "19900101", "aaaaaaaaaaaa", "abcdefghij",
        "woaini1314", "5201314520", "zhang123456", "beijing2008", "wang19900101", "admin@123", "iloveyou2", "Aa123456789",
    ],
)  # fmt: skip
def test_what_is_guessed_first_is_refused(password):
    assert refused(password)


@pytest.mark.parametrize("password", ["liming2024!", "li.ming@huaxin", "Huaxin-2024", "李明李明李明", "LiMing@2024"])
def test_what_the_person_is_called_is_refused(password):
    assert refused(password)


@pytest.mark.parametrize(
    "password", ["correct horse battery", "8a7Fk2pQx", "kupfer regen zaun", "四只蓝色的熊在下棋", FINE]
)
def test_what_nobody_guesses_is_taken(password):
    assert not refused(password)


def test_a_short_one_says_how_long_it_must_be():
    (problem, *_) = problems("a@example.com", "A", "x7Kp2")

    assert "8" in str(problem.params["reason"])


def test_a_very_long_one_is_judged_in_no_time():
    assert not refused("correct horse battery " * 500)


class TestRulesOfAWorkspace:
    """A workspace may ask for more than the installation."""

    def change(self, **rules: object):
        """Change the rules as the administrator."""
        return Client.signed_in_as("administrator").patch("password-rules", rules)

    def test_hold_for_its_people(self):
        assert self.change(min_length=24).status_code == 200
        browser = Browser().signed_in()

        answer = self.set_password(browser, FINE)

        assert answer.json()["errors"][0]["code"] == "password_too_short"
        assert browser.session["password_min_length"] == 24
        assert self.set_password(browser, FINE + " and more").status_code == 200

    def test_hold_for_whoever_is_invited(self):
        self.change(min_length=24)
        workspace = Workspace.objects.get(slug=world.WORKSPACE)

        assert problems("new@example.com", "New", FINE, [workspace])
        assert not problems("new@example.com", "New", FINE)

    def test_say_nothing_to_people_of_others(self):
        self.change(min_length=24)
        stranger = Browser().signed_in(world.STRANGER)

        assert self.set_password(stranger, FINE).status_code == 200

    def test_forbid_the_last_passwords(self):
        self.change(not_last=2)
        browser = Browser().signed_in()
        assert self.set_password(browser, world.PASSWORD).json()["errors"][0]["code"] == "password_used_before"
        assert self.set_password(browser, FINE).status_code == 200
        assert self.set_password(browser, f"{FINE} two", FINE).status_code == 200

        assert self.set_password(browser, FINE, f"{FINE} two").status_code == 400
        assert self.set_password(browser, world.PASSWORD, f"{FINE} two").status_code == 200
        assert FormerPassword.objects.count() == 2

    def test_forget_former_passwords_once_nobody_asks(self):
        self.change(not_last=3)
        browser = Browser().signed_in()
        self.set_password(browser, FINE)
        self.change(not_last=0)
        self.set_password(browser, f"{FINE} two", FINE)

        assert not FormerPassword.objects.exists()

    @pytest.mark.parametrize("rules", [{"min_length": 7}, {"min_length": 65}, {"not_last": -1}, {"not_last": 11}, {"min_length": True}, {"min_length": "9"}, {"colour": 1}])  # fmt: skip
    def test_that_cannot_be_are_refused_and_change_nothing(self, rules):
        answer = self.change(**rules)

        assert answer.status_code == 422
        assert Workspace.objects.get(slug=world.WORKSPACE).password_rules == {}

    @pytest.mark.parametrize("name", ["manager", "salesperson", "read_only"])
    def test_are_for_those_who_look_after_security(self, name):
        other = Client.signed_in_as(name)

        assert other.get("password-rules").json()["code"] == "identity.security_right_needed"
        assert other.patch("password-rules", {"min_length": 20}).status_code == 403
        assert Workspace.objects.get(slug=world.WORKSPACE).password_rules == {}

    def set_password(self, browser: Browser, new: str, current: str = world.PASSWORD):
        """Change the own password."""
        return browser.allauth("POST", "account/password/change", {"current_password": current, "new_password": new})
