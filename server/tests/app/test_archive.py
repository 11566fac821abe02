"""An installation goes into one file and comes out of it whole."""

import pytest

from tests.support.product import Product

pytestmark = pytest.mark.slow
COUNT = "from guanxi.capabilities.identity.models import Account\nprint(Account.objects.count())"
CREATE = (
    "from guanxi.capabilities.identity.models import Account\n"
    "Account.objects.create_user('a@example.com', 'password', name='A')\n"
    "from guanxi.infra.storage import store\nprint(store.keep([b'contract']).name)"
)


def test_a_dump_of_the_running_product_restores_into_an_empty_one(tmp_path):
    first, second = Product(), Product()
    file = tmp_path / "all.tar"
    try:
        first.start()
        name = first.script(CREATE).strip()
        dumped = first.command("dump", str(file))
        refused = first.command("restore", str(file))
        restored = second.command("restore", str(file))
        second.start()
        content = second.script(f"from guanxi.infra.storage import store\nprint(store.path_of('{name}').read_text())")

        assert dumped.returncode == 0, dumped.stderr
        assert oct(file.stat().st_mode)[-3:] == "600"
        assert refused.returncode == 1
        assert "There is data in this installation already" in refused.stderr
        assert restored.returncode == 0, restored.stderr
        assert second.script(COUNT).strip() == "1"
        assert content.strip() == "contract"
    finally:
        first.remove()
        second.remove()
