"""Runs over HTTP: worked out, approved, locked; claimed back after a credit note; and that nobody sees what they may not."""

from decimal import Decimal

from guanxi.areas.commission.actions import move_run
from tests.support.clients import Client


def found(who, object_key, where=None, sort=None):
    answer = Client.signed_in_as(who).post(
        f"records/{object_key}/query", {"where": where, "sort": sort or [{"field": "id", "dir": "asc"}]}
    )
    return answer.json()["rows"] if answer.status_code == 200 else answer.status_code


def amounts(rows, key="amount"):
    return sorted(Decimal(row[key]["amount"]) for row in rows)


def test_a_run_from_the_draft_to_the_claw_back(admin, do, plan, invoice, calculated, member):
    plan()
    big = invoice("salesperson", "120000", "2026-09-10")
    invoice("colleague", "1000", "2026-09-11")
    invoice("salesperson", "7000", "2026-10-01")
    preview = do("administrator", "preview-run", day="2026-09-01").json()["result"]
    assert (preview["total"], len(preview["rows"])) == ("6650.00", 2)
    assert found("administrator", "commission_run") == []

    run = calculated("2026-09-15")
    assert calculated("2026-09-20") == run
    row = admin.get(f"records/commission_run/{run}").json()
    assert (row["name"], row["status"], row["people"], row["line_count"]) == ("2026-09", "draft", 2, 3)
    assert amounts([row], "total") == [6650]
    mine = {"field": "member", "op": "eq", "value": member("salesperson")}
    lines = found("administrator", "commission_line", mine)
    assert amounts(lines) == [1600, 5000]
    (second,) = (one for one in lines if one["tier"] == 2)
    assert (amounts([second], "base"), Decimal(second["rate"])) == ([20000], 8)
    assert (second["plan_name"], second["plan_number"]) == ("销售提成", 1)
    assert second["source"]["id"] == big

    # Nobody but who works it out sees a draft, and then everybody their own.
    for who in ("salesperson", "colleague", "manager"):
        assert found(who, "commission_statement") == []
        assert found(who, "commission_line") == []
    assert do("salesperson", "approve-run", run=run).status_code == 403
    assert do("administrator", "approve-run", run=run).json()["result"]["status"] == "approved"
    assert amounts(found("salesperson", "commission_line")) == [1600, 5000]
    assert amounts(found("colleague", "commission_statement"), "total") == [50]
    assert amounts(found("colleague", "commission_line")) == [50]
    assert amounts(found("manager", "commission_statement"), "total") == [50, 6600]
    assert found("other_salesperson", "commission_statement") == []
    assert found("read_only", "commission_statement") == 404
    assert found("salesperson", "commission_run") == 404
    assert found("salesperson", "commission_plan") == 404

    # A dispute keeps the run open until it is answered.
    (statement,) = found("salesperson", "commission_statement")
    theirs = do("colleague", "dispute-statement", statement=statement["id"], reason="不对")
    assert theirs.status_code == 404
    assert do("manager", "dispute-statement", statement=statement["id"], reason="不对").json()["code"] == (
        "commission.not_yours"
    )
    assert do("salesperson", "dispute-statement", statement=statement["id"], reason="少算了一单").status_code == 200
    assert do("administrator", "lock-run", run=run).json()["code"] == "commission.disputes_open"
    assert do("salesperson", "answer-dispute", statement=statement["id"], answer="好").status_code == 403
    assert do("administrator", "answer-dispute", statement=statement["id"], answer="已核对").status_code == 200
    assert found("salesperson", "commission_statement")[0]["answer"] == "已核对"
    assert do("administrator", "lock-run", run=run).json()["result"]["status"] == "locked"
    for verb in ("approve-run", "reopen-run", "lock-run", "discard-run"):
        assert do("administrator", verb, run=run).status_code == 409
    assert do("administrator", "calculate-run", day="2026-09-30").json()["code"] == "commission.already_locked"

    # A credit note of half: the next run claims half back, once; the locked lines stay.
    note = admin.make("invoice", company=admin.get(f"records/invoice/{big}").json()["company"]["id"],
                      kind="credit_note", corrects=big, amount="60000")  # fmt: skip
    params = {"invoice": note["id"], "issued_on": "2026-10-05", "due_on": "2026-10-05"}
    assert admin.post("actions/billing/issue-invoice", {"params": params}).status_code == 200
    october = calculated("2026-10-01")
    row = admin.get(f"records/commission_run/{october}").json()
    assert (amounts([row], "earned"), amounts([row], "claimed_back")) == ([350], [-3300])
    back = found("administrator", "commission_line", {"field": "kind", "op": "eq", "value": "claw_back"})
    assert amounts(back) == [-2500, -800]
    assert all(one["corrects"] for one in back)
    do("administrator", "approve-run", run=october)
    assert do("administrator", "lock-run", run=october).status_code == 200
    november = do("administrator", "preview-run", day="2026-11-01").json()["result"]
    assert november["rows"] == []
    assert amounts(found("salesperson", "commission_line")) == [-2500, -800, 350, 1600, 5000]


