"""A salesperson claims a lead out of a pool: masked before, whole afterwards, with its history of owners."""

import itertools

from playwright.sync_api import expect

_numbers = itertools.count(1)


def test_a_lead_is_claimed_out_of_a_pool(visit):
    boss, seller = visit("administrator"), visit("salesperson")
    name = f"池中客 {next(_numbers)}"
    lead = boss.create("lead", name=name, mobile="13812345678", company_name="瑞恒精密")
    (pool,) = boss.find("pool", {"field": "object", "op": "eq", "value": "lead"}, "name")
    params = {"object": "lead", "records": [lead], "pool": pool["id"]}
    boss.api("POST", "actions/pools/release-records", {"params": params})

    page = seller.open("pools")
    page.get_by_role("textbox", name=seller.say("pools.search")).fill(name)
    row = page.get_by_role("row").filter(has_text=name)
    expect(row).to_contain_text("瑞恒精密")
    expect(row).to_contain_text("138****5678")
    seller.button("pools.claim_this", row, title=name).click()

    expect(page.get_by_text(seller.say("pools.claimed").replace("{{count}}", "1"))).to_be_visible()
    expect(page.get_by_text(seller.say("pools.no_match"))).to_be_visible()
    seller.open(f"o/lead/{lead}")
    expect(page.get_by_text("138 1234 5678").or_(page.get_by_text("13812345678")).first).to_be_visible()
    page.get_by_role("tab", name=seller.say("page.tab_owners")).click()
    expect(page.get_by_text(seller.say("pools.kind_claimed"), exact=True)).to_be_visible()
    expect(page.get_by_text(seller.say("pools.kind_released"), exact=True)).to_be_visible()
