"""All checks of the code that need no running product; `make check`."""

import sys
from concurrent.futures import ThreadPoolExecutor

from console import SCRIPTS, WEB, Step, run_quietly

PYTHON = sys.executable
SERVER_STEPS = (
    Step("ruff format", (str(SCRIPTS / "ruff"), "format", "--check", "--quiet", "server", "tools", "bench")),
    Step("ruff", (str(SCRIPTS / "ruff"), "check", "--quiet", "server", "tools", "bench")),
    Step("import rules", (str(SCRIPTS / "lint-imports"), "--no-cache")),
    Step("own rules", (PYTHON, "tools/lint/run.py")),
    Step("own rules catch their samples", (PYTHON, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tools/lint")),
    Step("sentences in both languages", (PYTHON, "tools/check_sentences.py")),
    Step("paths named in documents exist", (PYTHON, "tools/check_documents.py")),
    Step("migrations complete", (PYTHON, "tools/check_migrations.py")),
    Step("generated document and client fresh", (PYTHON, "tools/api.py", "--check")),
    Step("types", (str(SCRIPTS / "basedpyright"), "--level", "error")),
)
NPM = str(SCRIPTS / "npm")
WEB_STEPS = (
    Step("web lint", (NPM, "run", "--silent", "lint"), WEB),
    Step("web types", (NPM, "run", "--silent", "typecheck"), WEB),
    Step("web sentences", (NPM, "run", "--silent", "i18n"), WEB),
    Step("web without what nothing uses", (NPM, "run", "--silent", "unused"), WEB),
)


def main() -> int:
    """Run the server's and the client's checks side by side; the number of failed ones."""
    with ThreadPoolExecutor(2) as pool:
        sides = [pool.submit(lambda steps: [run_quietly(step) for step in steps], s) for s in (SERVER_STEPS, WEB_STEPS)]
        results = [ok for side in sides for ok in side.result()]
    return results.count(False)


if __name__ == "__main__":
    raise SystemExit(main())
