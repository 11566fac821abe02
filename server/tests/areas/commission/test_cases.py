"""Commission worked out by hand: each row is a plan, the deals of October 2026, and what each line comes to."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from guanxi.areas.commission.rules.calculation import calculate
from guanxi.areas.commission.rules.pay import correction, pro_rata
from guanxi.areas.commission.rules.pieces import Person, Piece, Situation
from guanxi.areas.commission.rules.plan import Component, Tier, Version

ANNE, BEN, CARL, HEAD = (UUID(int=one) for one in (1, 2, 3, 4))
NAMES = {"anne": ANNE, "ben": BEN, "carl": CARL, "head": HEAD}
GATEWAY, SOFTWARE = UUID(int=10), UUID(int=11)
OCTOBER = (date(2026, 10, 1), date(2026, 10, 31))


@dataclass
class Case:
    """`tiers` as "from:rate from:rate", `deals` in the order of their days, `pays` the amounts of the lines in order."""

    told: str
    tiers: str
    deals: list[Any]
    pays: str
    plan: dict[str, Any] = field(default_factory=dict)
    component: dict[str, Any] = field(default_factory=dict)
    unit: str = "0.01"
    people: dict[str, Any] = field(default_factory=dict)
    quota: str | None = None
    balance: str = "0"
    whose: str | None = None
    """Only this person's lines."""


def deal(gross: str, day: int = 5, **more: Any) -> dict[str, Any]:
    return {"gross": gross, "day": day, **more}


SPLIT = {"splits": ((ANNE, Decimal(60)), (BEN, Decimal(40)))}
THIRDS = {"splits": ((ANNE, Decimal("33.33")), (BEN, Decimal("33.33")), (CARL, Decimal("33.34")))}
POOL = {"credit": "pool", "shares": {ANNE: Decimal(50), BEN: Decimal(30), CARL: Decimal(20)}}
TWO, THREE = "0:5 100000:8", "0:5 100000:8 200000:10"
UP = {"measured": "attainment", "quota": Decimal(100_000)}

