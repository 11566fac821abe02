"""Company trees and credit codes."""

import pytest

from guanxi.engine.records import writes
from guanxi.engine.records.writes import Change
from guanxi.infra.errors import Invalid

CODE = "91110000600037341L"


def codes(refused):
    return [(error.field, error.code, error.row) for error in refused.value.fields]


def test_a_company_cannot_lie_below_itself(records, ctx):
    group = records.new("company", name="集团")
    middle = records.new("company", name="子公司", parent=group)
    lowest = records.new("company", name="孙公司", parent=middle)

    with pytest.raises(Invalid) as refused:
        writes.update(ctx, "company", [Change(middle, {"level": "A"}), Change(group, {"parent": lowest})])

    assert codes(refused) == [("parent", "customers.company_cycle", 1)]


def test_a_subsidiary_may_move(records):
    group, other = records.new("company", name="集团"), records.new("company", name="另一集团")
    child = records.new("company", name="子公司", parent=group)

    records.set("company", child, parent=other)

    assert records.get("company", child, "parent") == other


def test_nobody_reports_to_their_own_people(records):
    boss = records.new("contact", name="总")
    assistant = records.new("contact", name="助理", reports_to=boss)

    with pytest.raises(Invalid) as refused:
        records.set("contact", boss, reports_to=assistant)

    assert codes(refused) == [("reports_to", "customers.reporting_cycle", 0)]


@pytest.mark.parametrize(("written", "kept"), [(" 91 110000 600037341l", CODE), ("110000012345678", "110000012345678")])
def test_a_right_credit_code_is_kept_in_normal_form(records, written, kept):
    company = records.new("company", name="甲", credit_code=written)

    assert records.get("company", company, "credit_code") == kept


@pytest.mark.parametrize("code", ["91110000600037341N", "ABC"])
def test_a_wrong_credit_code_is_refused(records, code):
    with pytest.raises(Invalid) as refused:
        records.new("company", name="甲", credit_code=code)

    assert codes(refused) == [("credit_code", "customers.credit_code_wrong", 0)]
    assert records.all("company") == []


def test_first_tags_come_in_groups(records):
    groups = {records.get("tag", one, "group") for one in records.all("tag")}

    assert groups == {"合作意向", "客户价值", "采购特征", "服务状态"}
