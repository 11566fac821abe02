"""Leads are given to people by rules: fairly, with reasons, and to somebody else where nobody accepts."""

from collections import Counter
from datetime import UTC, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guanxi.areas.sales.assigning import acceptance, giving
from guanxi.areas.sales.assigning.models import region_of
from guanxi.areas.sales.rules.assignment import Chances, Desk, Place, Shares, choose, territory_of
from guanxi.capabilities.flows.kinds.choosing import Hours
from guanxi.engine.access.actor import SYSTEM
from guanxi.engine.context import work
from guanxi.engine.feed.telling import catch_up
from guanxi.engine.records import reads, writes
from guanxi.kit.ids import uuid7
from tests.support import world
from tests.support.clients import Client

A, B, C = sorted(uuid7() for _ in range(3))
NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)  # a Monday, 10 o'clock in Shanghai


@given(st.lists(st.integers(1, 10), min_size=1, max_size=6), st.integers(1, 300))
def test_shares_follow_weights(weights, number):
    people = sorted(uuid7() for _ in weights)
    held = dict(zip(people, weights, strict=True))
    shares, counts = Shares({}), Counter()
    for _ in range(number):
        counts[shares.next(people, held)] += 1

    for one in people:
        assert abs(counts[one] - number * held[one] / sum(weights)) <= 1 + held[one] / min(weights)


@given(st.integers(1, 6), st.integers(0, 200))
def test_equal_shares_differ_by_one_at_most(number, leads):
    people = sorted(uuid7() for _ in range(number))
    shares = Shares({})
    counts = Counter(dict.fromkeys(people, 0))
    for _ in range(leads):
        counts[shares.next(people, {})] += 1

    assert max(counts.values()) - min(counts.values()) <= 1


def test_who_was_away_is_not_flooded():
    shares = Shares({})
    for _ in range(100):
        shares.next([A], {})
    counts = Counter(shares.next([A, B], {}) for _ in range(10))

    assert counts == {A: 5, B: 5}


@given(st.data())
def test_nobody_is_given_more_than_they_may_or_what_they_were_asked_before(data):
    people = [A, B, C]
    loads = {one: data.draw(st.integers(0, 5)) for one in people}
    left = {one: data.draw(st.integers(0, 5)) for one in people if data.draw(st.booleans())}
    asked = frozenset(data.draw(st.sets(st.sampled_from(people))))
    mode = data.draw(st.sampled_from(["round_robin", "least_load", "highest_level"]))
    most = data.draw(st.one_of(st.none(), st.integers(1, 8)))
    desk, before, first = Desk(dict(loads), dict(left)), dict(loads), Counter()
    for _ in range(20):
        found = choose(Chances(people, asked=asked), mode, most, None, Shares({}), desk)
        if found is None:
            break
        first[found.member] += 1
        assert found.member not in asked
    for one, count in first.items():
        assert most is None or before[one] + count <= most
        assert count <= left.get(one, 20)


@pytest.mark.parametrize(("grade", "expected"), [("A", B), ("B", A), (None, A)])
def test_seniors_come_first_for_the_best(grade, expected):
    chances = Chances([A, B], seniors=frozenset({B}))

    assert choose(chances, "round_robin", None, grade, Shares({}), Desk()).member == expected


def test_least_load_minds_weights():
    desk = Desk({A: 4, B: 2})
    chances = Chances([A, B], weights={A: 4})

    assert choose(chances, "least_load", None, None, Shares({}), desk).member == A


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ({"province": "广东省", "city": "深圳市", "district": "南山区"}, ("44", "4403", "440305")),
        ({"city": "深圳市"}, ("44", "4403")), ({"province": "上海市", "district": "不存在的区"}, ("31",)),
        ({"street": "人民路1号"}, ()), (None, ()),
    ],
)  # fmt: skip
def test_where_an_address_lies(address, expected):
    assert tuple(region_of(address)) == expected