CASES = [
    # Rate tables
    Case("one tier", "0:5", ["60000"], "3000.00"),
    Case("each part at the rate of its tier", TWO, ["60000", "80000"], "3000.00 2000.00 3200.00"),
    Case("up to the bound is the lower tier's", TWO, ["100000"], "5000.00"),
    Case("a cent above the bound", TWO, ["100000.01"], "5000.00 0.00"),
    Case("one deal through three tiers", THREE, ["250000"], "5000.00 8000.00 5000.00"),
    Case("whole amount at the tier reached", TWO, ["60000", "80000"], "4800.00 6400.00", component={"method": "whole"}),
    Case("whole amount, a cent short", TWO, ["99999.99"], "5000.00", component={"method": "whole"}),
    Case("whole amount, just reached", TWO, ["100000"], "8000.00", component={"method": "whole"}),
    Case("the highest rate", "0:300", ["1000"], "3000.00"),
    Case("a first tier without commission", "0:0 50000:10", ["70000"], "0.00 2000.00"),
    Case("half a cent is rounded up", "0:2.5", ["0.20"], "0.01"),
    Case("half a cent below zero is rounded down", "0:2.5", ["-0.20"], "-0.01"),
    Case("below zero: back through the tiers", TWO, ["120000", "-30000"], "5000.00 1600.00 -1600.00 -500.00"),
    Case("a period below zero", "0:5", ["-1000"], "-50.00"),
    Case("nothing of nothing", "0:5", ["0"], ""),
    # Thresholds, caps, accelerators
    Case("a cent below the threshold", "0:5", ["49999.99"], "0.00", component={"threshold": Decimal(50_000)}),
    Case("threshold reached: all of it", "0:5", ["50000"], "2500.00", component={"threshold": Decimal(50_000)}),
    Case("only above the threshold", "0:5", ["80000"], "0.00 1500.00",
         component={"threshold": Decimal(50_000), "threshold_above": True}),
    Case("above the threshold, in tiers", TWO, ["120000"], "0.00 2500.00 1600.00",
         component={"threshold": Decimal(50_000), "threshold_above": True}),
    Case("above the threshold, whole amount", TWO, ["120000"], "0.00 5600.00",
         component={"threshold": Decimal(50_000), "threshold_above": True, "method": "whole"}),
    Case("a cap", "0:10", ["30000", "40000"], "3000.00 2000.00", component={"cap": Decimal(5000)}),
    Case("below zero after a cap", "0:10", ["60000", "-20000"], "5000.00 -1000.00", component={"cap": Decimal(5000)}),
    Case("a cap of the whole plan", "0:10", ["30000", "40000"], "3000.00 1500.00", plan={"cap": Decimal(4500)}),
    Case("accelerators above the quota", "0:5 100:8 120:12", ["90000", "50000"], "4500.00 500.00 1600.00 2400.00",
         component=UP),
    Case("whole amount at the attainment", "0:5 100:8 120:12", ["120000"], "14400.00",
         component={**UP, "method": "whole"}),
    Case("against the sales target", "0:5 100:8", ["90000", "20000"], "2500.00 3200.00 1600.00",
         component={"measured": "attainment"}, quota="50000"),
    Case("without a target the first tier", "0:5 100:8", ["90000"], "4500.00", component={"measured": "attainment"}),
    # What counts
    Case("net of tax", "0:5", [deal("11300", net="10000")], "500.00", component={"measure": "net"}),
    Case("of the margin", "0:10", [deal("11300", net="10000", margin="4000")], "400.00",
         component={"measure": "margin"}),
    Case("no margin is known", "0:10", [deal("11300")], "", component={"measure": "margin"}),
    Case("of one product", "0:5", [deal("1000", product=GATEWAY), deal("2000", 6, product=UUID(int=12))], "50.00",
         component={"products": frozenset({GATEWAY})}),
    Case("of one category", "0:5", [deal("1000", categories=frozenset({SOFTWARE})), deal("2000", 6)], "50.00",
         component={"categories": frozenset({SOFTWARE})}),
    Case("from a margin of 30 %", "0:5",
         [deal("1000", net="1000", margin="299.99"), deal("2000", 6, net="2000", margin="600")], "100.00",
         component={"margin_from": Decimal(30)}),
    Case("below a margin of 30 %", "0:2",
         [deal("1000", net="1000", margin="299.99"), deal("2000", 6, net="2000", margin="600")], "20.00",
         component={"margin_to": Decimal(30)}),
    Case("new customers", "0:5", [deal("1000", first_deal=date(2025, 10, 6)), deal("3000", first_deal=date(2025, 10, 5))],
         "50.00", component={"customers": "new"}),
    Case("customers that there were", "0:5",
         [deal("1000", first_deal=date(2025, 10, 6)), deal("3000", first_deal=date(2025, 10, 5))],
         "150.00", component={"customers": "existing"}),
    Case("renewals", "0:3", [deal("1000", renewal=True), deal("3000")], "30.00", component={"customers": "renewal"}),
    Case("half was credited before it was counted", "0:5", [deal("1000", standing=Decimal("0.5"))], "25.00"),
    Case("another base", "0:5", [deal("1000", basis="invoiced")], ""),
    # Whom it credits
    Case("splits", "0:10", [deal("1000", **SPLIT)], "60.00 40.00", component={"credit": "splits"}),
    Case("splits to the last cent", "0:100", [deal("0.10", **THIRDS)], "0.03 0.03 0.04", component={"credit": "splits"}),
    Case("each in their own tier", "0:5 1000:10", [deal("2000", **SPLIT)], "50.00 20.00 40.00",
         component={"credit": "splits"}),
    Case("no splits: the owner", "0:10", ["1000"], "100.00", component={"credit": "splits"}),
    Case("overlays beside the owner", "0:10", [deal("1000", overlays=((BEN, Decimal(20)),))], "20.00",
         component={"credit": "overlay"}),
    Case("the head, for the team", "0:2", [deal("1000"), deal("2000", 6, owner=BEN), deal("9000", 7, owner=HEAD)],
         "20.00 40.00", component={"credit": "team"}),
    Case("a pool", "0:10", [deal("100.10")], "5.01 3.00 2.00", component=POOL),
    Case("a pool in tiers", "0:10 1000:20", [deal("600"), deal("600", 6, owner=BEN)],
         "30.00 20.00 20.00 18.00 12.00 12.00 12.00 8.00 8.00", component=POOL),
    Case("a pool without who left", "0:10", [deal("100")], "6.25 3.75", component=POOL,
         people={"carl": {"left": date(2026, 10, 1)}}),
    # Guarantees, draws, who comes and goes
    Case("filled up to the guarantee", "0:5", ["60000"], "3000.00 2000.00",
         plan={"floor": "guarantee", "floor_amount": Decimal(5000)}, whose="anne"),
    Case("earned more than the guarantee", "0:5", ["160000"], "8000.00",
         plan={"floor": "guarantee", "floor_amount": Decimal(5000)}, whose="anne"),
    Case("left on the 15th: 15 of 31 days", "0:5", [], "2419.35", whose="anne",
         plan={"floor": "guarantee", "floor_amount": Decimal(5000)}, people={"anne": {"left": date(2026, 10, 15)}}),
    Case("nothing after the last day", "0:5", [deal("1000", 15), deal("5000", 16)], "50.00",
         people={"anne": {"left": date(2026, 10, 15)}}),
    Case("nothing before the first day", "0:5", [deal("1000", 9), deal("5000", 10)], "250.00",
         people={"anne": {"joined": date(2026, 10, 10)}}),
    Case("a draw", "0:5", ["40000"], "2000.00 3000.00",
         plan={"floor": "draw", "floor_amount": Decimal(5000)}, whose="anne"),
    Case("a draw recovered", "0:5", ["180000"], "9000.00 -3000.00", balance="3000", whose="anne",
         plan={"floor": "draw", "floor_amount": Decimal(5000)}),
    Case("a draw recovered in part", "0:5", ["120000"], "6000.00 -1000.00", balance="3000", whose="anne",
         plan={"floor": "draw", "floor_amount": Decimal(5000)}),
    # Versions and currencies
    Case("before the plan began", "0:5", [deal("1000", 14), deal("2000", 15)], "100.00",
         plan={"begins": date(2026, 10, 15)}),
    Case("after the plan ended", "0:5", [deal("1000", 14), deal("2000", 15)], "50.00", plan={"ends": date(2026, 10, 14)}),
    Case("a currency without cents", "0:3.3", ["1001"], "33", unit="1"),
    Case("a currency with three decimals", "0:5", ["10.010"], "0.501", unit="0.001"),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda one: one.told)
