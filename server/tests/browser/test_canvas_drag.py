"""A large order: its approval is put together by dragging alone, published, run and looked at."""

from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import PHONE
from tests.browser.test_canvas import Canvas, _begin, _open_run, _publish
from tests.browser.visit import Visit
from tests.browser.words import in_chinese

DEPARTMENTS = {"销售": 124, "法务": 324, "财务": 524, "生产": 724}
MIDDLE = 420
ENTRY = ".react-flow__handle.target"


def _connect(page: Page, source: Locator, target: Locator) -> None:
    """Draw a way from one connection point to another."""
    for point, press in ((source, page.mouse.down), (target, page.mouse.up)):
        box = point.bounding_box()
        assert box is not None
        page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, steps=4)
        press()


def _port(card: Locator, port: str) -> Locator:
    return card.locator(f'.react-flow__handle.source[data-handleid="{port}"]')


def _build(boss: Visit, canvas: Canvas) -> None:
    """Cards from the palette side by side, then the ways between them."""
    page, say = boss.page, boss.say
    for _ in range(2):
        boss.button("automation.canvas_zoom_out").click()
    canvas.drag("triggers", "record.created", MIDDLE, 70)
    ways = canvas.drag("steps", "parallel", MIDDLE, 170)
    ways.get_by_role("textbox", name="分支数", exact=True).fill("4")
    for name, x in DEPARTMENTS.items():
        step = canvas.drag("steps", "approval.approve", x, 390)
        canvas.people(step, "starter")
        step.get_by_role("textbox", name=say("automation.step_name"), exact=True).fill(name)
    canvas.drag("steps", "join", MIDDLE, 620)
    expect(canvas.cards()).to_have_count(7)

    names = canvas.called("steps", "parallel"), canvas.called("steps", "join")
    split, meet = (canvas.cards(name) for name in names)
    for number, name in enumerate(DEPARTMENTS, start=1):
        card = canvas.cards(name)
        _connect(page, _port(split, str(number)), card.locator(ENTRY))
        _expect_way(boss, canvas, names[0], name)
        _connect(page, _port(card, "approved"), meet.locator(ENTRY))
        _expect_way(boss, canvas, name, names[1])
    expect(canvas.ways()).to_have_count(1 + 2 * len(DEPARTMENTS))


def _expect_way(boss: Visit, canvas: Canvas, begin: str, end: str) -> None:
    says = boss.say("automation.canvas_way").replace("{{from}}", begin).replace("{{to}}", end)
    expect(canvas.flow.locator(f'.react-flow__edge[aria-label="{says}"]')).to_have_count(1)


@in_chinese
def test_a_large_order_is_approved_by_sales_legal_finance_and_production(
    visit: Callable[..., Visit], language: str
) -> None:
    boss, seller = visit("administrator", language), visit("salesperson", language)
    name = "大额订单会审"
    canvas = _begin(boss, "process", name, "opportunity")
    _build(boss, canvas)
    _publish(boss)

    flow = boss.find("flow", {"field": "name", "op": "eq", "value": name}, "name")[0]["id"]
    company = seller.create("company", name="大额订单的买方")
    order = seller.create("opportunity", name="大额订单", company=company)

    def decide() -> list[str]:
        """Approve whatever waits for the seller about the order."""
        approvals = seller.api("GET", f"records/opportunity/{order}/approvals")["approvals"]
        told = [seller.api("GET", f"approvals/{one['id']}")["tasks"] for one in approvals]
        tasks = [one for tasks in told for one in tasks if one["state"] == "open"]
        for one in tasks if len(tasks) == len(DEPARTMENTS) else ():
            seller.api("POST", "actions/approvals/decide", {"params": {"task": one["id"], "decision": "approve"}})
        return sorted(one["node_label"] for one in tasks) if len(tasks) == len(DEPARTMENTS) else []

    assert boss.until(decide) == sorted(DEPARTMENTS)
    page = boss.page
    _open_run(boss, page, flow, order, "done")
    not_reached = page.locator(".react-flow__node-part").filter(has_text=boss.say("automation.canvas_not_reached"))
    expect(not_reached).to_have_count(0)
    page.set_viewport_size(PHONE)
    expect(page.get_by_text("生产", exact=True).first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