PLACES = [
    Place(A, frozenset({"44"}), frozenset()), Place(B, frozenset({"4403"}), frozenset({"software"})),
    Place(C, frozenset(), frozenset({"finance"})),
]  # fmt: skip


@pytest.mark.parametrize(
    ("region", "industry", "expected"),
    [
        (("44", "4403"), "software", B), (("44", "4403"), "finance", A), (("31",), "finance", C), (("31",), None, None),
        (("44",), None, A),
    ],
)  # fmt: skip
def test_the_territory_that_says_most(region, industry, expected):
    assert territory_of(PLACES, region, industry) == expected


@pytest.fixture
def client(request):
    """People of the world; in a database of its own where the test commits."""
    request.getfixturevalue("committing_database" if "tell" in request.fixturenames else "database")
    return Client.signed_in_as


@pytest.fixture
def tell(committing_database):
    """A function that tells the consumer what was committed."""

    def catch():
        return catch_up(world.workspace(), "sales.assign")

    return catch


def member(name):
    return str(world.actor(name).member_id)


def assign(leads, now=NOW):
    with work(world.workspace(), SYSTEM, via="system", now=now) as ctx:
        return giving.assign(ctx, [UUID(one) for one in leads])


def owner(client, lead):
    return client("administrator").get(f"records/lead/{lead}").json()["owner"]["title"]


def rule(client, *names, **values):
    members = [member(one) for one in names]
    return client("administrator").make("assignment_rule", name="规则", members=members, **values)["id"]


def told(client, lead, who="administrator"):
    return client(who).get(f"leads/{lead}/assignments").json()


def test_in_turn_with_reasons(client):
    rule(client, "salesperson", "colleague", mode="round_robin")
    boss = client("administrator")
    leads = [boss.make("lead", name=f"客户{n}")["id"] for n in range(4)]

    assign(leads)

    assert Counter(owner(client, one) for one in leads) == {"salesperson": 2, "colleague": 2}
    (given,) = told(client, leads[0])["given"]
    assert (given["state"], given["reasons"]) == ("given", ["分配规则“规则”", "轮流分配"])
    english = client("administrator").get(f"leads/{leads[0]}/assignments", Accept_Language="en").json()
    assert english["given"][0]["reasons"] == ["Assignment rule “规则”", "In turn"]


def test_the_first_rule_that_is_for_it_and_has_somebody(client):
    boss = client("administrator")
    where = {"field": "source", "op": "eq", "value": "website"}
    rule(client, "salesperson", where=where, position=1)
    rule(client, "colleague", position=2)
    leads = [boss.make("lead", name="一", source=source)["id"] for source in ("website", "event")]

    assign(leads)

    assert [owner(client, one) for one in leads] == ["salesperson", "colleague"]


def test_by_territory_and_skill(client):
    boss = client("administrator")
    south = boss.make(
        "territory", name="华南", regions=["广东省"], members=[member("salesperson"), member("colleague")]
    )
    assert south["regions"] == [{"code": "44", "name": "广东省", "name_en": "Guangdong"}]
    skill = boss.make("skill", name="软件与信息服务")["id"]
    boss.make("member_skill", member=member("colleague"), skill=skill, level=3)
    boss.make("assignment_rule", name="区域", by_territory=True, industry_skill=True)
    address = {"province": "广东省", "city": "深圳市"}
    lead = boss.make("lead", name="深圳客户", address=address, industry="software")["id"]
    far = boss.make("lead", name="上海客户", address={"city": "上海市"})["id"]

    outcome = assign([lead, far])

    assert owner(client, lead) == "colleague"
    assert outcome.nobody == {UUID(far): "sales.assign_nobody"}
    assert told(client, lead)["given"][0]["reasons"][:3] == [
        "分配规则“区域”", "销售区域“华南”", "具备行业技能“软件与信息服务”",
    ]  # fmt: skip


