"""Lines of an opportunity, typed like a sheet: by keys, from the clipboard of a spreadsheet, with prices and totals."""

from playwright.sync_api import Locator, Page, expect

from tests.browser.visit import Visit

PASTE = """([grid, text]) => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  grid.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""


def _sheet(someone: Visit, deal: str) -> tuple[Page, Locator]:
    page = someone.open(f"o/opportunity/{deal}")
    page.get_by_role("tab", name=someone.words.field("opportunity", "lines"), exact=True).click()
    return page, page.get_by_role("grid", name=someone.words.field("opportunity", "lines"))


def test_lines_are_typed_pasted_priced_and_saved(visit):
    someone = visit("manager", "zh-CN")
    deal = someone.create("opportunity", name="Lines by keyboard")
    page, grid = _sheet(someone, deal)

    grid.focus()
    page.keyboard.press("Insert")
    row = grid.locator("tbody tr").first
    expect(row).to_be_visible()
    page.keyboard.press("Enter")
    someone.choose(page.get_by_role("textbox", name="产品明细 1 产品"), "工业数据网关 G200")
    expect(row).to_contain_text("6,800")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type("20")
    page.keyboard.press("Enter")

    expect(page.get_by_text("标准单价 6460：价格表“标准价格表”，数量 20 起")).to_be_visible()
    expect(row.locator("[data-column=total]")).to_have_text("¥129,200")
    grid.evaluate("(grid) => grid.focus()")
    page.keyboard.press("Insert")
    handle = grid.element_handle()
    page.evaluate(PASTE, [handle, "产品\t数量\t折扣\nSV-IMP\t2\t10\n差旅费\t1\t\n"])
    expect(grid.locator("tbody tr")).to_have_count(3)
    expect(grid.locator("tbody tr").nth(1).locator("[data-column=total]")).to_have_text("¥4,500")
    expect(page.locator("[data-total] dd")).to_have_text("¥133,700")

    someone.button("field-kinds.save_lines").click()
    expect(someone.button("field-kinds.save_lines")).to_have_count(0)
    where = {"field": "opportunity", "op": "eq", "value": deal}
    saved = someone.find("opportunity_line", where, "name", "total", sort=[{"field": "position", "dir": "asc"}])
    assert [(one["name"], one["total"]["amount"]) for one in saved] == [
        ("工业数据网关 G200", "129200"), ("实施服务", "4500"), ("差旅费", "0"),
    ]  # fmt: skip
    assert someone.api("GET", f"records/opportunity/{deal}")["amount"]["amount"] == "133700"

    grid.focus()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Delete")
    expect(page.locator("[data-total] dd")).to_have_text("¥4,500")
