"""A lead becomes a company, a contact and an opportunity, once."""

import pytest

from guanxi.areas.sales.errors import LeadAlreadyConverted
from guanxi.areas.sales.rules import conversion
from guanxi.engine import actions
from guanxi.engine.context import work
from guanxi.engine.records import undo
from guanxi.infra.errors import Invalid, NotAllowed, NotFound

LEAD = {
    "name": "张伟", "company_name": "瑞恒精密机械有限公司", "title": "IT 经理", "mobile": "154 0000 0001",
    "mail": "zw@ruiheng.example", "source": "website", "industry": "machinery", "need": "需要仓储系统",
    "tags": ["高意向"],
}  # fmt: skip


def convert(ctx, lead, **params):
    return actions.run(ctx, "sales.convert_lead", {"lead": str(lead), **params})


@pytest.mark.parametrize(
    ("lead", "company", "contact"),
    [
        (
            {"name": "张伟", "company_name": "瑞恒", "mobile": "1"},
            {"name": "瑞恒", "type": "prospect"},
            {"mobile": "1"},
        ),
        ({"name": "张伟", "phone": "2"}, None, {"phone": "2"}),
    ],
)
def test_what_it_becomes(lead, company, contact):
    assert conversion.company(lead) == company
    assert conversion.contact(lead, None if company is None else 7).items() >= contact.items()


@pytest.mark.parametrize(
    ("language", "name", "expected"),
    [("zh-CN", None, "瑞恒的商机"), ("en", None, "瑞恒: opportunity"), ("en", "WMS", "WMS")],
)
def test_the_opportunity_is_named_after_the_customer(language, name, expected):
    assert conversion.opportunity({"name": "张伟", "company_name": "瑞恒"}, name, language)["name"] == expected


def test_new_company_contact_and_opportunity(ctx, records):
    lead = records.new("lead", **LEAD)

    became = convert(ctx, lead, amount="5万")

    company, contact, deal = (records.all(key)[0] for key in ("company", "contact", "opportunity"))
    assert became == {"company": str(company), "contact": str(contact), "opportunity": str(deal)}
    assert records.get("company", company, "name", "industry", "tags") == (
        LEAD["company_name"],
        "machinery",
        ("高意向",),
    )
    assert records.get("contact", contact, "name", "company", "mobile") == ("张伟", company, "+8615400000001")
    assert records.get("opportunity", deal, "company", "contact", "description") == (company, contact, "需要仓储系统")
    assert str(records.get("opportunity", deal, "amount").amount) == "50000.00"
    fields = ("status", "converted_company", "converted_contact", "converted_opportunity", "converted_at")
    assert records.get("lead", lead, *fields) == ("converted", company, contact, deal, ctx.now)


def test_into_records_that_exist(ctx, records):
    company = records.new("company", name="瑞恒")
    contact = records.new("contact", name="李娜", company=company)
    lead = records.new("lead", **LEAD)

    became = convert(ctx, lead, contact=str(contact), create_opportunity=False)

    assert became == {"company": str(company), "contact": str(contact), "opportunity": None}
    assert (len(records.all("company")), len(records.all("contact")), records.all("opportunity")) == (1, 1, [])


def test_private_customer_has_no_company(ctx, records):
    lead = records.new("lead", name="张伟", phone="010-62345678")

    became = convert(ctx, lead)

    assert became["company"] is None
    assert records.get("contact", records.all("contact")[0], "phone") == "+861062345678"


def test_twice_is_refused_and_changes_nothing(ctx, records):
    lead = records.new("lead", **LEAD)
    convert(ctx, lead)

    with pytest.raises(LeadAlreadyConverted):
        convert(ctx, lead)

    assert len(records.all("opportunity")) == 1


@pytest.mark.parametrize(("create", "target"), [(True, "opportunity"), (False, "contact")])
def test_activities_move_where_the_work_goes_on(ctx, records, create, target):
    lead = records.new("lead", **LEAD)
    about = {"object": "lead", "id": lead}
    note = records.new("note", body="聊过", about=about)
    task = records.new("task", subject="回电", about=about)

    became = convert(ctx, lead, create_opportunity=create)

    for key, record in (("note", note), ("task", task)):
        moved = records.get(key, record, "about")
        assert (moved.object, str(moved.id)) == (target, became[target])


def test_converted_is_not_written_by_hand(records):
    lead = records.new("lead", **LEAD)

    with pytest.raises(Invalid) as refused:
        records.set("lead", lead, status="converted")

    assert [error.code for error in refused.value.fields] == ["sales.convert_by_verb"]


def test_converted_is_not_taken_back_by_hand(ctx, records):
    lead = records.new("lead", **LEAD)
    convert(ctx, lead)

    with pytest.raises(Invalid) as refused:
        records.set("lead", lead, status="new")

    assert [error.code for error in refused.value.fields] == ["sales.lead_already_converted"]


def test_undo_takes_all_of_it_back(workspace, actor, records_of):
    seller = actor("salesperson")
    with work(workspace, seller, via="ui") as ctx:
        lead = records_of(ctx).new("lead", **LEAD)
        note = records_of(ctx).new("note", body="聊过", about={"object": "lead", "id": lead})
    with work(workspace, seller, via="ui") as ctx:
        convert(ctx, lead)
        conversion_set = ctx.change_set

    with work(workspace, seller, via="undo") as ctx:
        undo.undo(ctx, conversion_set)

        records = records_of(ctx)
        assert [records.all(key) for key in ("company", "contact", "opportunity", "affiliation")] == [[]] * 4
        assert records.get("lead", lead, "status", "converted_company", "converted_at") == ("new", None, None)
        assert records.get("note", note, "about").id == lead


@pytest.mark.parametrize(("name", "refusal"), [("colleague", NotFound), ("manager", None), ("read_only", NotAllowed)])
def test_who_may(workspace, actor, records_of, name, refusal):
    with work(workspace, actor("salesperson"), via="ui") as ctx:
        lead = records_of(ctx).new("lead", **LEAD)
    with work(workspace, actor(name), via="ui") as ctx:
        if refusal is None:
            convert(ctx, lead)
        else:
            with pytest.raises(refusal):
                convert(ctx, lead)
    with work(workspace, actor("administrator"), via="ui") as ctx:
        assert len(records_of(ctx).all("company")) == (refusal is None)
