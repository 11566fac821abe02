"""An installation goes into one file and comes out of it whole."""

import re
from subprocess import CompletedProcess

import pytest

from tests.support.product import Product

pytestmark = pytest.mark.slow
COUNT = "from guanxi.capabilities.identity.models import Account\nprint(Account.objects.count())"
CREATE = (
    "from guanxi.capabilities.identity.models import Account\n"
    "Account.objects.create_user('a@example.com', 'password', name='A')\n"
    "from guanxi.infra.storage import store\nprint(store.keep([b'contract']).name)"
)

WORK = """
from guanxi.app.areas import registry
from guanxi.capabilities.identity.models import Workspace
from guanxi.capabilities.identity.organisation import engine_workspace
from guanxi.engine.access.actor import SYSTEM
from guanxi.engine.audit import note
from guanxi.engine.context import work
from guanxi.engine.records import writes
registry()
with work(engine_workspace(Workspace.objects.get()), SYSTEM, via="system") as ctx:
    writes.create(ctx, "company", [{"name": "华信"}, {"name": "天成"}])
    note(ctx, "sign_in")
"""
MOVING_IN = """
from guanxi.capabilities.identity.models import Workspace
from guanxi.capabilities.identity.organisation import engine_workspace
from guanxi.engine.access.actor import SYSTEM
from guanxi.engine.context import work
with work(engine_workspace(Workspace.objects.get()), SYSTEM, via="system") as ctx:
    print(ctx.run("SELECT resume IS NOT NULL OR floor >= (SELECT max(seq) FROM sys_change WHERE object = 'company')"
        " FROM sys_consumer WHERE name = 'flows'"))
"""
TAMPER = """
from guanxi.capabilities.identity.models import Workspace
from guanxi.capabilities.identity.organisation import engine_workspace
from guanxi.engine.access.actor import SYSTEM
from guanxi.engine.context import work
with work(engine_workspace(Workspace.objects.get()), SYSTEM, via="system") as ctx:
    ctx.run("DELETE FROM sys_audit WHERE seq = 1")
"""


def audited(product: Product, *known: str) -> CompletedProcess[str]:
    """What `guanxi audit verify` says, held against an entry that was written down before."""
    return product.command("audit", "verify", *(f"--known={one}" for one in known), LC_ALL="en_US.UTF-8")


def test_a_dump_of_the_running_product_restores_into_an_empty_one(tmp_path):
    first, second = Product(), Product()
    file = tmp_path / "all.tar"
    try:
        first.start()
        name = first.script(CREATE).strip()
        person = ("--email", "boss@example.com", "--person", "Boss")
        made = first.command("create-workspace", "acme", "Acme", *person, typed="a long enough password\n")
        first.script(WORK)
        before = audited(first)
        assert (made.returncode, before.returncode) == (0, 0), made.stderr + before.stdout + before.stderr
        (last,) = re.findall(r"last entry: (\d+:[0-9a-f]{64})", before.stdout)
        dumped = first.command("dump", str(file))
        refused = first.command("restore", str(file))
        restored = second.command("restore", str(file))
        after = audited(second, last)
        values = second.command("verify")
        let_in = second.command("reset-second-factor", "boss@example.com")
        second.start()
        moving_in = second.script(MOVING_IN)
        content = second.script(f"from guanxi.infra.storage import store\nprint(store.path_of('{name}').read_text())")

        assert dumped.returncode == 0, dumped.stderr
        assert oct(file.stat().st_mode)[-3:] == "600"
        assert refused.returncode == 1
        assert "There is data in this installation already" in refused.stderr
        assert restored.returncode == 0, restored.stderr
        assert second.script(COUNT).strip() == "2"
        assert content.strip() == "contract"
        assert moving_in.strip() == "[(True,)]"
        assert after.returncode == 0, after.stdout + after.stderr
        assert (values.returncode, let_in.returncode) == (0, 0), values.stderr + let_in.stderr
        assert re.search(r"acme: the audit log is whole: [2-9]\d* entries, [2-9]\d* sealed changes", after.stdout)
        second.script(TAMPER)
        tampered = audited(second, last)
        assert tampered.returncode == 2
        assert "Entry 1 is gone." in tampered.stdout
    finally:
        first.remove()
        second.remove()
