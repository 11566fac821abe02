"""Who of several people a record is given to: by skill, by turn, by load, by who is there and at work."""

import random
from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from guanxi.capabilities.flows.kinds.choosing import (
    FULL,
    UNSKILLED,
    Choice,
    Hours,
    Turns,
    asked_by,
    chosen_in_order,
)
from guanxi.engine.access.actor import SYSTEM
from guanxi.engine.context import work
from guanxi.engine.records import writes
from tests.capabilities.flows.conftest import Automation, Drafts, rule
from tests.support import world
from tests.support.clients import Client

CREATED = {"kind": "record.created", "settings": {}}
SHANGHAI = ZoneInfo("Asia/Shanghai")
A, B, C = (UUID(int=number) for number in (1, 2, 3))
DAY = Hours(begins=time(9), ends=time(18))
NIGHT = Hours(begins=time(22), ends=time(6))
EVENING = Hours(every_day=True, begins=time(18))


@pytest.mark.parametrize(
    ("hours", "moment", "holds"),
    [
        (Hours(), "2026-11-20 03:00", True),
        (Hours(), "2026-11-21 12:00", False),  # a Saturday
        (Hours(every_day=True), "2026-11-21 12:00", True),
        (Hours(), "2026-10-01 12:00", False),  # a public holiday
        (Hours(), "2026-10-10 12:00", True),  # a Saturday that is worked
        (DAY, "2026-11-20 08:59", False),
        (DAY, "2026-11-20 09:00", True),
        (DAY, "2026-11-20 17:59", True),
        (DAY, "2026-11-20 18:00", False),
        (NIGHT, "2026-11-20 21:59", False),
        (NIGHT, "2026-11-20 22:00", True),
        (NIGHT, "2026-11-21 05:59", True),  # of Friday's night
        (NIGHT, "2026-11-21 06:00", False),
        (NIGHT, "2026-11-23 05:00", False),  # of Sunday's
        (EVENING, "2026-11-21 23:59", True),
        (EVENING, "2026-11-21 17:00", False),
        (Hours(ends=time(12)), "2026-11-20 11:00", True),
        (Hours(ends=time(12)), "2026-11-20 12:00", False),
        (Hours(begins=time(9), ends=time(9)), "2026-11-20 08:00", True),
    ],
)
def test_hours_hold_where_the_workspace_is(hours: Hours, moment: str, holds: bool) -> None:
    local = datetime.fromisoformat(moment).replace(tzinfo=SHANGHAI)
    assert hours.hold(local.astimezone(UTC), SHANGHAI) is holds


@pytest.mark.parametrize(
    ("mode", "loads", "most", "given"),
    [
        ("first", {}, None, [B, B, B, B]),
        ("first", {}, 1, [B, A, C, None]),
        ("round_robin", {}, None, [A, B, C, A]),
        ("round_robin", {A: 2}, 2, [B, C, B, C]),
        ("least_load", {A: 1, B: 2}, None, [C, A, C, A]),
        ("least_load", {A: 1, B: 2}, 2, [C, A, C, None]),
        ("highest_level", {}, None, [A, C, A, C]),  # B knows least
        ("highest_level", {A: 1}, 2, [A, C, C, B]),
        ("highest_level", {A: 9, B: 9, C: 9}, 9, [None, None, None, None]),
    ],
)
def test_one_is_chosen_after_the_other(mode: str, loads: Any, most: int | None, given: list[UUID | None]) -> None:
    choice = Choice([B, A, C], {A: 5, B: 1, C: 5})
    assert list(chosen_in_order([choice] * 4, mode, Turns({}), Counter(loads), most)) == given


def test_turns_are_fair_though_not_everybody_is_asked_alike() -> None:
    """Two skills, held by overlapping people: nobody starves, and who is the only one for something is not worn out."""
    chance = random.Random(7)  # noqa: S311 — a seeded order, not a secret
    people = [UUID(int=number) for number in range(1, 9)]
    english, german = people[:5], people[3:]
    turns, last, given = Turns({}), {}, Counter[UUID]()
    for number in range(4000):
        asked = chance.choice((english, german))
        (one,) = chosen_in_order([Choice(asked)], "round_robin", turns, Counter(), None)
        assert one is not None
        assert one in asked
        last[one] = number
        given[one] += 1
        if number % 100 == 0:
            turns = Turns(turns.kept())  # as it is stored and read again
    assert max(given.values()) - min(given.values()) <= 4000 / 8 * 0.35
    assert all(number > 3950 for number in last.values())
    assert set(given) == set(people)


