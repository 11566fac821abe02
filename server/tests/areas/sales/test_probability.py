"""Probabilities of the stage, by hand, and of a model that learned from what was decided: tried, explained, and only if better."""

import random
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guanxi.areas.sales.probability import model as models
from guanxi.areas.sales.probability import scores, training
from guanxi.areas.sales.rules import logistic, probability
from guanxi.areas.sales.rules.logistic import Example
from guanxi.areas.sales.rules.probability import Moment, Past
from guanxi.engine.access.actor import SYSTEM
from guanxi.engine.context import work
from guanxi.engine.feed.telling import catch_up
from tests.support import world
from tests.support.clients import Client
from tests.support.roles import trust

BEGAN = datetime(2026, 1, 5, 8, tzinfo=UTC)
FIRST, SOMEBODY = UUID(int=1), UUID(int=9)


def past(number, won, *, source="website", default=0.1, owner=SOMEBODY):
    """A deal that spent four days in the first stage, decided one day after the one before."""
    at = BEGAN + timedelta(days=number)
    moments = tuple(
        Moment(UUID(int=number + 100), at + timedelta(days=days), FIRST, days, default, source=source, owner=owner)
        for days in (1.0, 3.0)
    )
    return Past(UUID(int=number + 100), owner, won, at + timedelta(days=4), {FIRST: 4.0}, moments)


def history(number=200, seed=1, rates=(("referral", 0.8), ("website", 0.2))):
    chance = random.Random(seed)  # noqa: S311 - the point is that it can be foreseen
    made = []
    for place in range(number):
        source, rate = chance.choice(rates)
        made.append(past(place, chance.random() < rate, source=source))
    return made


def test_weights_find_the_odds_of_a_single_feature():
    made = [Example(frozenset({"a"}), n < 300) for n in range(400)] + [
        Example(frozenset(), n < 100) for n in range(400)
    ]
    fitted = logistic.fit(made)

    assert fitted.chance({"a"}) == pytest.approx(0.75, abs=0.01)
    assert fitted.chance(()) == pytest.approx(0.25, abs=0.01)
    assert logistic.fit(list(reversed(made))) == fitted


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.frozensets(st.sampled_from("abcd")), st.booleans()), min_size=1, max_size=60))
def test_whatever_was_seen_chances_are_chances(some):
    fitted = logistic.fit([Example(features, won) for features, won in some])

    assert all(logistic.LEAST <= fitted.chance(features) <= logistic.MOST for features, _ in some)
    told = [(fitted.chance(features), won) for features, won in some]
    assert 0 <= logistic.brier(told) <= 1
    assert logistic.log_loss(told) >= 0


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.frozensets(st.sampled_from("abc")), st.booleans()), min_size=2, max_size=60))
def test_the_mean_of_what_is_foretold_is_what_came(some):
    """The base has no penalty: it makes up for all the others."""
    fitted = logistic.fit([Example(features, won) for features, won in some])
    won = sum(won for _, won in some)
    if 0 < won < len(some):
        assert sum(logistic.sigmoid(fitted.odds(f)) for f, _ in some) == pytest.approx(won, abs=0.01)


def test_a_model_that_knows_more_than_the_stage_is_used():
    report = probability.tried(history())

    assert report.state == "in_use"
    assert report.tried == 50
    assert report.brier < report.stage_brier
    assert report.log_loss < report.stage_log_loss
    assert probability.tried(history()) == report
    model = probability.learned(history())
    ask = history()[0].moments[0]
    chances = {s: model.chance(Moment(UUID(int=1), ask.at, FIRST, 1.0, 0.1, source=s)) for s in ("referral", "website")}
    assert chances["referral"] == pytest.approx(0.8, abs=0.12)
    assert chances["website"] == pytest.approx(0.2, abs=0.12)
    assert model.reasons(Moment(UUID(int=1), ask.at, FIRST, 1.0, 0.1, source="referral"))[0][:2] == (
        "source",
        "referral",
    )


def test_a_model_that_knows_nothing_more_is_not():
    """The stage says what is so, and the past says nothing of what came later."""
    chance = random.Random(3)  # noqa: S311
    made = [past(n, chance.random() < (0.9 if n < 150 else 0.3), default=0.3) for n in range(200)]

    assert probability.tried(made).state == "not_better"


@pytest.mark.parametrize(
    "made", [[], history(79), [past(n, n < 195) for n in range(200)], [past(n, True) for n in range(99)]]
)
def test_too_little_is_said(made):
    assert probability.tried(made).state == "too_little"


def test_nothing_of_the_outcome_is_known_beforehand():
    """An owner is judged by what was decided before the moment alone."""
    deals = [past(n, True, owner=UUID(int=7)) for n in range(30)]
    made = {moment.at: example for moment, example in probability.examples(deals, probability.scale_of(deals), deals)}

    assert "owner:new" in made[min(made)].features
    assert "owner:usual" in made[max(made)].features


