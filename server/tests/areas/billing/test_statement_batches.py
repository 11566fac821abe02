"""Statements on paper, and of many customers at once: the same numbers as on the screen, each customer once, and only
customers that the caller may see.
"""

from functools import partial
from io import BytesIO
from typing import Any
from uuid import UUID, uuid4
from zipfile import ZipFile

import pypdfium2
import pytest
from python_calamine import CalamineWorkbook

from guanxi.areas.billing import accounts
from guanxi.areas.billing.statements import making, packing, store
from guanxi.engine.access.actor import SYSTEM
from guanxi.engine.context import work
from guanxi.infra.jobs.registry import jobs
from guanxi.infra.storage import store as files
from tests.areas.billing.test_statements import statement
from tests.areas.billing.test_verbs import do, part, refused
from tests.support import world
from tests.support.clients import Client

JANUARY = "begins=2026-01-01&ends=2026-01-31"
PERIOD = {"begins": "2026-01-01", "ends": "2026-01-31"}


@pytest.fixture
def queued(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What is queued, instead of being done by a worker."""
    waiting: list[dict[str, Any]] = []
    monkeypatch.setattr(making, "enqueue", lambda _, payload: waiting.append(payload))
    return waiting


def run(waiting: list[dict[str, Any]]) -> None:
    while waiting:
        jobs()["billing.statements"].handler(waiting.pop())


def text(content: bytes) -> str:
    pages = pypdfium2.PdfDocument(content)
    return "\n".join(page.get_textpage().get_text_range() for page in pages)


def owing(admin: Client, name: str, amount: str, client: Client | None = None, **values: Any) -> dict[str, Any]:
    """A company with an invoice of January."""
    company = (client or admin).make("company", name=name)
    made = admin.make("invoice", company=company["id"], amount=amount, **values)
    do(admin, "issue-invoice", invoice=made["id"], issued_on="2026-01-10", due_on="2026-01-31")
    return company


def batch(client: Client) -> dict[str, Any]:
    (found,) = client.get("statements").json()["batches"]
    return found


def archive(client: Client, id_: str) -> ZipFile:
    answer = client.get(f"statements/{id_}/file")
    assert (answer.status_code, answer["Content-Type"]) == (200, packing.TYPE), answer.content
    return ZipFile(BytesIO(b"".join(answer.streaming_content)))


def sheet(content: bytes) -> list[list[Any]]:
    return CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()


def test_a_statement_on_paper_tells_the_numbers_of_the_screen(admin, company, issued, paid):
    admin.make("currency_rate", currency="KWD", rate="23.1", valid_from="2026-01-01")
    first = issued("12345.67", "2026-01-10")
    issued({"amount": "1.234", "currency": "KWD"}, "2026-01-11")
    payment = paid("345.60", "2026-01-15")
    do(admin, "allocate-payment", payment=payment["id"], items=[part(first, "345.60")])
    told = statement(admin, company, "2026-01-01", "2026-01-31")

    for language, title, closing in (
        ("zh-CN", "对账单", "贵方尚欠我方 ¥12,000.07"), ("en", "Statement of account", "you owe us ¥12,000.07"),
    ):  # fmt: skip
        answer = admin.get(f"companies/{company['id']}/statement/file?{JANUARY}&kind=pdf&language={language}")
        assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
        printed = text(answer.content)
        assert title in printed
        assert "华东机械" in printed
        assert closing in " ".join(printed.split())
        numbers = {line[key] for one in told for line in one["lines"] for key in ("charged", "paid", "balance")} - {
            None
        }
        numbers |= {one[key] for one in told for key in ("opening", "charged", "paid", "closing")}
        assert {"1.234", "12345.67", "345.60", "12000.07"} <= numbers
        assert [one for one in numbers if one not in printed.replace(",", "")] == []


def test_a_statement_on_paper_bears_the_seal_and_takes_words_as_they_are(admin, issued, company):
    issued("1")
    plain = admin.get(f"companies/{company['id']}/statement/file?kind=pdf").content
    seal = admin.django.post(f"{admin.base}/files", {"file": _png()}).json()
    for name in ("甲", "乙"):  # the first one counts where two are the default
        values = {"name": name, "language": "zh-CN", "is_default": True, "seller": "#甲方 *公司*", "seal": [seal]}
        admin.make("quote_template", **values)
    sealed = admin.get(f"companies/{company['id']}/statement/file?kind=pdf").content

    assert pictures(plain) == 0
    assert pictures(sealed) == 1
    assert "#甲方*公司*" in "".join(text(sealed).split())  # set words as they were typed, not as markup


def test_an_unknown_kind_is_refused(admin, company):
    answer = admin.get(f"companies/{company['id']}/statement/file?kind=docx")
    assert (answer.status_code, answer.json()["fields"][0]["code"]) == (422, "billing.not_a_kind")
    assert Client.signed_in_as("other_salesperson").get(
        f"companies/{company['id']}/statement/file?kind=pdf"
    ).status_code in (403, 404)


def test_all_customers_with_a_movement_in_one_archive(admin, queued):
    one, two = owing(admin, "甲/公司: 一", "100.10"), owing(admin, "乙公司", "200")
    quiet = admin.make("company", name="无往来公司")
    late = admin.make("invoice", company=quiet["id"], amount="5")
    do(admin, "issue-invoice", invoice=late["id"], issued_on="2026-02-10", due_on="2026-02-28")

    begun = do(admin, "make-statements", **PERIOD, language="zh-CN")
    assert (begun["state"], begun["done"], begun["total"]) == ("waiting", 0, 2)
    refused(admin, "make-statements", 409, "billing.run_busy", **PERIOD)
    refused(admin, "resume-statements", 409, "billing.run_not_stopped", batch=begun["id"])
    assert admin.get(f"statements/{begun['id']}/file").json()["code"] == "billing.run_not_done"
    run(queued)
    done = batch(admin)
    assert (done["state"], done["done"], done["left_out"], done["problem"]) == ("done", 2, 0, None)

    inside = archive(admin, done["id"])
    overview, *names = inside.namelist()
    assert names == ["00001 乙公司.pdf", "00002 甲 公司 一.pdf"]
    assert sheet(inside.read(overview))[1:] == [
        ["乙公司", "CNY", 0.0, 200.0, 0.0, 200.0, names[0]], ["甲/公司: 一", "CNY", 0.0, 100.1, 0.0, 100.1, names[1]],
    ]  # fmt: skip
    assert "甲/公司: 一" in text(inside.read(names[1]))
    for company, name, amount in ((two, names[0], "200.00"), (one, names[1], "100.10")):
        assert statement(admin, company, *PERIOD.values())[0]["closing"] == amount
        assert amount in text(inside.read(name))
    refused(admin, "cancel-statements", 409, "billing.run_not_running", batch=done["id"])


def test_a_batch_that_is_killed_or_stopped_goes_on_and_does_nobody_twice(admin, queued, monkeypatch):
    for number in range(5):
        owing(admin, f"公司{number}", f"{number + 1}00")
    begun = do(admin, "make-statements", **PERIOD, kind="xlsx")
    monkeypatch.setattr(making, "PART", 2)
    monkeypatch.setattr(making, "step", partial(making.step, most=2))
    real, turns = making.packing.part, []

    def dies(contents, at):
        kept = real(contents, at)
        turns.append(list(contents))
        if len(turns) == 2:
            raise SystemExit  # as if the machine went away: neither noted nor told
        return kept

    monkeypatch.setattr(making.packing, "part", dies)
    payload = queued[0]
    with pytest.raises(SystemExit):
        run(queued)
    assert (batch(admin)["state"], batch(admin)["done"]) == ("running", 2)
    do(admin, "cancel-statements", batch=begun["id"])
    run([payload])
    assert (batch(admin)["state"], batch(admin)["done"]) == ("cancelled", 2)
    assert do(admin, "resume-statements", batch=begun["id"])["state"] == "waiting"
    parts = []
    monkeypatch.setattr(making.files, "forget", parts.append)
    run(queued)
    run([payload])  # a second worker that held the job as well finds nothing to do

    assert turns == [["00001 公司0.xlsx", "00002 公司1.xlsx"], ["00003 公司2.xlsx", "00004 公司3.xlsx"],
                     ["00003 公司2.xlsx", "00004 公司3.xlsx"], ["00005 公司4.xlsx"]]  # fmt: skip
    _, *names = archive(admin, begun["id"]).namelist()
    assert names == [f"0000{number + 1} 公司{number}.xlsx" for number in range(5)]
    assert len(set(parts)) == 3  # what died and was done again was kept once


def test_a_failure_is_told_and_gone_on_with(admin, queued, monkeypatch):
    owing(admin, "公司", "1")
    begun = do(admin, "make-statements", **PERIOD)
    with monkeypatch.context() as broken:
        broken.setattr(packing, "part", lambda *_: 1 / 0)
        run(queued)
    failed = batch(admin)
    assert (failed["state"], failed["problem"]) == (
        "failed", "生成时出错，已生成的部分保留。请点击“继续”；如仍失败，请联系管理员。",
    )  # fmt: skip
    do(admin, "resume-statements", batch=begun["id"])
    run(queued)
    assert batch(admin)["state"] == "done"


def test_only_customers_and_batches_that_are_ones_own(admin, sales, queued, monkeypatch):
    owing(admin, "管理员的公司", "1")
    mine = owing(admin, "销售的公司", "2", sales)
    hidden = owing(admin, "看不全的公司", "3", sales)
    begun = do(sales, "make-statements", **PERIOD)
    assert begun["total"] == 2
    stranger = Client.signed_in_as("other_salesperson")
    refused(stranger, "make-statements", 409, "billing.run_nobody", **PERIOD)

    real = accounts._rows

    def one_is_torn(ctx, key, where, torn):
        torn.add(UUID(hidden["id"]))
        return real(ctx, key, where, torn)

    with monkeypatch.context() as torn:
        torn.setattr(accounts, "_rows", one_is_torn)
        run(queued)
    assert (batch(sales)["state"], batch(sales)["left_out"]) == ("done", 1)
    overview, *names = (inside := archive(sales, begun["id"])).namelist()
    assert names == ["00002 销售的公司.pdf"]
    assert [row[-1] for row in sheet(inside.read(overview))[1:]] == ["未出具", names[0]]

    for other in (stranger, admin):
        assert other.get("statements").json() == {"batches": []}
        assert other.get(f"statements/{begun['id']}/file").status_code == 404
        for verb in ("cancel-statements", "resume-statements"):
            refused(other, verb, 404, "billing.run_unknown", batch=begun["id"])
    admin.patch(f"records/company/{mine['id']}", {"values": {"owner": str(world.membership("manager").member_id)}})
    answer = sales.get(f"statements/{begun['id']}/file")
    assert (answer.status_code, answer.json()["code"]) == (409, "billing.run_rights_changed")
    assert Client.signed_in_as(None).get("statements").status_code == 401


def test_what_makes_no_sense_is_refused(admin):
    refused(admin, "make-statements", 422, "billing.period_ends_early", begins="2026-02-01", ends="2026-01-01")
    refused(admin, "make-statements", 409, "billing.run_nobody", begins="1999-01-01", ends="1999-01-31")
    refused(admin, "cancel-statements", 404, "billing.run_unknown", batch=str(uuid4()))


def test_old_batches_are_thrown_away_with_their_files(admin, queued):
    owing(admin, "公司", "1")
    do(admin, "make-statements", **PERIOD)
    run(queued)
    with work(world.workspace(), SYSTEM, via="job") as ctx:
        assert store.forget_before(ctx, ctx.now - making.KEPT) == []
        (over,) = store.forget_before(ctx, ctx.now)
    files.forget(over)
    assert admin.get("statements").json() == {"batches": []}


def pictures(content: bytes) -> int:
    kind = pypdfium2.raw.FPDF_PAGEOBJ_IMAGE
    return sum(len(list(page.get_objects([kind]))) for page in pypdfium2.PdfDocument(content))


def _png() -> BytesIO:
    picture = BytesIO(bytes.fromhex(
        "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8cfc0000003010100c9fe92ef"
        "0000000049454e44ae426082"
    ))  # fmt: skip
    picture.name = "seal.png"
    return picture
