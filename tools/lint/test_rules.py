"""Each rule finds its bad sample and leaves the good one alone."""

import pytest
from rules import RULES, findings

AREA = "guanxi/areas/sales/rules/pace.py"
HEAD = '"""Sample."""\n'
SAMPLES = {
    "no-commit": ("connection.commit()", "with work(workspace, actor, via='job') as ctx: pass"),
    "naive-datetime": ("at = datetime.datetime.now()", "at = datetime.datetime.now(UTC)"),
    "float-money": ("value = float(row['amount'])", "value = float(row['ratio'])"),
    "composed-sql": ("run(f'select * from {table} where id = 1')", "say(f'select {count} of the rows')"),
    "named-by-hand": ("table = f'sys_link_{obj.key}_{field.key}'", "table = link_table(obj, field)"),
    "no-docstring": ("def promise(): return 1", 'def promise():\n    """Say what."""\n    return 1'),
}
"""Rule -> a line it must find, a line it must not."""


def _rules(source: str, path: str = AREA) -> set[str]:
    return {finding.rule for finding in findings(path, source)}


@pytest.mark.parametrize("rule", SAMPLES)
def test_the_bad_sample_is_found_and_the_good_one_is_not(rule):
    bad, good = SAMPLES[rule]

    assert rule in _rules(HEAD + bad)
    assert rule not in _rules(HEAD + good)


def test_file_rules_look_at_name_and_length():
    assert "vague-module-name" in _rules(HEAD, "guanxi/areas/sales/utils.py")
    assert "vague-module-name" not in _rules(HEAD, "guanxi/areas/sales/pace.py")
    assert "too-long" in _rules(HEAD + "x = 1\n" * 500)
    assert "too-long" not in _rules(HEAD + "x = 1\n" * 100)


def test_an_excuse_needs_a_reason():
    line = "connection.commit()  # lint-skip: no-commit"

    assert "no-commit" in _rules(HEAD + line)
    assert "no-commit" not in _rules(HEAD + line + " — the control plane, see decision 6")


def test_every_rule_has_a_sample():
    assert set(RULES) == {*SAMPLES, "vague-module-name", "too-long"}