def test_all_turns_alike_differ_by_one_at_most() -> None:
    turns, given = Turns({}), Counter[UUID]()
    for one in chosen_in_order([Choice([A, B, C])] * 100, "round_robin", turns, Counter(), None):
        given[one] += 1  # type: ignore[index]
    assert sorted(given.values()) == [33, 33, 34]


def test_skills_go_by_any_of_their_words() -> None:
    assert asked_by(["English"], [frozenset({"internet", "互联网"})]) == [
        frozenset({"english"}), frozenset({"internet", "互联网"}),
    ]  # fmt: skip


def step(**settings: Any) -> dict[str, Any]:
    """The node."""
    return {"kind": "assign", "settings": settings}


def id_of(name: str) -> str:
    """The member id of a person of the world."""
    return str(world.membership(name).member_id)


def as_system(object_key: str, *rows: dict[str, Any]) -> list[str]:
    """Records made by the system."""
    with work(world.workspace(), SYSTEM, via="system") as ctx:
        return [str(one) for one in writes.create(ctx, object_key, list(rows))]


def skilled(**levels: dict[str, int]) -> dict[str, str]:
    """Give people of the world skills: by name of the person, name of the skill to the level."""
    names = sorted({name for mine in levels.values() for name in mine})
    ids = dict(zip(names, as_system("skill", *({"name": name} for name in names)), strict=True))
    as_system(
        "member_skill",
        *(
            {"member": id_of(person), "skill": ids[name], "level": level}
            for person, mine in levels.items()
            for name, level in mine.items()
        ),
    )
    return ids


SALES = [{"kind": "role", "role": "salesperson"}]


@pytest.mark.usefixtures("database")
def test_skills_are_given_by_who_manages_members_and_once() -> None:
    admin, sales = Client.signed_in_as("administrator"), Client.signed_in_as("salesperson")
    skill = admin.make("skill", name="英语")
    mine = {"member": id_of("salesperson"), "skill": skill["id"], "level": 5}
    refused = sales.post("records/member_skill", {"values": mine})
    assert refused.status_code == 403
    assert sales.post("records/skill", {"values": {"name": "德语"}}).status_code == 403
    assert admin.post("records/member_skill/count", {}).json()["count"] == 0

    held = admin.make("member_skill", **mine)
    assert held["name"] == "英语"
    assert admin.post("records/member_skill", {"values": mine}).status_code == 422
    assert admin.post("records/member_skill", {"values": {**mine, "level": 6}}).status_code == 422
    assert admin.post("records/skill", {"values": {"name": "英语"}}).status_code == 422
    renamed = admin.patch(f"records/skill/{skill['id']}", {"values": {"name": "英文"}, "rev": skill["rev"]})
    assert renamed.status_code == 200
    assert sales.get(f"records/member_skill/{held['id']}").json()["name"] == "英文"
    assert sales.patch(f"records/member_skill/{held['id']}", {"values": {"level": 1}}).status_code == 403
    assert admin.post("records/member_skill/count", {}).json()["count"] == 1


def test_settings_that_make_no_sense_are_told(drafts: Drafts) -> None:
    def codes(of: str = "lead", **settings: Any) -> list[str]:
        return drafts.problems(rule(CREATED, step(**{"people": SALES, "mode": "first", **settings}), of=of))

    assert (
        codes(skills=["英语"], skill_field="industry", mode="highest_level", most=5, present=True, at_work=True) == []
    )
    assert "flows.no_skill_field" in codes(skill_field="created_at")
    assert "flows.no_skill_field" in codes(skill_field="no_such")
    assert codes(most=0) == ["fields.setting_number"]
    assert codes(nobody="instead") == ["flows.people_missing"]
    assert codes(nobody="instead", instead=[{"kind": "nobody"}]) == ["flows.bad_people"]
    assert codes(nobody="perhaps") == ["fields.setting_choice"]
    assert codes(open={"field": "no_such", "op": "eq", "value": 1}) != []