def test_seniors_and_room(client):
    rule(client, "salesperson", "colleague", seniors=[member("colleague")], mode="least_load", most=2)
    boss = client("administrator")
    best = {"title": "总经理", "company_name": "瑞恒", "mobile": "13800000001", "industry": "machinery", "need": "要"}
    leads = [boss.make("lead", name=f"客户{n}", source="referral", **best)["id"] for n in range(2)]
    for one in leads:
        for _ in range(3):
            boss.make("meeting", subject="会", starts_at="2026-11-23T01:00:00Z", about={"object": "lead", "id": one})
    others = [boss.make("lead", name=f"其他{n}")["id"] for n in range(3)]

    outcome = assign([*leads, *others])

    assert [owner(client, one) for one in leads] == ["colleague", "colleague"]
    assert len(outcome.given) == 4
    assert list(outcome.later.values()) == ["flows.everybody_full"]
    assert "A 级线索优先分给资深销售" in told(client, leads[0])["given"][0]["reasons"]


def test_who_is_away_or_off_work_is_passed_over(client):
    boss = client("administrator")
    rule(client, "salesperson", "colleague", at_work=True)
    boss.patch(f"records/member/{member('colleague')}", {"values": {"works_from": "13:00", "works_until": "18:00"}})
    lead, late = (boss.make("lead", name=name)["id"] for name in ("早", "夜"))
    assign([lead])
    assert owner(client, lead) == "salesperson"
    night = NOW + timedelta(hours=12)
    boss.patch(f"records/member/{member('salesperson')}", {"values": {"works_from": "09:00", "works_until": "18:00"}})

    outcome = assign([late], night)

    assert (outcome.given, list(outcome.later.values())) == ([], ["flows.nobody_at_work"])
    assert told(client, late)["awaits"]
    acceptance.assign_waiting(world.workspace(), NOW + timedelta(days=1, hours=5))
    assert owner(client, late) in ("salesperson", "colleague")
    assert not told(client, late)["awaits"]


def test_holding_limits_of_pools_hold(client):
    rule(client, "salesperson")
    boss = client("administrator")
    boss.make("holding_limit", name="最多一条", object="lead", most=1, for_everyone=True)
    leads = [boss.make("lead", name=f"客户{n}")["id"] for n in range(2)]

    outcome = assign(leads)

    assert (len(outcome.given), len(outcome.later)) == (1, 1)


def test_new_leads_without_an_owner_are_assigned_and_others_are_not(tell, client):
    rule(client, "colleague")
    tell()
    boss = client("administrator")
    with work(world.workspace(), world.actor("administrator"), via="import") as ctx:
        leads = writes.create(ctx, "lead", [{"name": f"导入{n}"} for n in range(3)])
        (own,) = writes.create(ctx, "lead", [{"name": "指定", "owner": member("salesperson")}])
    typed = boss.post("records/lead", {"values": {"name": "手工"}}, X_Guanxi_Via="ui").json()["id"]
    with work(world.workspace(), SYSTEM, via="system") as ctx:
        (form,) = writes.create(ctx, "lead", [{"name": "表单"}])

    tell()

    assert [owner(client, one) for one in (*leads, form)] == ["colleague"] * 4
    assert owner(client, own) == "salesperson"
    assert told(client, typed)["given"] == []
    titles = [one["title"] for one in client("colleague").get("notifications").json()["items"]]
    assert any("分配给您" in one for one in titles)


def test_accepted_in_time(client):
    rule(client, "salesperson", "colleague", accept_minutes=30)
    lead = client("administrator").make("lead", name="急")["id"]
    assign([lead])
    first = owner(client, lead)
    other = "colleague" if first == "salesperson" else "salesperson"
    assert told(client, lead, first)["to_accept"]
    assert told(client, lead)["to_accept"] is None

    params = {"params": {"lead": lead}}
    assert client(other).post("actions/sales/accept-lead", params).status_code == 404
    assert client("manager").post("actions/sales/accept-lead", params).json()["code"] == "sales.nothing_to_accept"
    assert client(first).post("actions/sales/accept-lead", params).status_code == 200
    assert client(first).post("actions/sales/accept-lead", params).json()["code"] == "sales.nothing_to_accept"
    acceptance.expire(world.workspace(), NOW + timedelta(hours=1))

    assert owner(client, lead) == first
    assert [one["state"] for one in told(client, lead)["given"]] == ["accepted"]


