"""Statements of account and what is due over HTTP: they balance, and nobody reads what they may not."""

from io import BytesIO

from python_calamine import CalamineWorkbook

from tests.areas.billing.test_verbs import do, part
from tests.support.clients import Client


def statement(client, company, begins, ends):
    answer = client.get(f"companies/{company['id']}/statement?begins={begins}&ends={ends}")
    assert answer.status_code == 200, answer.content
    return answer.json()["accounts"]


def test_a_statement_balances_and_its_closing_is_the_next_opening(admin, company, issued, paid):
    first, second = issued("1000", "2026-01-10"), issued("500.50", "2026-02-01")
    payment = paid("600", "2026-02-15")
    do(admin, "allocate-payment", payment=payment["id"], items=[part(first, "600")])
    do(admin, "cancel-invoice", invoice=second["id"], amount="0.50")
    do(admin, "write-off", invoice=first["id"], day="2026-03-31")

    (january,) = statement(admin, company, "2026-01-01", "2026-01-31")
    (february,) = statement(admin, company, "2026-02-01", "2026-02-28")
    (spring,) = statement(admin, company, "2026-03-01", "2026-12-31")
    assert (january["opening"], january["closing"]) == ("0.00", "1000.00")
    assert (february["opening"], february["closing"]) == ("1000.00", "900.50")
    assert [(one["kind"], one["charged"], one["paid"], one["balance"]) for one in february["lines"]] == [
        ("invoice", "500.50", None, "1500.50"), ("payment", None, "600.00", "900.50"),
    ]  # fmt: skip
    assert spring["opening"] == "900.50"
    assert {one["kind"] for one in spring["lines"]} == {"write_off", "credit_note"}
    assert spring["closing"] == "500.00"


def test_a_payment_in_another_currency_balances_both(admin, company, issued, paid):
    admin.make("currency_rate", currency="USD", rate="7.10", valid_from="2026-01-01")
    issued("710")
    do(admin, "allocate-payment", payment=paid({"amount": "100", "currency": "USD"})["id"])
    found = statement(admin, company, "2026-01-01", "2027-12-31")

    assert [(one["currency"], one["closing"]) for one in found] == [("CNY", "0.00"), ("USD", "0.00")]


def test_a_statement_is_a_sheet_too(admin, company, issued):
    issued("1000", "2026-01-10")
    answer = admin.get(f"companies/{company['id']}/statement/file?begins=2026-01-01&ends=2026-01-31")
    rows = CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0).to_python()

    assert rows[0] == ["日期", "摘要", "单据编号", "币种", "应收", "已收", "余额"]
    assert [row[1] for row in rows[1:]] == ["期初余额", "发票", "期末余额"]
    assert rows[-1][-1] == 1000


def test_a_period_that_makes_no_sense_is_refused(admin, company):
    for query, code in (
        ("begins=2026-02-01&ends=2026-01-01", "billing.period_ends_early"), ("begins=soon", "billing.not_a_day"),
    ):  # fmt: skip
        answer = admin.get(f"companies/{company['id']}/statement?{query}")
        assert (answer.status_code, answer.json()["fields"][0]["code"]) == (422, code)


def test_what_is_due_by_how_long(admin, company, issued, paid):
    issued("100", "2026-01-01", "2026-01-02")
    paid("30")
    (row,) = admin.get("receivables").json()["rows"]
    assert (row["company"]["title"], row["older"], row["unallocated"], row["total"]) == (
        "华东机械", "100.00", "-30.00", "70.00",
    )  # fmt: skip
    assert admin.get("receivables").json()["totals"][0]["total"] == "70.00"


def test_nobody_reads_the_account_of_a_company_that_is_not_theirs(sales, company, issued):
    issued("100")
    assert statement(sales, company, "2026-01-01", "2026-12-31")[0]["closing"] == "100.00"
    assert sales.get("receivables").json()["rows"][0]["total"] == "100.00"
    stranger = Client.signed_in_as("other_salesperson")
    assert stranger.get(f"companies/{company['id']}/statement").status_code == 404
    assert stranger.get(f"companies/{company['id']}/statement/file").status_code == 404
    assert stranger.get("receivables").json() == {**stranger.get("receivables").json(), "rows": [], "totals": []}


def test_a_statement_is_whole_or_refused(admin, sales, company, issued):
    issued("100")
    roles = admin.post("records/role/query", {"where": {"field": "key", "op": "eq", "value": "salesperson"}}).json()
    (role,) = roles["rows"]
    permissions = admin.get(f"records/role/{role['id']}").json()["permissions"]
    permissions["objects"]["payment"] = {"read": "none"}
    admin.patch(f"records/role/{role['id']}", {"values": {"permissions": permissions}})
    answer = sales.get(f"companies/{company['id']}/statement")
    assert (answer.status_code, answer.json()["code"]) == (403, "billing.statement_not_whole")