def test_leads_go_to_who_knows_the_industry_and_is_there(automation: Automation) -> None:
    """The way of a lead: the industry, the level, delegations, hours, the most that one may have, and then nobody."""
    skilled(
        salesperson={"互联网": 5, "制造": 1}, colleague={"Internet": 3}, other_salesperson={"互联网": 4},
    )  # fmt: skip
    best = automation.flow(
        rule(
            CREATED,
            {
                **step(
                    people=SALES, skill_field="industry", mode="highest_level", present=True, at_work=True, most=2,
                    open={"field": "status", "op": "ne", "value": "unqualified"}, nobody="way",
                ),
                "next": {"out": None, "nobody": "n2"},
            },
            {"kind": "note", "settings": {"body": "没有人"}},
            of="lead",
        )
    )  # fmt: skip
    automation.at_local("2026-11-20 10:00")

    def given(industry: str | None = "internet", **values: Any) -> str | None:
        lead = automation.admin.make("lead", name="王芳", industry=industry, owner=id_of("administrator"), **values)
        automation.round()
        owner = automation.admin.get(f"records/lead/{lead['id']}").json()["owner"]["id"]
        names = {id_of(name): name for name in ("salesperson", "colleague", "other_salesperson", "administrator")}
        return names[owner]

    assert given() == "salesperson"
    assert given() == "salesperson"
    assert given() == "other_salesperson"  # the best one has two
    today = date(2026, 11, 20)
    as_system(
        "delegation",
        {
            "member": id_of("other_salesperson"), "delegate": id_of("read_only"), "begins_on": today,
            "ends_on": today,
        },
    )  # fmt: skip
    assert given() == "colleague"  # knows it by the English name
    member = automation.admin.get(f"records/member/{id_of('colleague')}").json()
    changed = {"values": {"works_from": "13:00", "works_until": "18:00"}, "rev": member["rev"]}
    assert automation.admin.patch(f"records/member/{id_of('colleague')}", changed).status_code == 200
    assert given() == "administrator"  # nobody is left
    automation.at_local("2026-11-20 13:30")
    assert given() == "colleague"
    assert given("finance") == "administrator"
    assert given(None) == "administrator"  # everybody who is there has two
    runs = automation.runs(best)
    assert {run["state"] for run in runs} == {"done"}
    assert automation.admin.post("records/note/count", {}).json()["count"] == 3


def test_what_happens_when_there_is_nobody(automation: Automation) -> None:
    skilled(salesperson={"英语": 3})
    flows = {
        nobody: automation.flow(
            rule(
                {"kind": "record.created", "settings": {"where": {"where": {"field": "name", "op": "eq", "value": nobody}}}},
                step(people=SALES, mode="first", skills=["英语"], most=1, nobody=nobody, instead=[{"kind": "role", "role": "manager"}]),
                of="lead",
            )
        )
        for nobody in ("fail", "wait", "instead")
    }  # fmt: skip
    full = automation.admin.make("lead", name="旧", owner=id_of("salesperson"))
    leads = {name: automation.admin.make("lead", name=name)["id"] for name in flows}
    automation.round()

    def owner(name: str) -> str:
        return automation.admin.get(f"records/lead/{leads[name]}").json()["owner"]["id"]

    (failed,) = automation.runs(flows["fail"])
    assert (failed["state"], failed["error"]["code"]) == ("failed", FULL)
    told = automation.admin.get(f"flows/runs/{failed['id']}").json()["error"]["message"]
    assert "上限" in told
    assert owner("fail") == id_of("administrator")
    assert owner("instead") == id_of("manager")
    assert automation.runs(flows["wait"])[0]["state"] in ("running", "waiting")

    assert automation.admin.delete(f"records/lead/{full['id']}?rev={full['rev']}").status_code in (200, 204)
    automation.round()
    assert owner("wait") == id_of("administrator")
    automation.ahead += timedelta(minutes=16)
    automation.round()
    assert owner("wait") == id_of("salesperson")
    assert automation.runs(flows["wait"])[0]["state"] == "done"


def test_a_trial_says_who_would_be_given_it_and_gives_nothing(automation: Automation) -> None:
    skilled(colleague={"互联网": 2}, other_salesperson={"互联网": 4})
    lead = automation.admin.make("lead", name="王芳", industry="internet")

    def tried(**settings: Any) -> tuple[str, str | None, Any]:
        definition = rule(CREATED, step(people=SALES, skill_field="industry", **settings), of="lead")
        flow = automation.draft(definition)
        answer = automation.admin.post(f"flows/{flow}/try", {"definition": definition, "record": lead["id"]})
        (line,) = answer.json()["way"]
        (said,) = [one["new"] for would in line["does"] for one in would["values"]] or [None]
        return line["outcome"], line["port"] or (line["error"] or {}).get("code"), said

    assert tried(mode="highest_level") == ("done", "out", "other_salesperson")
    able = {"mode": "first", "skills": ["葡萄牙语"]}
    assert tried(**able, nobody="way") == ("done", "nobody", None)
    assert tried(**able) == ("failed", UNSKILLED, None)
    instead = [{"kind": "role", "role": "manager"}]
    assert tried(**able, nobody="instead", instead=instead) == ("done", "out", "manager")
    assert automation.admin.get(f"records/lead/{lead['id']}").json()["rev"] == lead["rev"]
