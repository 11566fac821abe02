"""The step that sends runs different ways by share: for trying out, or for spreading work."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from guanxi.capabilities.flows.batch import Batch
from guanxi.capabilities.flows.definition import Problem
from guanxi.capabilities.flows.kinds.base import ERROR, Go, Outcome, Place, StepKind, step_kind
from guanxi.engine.objects.fields.settings import Setting, words

RUN, RECORD = "run", "record"
MOST_SHARES = 20
HEAVIEST = 1000


@step_kind
class Split(StepKind):
    """One of several ways is taken, each as often as its weight says; asked again, the answer is the same."""

    key = "split"
    label = words("按比例分流", "Split by share")
    help = words(
        "按权重走其中一个分支；同一次运行总走同一分支",
        "Takes one of the ways by weight; a run always takes the same one",
    )
    icon = "percentage"
    group = "logic"
    about_record = False
    decides = True

    def settings_schema(self) -> tuple[Setting, ...]:
        """``shares``: a list of {port, label, weight}; ``by``: what always goes the same way."""
        same = (
            (RUN, words("每次运行重新分", "Each run anew")),
            (RECORD, words("同一记录总走同一分支", "A record always goes the same way")),
        )
        return (
            Setting("shares", "shares", words("分支和权重", "Ways and weights"), required=True),
            Setting("by", "choice", words("分法", "Decided for"), required=True, default=RUN, choices=same),
        )

    def ports(self, settings: Mapping[str, Any]) -> Sequence[str]:
        """One for each share."""
        return [str(one.get("port")) for one in shares(settings)]

    def check(self, place: Place) -> Iterator[Problem]:
        """Ports are told apart, weights are numbers of which not all are nought."""
        ports: set[str] = set()
        found = shares(place.settings)
        for one in found:
            port, weight = one.get("port"), one.get("weight")
            if not isinstance(port, str) or not port or port == ERROR or port in ports:
                yield place.problem("flows.bad_port", "shares", port=str(port)[:40])
            ports.add(str(port))
            if isinstance(weight, bool) or not isinstance(weight, int) or not 0 <= weight <= HEAVIEST:
                yield place.problem("flows.bad_weight", "shares", limit=HEAVIEST)
                return
        if found and (len(found) > MOST_SHARES or sum(one["weight"] for one in found) == 0):
            yield place.problem("flows.bad_shares", "shares", limit=MOST_SHARES)

    def run(self, batch: Batch) -> Sequence[Outcome]:
        """Chooses for each token by what is the same at every attempt."""
        out: list[Outcome] = []
        for (run, token), subject in zip(batch.held, batch.subjects(), strict=True):
            item = token.item["record"] if token.item else ""
            by_record = batch.settings.get("by") == RECORD and subject is not None
            lot = str(subject[1]) if by_record and subject else f"{run.id} {item}"
            out.append(Go(chosen(shares(batch.settings), f"{batch.version.flow} {batch.node.id} {lot}")))
        return out


def chosen(found: Sequence[Mapping[str, Any]], lot: str) -> str:
    """The port that falls to a lot, in the long run as often as its weight says."""
    total = sum(int(one["weight"]) for one in found)
    drawn = int.from_bytes(hashlib.sha256(lot.encode()).digest()[:8]) % total
    for one in found:
        drawn -= int(one["weight"])
        if drawn < 0:
            return str(one["port"])
    raise AssertionError


def shares(settings: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The ways with their weights."""
    found = settings.get("shares")
    return [one for one in found if isinstance(one, Mapping)] if isinstance(found, list | tuple) else []
