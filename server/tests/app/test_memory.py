"""What the processes of a running product leave out, and what they hold together."""

import subprocess
import sys

import pytest

from guanxi.infra.paths import PACKAGE
from tests.support.product import Product

HEAVY = {"django", "psycopg", "pydantic", "cryptography", "allauth", "lark", "asyncio", "ssl"}
"""Each costs more memory than all that the supervisor needs."""
RARE = {"faker", "zxcvbn", "rapidfuzz", "onelogin", "lxml", "xmlsec", "ninja", "asyncpg", "hypothesis", "saml2"}
"""Makes samples, judges passwords, reads what other systems sign: loaded when it is asked for."""


def loaded(*modules: str) -> set[str]:
    """The packages that a process has in memory which imports some modules."""
    code = f"import sys, {', '.join(modules)}\nprint(' '.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=PACKAGE.parent)
    return {name.partition(".")[0] for name in done.stdout.split()}


def test_the_supervisor_holds_neither_the_framework_nor_the_driver():
    assert not loaded("guanxi.app.cli", "guanxi.app.supervisor") & HEAVY


@pytest.mark.parametrize("module", ["guanxi.app.wsgi", "guanxi.app.live"])
def test_what_few_requests_need_is_not_loaded_with_the_process(module: str):
    assert not loaded(module) & RARE


@pytest.mark.slow
def test_the_processes_that_answer_requests_share_what_was_loaded(started_once: Product):
    product = Product.like(started_once)
    try:
        product.start()
        answering = [one for one in product.family() if "guanxi.app.web" in " ".join(one.cmdline())]
        begun = [one for one in answering if one.parent() in answering]
        own = [one.memory_full_info().uss for one in begun]
    finally:
        product.remove()

    assert len(own) == 2
    # The framework and the product are some 80 MB; what is counted here no other process has.
    assert max(own) < 45_000_000, own
