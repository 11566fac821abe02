"""Lists of companies to import, and the runs of their imports taken step by step."""

from typing import Any
from uuid import UUID

from guanxi.engine.acting import acting_for
from guanxi.engine.transfer.imports import run as runs
from tests.engine.transfer.conftest import Importer

HEADER = "名称,外部编号,行业,网站,员工人数\n"
COMPANIES = HEADER + "华信科技,C1,保险,https://huaxin.example.com,120\n天成贸易,C2,零售,,35\n远山咨询,C3,金融,,8\n"


def mapping(me: Importer, one: dict[str, Any], **changes: dict[str, Any]) -> list[dict[str, Any]]:
    """The proposed mapping of an import, with some columns changed."""
    found = me.preview(one["id"])
    return [{**entry, **changes.get(entry["column"], {})} for entry in found["proposal"]]


def companies(me: Importer, text: str = COMPANIES, encoding: str = "utf-8", **settings: Any) -> str:
    """The id of an import of companies that is ready to run."""
    one = me.upload("company", text.encode(encoding))
    me.map(one["id"], mapping(me, one), **settings)
    return one["id"]


def run_of(me: Importer, id_: str) -> runs.Run:
    """The queued run itself, to be taken step by step."""
    assert me.client.post(f"imports/{id_}/run").status_code == 202
    ((_, payload),) = me.queued
    workspace, actor = acting_for(payload)
    return runs.Run(workspace, actor, UUID(id_), UUID(payload["change_set"]), payload["language"])


def imported(me: Importer) -> list[dict[str, Any]]:
    """The change sets that imports have left."""
    return [one for one in me.client.get("change-sets").json()["change_sets"] if one["via"] == "import"]
