"""An organisation's export of another CRM: five files, linked by that system's identifiers."""

from tests.engine.transfer.conftest import DATA

EXPORT = DATA / "salesforce_export_workshop"


def mapped_as_proposed(me, object_key, file, changes):
    """Import with the proposed mapping, unknown options left empty: what a person does who is in a hurry."""
    one = me.upload(object_key, EXPORT / file)
    found = me.preview(one["id"])
    mapping = []
    for entry in found["proposal"]:
        if changes.get(entry.get("column"), entry) is None:
            continue
        unknown = dict.fromkeys(entry.get("unknown", ()), "")
        values = {**entry.get("values", {}), **unknown}
        mapping.append({**entry, **({"values": values} if values else {}), **changes.get(entry.get("column"), {})})
    me.map(one["id"], mapping, match=found["match"], mode="upsert")
    return me.run(one["id"])


def test_all_five_objects_with_their_relations(importer):
    me = importer("administrator")
    companies = mapped_as_proposed(me, "company", "Account.csv", {})
    contacts = mapped_as_proposed(me, "contact", "Contact.csv", {})
    leads = mapped_as_proposed(me, "lead", "Lead.csv", {})
    deals = mapped_as_proposed(
        me,
        "opportunity",
        "Opportunity.csv",
        {"StageName": None, "Product__c": {"relation": {"by": "title", "create_missing": True}, "values": {}}},
    )
    tasks = mapped_as_proposed(me, "task", "Task.csv", {"Status": {"values": {"Not Started": "open"}}})
    done = [companies, contacts, leads, deals, tasks]
    assert [one["errors"] for one in done] == [[]] * 5
    assert [one["counts"]["create"] for one in done] == [22, 102, 60, 50, 75]
    assert me.count("contact", {"field": "company", "op": "not_empty"}) == 18
    assert me.count("opportunity", {"field": "company", "op": "not_empty"}) == 50
    assert me.count("opportunity", {"field": "product.name", "op": "eq", "value": "Merchant Services"}) > 0
    assert me.count("task", {"field": "about", "op": "not_empty"}) == 75
    (allen,) = me.rows("company", "address", "created_at", where={"field": "name", "op": "eq", "value": "Allen PLC"})
    assert allen["address"]["country"] == "United States"
    assert allen["created_at"].startswith("2024-01-22")
    (contact,) = me.rows("contact", "mail", where={"field": "name", "op": "eq", "value": "Patricia Ryan"})
    assert contact["mail"] == "patricia.ryan@example.com"


def test_importing_the_same_file_again_changes_nothing(importer):
    me = importer("administrator")
    mapped_as_proposed(me, "company", "Account.csv", {})
    again = mapped_as_proposed(me, "company", "Account.csv", {})
    assert again["counts"] == {"create": 0, "update": 22, "skip": 0, "error": 0, "unlinked": 0}
    assert again["change_set"] is None
    assert me.count("company") == 22
