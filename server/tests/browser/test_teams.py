"""The team of an opportunity by the keyboard alone: who joins, what is missing to the whole, and that it is kept."""

from playwright.sync_api import expect


def test_a_team_is_put_together(visit):
    someone = visit("administrator")
    deal = someone.create("opportunity", name="团队走查", amount={"amount": "1000", "currency": "CNY"})
    page = someone.open(f"o/opportunity/{deal}?tab=team")
    panel = page.get_by_role("tabpanel")
    expect(panel.get_by_text(someone.say("team.none"))).to_be_visible()

    someone.button("field-kinds.add_line", panel).press("Enter")
    someone.choose(panel.get_by_role("textbox").first, "张磊")
    kind = panel.get_by_role("textbox", name="团队 1 分成类型").or_(
        panel.get_by_role("combobox", name="团队 1 分成类型")
    )
    kind.first.click()
    page.get_by_role("option", name="业绩分成", exact=True).click()
    percent = panel.get_by_role("textbox", name="团队 1 比例")
    percent.fill("60")
    expect(panel.get_by_text(someone.say("team.missing", total="60", rest="40"))).to_be_visible()
    someone.button("field-kinds.save_lines", panel).press("Enter")
    expect(panel.get_by_role("alert")).to_contain_text("100%")

    percent.fill("100")
    expect(panel.get_by_text(someone.say("team.whole", total="100"))).to_be_visible()
    # What somebody else changed meanwhile has it refused, read again and saved once more.
    with page.expect_response(lambda answer: answer.request.method == "PATCH" and answer.ok):
        someone.button("field-kinds.save_lines", panel).press("Enter")

    where = {"field": "opportunity", "op": "eq", "value": deal}
    (row,) = someone.find("opportunity_member", where, "name", "percent", "amount")
    assert (row["name"], row["percent"], row["amount"]["amount"]) == ("张磊", "100", "1000")
    someone.api("DELETE", f"records/opportunity/{deal}")