@pytest.mark.parametrize(
    ("days", "usual", "expected"),
    [(1, None, "unknown"), (0, 4, "fast"), (2, 4, "fast"), (6, 4, "usual"), (12, 4, "slow"), (12.1, 4, "stuck")],
)
def test_paces(days, usual, expected):
    assert probability.pace(days, usual) == expected


# -- through the product ---------------------------------------------------------------------------------------------


@pytest.fixture
def client(request):
    """People of the world; in a database of its own where the test commits."""
    name = "committing_database" if "committing_database" in request.fixturenames else "database"
    request.getfixturevalue(name)
    return Client.signed_in_as


def stages(who):
    where = {"field": "pipeline.is_default", "op": "eq", "value": True}
    rows = who.post("records/stage/query", {"where": where, "select": ["name", "category", "position"]}).json()["rows"]
    return [row["id"] for row in sorted(rows, key=lambda row: row["position"])]


def of(who, deal):
    return who.get(f"opportunities/{deal}/probability").json()


def test_by_hand_it_stays_until_it_is_emptied(client):
    seller = client("salesperson")
    _, second, third, *_, won, _ = stages(seller)
    deal = seller.make("opportunity", name="仓储项目")["id"]
    assert (of(seller, deal)["probability"], of(seller, deal)["source"]) == ("10", "stage")

    given = seller.patch(f"records/opportunity/{deal}", {"values": {"probability": "33"}})
    assert given.status_code == 200, given.content
    assert seller.patch(f"records/opportunity/{deal}", {"values": {"stage": second}}).status_code == 200
    told = of(seller, deal)
    assert (told["probability"], told["source"], told["stage"]) == ("33", "hand", "25")
    assert told["by"]["title"] == "salesperson"
    assert told["at"] is not None

    assert seller.patch(f"records/opportunity/{deal}", {"values": {"probability": None}}).status_code == 200
    told = of(seller, deal)
    assert (told["probability"], told["source"], told["by"], told["at"]) == ("25", "stage", None, None)
    seller.patch(f"records/opportunity/{deal}", {"values": {"probability": "60"}})
    seller.patch(f"records/opportunity/{deal}", {"values": {"stage": third, "probability": "61"}})
    assert of(seller, deal)["probability"] == "61"
    seller.patch(f"records/opportunity/{deal}", {"values": {"stage": won}})
    told = of(seller, deal)
    assert (told["probability"], told["source"], told["stage"]) == ("100", "stage", None)


def test_a_given_probability_goes_back_by_undo(client):
    seller = client("salesperson")
    deal = seller.make("opportunity", name="仓储项目")["id"]
    given = seller.patch(f"records/opportunity/{deal}", {"values": {"probability": "33"}}).json()

    assert seller.post(f"change-sets/{given['_change_set']}/undo", {}).status_code == 200

    assert (of(seller, deal)["probability"], of(seller, deal)["source"]) == ("10", "stage")


@pytest.fixture
def learned(committing_database, monkeypatch):
    """A workspace with a model: referrals are won, deals of the website are not."""

    def keep(state="in_use"):
        with work(world.workspace(), SYSTEM, via="system") as ctx:
            where = "SELECT id FROM rec_stage WHERE name = '初步接触'"
            ((stage,),) = ctx.run(where)
            deals = [
                Past(one.opportunity, one.owner, one.won, one.closed_at, {stage: 4.0}, tuple(
                    Moment(m.opportunity, m.at, stage, m.days, m.default, source=m.source, owner=m.owner)
                    for m in one.moments
                )) for one in history()
            ]  # fmt: skip
        monkeypatch.setattr(
            "guanxi.areas.sales.probability.history.past", lambda _: deals if state == "in_use" else deals[:50]
        )
        return training.train_workspace(world.workspace())

    return keep


def tell():
    catch_up(world.workspace(), "sales.probability")


def test_the_model_foretells_what_is_open_and_says_why(learned, client):
    seller = client("salesperson")
    warm, cold = (seller.make("opportunity", name=n, source=n)["id"] for n in ("referral", "website"))
    hand = seller.make("opportunity", name="hand", source="referral", probability="5")["id"]
    tell()
    assert learned().state == "in_use"
    tell()

    told = of(seller, warm)
    assert (told["source"], told["state"], told["stage"]) == ("model", "in_use", "10")
    assert told["model"] == told["probability"]
    assert int(told["probability"]) > 60
    assert told["reasons"][0] == {
        "factor": "source",
        "text": "来源为“客户转介绍”",
        "weight": told["reasons"][0]["weight"],
    }
    assert told["reasons"][0]["weight"] > 0
    assert int(of(seller, cold)["probability"]) < 40
    assert of(seller, cold)["reasons"][0]["weight"] < 0
    kept = of(seller, hand)
    assert (kept["probability"], kept["source"], int(kept["model"]) > 60) == ("5", "hand", True)
    row = seller.get(f"records/opportunity/{warm}").json()
    assert row["rev"] == 1

    seller.patch(f"records/opportunity/{warm}", {"values": {"source": "website"}})
    tell()
    assert int(of(seller, warm)["probability"]) < 40
    seller.patch(f"records/opportunity/{hand}", {"values": {"probability": None}})
    tell()
    assert of(seller, hand)["source"] == "model"

    assert learned("too_little").state == "too_little"
    told = of(seller, warm)
    assert (told["probability"], told["source"], told["model"], told["reasons"]) == ("10", "stage", None, [])


