"""Bringing a spreadsheet in: what is proposed, tried out, imported and taken back as a whole."""

from playwright.sync_api import expect

FILES = {
    "zh-CN": "公司名称,行业,官网,员工人数,成立年份\n"
    "海纳精工有限公司,教育培训,https://haina.example,320,2009\n"
    "启明物流有限公司,教育培训,不是网址,45,2015\n"
    "青禾教育咨询有限公司,教育培训,https://qinghe.example,80,2018\n",
    "en": "Account name,Industry,Website,Employees,Year founded\n"
    "Harbour Tools Ltd,Education,https://harbour.example,320,2009\n"
    "Northwind Freight Ltd,Education,no address,45,2015\n"
    "Green Field School,Education,https://greenfield.example,80,2018\n",
}
NAMES = {
    "zh-CN": ["海纳精工有限公司", "启明物流有限公司", "青禾教育咨询有限公司"],
    "en": ["Harbour Tools Ltd", "Northwind Freight Ltd", "Green Field School"],
}


def test_a_spreadsheet_is_tried_out_imported_and_taken_back(visit, language):
    someone = visit("manager", language)
    words, page = someone.words, someone.open("import")
    imported = {"field": "name", "op": "in", "value": NAMES[language]}

    page.get_by_role("combobox", name=someone.say("import.object")).click()
    page.get_by_role("option", name=words.objects("company"), exact=True).click()
    content = FILES[language].encode("gb18030")
    page.locator("input[type=file]").set_input_files(
        {"name": "companies.csv", "mimeType": "text/csv", "buffer": content}
    )
    preview = page.get_by_role("region", name=someone.say("import.preview"))
    expect(preview.get_by_role("cell", name=NAMES[language][0])).to_be_visible()
    someone.button("import.next").click()

    header = FILES[language].partition("\n")[0].split(",")
    for column, field in zip(header, ["name", "industry", "website", "employees", "founded_year"], strict=True):
        target = page.get_by_role("combobox", name=someone.say("import.target_of", column=column))
        expect(target).to_have_value(words.field("company", field))
    someone.button("import.next").click()

    expect(page.get_by_role("radio", name=someone.say("import.mode_create"))).to_be_checked()
    someone.button("import.check", page.locator("footer")).click()
    expect(someone.tile("import.will_create")).to_have_text("2")
    expect(someone.tile("import.will_error")).to_have_text("1")
    expect(page.get_by_role("region", name=someone.say("import.problems"))).to_contain_text(header[2])
    assert someone.find("company", imported) == []

    someone.button("import.run_good", count=2).click()
    expect(page.get_by_role("heading", name=someone.say("import.result_done"))).to_be_visible()
    assert len(someone.find("company", imported)) == 2

    someone.button("import.undo").click()
    someone.button("import.undo", someone.dialog()).click()
    expect(page.get_by_role("heading", name=someone.say("import.result_undone"))).to_be_visible()
    assert someone.find("company", imported) == []
    someone.open("settings/import-history")
    expect(page.get_by_role("row").filter(has_text="companies.csv").first).to_contain_text(
        someone.say("import.state_undone")
    )
