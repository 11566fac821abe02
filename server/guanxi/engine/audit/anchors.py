"""The end of each workspace's chain, kept outside the workspace and sealed with the installation's secret.

Whoever cuts the end off a chain leaves the anchor behind, which knows how far it went; whoever writes the whole chain
anew would have to seal its new end, and the secret is not in the database. The row of the anchor is also what makes
entries of one workspace wait for each other.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.crypto import constant_time_compare, salted_hmac

from guanxi.engine.audit.entries import BEGINNING
from guanxi.engine.context import Context


@dataclass(frozen=True, slots=True)
class Anchor:
    """Number and digest of the last entry. ``is_true`` tells whether the seal is this installation's."""

    seq: int
    hash: bytes
    is_true: bool = True


NONE_YET = Anchor(0, BEGINNING)


def taken(ctx: Context) -> Anchor | None:
    """The anchor, held until the unit of work ends: whoever appends comes next. None where there is none yet."""
    rows = ctx.run("SELECT seq, hash, seal FROM infra_audit_anchor WHERE workspace = $1 FOR UPDATE", [_name(ctx)])
    if rows:
        return _anchor(ctx, *rows[0])
    # Of two that begin a chain at once the second waits here, and then finds what the first has made.
    made = ctx.run(
        "INSERT INTO infra_audit_anchor (workspace, seq, hash, seal, at) VALUES ($1, 0, $2, $3, $4)"
        " ON CONFLICT (workspace) DO NOTHING RETURNING seq",
        [_name(ctx), BEGINNING, _seal(_name(ctx), 0, BEGINNING), ctx.now],
    )
    return None if made else taken(ctx)


def move(ctx: Context, seq: int, digest: bytes) -> None:
    """Put the anchor at the new end of the chain."""
    ctx.run(
        "UPDATE infra_audit_anchor SET seq = $2, hash = $3, seal = $4, at = $5 WHERE workspace = $1",
        [_name(ctx), seq, digest, _seal(_name(ctx), seq, digest), ctx.now],
    )


def read(ctx: Context) -> tuple[Anchor | None, int]:
    """The anchor, and the number of the last entry that is there at the same moment."""
    rows = ctx.run(
        "SELECT a.seq, a.hash, a.seal, (SELECT max(seq) FROM sys_audit) FROM (SELECT 1) one"
        " LEFT JOIN infra_audit_anchor a ON a.workspace = $1",
        [_name(ctx)],
    )
    seq, digest, seal, last = rows[0]
    return None if seq is None else _anchor(ctx, seq, digest, seal), last or 0


def _anchor(ctx: Context, seq: int, digest: bytes, seal: bytes) -> Anchor:
    return Anchor(seq, digest, constant_time_compare(seal, _seal(_name(ctx), seq, digest)))


def _seal(workspace: str, seq: int, digest: bytes) -> bytes:
    text = f"{workspace} {seq} {digest.hex()}"
    return salted_hmac("guanxi.engine.audit.anchors", text, algorithm="sha256").digest()


def _name(ctx: Context) -> str:
    return ctx.workspace.schema