def test_worked_out_by_hand(case):
    lines = calculate([version(case)], pieces(case), situation(case))
    mine = [one.amount for one in lines if case.whose is None or one.member == NAMES[case.whose]]
    assert mine == [Decimal(one) for one in case.pays.split()]


def test_there_are_at_least_forty():
    assert len(CASES) >= 40


def version(case):
    bounds = [one.split(":") for one in case.tiers.split()]
    ends = [Decimal(start) for start, _ in bounds[1:]] + [None]
    tiers = [Tier(Decimal(start), end, Decimal(rate)) for (start, rate), end in zip(bounds, ends, strict=True)]
    component = Component("c", "提成", "received", tiers, **case.component)
    values = {"begins": date(2026, 1, 1), "ends": None, "members": frozenset(NAMES.values()), **case.plan}
    return Version(id=UUID(int=20), family=UUID(int=20), name="方案", number=1, components=[component], **values)


def pieces(case):
    found = []
    for place, one in enumerate(case.deals):
        said = dict(one) if isinstance(one, dict) else deal(one, 5 + place)
        for key in ("gross", "net", "margin"):
            if key in said:
                said[key] = Decimal(said[key])
        said = {"owner": ANNE, "basis": "received", **said, "day": date(2026, 10, said["day"])}
        found.append(Piece(object="payment_allocation", id=UUID(int=100 + place), number=f"{place}", **said))
    return found


def situation(case):
    people = {id_: Person(id_, **case.people.get(name, {})) for name, id_ in NAMES.items() if name != "head"}
    people[HEAD] = Person(HEAD, team=frozenset({ANNE, BEN, CARL}))
    quotas = {(ANNE, "received"): Decimal(case.quota)} if case.quota else {}
    return Situation(*OCTOBER, Decimal(case.unit), people, quotas, {(ANNE, UUID(int=20)): Decimal(case.balance)})


@pytest.mark.parametrize(
    ("told", "paid", "corrected", "then", "now", "back"),
    [
        ("all of it refunded", "9600", "0", "1", "0", "-9600.00"),
        ("half of it credited", "9600", "0", "1", "0.5", "-4800.00"),
        ("the other half too", "9600", "-4800", "1", "0", "-4800.00"),
        ("nothing new", "9600", "-4800", "1", "0.5", "0.00"),
        ("the refund was taken back", "9600", "-9600", "1", "1", "9600.00"),
        ("a third is left", "10.01", "0", "3", "1", "-6.67"),
        ("never more than was paid", "100", "0", "1", "-2", "-100.00"),
        ("never more than before", "100", "0", "0.5", "1", "0.00"),
        ("nothing was paid", "0", "0", "1", "0", "0.00"),
    ],
)
def test_claw_back_by_hand(told, paid, corrected, then, now, back):
    made = correction(Decimal(paid), Decimal(corrected), Decimal(then), Decimal(now), Decimal("0.01"))
    assert f"{made:.2f}" == back


@pytest.mark.parametrize(
    ("begins", "ends", "amount"),
    [
        (date(2026, 10, 1), date(2026, 12, 31), "15000.00"),
        (date(2026, 2, 15), date(2026, 2, 28), "2500.00"),
        (date(2026, 10, 17), date(2026, 11, 15), "4919.35"),
    ],
)
def test_guarantees_hold_pro_rata(begins, ends, amount):
    assert str(pro_rata(Decimal(5000), begins, ends, Decimal("0.01"))) == amount