def test_what_is_refused(admin, do, plan, invoice, calculated):
    overlapping = [{"from": "0", "to": "120000", "rate": "5"}, {"from": "100000", "rate": "8"}]
    component = {"name": "提成", "tiers": overlapping}
    asked = {"name": "方案", "valid_from": "2026-01-01", "definition": {"components": [component]}}
    answer = admin.post("records/commission_plan", {"values": asked})
    assert answer.status_code == 422
    (error,) = answer.json()["fields"]
    assert (error["field"], error["code"]) == ("definition.components.0.tiers.1.from", "commission.tiers_overlap")
    assert "两档重叠" in error["message"]

    one = plan()
    changed = admin.patch(f"records/commission_plan/{one}", {"values": {"definition": asked["definition"]}})
    assert changed.json()["code"] == "commission.plan_in_use"
    second = do("administrator", "new-version", plan=one).json()["result"]["plan"]
    assert do("administrator", "new-version", plan=one).json()["code"] == "commission.draft_there"
    early = admin.patch(f"records/commission_plan/{second}", {"values": {"valid_from": "2025-12-01"}})
    assert early.status_code == 200
    assert do("administrator", "activate-plan", plan=second).status_code == 422
    admin.patch(f"records/commission_plan/{second}", {"values": {"valid_from": "2026-09-16"}})
    assert do("administrator", "activate-plan", plan=second).status_code == 200
    assert admin.get(f"records/commission_plan/{one}").json()["valid_to"] == "2026-09-15"

    invoice("salesperson", "1000", "2026-09-10")
    run = calculated("2026-09-01")
    assert do("administrator", "calculate-run", day="2026-10-01").json()["code"] == "commission.another_open"
    statement = found("administrator", "commission_statement")[0]["id"]
    for object_key, id_ in (("commission_run", run), ("commission_statement", statement)):
        answer = admin.patch(f"records/{object_key}/{id_}", {"values": {"name": "改"}})
        assert answer.status_code in (409, 422)
        assert admin.delete(f"records/{object_key}/{id_}").json()["code"] == "commission.kept_for_good"
    for who in ("salesperson", "manager", "read_only"):
        assert do(who, "calculate-run", day="2026-09-01").status_code == 403
        assert do(who, "preview-run", day="2026-09-01").status_code == 403
    assert do("administrator", "discard-run", run=run).status_code == 200
    assert found("administrator", "commission_line") == []


def test_a_refund_is_claimed_back(admin, do, plan, invoice, calculated, monkeypatch):
    plan([{"name": "回款提成", "basis": "received", "tiers": [{"from": "0", "rate": "5"}]}])
    made = invoice("salesperson", "40000", "2026-09-02")
    company = admin.get(f"records/invoice/{made}").json()["company"]["id"]
    paid = {
        "company": company,
        "amount": "40000",
        "paid_on": "2026-09-03",
        "items": [{"invoice": made, "amount": "40000"}],
    }
    assert admin.post("actions/billing/record-payment", {"params": paid}).status_code == 200
    (allocation,) = found("administrator", "payment_allocation")
    monkeypatch.setattr(move_run, "over", lambda *_: True)
    run = calculated(allocation["allocated_on"])
    assert amounts(found("administrator", "commission_line")) == [2000]
    do("administrator", "approve-run", run=run)
    assert do("administrator", "lock-run", run=run).status_code == 200
    for verb, params in (
        ("take-back-allocation", {"allocation": allocation["id"]}), ("refund-payment", {"payment": allocation["payment"]["id"]}),
    ):  # fmt: skip
        assert admin.post(f"actions/billing/{verb}", {"params": params}).status_code == 200
    later = do("administrator", "preview-run", day="2030-01-01").json()["result"]
    assert [row["claimed_back"] for row in later["rows"]] == ["-2000.00"]
