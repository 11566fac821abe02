"""Around a conversion: who is there already, which field goes where, and how it is taken back."""

from dataclasses import replace
from types import MappingProxyType
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanxi.areas.sales.converting.telling import duplicates_of
from guanxi.areas.sales.rules.conversion import spellings
from guanxi.engine import actions
from guanxi.engine.context import work
from guanxi.engine.objects.levels import FieldLevels
from guanxi.infra.errors import Conflict
from tests.support.clients import Client

LEAD = {"name": "张伟", "company_name": "瑞恒精密机械有限公司", "mobile": "15400000001", "mail": "zw@ruiheng.example"}


@pytest.fixture
def client(database):
    return Client.signed_in_as


def convert(who, lead, **params):
    answer = who.post("actions/sales/convert-lead", {"params": {"lead": lead, **params}})
    assert answer.status_code == 200, answer.content
    return answer.json()["result"]


def revert(who, lead):
    return who.post("actions/sales/revert-conversion", {"params": {"lead": lead}})


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("瑞恒精密", "瑞恒精密有限公司"), ("瑞恒精密股份有限公司", "瑞恒精密"), ("Acme Co., Ltd.", "Acme"),
        ("瑞恒集团有限公司", "瑞恒"), ("  Acme   Tools Inc. ", "Acme Tools"),
    ],
)  # fmt: skip
def test_one_company_in_several_spellings(one, other):
    assert other in spellings(one) or one in spellings(other)


@given(st.text(max_size=40))
def test_spellings_of_anything(name):
    found = spellings(name)

    assert len(found) == len(set(found))
    assert all(found)
    assert bool(found) == bool(name.strip())


def test_who_is_there_already(client):
    sales = client("salesperson")
    company = sales.make("company", name="瑞恒精密机械", phone="02161234567")["id"]
    other = sales.make("company", name="别的公司")["id"]
    colleague = sales.make("contact", name="张伟", company=company)["id"]
    reached = sales.make("contact", name="张先生", company=other, phone="15400000001")["id"]
    sales.make("contact", name="张伟", company=other)
    deal = sales.make("opportunity", name="二期", company=company)["id"]
    lead = sales.make("lead", **LEAD)["id"]

    found = sales.get(f"leads/{lead}/duplicates").json()

    def told(key):
        return {one["record"]["id"]: one["why"] for one in found[key]["candidates"]}

    assert told("companies") == {company: ["name"]}
    assert told("contacts") == {colleague: ["name"], reached: ["mobile"]}
    assert told("opportunities") == {deal: []}
    assert found["companies"]["candidates"][0]["owner"]["title"] == "salesperson"
    assert not found["companies"]["hidden"]


def test_what_is_out_of_reach_is_told_without_detail(client):
    company = client("other_salesperson").make("company", name="瑞恒精密机械")["id"]
    person = client("other_salesperson").make("contact", name="李娜", mail=LEAD["mail"])["id"]
    sales = client("salesperson")
    lead = sales.make("lead", **LEAD)["id"]

    answer = sales.get(f"leads/{lead}/duplicates")

    found = answer.json()
    assert (found["companies"], found["contacts"]) == (
        {"candidates": [], "hidden": True},
        {"candidates": [], "hidden": True},
    )
    assert company not in answer.content.decode()
    assert person not in answer.content.decode()
    assert "李娜" not in answer.content.decode()


def test_who_makes_no_companies_is_not_told_of_hidden_ones(workspace, actor, records_of):
    seller = actor("salesperson")
    with work(workspace, actor("other_salesperson"), via="ui") as ctx:
        records_of(ctx).new("company", name="瑞恒精密机械")
    with work(workspace, seller, via="ui") as ctx:
        lead = records_of(ctx).new("lead", **LEAD)
    rights = dict(seller.objects) | {"company": replace(seller.rights("company"), create=False)}
    with work(workspace, replace(seller, objects=MappingProxyType(rights)), via="ui") as ctx:
        assert duplicates_of(ctx, lead)["companies"] == {"candidates": [], "hidden": False}


