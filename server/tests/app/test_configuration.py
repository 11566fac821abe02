"""`guanxi config`: a folder of files compared with a workspace and applied to it."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from guanxi.app import archive, cli, installation
from tests.engine.bundles.carrying import files_of
from tests.engine.design.designer import Designer
from tests.support import world
from tests.support.clients import Client


@pytest.fixture
def run(database: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    """Run a command in a workspace: exit code and what it printed."""

    @contextlib.contextmanager
    def running() -> Iterator[None]:
        yield

    # The database of the test answers already, and deferred steps need one without a transaction.
    monkeypatch.setattr(archive, "with_database", running)
    monkeypatch.setattr(installation, "finish_deferred", lambda _: None)
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")

    def start(verb: str, folder: Path | None = None, *more: str, slug: str = world.WORKSPACE) -> tuple[int, str]:
        code = cli.main(["config", verb, *([str(folder)] if folder else []), "--workspace", slug, *more])
        said = capsys.readouterr()
        return code, said.out + said.err

    return start


@pytest.fixture
def designer(database: None) -> Designer:
    """The administrator."""
    return Designer(Client.signed_in_as("administrator"))


def test_a_folder_goes_from_one_workspace_to_another(designer: Designer, run, tmp_path: Path) -> None:
    designer.project()
    there = {"slug": world.OTHER_WORKSPACE}
    assert run("export", tmp_path)[0] == 0
    assert run("diff", tmp_path) == (0, "No differences\n")

    code, said = run("diff", tmp_path, **there)
    assert code == 2
    assert "+ objects/project/object.toml  add “Project”" in said
    before = files_of(world.OTHER_WORKSPACE)
    code, said = run("plan", tmp_path, **there)
    assert (code, files_of(world.OTHER_WORKSPACE)) == (2, before)
    assert "Project" in said
    code, said = run("apply", tmp_path, **there)

    assert code == 0
    assert "Applied." in said
    assert files_of(world.OTHER_WORKSPACE) == files_of()
    assert run("diff", tmp_path, **there)[0] == 0


def test_exporting_again_removes_what_is_gone(designer: Designer, run, tmp_path: Path) -> None:
    designer.project()
    run("export", tmp_path)
    (tmp_path / "README.md").write_text("ours")
    designer.act("archive_object", object="project", confirm=True)

    run("export", tmp_path)

    assert not (tmp_path / "objects/project/object.toml").exists()
    assert (tmp_path / "README.md").read_text() == "ours"


def test_a_field_with_values_goes_only_when_that_is_confirmed(designer: Designer, run, tmp_path: Path) -> None:
    run("export", tmp_path)
    designer.act("create_field", object="company", kind="text", key="motto", label={"zh-CN": "口号", "en": "Motto"})
    designer.client.make(name="华信", motto="以人为本")
    before = files_of()

    code, said = run("diff", tmp_path)
    assert (code, "- objects/company/fields/motto.toml" in said, "! 1 values of Motto go out of sight" in said) == (
        2,
        True,
        True,
    )
    assert run("apply", tmp_path) == (0, "No differences\n")
    refused, said = run("apply", tmp_path, "--prune")
    assert (refused, files_of()) == (1, before)
    assert "Motto" in said

    assert run("apply", tmp_path, "--prune", "--confirm")[0] == 0
    assert "motto" not in designer.fields("company")


def test_a_mistake_is_told_with_its_file(run, tmp_path: Path) -> None:
    run("export", tmp_path)
    path = tmp_path / "objects/company/fields/level.toml"
    path.write_text(path.read_text().replace("position =", 'required = "yes"\nposition ='))
    before = files_of()

    code, said = run("apply", tmp_path)

    assert (code, files_of()) == (1, before)
    assert "objects/company/fields/level.toml: required:" in said


def test_other_peoples_folders_are_left_alone(run, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("dear")

    code, said = run("export", tmp_path)

    assert (code, "holds something else" in said) == (1, True)
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]
    assert run("diff", tmp_path / "nowhere")[0] == 1
    assert run("diff", tmp_path, slug="nobody")[0] == 1


def test_what_was_applied_is_listed_and_rolled_back(designer: Designer, run, tmp_path: Path) -> None:
    there = {"slug": world.OTHER_WORKSPACE}
    assert run("log", **there) == (0, "No configuration was applied yet\n")
    designer.project()
    run("export", tmp_path)
    code, said = run("apply", tmp_path, **there)
    number = said.split()[-1].rstrip(".")
    assert (code, number in run("log", **there)[1]) == (0, True)

    code, said = run("rollback", **there)

    assert (code, said) == (0, f"Rolled back: {number}\n")
    assert not any(path.startswith("objects/project/") for path in files_of(world.OTHER_WORKSPACE))
    assert run("diff", tmp_path, **there)[0] == 2
    assert "rolled back" in run("log", **there)[1]


def test_a_roll_back_that_cannot_be_is_refused(designer: Designer, run, tmp_path: Path) -> None:
    designer.act("create_field", object="company", kind="text", key="motto", label={"zh-CN": "口号", "en": "Motto"})
    run("export", tmp_path)
    there = {"slug": world.OTHER_WORKSPACE}
    assert run("rollback", **there)[0] == 1
    for number in ("x", "01900000-0000-7000-8000-000000000001"):
        code, said = run("rollback", None, number, **there)
        assert (code, "no record of this configuration" in said) == (1, True)
    number = run("apply", tmp_path, **there)[1].split()[-1].rstrip(".")
    assert run("rollback", None, number, **there)[0] == 0
    kept = files_of(world.OTHER_WORKSPACE)

    again, said = run("rollback", None, number, **there)

    assert (again, "rolled back already" in said) == (1, True)
    assert run("rollback", **there)[0] == 1
    assert files_of(world.OTHER_WORKSPACE) == kept


def test_a_part_of_a_folder_is_applied(designer: Designer, run, tmp_path: Path) -> None:
    designer.project()
    designer.act("create_field", object="company", kind="text", key="motto", label={"zh-CN": "口号", "en": "Motto"})
    run("export", tmp_path)
    there = {"slug": world.OTHER_WORKSPACE}
    motto = "objects/company/fields/motto.toml"

    code, said = run("plan", tmp_path, "--only", "objects/project", **there)
    assert (code, "objects/project/object.toml" in said, motto in said) == (2, True, False)
    assert run("apply", tmp_path, "--only", motto, **there)[0] == 0
    assert [
        motto in files_of(world.OTHER_WORKSPACE),
        "objects/project/object.toml" in files_of(world.OTHER_WORKSPACE),
    ] == [
        True,
        False,
    ]
    refused, said = run("apply", tmp_path, "--without", "objects/moon", **there)
    assert (refused, "Nothing differs at objects/moon" in said) == (1, True)
    assert run("apply", tmp_path, "--without", "objects/project", **there) == (0, "No differences\n")
    assert run("apply", tmp_path, **there)[0] == 0
    assert files_of(world.OTHER_WORKSPACE) == files_of()
