"""A pool of leads whose members see the company, the source and masks of the rest."""

import pytest

from tests.support import world


@pytest.fixture
def admin(client):
    """The administrator's client."""
    return client("administrator")


@pytest.fixture
def department(admin):
    """A function from the name of a department of the world to its id."""
    rows = admin.post("records/department/query", {"select": ["name"]}).json()["rows"]
    return lambda name: next(row["id"] for row in rows if row["name"] == name)


@pytest.fixture
def made(admin):
    """A function that makes a record as the administrator."""

    def make(object_key, **values):
        answer = admin.post(f"records/{object_key}", {"values": values})
        assert answer.status_code == 201, answer.content
        return answer.json()

    return make


@pytest.fixture
def pool(made, department):
    """A pool of leads for the department East."""
    return made(
        "pool", name="华东公海", object="lead", departments=[department("east")], shown=["company_name", "source"],
        claims_per_day=3, cooling_days=7,
    )  # fmt: skip


@pytest.fixture
def lying(made, admin, pool):
    """A function that makes a lead and puts it into the pool."""

    def put(**values):
        lead = made("lead", **{"name": "王芳", "company_name": "瑞恒精密", "mobile": "13812345678", **values})
        answer = admin.post("actions/pools/release-records", {"params": {
            "object": "lead", "records": [lead["id"]], "pool": pool["id"],
        }})  # fmt: skip
        assert answer.status_code == 200, answer.content
        return lead["id"]

    return put


@pytest.fixture
def claim(client):
    """A function by which somebody claims leads; the answer."""

    def run(who, *records, **headers):
        params = {"object": "lead", "records": list(records)}
        return client(who).post("actions/pools/claim-records", {"params": params}, **headers)

    return run


@pytest.fixture
def member():
    """A function from the name of a person of the world to their id."""
    return lambda name: str(world.membership(name).member_id)