def test_leads_out_of_reach_have_no_duplicates(client):
    lead = client("salesperson").make("lead", **LEAD)["id"]

    assert client("colleague").get(f"leads/{lead}/duplicates").status_code == 404
    assert client("colleague").get(f"leads/{lead}/reversal").status_code == 404


def test_into_an_opportunity_that_is_open(client):
    sales = client("salesperson")
    company = sales.make("company", name="瑞恒")["id"]
    deal = sales.make("opportunity", name="二期", company=company, amount="5000")
    lead = sales.make("lead", **LEAD)["id"]
    note = sales.make("note", body="<p>聊过</p>", about={"object": "lead", "id": lead})["id"]

    became = convert(sales, lead, opportunity=deal["id"])

    assert (became["company"], became["opportunity"]) == (company, deal["id"])
    assert sales.get(f"records/note/{note}").json()["about"]["id"] == deal["id"]
    assert sales.get(f"records/opportunity/{deal['id']}").json()["amount"] == deal["amount"]
    assert len(sales.get("records/opportunity").json()["rows"]) == 1


def test_an_admin_says_which_field_goes_where(client):
    boss, sales = client("administrator"), client("salesperson")
    pairs = [{"to": "name", "source": "company_name"}, {"to": "description", "source": "need"}]
    made = boss.make("conversion_mapping", name="公司", object="company", fields=pairs)
    lead = sales.make("lead", **LEAD, need="要仓储", industry="machinery")["id"]

    company = sales.get(f"records/company/{convert(sales, lead)['company']}").json()

    assert (company["name"], company["description"], company["industry"]) == (LEAD["company_name"], "要仓储", None)
    told = boss.get("conversion-mappings").json()["mappings"][0]
    assert (told["id"], told["fields"]) == (made["id"], pairs)
    assert {"to": "industry", "source": "industry"} in told["shipped"]


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ("name", "mapping_is_a_list"), ([{"to": "name"}], "mapping_is_a_list"),
        ([{"to": "industry", "source": "industry"}], "mapping_title"),
        ([{"to": "name", "source": "company_name"}, {"to": "name", "source": "need"}], "mapping_twice"),
        ([{"to": "name", "source": "company_name"}, {"to": "open_amount", "source": "score"}], "mapping_unknown_target"),
        ([{"to": "name", "source": "company_name"}, {"to": "phone", "source": "nothing"}], "mapping_unknown_source"),
        ([{"to": "name", "source": "company_name"}, {"to": "employees", "source": "need"}], "mapping_unlike"),
    ],
)  # fmt: skip
def test_mappings_that_make_no_sense(client, fields, code):
    values = {"name": "公司", "object": "company", "fields": fields}
    answer = client("administrator").post("records/conversion_mapping", {"values": values})

    assert answer.status_code == 422
    assert f"sales.{code}" in answer.content.decode()


def test_mappings_are_kept_by_those_who_configure(client):
    values = {"name": "公司", "object": "company", "fields": [{"to": "name", "source": "company_name"}]}

    assert client("salesperson").post("records/conversion_mapping", {"values": values}).status_code == 403
    assert client("salesperson").get("conversion-mappings").status_code == 403


def test_what_the_caller_does_not_read_is_not_carried_over(workspace, actor, records_of):
    seller = actor("salesperson")
    with work(workspace, seller, via="ui") as ctx:
        lead = records_of(ctx).new("lead", **LEAD, need="机密需求")
    rights = dict(seller.objects)
    rights["lead"] = replace(seller.rights("lead"), fields=FieldLevels(MappingProxyType({"need": "hidden"})))
    blind = replace(seller, objects=MappingProxyType(rights))
    with work(workspace, blind, via="ui") as ctx:
        became = actions.run(ctx, "sales.convert_lead", {"lead": str(lead)})
        assert records_of(ctx).get("opportunity", UUID(became["opportunity"]), "description") is None


