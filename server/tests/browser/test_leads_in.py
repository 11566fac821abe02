"""From a stranger's form to a graded lead with its reasons, and what an administrator sees of both beforehand."""

from playwright.sync_api import expect

from tests.browser.words import in_chinese, in_english

FIELDS = [{"field": "name", "required": True}, {"field": "company_name"}, {"field": "mobile", "required": True}]


@in_chinese
def test_a_stranger_s_form_becomes_a_graded_lead(visit, language):
    boss, stranger = visit("administrator", language), visit(None, language)
    form = boss.create("web_form", name="走查表单", title="走查预约", fields=FIELDS)
    (row,) = boss.find("web_form", {"field": "id", "op": "eq", "value": form}, "token")

    page = stranger.open(f"/f/{row['token']}?utm_campaign=走查活动")
    page.get_by_label("姓名").fill("表单访客")
    page.get_by_label("公司名称").fill("走查科技")
    page.wait_for_function("() => performance.now() > 3500")  # nobody is taken for a person sooner
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_text("请填写此项。")).to_be_visible()
    page.get_by_label("手机").fill("13866667777")
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_role("status")).to_have_text("提交成功")

    (lead,) = boss.find("lead", {"field": "web_form", "op": "eq", "value": form}, "name", "campaign")
    assert (lead["name"], lead["campaign"]) == ("表单访客", "走查活动")
    page = boss.open(f"o/lead/{lead['id']}")
    page.get_by_role("tab", name=boss.say("page.tab_grade")).click()
    expect(page.get_by_text("留有公司名称")).to_be_visible()
    expect(page.get_by_text("留有联系方式")).to_be_visible()


@in_english
def test_a_form_is_designed_beside_its_page(visit, language):
    boss = visit("administrator", language)
    page = boss.open("settings/web-forms")
    boss.button("web-forms.new").click()
    drawn = page.frame_locator(f"iframe[title='{boss.say('web-forms.preview')}']")
    boss.dialog().get_by_label("Title (Chinese)").fill("Walk the line")
    expect(drawn.get_by_role("heading", name="Walk the line")).to_be_visible()
    boss.dialog().get_by_label("Name", exact=False).first.fill("Walked form")
    boss.button("ui.save", boss.dialog()).click()
    expect(boss.dialog()).to_be_hidden()
    boss.button("web-forms.new").wait_for()
    page.get_by_role("button", name="Walked form").click()
    expect(page.get_by_text("/embed.js").first).to_be_visible()


@in_english
def test_grades_are_foreseen_before_a_rule_is_saved(visit, language):
    boss = visit("administrator", language)
    page = boss.open("settings/grading")
    boss.button("grading.preview").click()
    foreseen = page.get_by_role("region", name=boss.say("grading.preview"))
    expect(foreseen.get_by_role("link").first).to_be_visible()
    page.get_by_label(boss.say("grading.a_of", axis=boss.say("grading.fit"))).fill("45")
    boss.button("ui.save").click()
    expect(page.get_by_text(boss.say("grading.saved"))).to_be_visible()
