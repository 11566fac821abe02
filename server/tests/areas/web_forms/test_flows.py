"""A flow that a submission sets off."""

from django.test import Client as Browser

from guanxi.areas.web_forms import state
from tests.areas.web_forms.test_pages import FIELDS, send
from tests.capabilities.flows.conftest import automation, rule
from tests.capabilities.mailbox.test_message_in import NOTE

__all__ = ["automation"]


def test_a_submission_sets_a_flow_off(automation, monkeypatch):
    monkeypatch.setattr(state, "LEAST_SECONDS", 0)
    form, other = (automation.admin.make("web_form", name=name, fields=FIELDS) for name in ("官网咨询", "展会"))
    trigger = {
        "kind": "web_form.sent",
        "settings": {"where": {"where": {"field": "form", "op": "eq", "value": form["id"]}}},
    }
    flow = automation.flow(rule(trigger, NOTE, of="form_submission"))
    for one in (form, other):
        assert send(Browser(), one).status_code == 200
    automation.round()

    assert len(automation.runs(flow)) == 1