def test_reverting_takes_all_of_it_back(client):
    sales = client("salesperson")
    lead = sales.make("lead", **LEAD)["id"]
    note = sales.make("note", body="<p>聊过</p>", about={"object": "lead", "id": lead})["id"]
    convert(sales, lead)
    told = sales.get(f"leads/{lead}/reversal").json()
    assert (told["refused"], told["against"]) == (None, [])
    assert [one["object"] for one in told["made"]] == ["company", "contact", "opportunity"]

    answer = revert(sales, lead)

    assert answer.status_code == 200, answer.content
    row = sales.get(f"records/lead/{lead}").json()
    assert (row["status"], row["converted_company"]) == ("new", None)
    for key in ("company", "contact", "opportunity", "affiliation"):
        assert sales.get(f"records/{key}").json()["rows"] == []
    assert sales.get(f"records/note/{note}").json()["about"]["id"] == lead
    assert revert(sales, lead).json()["code"] == "sales.lead_not_converted"
    assert convert(sales, lead)["opportunity"]


@pytest.mark.parametrize(
    ("meanwhile", "said"),
    [
        (lambda c, b: c.patch(f"records/company/{b['company']}", {"values": {"level": "A"}}), "“瑞恒精密机械有限公司”在转化后被修改"),
        (lambda c, b: c.make("note", body="<p>新</p>", about={"object": "opportunity", "id": b["opportunity"]}), "已关联到转化的结果"),
        (lambda c, b: c.make("contact", name="李娜", company=b["company"]), "联系人“李娜”已关联到转化的结果"),
        (lambda c, b: c.make("quote", name="报价", opportunity=b["opportunity"], company=b["company"]), "已关联到转化的结果"),
        (lambda c, b: c.delete(f"records/opportunity/{b['opportunity']}"), "已被删除"),
    ],
)  # fmt: skip
def test_what_was_used_since_stands_against_it(client, meanwhile, said):
    sales = client("salesperson")
    lead = sales.make("lead", **LEAD)["id"]
    became = convert(sales, lead)
    meanwhile(sales, became)
    before = sales.get(f"records/lead/{lead}").json()

    answer = revert(sales, lead)

    assert (answer.status_code, answer.json()["code"]) == (409, "sales.conversion_stands"), answer.content
    assert said in answer.json()["detail"]
    assert sales.get(f"records/lead/{lead}").json() == before
    assert sales.get(f"records/company/{became['company']}").status_code == 200
    assert sales.get(f"leads/{lead}/reversal").json()["against"]


def test_what_the_caller_does_not_see_is_counted_and_not_named(client):
    sales, boss = client("salesperson"), client("administrator")
    lead = sales.make("lead", **LEAD)["id"]
    became = convert(sales, lead)
    boss.make("company", name="秘密子公司", parent=became["company"])

    answer = revert(sales, lead)

    assert answer.status_code == 409
    assert "秘密子公司" not in answer.content.decode()
    assert "条记录已关联到转化的结果" in answer.json()["detail"]
    assert "秘密子公司" not in sales.get(f"leads/{lead}/reversal").content.decode()


def test_records_that_were_there_stay(client):
    sales = client("salesperson")
    company = sales.make("company", name="瑞恒")["id"]
    lead = sales.make("lead", **LEAD)["id"]
    convert(sales, lead, company=company)

    assert revert(sales, lead).status_code == 200
    assert sales.get(f"records/company/{company}").json()["name"] == "瑞恒"


def test_a_manager_reverts_what_a_salesperson_converted(client):
    lead = client("salesperson").make("lead", **LEAD)["id"]
    convert(client("salesperson"), lead)

    assert revert(client("colleague"), lead).status_code == 404
    assert revert(client("read_only"), lead).status_code == 403
    assert revert(client("manager"), lead).status_code == 200


def test_leads_that_came_converted_have_nothing_to_take_back(workspace, actor, records_of):
    with work(workspace, actor("administrator"), via="import") as ctx:
        lead = records_of(ctx).new("lead", **LEAD, status="converted")
    with work(workspace, actor("administrator"), via="ui") as ctx, pytest.raises(Conflict) as refused:
        actions.run(ctx, "sales.revert_conversion", {"lead": str(lead)})
    assert refused.value.code == "sales.conversion_unknown"