@pytest.mark.parametrize("otherwise", ["superior", "pool"])
def test_to_everybody_once_and_then_where_the_rule_says(client, otherwise):
    boss = client("administrator")
    for name in ("salesperson", "colleague"):
        boss.patch(f"records/member/{member(name)}", {"values": {"manager": member("manager")}})
    boss.make("pool", name="线索公海", object="lead", for_everyone=True, shown=[])
    rule(client, "salesperson", "colleague", accept_minutes=30, otherwise=otherwise)
    lead = boss.make("lead", name="没人要")["id"]
    assign([lead])
    owners = [owner(client, lead)]
    acceptance.expire(world.workspace(), NOW + timedelta(minutes=20))
    assert owner(client, lead) == owners[0]
    acceptance.expire(world.workspace(), NOW + timedelta(minutes=31))
    owners.append(owner(client, lead))

    acceptance.expire(world.workspace(), NOW + timedelta(minutes=70))

    assert sorted(owners) == ["colleague", "salesperson"]
    row = boss.get(f"records/lead/{lead}").json()
    found = told(client, lead)["given"]
    assert [one["state"] for one in found[1:]] == ["expired", "expired"]
    assert found[0]["reasons"][0] == "所有人选都未在时限内接收"
    if otherwise == "superior":
        assert (row["owner"]["title"], found[0]["state"]) == ("manager", "given")
    else:
        assert (row["owner"], row["pool"]["title"], found[0]["state"]) == (None, "线索公海", "pooled")
    assert acceptance.expire(world.workspace(), NOW + timedelta(days=1)) == 0


@pytest.mark.parametrize(
    ("now", "working", "due"),
    [
        (NOW, {}, "2026-11-23T02:30"),
        (datetime(2026, 11, 20, 9, 50, tzinfo=UTC), {}, "2026-11-23T01:20"),
        (datetime(2026, 11, 20, 9, 50, tzinfo=UTC), {"works_on": "every_day"}, "2026-11-21T01:20"),
        (datetime(2026, 9, 30, 9, 50, tzinfo=UTC), {}, "2026-10-08T01:20"),
        (NOW, {"works_from": "14:00"}, "2026-11-23T06:30"),
    ],
    ids=["at work", "over the weekend", "who works every day", "over the national holidays", "who comes later"],
)  # fmt: skip
def test_the_time_to_accept_runs_while_people_work(client, now, working, due):
    hours = {"works_on": "working_days", "works_from": "09:00", "works_until": "18:00", **working}
    boss = client("administrator")
    assert boss.patch(f"records/member/{member('salesperson')}", {"values": hours}).status_code == 200
    rule(client, "salesperson", accept_minutes=30, accept_at_work=True)
    lead = boss.make("lead", name="客户")["id"]

    assign([lead], now)

    (given,) = told(client, lead)["given"]
    assert given["due_at"][:16] == due
    assert acceptance.expire(world.workspace(), datetime.fromisoformat(given["due_at"]) - timedelta(minutes=1)) == 0


_TIMES = st.one_of(st.none(), st.builds(time, st.integers(0, 23), st.sampled_from([0, 30])))


