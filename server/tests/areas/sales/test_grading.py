"""Leads are graded by fit and engagement: as the rules say, with reasons, soon after a change, and all of them anew."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanxi.areas.sales.grading import grades, regrading
from guanxi.areas.sales.grading.models import active_model
from guanxi.areas.sales.rules import grading
from guanxi.areas.sales.rules.grading import Model, bounded, capped, faded, graded, letter
from guanxi.engine.access.actor import SYSTEM
from guanxi.engine.context import work
from guanxi.engine.feed.telling import catch_up
from tests.support import world
from tests.support.clients import Client

BOSS = {"name": "李总", "company_name": "瑞恒精密", "mobile": "13812345678", "title": "总经理", "industry": "machinery"}
MODEL = {
    "fit_a": 60, "fit_b": 30, "engagement_a": 40, "engagement_b": 15, "fit_weight": 60, "engagement_weight": 40,
    "matrix": "AABABCBCC",
}  # fmt: skip


def model(**changed):
    return Model(**{**MODEL, **changed})


@pytest.mark.parametrize(
    ("fit", "engagement", "expected"),
    [
        (100, 100, ("A", 100)), (60, 15, ("A", 42)), (60, 14, ("B", 42)), (59, 40, ("A", 51)), (30, 39, ("B", 34)),
        (30, 0, ("C", 18)), (0, 40, ("B", 16)), (29, 39, ("C", 33)), (0, 0, ("C", 0)),
    ],
)  # fmt: skip
def test_the_grade_of_two_scores(fit, engagement, expected):
    assert graded(model(), fit, engagement) == expected


@given(
    st.integers(0, 100),
    st.integers(0, 100),
    st.integers(0, 100),
    st.integers(0, 100),
    st.text("ABC", min_size=9, max_size=9),
)
def test_a_grade_is_of_the_matrix_and_a_score_between_both(fit, engagement, one, other, matrix):
    grade, score = graded(model(fit_weight=one, engagement_weight=other + 1, matrix=matrix), fit, engagement)

    assert grade in matrix
    assert min(fit, engagement) <= score <= max(fit, engagement)


@given(st.floats(-500, 500), st.floats(0, 3650), st.floats(0, 3650), st.integers(1, 3650))
def test_points_fade_and_never_grow(points, days, more, half_life):
    assert abs(faded(points, days + more, half_life)) <= abs(faded(points, days, half_life))
    assert faded(points, -days, half_life) == points
    assert faded(points, half_life, half_life) == pytest.approx(points / 2)


@given(st.floats(-500, 500), st.one_of(st.none(), st.integers(1, 100)))
def test_scores_stay_between_0_and_100(points, at_most):
    assert 0 <= bounded(capped(points, at_most)) <= (at_most or 100)
    assert letter(bounded(points), 60, 30) in grading.LETTERS


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"fit_b": 60}, "fit_b"), ({"engagement_a": 10}, "engagement_b"),
        ({"fit_weight": 0, "engagement_weight": 0}, "fit_weight"), ({"matrix": "AAB"}, "matrix"),
        ({"matrix": "AABABCBCD"}, "matrix"),
    ],
)  # fmt: skip
def test_models_that_make_no_sense(client, changed, field):
    (row,) = client("administrator").get("records/grading_model").json()["rows"]
    answer = client("administrator").patch(f"records/grading_model/{row['id']}", {"values": changed})

    assert answer.status_code == 422
    assert f'"field":"{field}"' in answer.content.decode().replace(" ", "")


@pytest.mark.parametrize(
    ("rule", "field", "code"),
    [
        ({"event": "product"}, "event", "sales.grade_event_unknown"),
        ({"event": "note", "axis": "fit"}, "event", "sales.grade_fit_of_lead"),
        ({"axis": "fit"}, "where", "sales.grade_condition_needed"),
        ({"where": {"field": "nothing", "op": "eq", "value": 1}}, "where", "query.unknown_field"),
        ({"event": "call", "axis": "engagement", "where": {"field": "mobile", "op": "not_empty"}}, "where",
         "query.unknown_field"),
        ({"event": "call", "axis": "engagement", "points": 0}, "points", "sales.grade_points"),
        ({"where": {"field": "owner", "op": "eq", "value": "me"}}, "where", "query.bad_value"),
    ],
)  # fmt: skip
def test_rules_that_make_no_sense(client, rule, field, code):
    (row,) = client("administrator").get("records/grading_model").json()["rows"]
    values = {"name": "规则", "model": row["id"], "points": 10, **rule}
    answer = client("administrator").post("records/grading_rule", {"values": values})

    assert answer.status_code == 422, answer.content
    told = answer.content.decode().replace(" ", "")
    assert f'"field":"{field}"' in told
    assert code in told


@pytest.fixture
def client(request):
    """People of the world; in a database of its own where the test commits."""
    if "committing_database" in request.fixturenames:
        request.getfixturevalue("committing_database")
    else:
        request.getfixturevalue("database")
    return Client.signed_in_as


@pytest.fixture
def tell(committing_database):
    """A function that tells the consumer what was committed."""

    def catch():
        catch_up(world.workspace(), "sales.grades")

    catch()
    return catch


def of(client, lead, who="administrator"):
    return client(who).get(f"leads/{lead}/grade").json()


def test_a_lead_is_graded_after_its_change_with_reasons(tell, client):
    seller = client("salesperson")
    lead = seller.make("lead", **BOSS)
    tell()
    told = of(client, lead["id"], "salesperson")

    assert (told["fit_score"], told["fit"], told["engagement_score"], told["engagement"]) == (60, "A", 0, "C")
    assert (told["grade"], told["score"]) == ("B", 36)
    assert [(one["name"], one["points"], one["axis"]) for one in told["reasons"]] == [
        ("留有公司名称", 15, "fit"), ("留有联系方式", 10, "fit"), ("决策层职务", 25, "fit"), ("行业明确", 10, "fit"),
    ]  # fmt: skip
    row = seller.get(f"records/lead/{lead['id']}").json()
    assert (row["grade"], row["rev"]) == ("B", lead["rev"])

    seller.make("meeting", subject="拜访", starts_at="2026-11-20T02:00:00Z", about={"object": "lead", "id": lead["id"]})
    tell()
    told = of(client, lead["id"])
    assert (told["engagement_score"], told["grade"]) == (30, "A")
    assert [(one["name"], one["points"], one["count"]) for one in told["reasons"][-1:]] == [("会议", 30, 1)]
    assert told["reasons"][-1]["at"] is not None

    seller.patch(f"records/lead/{lead['id']}", {"values": {"title": None, "industry": None}})
    tell()
    assert (of(client, lead["id"])["fit_score"], of(client, lead["id"])["grade"]) == (25, "C")


def test_a_new_grade_stands_in_the_change_log_and_scores_do_not(tell, client):
    seller = client("salesperson")
    lead = seller.make("lead", **BOSS)
    tell()
    with work(world.workspace(), SYSTEM, via="system") as ctx:
        rows = ctx.run("SELECT diff FROM sys_change WHERE record = $1::uuid ORDER BY seq", [lead["id"]])
    assert [row[0] for row in rows][1:] == [{"grade": [None, "B"]}]


def test_an_event_that_moves_or_goes_is_taken_away(tell, client):
    seller = client("salesperson")
    one, other = (seller.make("lead", **{**BOSS, "name": name})["id"] for name in ("甲", "乙"))
    note = seller.make("note", body="<p>有意向</p>", about={"object": "lead", "id": one})["id"]
    tell()
    assert of(client, one)["engagement_score"] == 6
    seller.patch(f"records/note/{note}", {"values": {"about": {"object": "lead", "id": other}}})
    tell()
    assert (of(client, one)["engagement_score"], of(client, other)["engagement_score"]) == (0, 6)
    seller.delete(f"records/note/{note}")
    tell()
    assert of(client, other)["engagement_score"] == 0


def test_engagement_fades_over_night(tell, client):
    seller = client("salesperson")
    lead = seller.make("lead", **BOSS)["id"]
    seller.make("meeting", subject="拜访", starts_at="2026-11-20T02:00:00Z", about={"object": "lead", "id": lead})
    tell()
    with work(world.workspace(), SYSTEM, via="job", now=world_now() + timedelta(days=30)) as ctx:
        grades.grade(ctx, active_model(ctx), grades.next_part(ctx, None))
    told = of(client, lead)
    assert (told["engagement_score"], told["grade"]) == (15, "A")
    with work(world.workspace(), SYSTEM, via="job", now=world_now() + timedelta(days=60)) as ctx:
        grades.grade(ctx, active_model(ctx), grades.next_part(ctx, None))
    assert (of(client, lead)["engagement_score"], of(client, lead)["grade"]) == (8, "B")


def world_now():
    from django.utils import timezone

    return timezone.now()


def test_a_change_of_the_model_grades_all_leads_anew(tell, client, monkeypatch):
    admin, seller = client("administrator"), client("salesperson")
    leads = [seller.make("lead", **{**BOSS, "name": f"客户{n}"})["id"] for n in range(5)]
    tell()
    monkeypatch.setattr(grades, "PART", 2)
    (row,) = admin.get("records/grading_model").json()["rows"]
    answer = admin.patch(f"records/grading_model/{row['id']}", {"values": {"matrix": "cccaaaccc", "fit_a": 90}})
    assert answer.status_code == 200, answer.content
    assert regrading.regrade(world.workspace()) >= 5

    assert {of(client, lead)["grade"] for lead in leads} == {"A"}
    progress = admin.get("grading").json()["progress"]
    assert progress["done"] == progress["total"] >= 5
    assert progress["finished_at"] is not None
    assert regrading.regrade(world.workspace()) == 0

    admin.patch(f"records/grading_model/{row['id']}", {"values": {"active": False}})
    regrading.regrade(world.workspace())
    assert of(client, leads[0]) == {
        "grade": None, "score": None, "fit_score": None, "fit": None, "engagement_score": None, "engagement": None,
        "reasons": [],
    }  # fmt: skip


def test_the_database_counts_as_the_rules_do(tell, client):
    seller = client("salesperson")
    lead = seller.make("lead", **BOSS)["id"]
    for _ in range(4):
        seller.make("note", body="<p>跟进</p>", about={"object": "lead", "id": lead})
    tell()
    told = of(client, lead)
    assert told["engagement_score"] == bounded(capped(4 * 6, 18)) == 18
    assert (told["grade"], told["score"]) == graded(model(), 60, 18)


def test_a_preview_writes_nothing_and_shows_only_leads_in_reach(client):
    admin = client("administrator")
    lead = client("salesperson").make("lead", **BOSS)["id"]
    rule = {
        "name": "机械行业",
        "axis": "fit",
        "points": 70,
        "where": {"field": "industry", "op": "eq", "value": "machinery"},
    }
    body = {"model": MODEL, "rules": [rule], "leads": [lead]}
    (told,) = admin.post("grading/preview", body).json()["leads"]

    assert (told["lead"]["title"], told["was"], told["grade"], told["fit_score"]) == ("李总", None, "B", 70)
    assert [one["name"] for one in told["reasons"]] == ["机械行业"]
    assert of(client, lead)["grade"] is None
    latest = admin.post("grading/preview", {**body, "leads": []}).json()["leads"]
    assert lead in {one["lead"]["id"] for one in latest}
    for wrong in ({**body, "model": {**MODEL, "fit_a": "x"}}, {**body, "rules": [{**rule, "where": {"no": 1}}]}):
        assert admin.post("grading/preview", wrong).status_code == 422


@pytest.mark.parametrize("who", ["manager", "salesperson", "read_only"])
def test_only_who_configures_sees_and_changes_the_model(client, who):
    person = client(who)
    (row,) = client("administrator").get("records/grading_model").json()["rows"]

    assert person.get("grading").status_code == 403
    assert person.post("grading/preview", {"model": MODEL, "rules": []}).status_code == 403
    assert person.patch(f"records/grading_model/{row['id']}", {"values": {"fit_a": 99}}).status_code in (403, 404)


def test_a_grade_is_told_to_those_who_see_the_lead(tell, client):
    lead = client("salesperson").make("lead", **BOSS)["id"]
    tell()
    assert of(client, lead, "manager")["grade"] == "B"
    assert client("other_salesperson").get(f"leads/{lead}/grade").status_code == 404
    assert client("stranger").get(f"leads/{lead}/grade").status_code == 404


def test_nobody_writes_a_grade_by_hand(client):
    seller = client("salesperson")
    lead = seller.make("lead", **BOSS)["id"]
    assert seller.patch(f"records/lead/{lead}", {"values": {"grade": "A"}}).status_code == 422
