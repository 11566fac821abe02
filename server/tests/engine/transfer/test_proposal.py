"""Mappings proposed from headers and values, on the objects that the product ships."""

import pytest

from guanxi.engine.objects import assembly
from guanxi.engine.objects.fields.base import ParseEnv
from guanxi.engine.transfer.proposal import propose
from guanxi.engine.transfer.proposal.headers import mean_the_same, words


@pytest.fixture(scope="module")
def snapshot():
    from guanxi.app.installation import definitions

    rows = [
        assembly.ObjectRow(
            one.id, one.key, one.area, one.attributes, custom=False,
            fields={f.key: assembly.field_from(f.id, f.key, f.kind, f.attributes) for f in one.fields},
        )
        for one in definitions()
    ]  # fmt: skip
    return assembly.assemble("test", 1, rows)


def proposed(snapshot, object_key, columns):
    samples = columns if isinstance(columns, dict) else {name: [] for name in columns}
    found = propose(snapshot, snapshot.object(object_key), samples, ParseEnv())
    return {entry.get("column", "template"): entry for entry in found.mapping}


@pytest.mark.parametrize(
    ("header", "spelled"),
    [
        ("AccountId", "account id"),
        ("account_id", "account id"),
        ("Account ID *", "account id"),
        ("External_id__c", "external id"),
        ("property_hs_createdate", "createdate"),
        ("公司 名称（必填）", "公司名称"),
        ("ＥＭＡＩＬ", "email"),
        ("URLOfSite", "url of site"),
    ],
)
def test_words_of_a_header(header, spelled):
    assert words(header) == spelled


def test_synonyms_cross_languages():
    assert mean_the_same("fields", "cell phone", "手机号码")
    assert mean_the_same("objects", "account", "客户")
    assert not mean_the_same("fields", "mobile", "fax")


@pytest.mark.parametrize(
    ("object_key", "fields"),
    [
        (
            "company",
            {
                "客户名称": "name",
                "所属行业": "industry",
                "官网": "website",
                "负责人": "owner",
                "创建日期": "created_at",
            },
        ),
        ("company", {"Account Name": "name", "Sector": "industry", "NumberOfEmployees": "employees", "Fax": None}),
        ("contact", {"姓名": "name", "手机号": "mobile", "Email Address": "mail", "公司": "company", "职务": "title"}),
        ("contact", {"Account ID": "company", "Mobile Phone": "mobile", "Birthdate": "birthday"}),
        ("opportunity", {"Deal Name": "name", "Deal Stage": "stage", "Amount": "amount", "产品": "product"}),
        ("lead", {"Lead Source": "source", "公司名称": "company_name", "需求": "need"}),
    ],
)
def test_headers_in_both_languages(snapshot, object_key, fields):
    found = proposed(snapshot, object_key, list(fields))
    assert {column: found[column]["field"] for column in fields} == fields


def test_every_target_is_used_once(snapshot):
    found = proposed(snapshot, "contact", ["Mobile", "Mobile Phone", "手机"])
    assert [entry["field"] for entry in found.values()].count("mobile") == 1


def test_unmistakable_values_need_no_header(snapshot):
    found = proposed(snapshot, "contact", {"X": ["a@example.com", "b@example.org"], "Y": ["abc", "def"]})
    assert found["X"]["field"] == "mail"
    assert found["Y"]["field"] is None


def test_values_outweigh_a_header_that_they_contradict(snapshot):
    found = proposed(snapshot, "opportunity", {"Amount": ["high", "low", "medium"]})
    assert found["Amount"]["field"] is None


def test_references_by_what_the_values_are(snapshot):
    columns = {"AccountId": ["001Ec00000GGw3hIAD", "001Ec00000GGw3iIAD"], "OwnerId": ["005Ec000004o8yHIAQ"]}
    found = proposed(snapshot, "opportunity", columns)
    assert found["AccountId"]["relation"]["by"] == "external_id"
    # Members keep no identifiers of other systems: nothing could be found.
    assert found["OwnerId"]["field"] is None
    found = proposed(snapshot, "opportunity", {"负责人": ["a@example.com"], "公司": ["华信科技"]})
    assert found["负责人"]["relation"]["by"] == "email"
    assert found["公司"]["relation"]["by"] == "title"


def test_the_plain_identifier_goes_before_others(snapshot):
    columns = {"Id": ["001Ec00000GGw3hIAD"], "External_id__c": ["crm_1"]}
    found = proposed(snapshot, "company", columns)
    assert found["Id"]["field"] == "external_id"
    assert found["External_id__c"]["field"] is None


def test_parts_of_an_address(snapshot):
    columns = {
        "OtherCity": [],
        "MailingStreet": ["1 High Street"],
        "MailingCity": ["Bern"],
        "MailingAddress": ['{"a":1}'],
    }
    found = proposed(snapshot, "contact", columns)
    assert found["MailingStreet"]["field"] == "address.street"
    assert found["MailingCity"]["field"] == "address.city"
    assert found["MailingAddress"]["field"] is None
    assert found["OtherCity"]["field"] is None


def test_a_title_that_no_column_holds_is_composed(snapshot):
    found = proposed(snapshot, "contact", {"First Name": ["Ada"], "Last Name": ["Lovelace"]})
    assert (found["template"]["field"], found["template"]["template"]) == ("name", "{First Name} {Last Name}")
    found = proposed(snapshot, "contact", {"姓": ["张"], "名": ["三"]})
    assert found["template"]["template"] == "{姓}{名}"
    found = proposed(snapshot, "opportunity", {"product": ["A"], "account": ["X", "Y"], "close_value": ["1"]})
    assert found["template"]["template"] == "{account} · {product}"
