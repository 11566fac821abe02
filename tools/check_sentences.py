"""Every locale folder of the server says the same things in both languages, with the same parameters, and every
code that a refusal names has its sentence.
"""

import ast
import json
import re
import sys
from collections.abc import Iterable
from pathlib import Path

from console import ROOT

LANGUAGES = ("en", "zh-CN")
PARAMETER = re.compile(r"\{([a-z_]+)\}")
CODE = re.compile(r"[a-z][a-z_]*\.[a-z][a-z0-9_]*[a-z0-9]")  # the first half of a code put together ends in "_"
REFUSING = {"BadValue", "FieldError", "NotPlaced", "add", "fail", "_fail", "refuse", "_refuse", "sentence"}
"""Functions that take a code, besides the classes of infra/errors.py and their subclasses."""


def main() -> int:
    """Print every difference; 1 when there is one."""
    problems: list[str] = []
    owner: dict[str, Path] = {}
    for folder in sorted((ROOT / "server" / "guanxi").glob("**/locale")):
        files = {language: folder / f"{language}.json" for language in LANGUAGES}
        missing = [path for path in files.values() if not path.is_file()]
        if missing:
            problems += [f"{path} is missing" for path in missing if any(folder.iterdir())]
            continue
        texts = {language: json.loads(path.read_text(encoding="utf-8")) for language, path in files.items()}
        problems += _differences(folder, texts)
        for code in texts["en"]:
            if code in owner:
                problems.append(f"{folder} and {owner[code]} both define {code}")
            owner[code] = folder
    problems += _without_sentence(set(owner))
    print("\n".join(problems), file=sys.stderr)
    return int(bool(problems))


def _differences(folder: Path, texts: dict[str, dict[str, str]]) -> list[str]:
    english, chinese = texts["en"], texts["zh-CN"]
    problems = [f"{folder}: {code} is in one language only" for code in sorted(english.keys() ^ chinese.keys())]
    for code in sorted(english.keys() & chinese.keys()):
        if set(PARAMETER.findall(english[code])) != set(PARAMETER.findall(chinese[code])):
            problems.append(f"{folder}: {code} has different parameters")
        if not english[code].strip() or not chinese[code].strip():
            problems.append(f"{folder}: {code} is empty")
    return problems


def _without_sentence(known: set[str]) -> list[str]:
    """Codes written out in a call that refuses, or in what such a call is handed, and that no locale folder has."""
    paths = sorted((ROOT / "server" / "guanxi").glob("**/*.py"))
    trees = {path: ast.parse(path.read_text(encoding="utf-8")) for path in paths}
    refusing = REFUSING | _refusals(trees.values())
    return [
        f"{path.relative_to(ROOT)}:{call.lineno}: {code} has no sentence"
        for path, tree in trees.items()
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and _name(call.func) in refusing
        for code in _codes(call)
        if code not in known
    ]


def _refusals(trees: Iterable[ast.Module]) -> set[str]:
    """Names of Refusal and all classes below it; their own __init__ hands the code on."""
    bases = {
        node.name: {_name(base) for base in node.bases}
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
    }
    found = {"Refusal"}
    while below := {name for name, above in bases.items() if above & found} - found:
        found |= below
    return found | {"__init__"}


def _codes(call: ast.Call) -> list[str]:
    given = [*call.args, *(keyword.value for keyword in call.keywords if keyword.arg == "code")]
    texts = [node.value for one in given for node in ast.walk(one) if isinstance(node, ast.Constant)]
    return [text for text in texts if isinstance(text, str) and CODE.fullmatch(text)]


def _name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


if __name__ == "__main__":
    raise SystemExit(main())
