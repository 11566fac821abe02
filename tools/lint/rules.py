"""Rules of this code base that no general linter knows, as functions from a module's syntax tree to findings.

`# lint-skip: <rule> — <reason>` on a line excuses that line; the reason is required.
"""

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

SKIP = re.compile(r"#\s*lint-skip:\s*([a-z-]+)\s*(?:—|--|-)\s*\S+")
SQL_START = re.compile(
    r"\s*(?:/\*.*?\*/\s*)?(select|insert|update|delete|create|alter|drop|with|copy|truncate)\b", re.IGNORECASE
)
SQL_MODULES = (
    "guanxi/engine/feed/",
    "guanxi/areas/sales/following.py",
    "guanxi/areas/sales/assigning/turns.py",
    "guanxi/areas/sales/grading/grades.py",
    "guanxi/areas/sales/grading/scoring.py",
    "guanxi/areas/sales/probability/history.py",
    "guanxi/areas/sales/probability/scores.py",
    "guanxi/capabilities/approvals/store.py",
    "guanxi/areas/billing/statements/store.py",
    "guanxi/capabilities/flows/backtest/store.py",
    "guanxi/capabilities/flows/runs.py",
    "guanxi/engine/objects/ddl/",
    "guanxi/engine/objects/query/",
    "guanxi/engine/objects/fields/",
    "guanxi/engine/objects/install.py",
    "guanxi/engine/objects/upgrading.py",
    "guanxi/engine/design/",
    "guanxi/engine/records/",
    "guanxi/engine/access/",
    "guanxi/engine/audit/",
    "guanxi/engine/transfer/",
    "guanxi/infra/database/",
    "guanxi/infra/jobs/",
)
"""Where statements are put together from identifiers of the catalog."""
TRANSACTION_MODULES = (
    "guanxi/engine/context.py",
    "guanxi/infra/",
    "guanxi/app/",
    "guanxi/packs/",
    "guanxi/capabilities/identity/",
    "guanxi/capabilities/sandboxes/",
    "guanxi/capabilities/access_keys/",
    "guanxi/capabilities/single_sign_on/",
)
"""Who may begin a transaction: the unit of work, and the control plane outside workspaces."""
MONEY_WORDS = re.compile(r"amount|price|revenue|money|total_value", re.IGNORECASE)


@dataclass(frozen=True)
class Finding:
    """One broken rule."""

    path: str
    line: int
    rule: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.rule}: {self.sentence}"


Rule = Callable[[str, ast.Module], Iterator[tuple[int, str]]]


def no_commit(path: str, tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Only the unit of work ends a transaction."""
    if path.startswith(TRANSACTION_MODULES):
        return
    # Inside the engine `atomic` is a savepoint of the running unit of work.
    refused = {"commit", "rollback"} if path.startswith("guanxi/engine/") else {"commit", "rollback", "atomic"}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in refused:
            yield node.lineno, f".{node.attr}: open a unit of work instead (guanxi.engine.context.work)"


def naive_datetime(_: str, tree: ast.Module) -> Iterator[tuple[int, str]]:
    """An instant without a time zone means nothing on a server."""
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        name, arguments = node.func.attr, len(node.args) + len(node.keywords)
        if name in {"utcnow", "utcfromtimestamp"} or (
            name in {"now", "today"} and not arguments and _is_datetime(node.func.value)
        ):
            yield node.lineno, f"{name}() is naive: use datetime.now(UTC) or the context's now"


def float_money(_: str, tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Money is Decimal and a currency; a float loses cents."""
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id == "float"
            and any(MONEY_WORDS.search(name) for argument in node.args for name in _names(argument))
        ):
            yield node.lineno, "float() of money: keep it Decimal"
        if isinstance(node, ast.arg | ast.AnnAssign) and node.annotation is not None:
            name = node.arg if isinstance(node, ast.arg) else ast.unparse(node.target)
            if ast.unparse(node.annotation) == "float" and MONEY_WORDS.search(name):
                yield node.lineno, f"{name} is money and must not be a float"


def composed_sql(path: str, tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Statements are composed in the storage modules of the engine alone, from names the catalog vouches for."""
    if path.startswith(SQL_MODULES):
        return
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.JoinedStr)
            and node.values
            and any(isinstance(v, ast.FormattedValue) for v in node.values)
        ):
            first = node.values[0]
            if isinstance(first, ast.Constant) and SQL_START.match(str(first.value)) and _reads_like_sql(node):
                yield node.lineno, "a statement put together outside the storage modules"


def vague_module_name(path: str, _: ast.Module) -> Iterator[tuple[int, str]]:
    """A module is named after what it is about."""
    if PurePosixPath(path).stem in {"utils", "util", "helpers", "common", "misc", "manager"}:
        yield 1, "name the module after what it is about"


def too_long(path: str, tree: ast.Module) -> Iterator[tuple[int, str]]:
    """A file of more than 500 lines holds more than one concept."""
    last = max((getattr(node, "end_lineno", 0) or 0 for node in tree.body), default=0)
    if last > 500 and "/migrations/" not in path:
        yield last, f"{last} lines: split it by concept"


def no_docstring(path: str, tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Every module says in a sentence why it exists, every public class and function what it promises."""
    if path.startswith("tests/") or "/migrations/" in path:
        return
    if not ast.get_docstring(tree):
        yield 1, "the module has no docstring"
    for node in tree.body:
        if (
            isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef))
            and not node.name.startswith("_")
            and not ast.get_docstring(node)
        ):
            yield node.lineno, f"{node.name} has no docstring"


def named_by_hand(path: str, tree: ast.Module) -> Iterator[tuple[int, str]]:
    """The name of a link table may have to be cut, which only ``link_table`` knows."""
    if path.endswith("guanxi/engine/objects/query/build.py"):
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            pairs = zip(node.values, node.values[1:], strict=False)
            if any(
                isinstance(text, ast.Constant)
                and str(text.value).endswith("sys_link_")
                and isinstance(key, ast.FormattedValue)
                for text, key in pairs
            ):
                yield node.lineno, "the name of a link table is made by link_table() alone"


RULES: dict[str, Rule] = {
    "no-commit": no_commit,
    "naive-datetime": naive_datetime,
    "float-money": float_money,
    "composed-sql": composed_sql,
    "named-by-hand": named_by_hand,
    "vague-module-name": vague_module_name,
    "too-long": too_long,
    "no-docstring": no_docstring,
}


def findings(path: str, source: str) -> list[Finding]:
    """Everything wrong with one module; `path` is relative to server/, with forward slashes."""
    tree = ast.parse(source)
    lines = source.splitlines()
    found = []
    for name, rule in RULES.items():
        for line, sentence in rule(path, tree):
            excuse = SKIP.search(lines[line - 1]) if 0 < line <= len(lines) else None
            if excuse is None or excuse.group(1) != name:
                found.append(Finding(path, line, name, sentence))
    return sorted(found, key=lambda finding: finding.line)


def _is_datetime(node: ast.expr) -> bool:
    return "datetime" in ast.unparse(node).split(".")


def _names(node: ast.AST) -> Iterator[str]:
    for inner in ast.walk(node):
        if isinstance(inner, ast.Name):
            yield inner.id
        elif isinstance(inner, ast.Attribute):
            yield inner.attr
        elif isinstance(inner, ast.Constant) and isinstance(inner.value, str):
            yield inner.value


def _reads_like_sql(node: ast.JoinedStr) -> bool:
    text = " ".join(str(part.value) for part in node.values if isinstance(part, ast.Constant)).lower()
    return bool(re.search(r"\b(from|into|set|table|schema|where|index|values|database)\b", text))
