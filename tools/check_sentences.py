"""Every locale folder of the server says the same things in both languages, with the same parameters."""

import json
import re
import sys
from pathlib import Path

from console import ROOT

LANGUAGES = ("en", "zh-CN")
PARAMETER = re.compile(r"\{([a-z_]+)\}")


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


if __name__ == "__main__":
    raise SystemExit(main())