def test_what_is_worked_out_wakes_nobody_and_stands_in_no_undo(learned, client):
    seller = client("salesperson")
    _, second, *_ = stages(seller)
    deal = seller.make("opportunity", name="仓储项目", source="referral")["id"]
    moved = seller.patch(f"records/opportunity/{deal}", {"values": {"stage": second}}).json()
    learned()
    with work(world.workspace(), SYSTEM, via="system") as ctx:
        rows = ctx.run("SELECT via, diff FROM sys_change WHERE record = $1::uuid ORDER BY seq", [deal])
    assert rows[-1][0] == "computed"
    assert set(rows[-1][1]) == {"probability", "probability_source"}
    assert of(seller, deal)["source"] == "model"

    undone = seller.post(f"change-sets/{moved['_change_set']}/undo", {})

    assert undone.status_code == 200, undone.content
    assert seller.get(f"records/opportunity/{deal}").json()["stage"]["title"] == "初步接触"


def test_stages_are_learned_from_their_history(committing_database, client):
    """Deals that really went through stages, read by the product's own statement."""
    seller = client("salesperson")
    first, second, *_, won, lost = stages(seller)
    company = seller.make("company", name="瑞恒精密", level="A")["id"]
    deal = seller.make("opportunity", name="甲", source="referral", company=company, amount="500")["id"]
    seller.make("note", body="<p>电话</p>", about={"object": "opportunity", "id": deal})
    for stage in (second, won):
        assert seller.patch(f"records/opportunity/{deal}", {"values": {"stage": stage}}).status_code == 200
    gone = seller.make("opportunity", name="乙")["id"]
    seller.patch(f"records/opportunity/{gone}", {"values": {"stage": lost, "loss_reason": "price"}})
    with work(world.workspace(), SYSTEM, via="system") as ctx:
        from guanxi.areas.sales.probability import history as read

        by_id = {str(one.opportunity): one for one in read.past(ctx)}
        assert training.train(ctx).state == "too_little"

    assert (by_id[deal].won, by_id[gone].won) == (True, False)
    assert [str(moment.stage) for moment in by_id[deal].moments] == [first, first, second, second]
    assert {(m.amount, m.source, m.level) for m in by_id[deal].moments} == {(500.0, "referral", "A")}
    assert {(m.amount, m.source, m.level) for m in by_id[gone].moments} == {(None, None, None)}


def test_reasons_tell_nothing_of_what_is_hidden(learned, client):
    seller = client("salesperson")
    deal = seller.make("opportunity", name="仓储项目", source="referral")["id"]
    tell()
    learned()
    rights = {"read": "all", "fields": {"source": "hidden"}}
    trust("read_only", opportunity=rights)
    told = of(client("read_only"), deal)
    assert "source" not in {one["factor"] for one in told["reasons"]}
    assert told["unseen"] == 1

    trust("read_only", opportunity={"read": "all", "fields": {"probability": "hidden"}})
    told = of(client("read_only"), deal)
    assert (told["probability"], told["model"], told["reasons"], told["stage"]) == (None, None, [], None)


def test_who_must_not_see_it_is_told_nothing(client):
    deal = client("salesperson").make("opportunity", name="仓储项目")["id"]

    assert client("other_salesperson").get(f"opportunities/{deal}/probability").status_code == 404
    assert client("stranger").get(f"opportunities/{deal}/probability").status_code == 404


@pytest.mark.parametrize(
    ("who", "status"), [("administrator", 200), ("manager", 403), ("salesperson", 403), ("read_only", 403)]
)
def test_only_who_configures_looks_at_the_model_and_trains_it(client, who, status):
    person = client(who)

    assert person.get("probability-model").status_code == status
    assert person.post("actions/sales/train-probability", {"params": {}}).status_code == status
    if status == 200:
        assert person.get("probability-model").json() == {
            "state": "untrained", "waits": True, "trained_at": None, "deals": 0, "won": 0, "tried": 0, "needed": 80,
            "brier": None, "stage_brier": None, "log_loss": None, "stage_log_loss": None,
        }  # fmt: skip


def test_nobody_writes_where_it_comes_from(client):
    seller = client("salesperson")
    deal = seller.make("opportunity", name="仓储项目")["id"]

    answer = seller.patch(f"records/opportunity/{deal}", {"values": {"probability_source": "model"}})

    assert answer.status_code == 422


def test_parts_are_foretold_one_after_the_other(learned, client, monkeypatch):
    seller = client("salesperson")
    deals = [seller.make("opportunity", name=str(n), source="referral")["id"] for n in range(5)]
    monkeypatch.setattr(scores, "PART", 2)
    learned()

    assert {of(seller, deal)["source"] for deal in deals} == {"model"}
    with work(world.workspace(), SYSTEM, via="system") as ctx:
        assert scores.foretell(ctx, models.kept(ctx).model, [UUID(one) for one in deals]) == 0
