"""Going over the whole audit log and everything it vouches for: is each entry, and each change, as it was written?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from guanxi.engine.audit import anchors, seals
from guanxi.engine.audit.entries import BEGINNING, Draft, Entry, digest
from guanxi.engine.audit.kinds import BROKEN, SEAL
from guanxi.engine.audit.notes import COLUMNS
from guanxi.engine.context import Context, Origin

_CHUNK = 2000
_WINDOW = 50_000
MOST_TOLD = 100


@dataclass(frozen=True, slots=True)
class Break:
    """One thing that is not as it was written. ``code`` names the sentence; ``place`` is the number of the entry."""

    code: str
    place: int
    params: Mapping[str, Any] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """As details of an entry, and as the API tells it."""
        return {"code": self.code, "place": self.place, "params": dict(self.params)}


@dataclass
class Verdict:
    """What was gone over, and what is broken: the first ones in the order of the chain, and how many in all."""

    entries: int = 0
    changes: int = 0
    waiting: int = 0
    """Changes that are not sealed yet."""
    seq: int = 0
    hash: str = BEGINNING.hex()
    """Digest of the last entry: kept elsewhere, it tells even a whole installation put back from one that went on."""
    breaks: list[Break] = field(default_factory=list)
    broken: int = 0

    def add(self, code: str, place: int, **params: Any) -> None:
        """Note a break."""
        self.broken += 1
        if len(self.breaks) < MOST_TOLD:
            self.breaks.append(Break(code, place, params))


def verify(ctx: Context, known: Mapping[int, str] | None = None) -> Verdict:
    """Go over the chain from its first entry to the anchor, and over every sealed change.

    ``known`` are digests of entries by number that somebody wrote down outside this installation.
    """
    verdict = Verdict()
    anchor, last = anchors.read(ctx)
    _check_anchor(verdict, anchor, last)
    covered = _Numbers()
    floor = 0
    end = anchor.seq if anchor else last
    for entry in _chain(ctx, verdict, end, known or {}):
        if entry.draft.kind == SEAL:
            floor = max(floor, _check_block(ctx, verdict, entry, covered))
    _check_end(verdict, anchor, end)
    _check_others(ctx, verdict, covered, floor)
    return verdict


def _check_anchor(verdict: Verdict, anchor: anchors.Anchor | None, last: int) -> None:
    if anchor is None:
        if last:
            verdict.add("audit.broken_anchor_missing", last)
    elif not anchor.is_true:
        verdict.add("audit.broken_anchor", anchor.seq)


def _chain(ctx: Context, verdict: Verdict, end: int, known: Mapping[int, str]) -> Iterator[Entry]:
    """Every entry up to ``end`` whose own content is what it was; what is wrong with the others goes to the verdict."""
    before: bytes | None = BEGINNING
    expected = 1
    for entry in _entries(ctx):
        if entry.seq > end:
            verdict.add("audit.broken_after_the_end", entry.seq, **_told(entry))
            continue
        if entry.seq < expected:
            verdict.add("audit.broken_inserted", entry.seq, **_told(entry))
            continue
        if entry.seq > expected:
            _missing(verdict, expected, entry.seq - 1)
        verdict.entries += 1
        is_sound = digest(entry.draft, ctx.workspace.schema, entry.seq, entry.prev) == entry.hash
        if not is_sound:
            verdict.add("audit.broken_changed", entry.seq, **_told(entry))
        elif entry.seq == expected and before is not None and entry.prev != before:
            verdict.add("audit.broken_link", entry.seq, **_told(entry))
        elif known.get(entry.seq, entry.hash.hex()) != entry.hash.hex():
            verdict.add("audit.broken_known", entry.seq, **_told(entry))
        if entry.draft.kind == BROKEN:
            verdict.add("audit.broken_noted", entry.seq, **_told(entry))
        before, expected = entry.hash if is_sound else None, entry.seq + 1
        verdict.seq, verdict.hash = entry.seq, entry.hash.hex()
        if is_sound:
            yield entry
    for seq in sorted(known):
        if seq >= expected:
            verdict.add("audit.broken_known", seq)


def _missing(verdict: Verdict, first: int, last: int) -> None:
    if first == last:
        verdict.add("audit.broken_missing", first)
    else:
        verdict.add("audit.broken_missing_several", first, first=first, last=last)


def _check_end(verdict: Verdict, anchor: anchors.Anchor | None, end: int) -> None:
    if verdict.seq < end:
        _missing(verdict, verdict.seq + 1, end)
    elif anchor and anchor.is_true and verdict.seq == end and verdict.hash != anchor.hash.hex():
        verdict.add("audit.broken_end", end)


def _check_block(ctx: Context, verdict: Verdict, entry: Entry, covered: _Numbers) -> int:
    """Compare the rows of a block with what was sealed; the floor that the entry tells of."""
    id_, count, sealed = seals.seals_of(entry.draft.details)
    floor = int(entry.draft.details["floor"])
    rows = ctx.run("SELECT marks FROM sys_audit_seal WHERE id = $1", [id_])
    kept = list(seals.MARK.iter_unpack(rows[0][0])) if rows and len(rows[0][0]) % seals.MARK.size == 0 else []
    if len(kept) != count or not kept:
        params = {"first": entry.draft.details["first"], "last": entry.draft.details["last"]}
        verdict.add("audit.broken_list", entry.seq, **params)
        return floor
    found = dict(ctx.run(f"{seals.ROWS} WHERE c.seq >= $1 AND c.seq <= $2", [kept[0][0], kept[-1][0]]))
    whole = []
    broken = verdict.broken
    for seq, start in kept:
        covered.add(seq)
        line = found.get(seq)
        if line is None:
            verdict.add("audit.broken_change_missing", entry.seq, change=seq)
        elif line[:8] != start:
            _add_change(ctx, verdict, "audit.broken_change", entry.seq, seq)
        else:
            whole.append((seq, line))
    verdict.changes += len(kept)
    if verdict.broken == broken and seals.digest(whole) != sealed:
        verdict.add("audit.broken_block", entry.seq, first=kept[0][0], last=kept[-1][0])
    return floor


def _check_others(ctx: Context, verdict: Verdict, covered: _Numbers, floor: int) -> None:
    """Rows that no block has: those above the floor wait for the next run, all others were put there afterwards."""
    ((first, last),) = ctx.run("SELECT coalesce(min(seq), 0), coalesce(max(seq), 0) FROM sys_change")
    for after in range(first - 1, last, _WINDOW):
        for (seq,) in ctx.run("SELECT seq FROM sys_change WHERE seq > $1 AND seq <= $2", [after, after + _WINDOW]):
            if seq in covered:
                continue
            if seq > floor:
                verdict.waiting += 1
            else:
                _add_change(ctx, verdict, "audit.broken_change_inserted", verdict.seq, seq)


def _add_change(ctx: Context, verdict: Verdict, code: str, place: int, seq: int) -> None:
    """Note a break at a row of the change log, with what the row says it is."""
    params: dict[str, Any] = {"change": seq}
    if len(verdict.breaks) < MOST_TOLD:
        ((object_key, record, at), *_) = ctx.run("SELECT object, record, at FROM sys_change WHERE seq = $1", [seq])
        params |= {"object": object_key, "record": str(record), "at": _iso(at)}
    verdict.add(code, place, **params)


def _told(entry: Entry) -> dict[str, Any]:
    return {"kind": entry.draft.kind, "at": _iso(entry.draft.at)}


def _iso(at: Any) -> str:
    return str(at.isoformat().replace("+00:00", "Z"))


def _entries(ctx: Context) -> Iterator[Entry]:
    """Every row of the log in the order of the chain."""
    after = (-1, -1)
    while rows := ctx.run(
        f"SELECT id, {COLUMNS} FROM sys_audit WHERE (seq, id) > ($1, $2) ORDER BY seq, id LIMIT {_CHUNK}", list(after)
    ):
        yield from (entry_of(row[1:]) for row in rows)
        after = (rows[-1][1], rows[-1][0])


def entry_of(row: tuple[Any, ...]) -> Entry:
    """An entry from the columns ``COLUMNS``."""
    seq, at, kind, member, account, via, ip, agent, session, key, change_set, object_key, record, details, *rest = row
    prev, own, key_id = rest
    origin = Origin(ip, agent, session, key, key_id)
    draft = Draft(at, kind, member, account, via, origin, change_set, object_key, record, details)
    return Entry(seq, draft, bytes(prev), bytes(own))


class _Numbers:
    """A set of numbers of rows, a bit each."""

    def __init__(self) -> None:
        self._bits = bytearray()

    def add(self, number: int) -> None:
        """Put a number in."""
        place, bit = divmod(number, 8)
        if place >= len(self._bits):
            self._bits.extend(bytes(max(place + 1 - len(self._bits), len(self._bits))))
        self._bits[place] |= 1 << bit

    def __contains__(self, number: int) -> bool:
        place, bit = divmod(number, 8)
        return place < len(self._bits) and bool(self._bits[place] >> bit & 1)