@settings(max_examples=30, deadline=None)
@given(st.booleans(), _TIMES, _TIMES, st.integers(0, 60 * 24 * 20), st.integers(1, 300))
def test_minutes_of_work_are_those_in_which_somebody_works(every_day, begins, ends, start, minutes):
    zone, hours = ZoneInfo("Asia/Shanghai"), Hours(every_day, begins, ends)
    now = datetime(2026, 9, 25, tzinfo=UTC) + timedelta(minutes=start)
    over = hours.after(now, minutes, zone)
    passed = range(int((over - now) / timedelta(minutes=1)))
    assert sum(hours.hold(now + timedelta(minutes=one), zone) for one in passed) == minutes
    assert hours.hold(over - timedelta(minutes=1), zone)


def test_whoever_works_on_it_has_accepted_and_who_lost_it_need_not(client):
    rule(client, "salesperson", accept_minutes=30)
    boss = client("administrator")
    worked, moved = (boss.make("lead", name=name)["id"] for name in ("跟进", "转走"))
    assign([worked, moved])

    client("salesperson").patch(f"records/lead/{worked}", {"values": {"status": "contacted"}})
    boss.patch(f"records/lead/{moved}", {"values": {"owner": member("colleague")}})

    assert told(client, worked)["given"][0]["state"] == "accepted"
    assert told(client, moved)["given"][0]["state"] == "replaced"


def test_who_may_have_leads_assigned(client):
    rule(client, "colleague")
    lead = client("salesperson").make("lead", name="我的")["id"]
    body = {"params": {"leads": [lead]}}

    assert client("salesperson").post("actions/sales/assign-leads", body).status_code == 403
    assert client("other_salesperson").post("actions/sales/assign-leads", body).status_code == 404
    assert not told(client, lead, "salesperson")["may_assign"]
    answer = client("manager").post("actions/sales/assign-leads", body)
    assert answer.json()["result"]["assigned"] == [{"lead": lead, "member": member("colleague"), "why": None}]


def test_who_sees_assignments(client):
    rule(client, "colleague")
    lead = client("administrator").make("lead", name="看")["id"]
    assign([lead])

    assert told(client, lead, "colleague")["given"]
    assert client("salesperson").get(f"leads/{lead}/assignments").status_code == 404
    assert client("salesperson").get("records/lead_assignment").json()["rows"] == []
    assert len(client("colleague").get("records/lead_assignment").json()["rows"]) == 1
    values = {"values": {"lead": lead, "member": member("salesperson")}}
    assert client("colleague").post("records/lead_assignment", values).status_code in (403, 422)


@pytest.mark.parametrize(
    ("key", "values", "code"),
    [
        ("territory", {}, "territory_empty"), ("territory", {"regions": ["火星"]}, "territory_unknown_region"),
        ("territory", {"regions": "广东"}, "territory_regions"),
        ("territory", {"industries": ["magic"]}, "territory_unknown_industry"),
        ("territory", {"regions": ["44"], "weights": {"x": 2}}, "territory_weights"),
        ("assignment_rule", {}, "rule_without_people"),
        ("assignment_rule", {"by_territory": True, "where": {"field": "no", "op": "eq", "value": 1}}, "unknown_field"),
    ],
)  # fmt: skip
def test_settings_that_make_no_sense(client, key, values, code):
    answer = client("administrator").post(f"records/{key}", {"values": {"name": "设置", **values}})

    assert answer.status_code == 422, answer.content
    assert code in answer.content.decode()


def test_settings_are_kept_by_those_who_configure(client):
    for key, values in (("territory", {"regions": ["44"]}), ("assignment_rule", {"by_territory": True})):
        for name in ("salesperson", "manager"):
            answer = client(name).post(f"records/{key}", {"values": {"name": "x", **values}})
            assert answer.status_code == 403


def test_no_rules_leave_leads_as_they_are(client):
    lead = client("administrator").make("lead", name="原样")["id"]

    assert assign([lead]).nobody == {UUID(lead): "sales.assign_no_rule"}
    with work(world.workspace(), SYSTEM, via="system") as ctx:
        (made,) = writes.create(ctx, "lead", [{"name": "表单"}])
        assert reads.native(ctx, "lead", [made], ("awaits_assignment",))[made]["awaits_assignment"] is None
