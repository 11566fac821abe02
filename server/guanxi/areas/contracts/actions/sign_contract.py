"""Note who signed a contract, when and on whose side; once both sides have, it holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal
from uuid import UUID

from typing_extensions import TypedDict

from guanxi.areas.contracts import moving
from guanxi.areas.contracts.errors import WrongStage, wrong
from guanxi.areas.contracts.rules import states
from guanxi.capabilities.files.access import readable
from guanxi.engine.actions import action
from guanxi.engine.context import Context
from guanxi.engine.records import reads, writes
from guanxi.infra.http.shapes import Id

_NAME = 100


@dataclass(frozen=True)
class SignContract:
    """The contract; who signed on which side, as what, and on which day (today); a picture of the signature or a signed copy."""

    contract: UUID
    side: Literal["ours", "theirs"]
    person: str
    position: str | None = None
    signed_on: date | None = None
    picture: UUID | None = None
    file: UUID | None = None


class SignedContract(TypedDict):
    """The record of the signature, and the stage of the contract by now."""

    signature: Id
    status: str


@action("contracts.sign_contract", params=SignContract, permission="contract.edit")
def sign_contract(ctx: Context, params: SignContract) -> SignedContract:
    """Keep a signature; the contract begins on its first day once there is one of each side.

    WrongStage unless it is approved; Invalid without a name or for a day to come; NotFound for a file that the caller
    may not fetch.
    """
    row = moving.held(ctx, params.contract)
    if row["status"] != states.APPROVED:
        raise WrongStage("not_to_be_signed", moving.called(row))
    person = params.person.strip()[:_NAME]
    if not person:
        raise wrong("person", "who_signed")
    day = params.signed_on or ctx.today
    if day > ctx.today:
        raise wrong("signed_on", "signed_in_future")
    values: dict[str, Any] = {
        "contract": str(params.contract), "side": params.side, "name": person, "signed_on": day.isoformat(),
        "position": (params.position or "").strip()[:_NAME] or None, "owner": str(row["owner"]) if row["owner"] else None,
        **_files(ctx, picture=params.picture, file=params.file),
    }  # fmt: skip
    (made,) = writes.create(ctx.as_system(), "contract_signature", [values])
    stage = row["status"]
    if moving.signed_sides(ctx, params.contract) >= set(states.SIDES):
        stage = moving.both_have_signed(ctx, params.contract, row, _last_day(ctx, params.contract))
    return {"signature": str(made), "status": stage}


def _last_day(ctx: Context, contract: UUID) -> date:
    """The day on which the last one signed."""
    system = ctx.as_system()
    ids = reads.ids(system, "contract_signature", {"field": "contract", "op": "eq", "value": str(contract)})
    rows = reads.native(system, "contract_signature", ids, ("signed_on",))
    return max(one["signed_on"] for one in rows.values())


def _files(ctx: Context, **named: UUID | None) -> dict[str, Any]:
    """Files as records take them, as far as the caller may fetch them."""
    found = {name: readable(ctx, one) for name, one in named.items() if one is not None}
    return {
        name: [{"id": str(one.id), "name": one.name, "size": one.size, "type": one.type}]
        for name, one in found.items()
    }  # fmt: skip
