"""A configuration as files, and files as a configuration; a zip is the same files in one."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any

from guanxi.engine.bundles import aliases, canonical
from guanxi.engine.bundles.canonical import BadText
from guanxi.engine.bundles.items import FORMAT, HEAD, BadFile, Bundle, Item, readable, section_of, sections
from guanxi.engine.bundles.records import CUSTOM, RecordSection
from guanxi.engine.bundles.references import Names
from guanxi.engine.context import Context
from guanxi.infra.errors import BadRequest, FieldError, Invalid, NotAllowed

MAX_FILES = 50_000
MAX_FILE = 1_000_000
MAX_TOTAL = 100_000_000
"""Characters; bytes while they are packed."""
_EARLIEST = (1980, 1, 1, 0, 0, 0)
RIGHT = "configure"
LEFT_OUT = "left_out"


def permit(ctx: Context) -> None:
    """NotAllowed without the right to configure."""
    if not ctx.actor.may(RIGHT):
        raise NotAllowed("design.not_allowed")


def current(ctx: Context, names: Names | None = None) -> Bundle:
    """The configuration of a workspace, as far as the actor may change it."""
    permit(ctx)
    made, ids, told = Bundle(), aliases.outward(ctx), names or Names(ctx)
    made.left_out = frozenset(one.name for one in sections() if not ctx.actor.may(one.right))
    for section in readable(ctx):
        for found in section.items(ctx):
            item = replace(found, values=told.here(aliases.translated(found.values, ids)))
            made.items[item.name] = item
            made.paths[item.name] = section.path(item)
    return made


def export(ctx: Context) -> dict[str, str]:
    """The configuration of a workspace as texts by their paths; the same configuration gives the same texts."""
    return written(current(ctx))


def written(bundle: Bundle) -> dict[str, str]:
    """The texts of a configuration by their paths."""
    texts = {
        section_of(item.section).path(item): canonical.write(section_of(item.section).content(item))
        for item in bundle.items.values()
    }
    head: dict[str, Any] = {"format": FORMAT}
    if bundle.left_out:
        head[LEFT_OUT] = sorted(bundle.left_out)
    return {HEAD: canonical.write(head), **dict(sorted(texts.items()))}


def read(files: Mapping[str, str]) -> Bundle:
    """The configuration that files hold. Invalid names every file and place that is not understood.

    Files that are no TOML, and hidden ones, are left alone.
    """
    texts = _named(files)
    if HEAD not in texts:
        raise Invalid([FieldError(HEAD, "bundles.head_missing")], "bundles.invalid", {"count": 1})
    bundle, errors = Bundle(left_out=_left_out(texts.pop(HEAD))), list[FieldError]()
    for path, text in sorted(texts.items()):
        try:
            item = _item(path, text)
        except (BadText, BadFile) as bad:
            place = ": ".join(filter(None, (path, getattr(bad, "attribute", ""))))
            errors.append(FieldError(place, bad.code, bad.params))
            continue
        if item.name in bundle.items:
            other = bundle.paths[item.name]
            errors.append(FieldError(f"{path}: id", "bundles.id_twice", {"id": item.id, "other": other}))
            continue
        bundle.items[item.name], bundle.paths[item.name] = item, path
    errors.extend([*_without_object(bundle), *_without_field(bundle)] if not errors else ())
    if errors:
        raise Invalid(errors, "bundles.invalid", {"count": len(errors)})
    return bundle


def _named(files: Mapping[str, str]) -> dict[str, str]:
    """The files that matter, by their place below the folder that holds ``guanxi.toml``."""
    named = {path.replace("\\", "/").removeprefix("./"): text for path, text in files.items()}
    roots = [path.removesuffix(HEAD) for path in named if path == HEAD or path.endswith("/" + HEAD)]
    root = min(roots, key=len, default="")
    kept = {path.removeprefix(root): text for path, text in named.items() if path.startswith(root)}
    kept = {path: text for path, text in kept.items() if path.endswith(".toml") and not _is_hidden(path)}
    if len(kept) > MAX_FILES or sum(map(len, kept.values())) > MAX_TOTAL:
        raise BadRequest("bundles.too_large", {"files": MAX_FILES, "limit_mb": MAX_TOTAL // 1_000_000})
    return kept


def _is_hidden(path: str) -> bool:
    return any(part.startswith((".", "__MACOSX")) for part in path.split("/"))


def _left_out(head: str) -> frozenset[str]:
    """The sections of which the files say nothing; Invalid for a format that is not known."""
    try:
        found = canonical.read(head)
    except BadText as bad:
        raise _bad_head("", bad.code, bad.params) from None
    number, left_out = found.get("format"), found.get(LEFT_OUT, [])
    if isinstance(number, bool) or not isinstance(number, int) or number < 1:
        raise _bad_head("format", "bundles.bad_format")
    if number > FORMAT:
        raise _bad_head("format", "bundles.newer_format", {"format": number, "known": FORMAT})
    known = [one.name for one in sections()]
    if not isinstance(left_out, list) or any(one not in known for one in left_out):
        raise _bad_head(LEFT_OUT, "bundles.bad_left_out", {"known": ", ".join(known)})
    return frozenset(left_out)


def _bad_head(attribute: str, code: str, params: Mapping[str, Any] | None = None) -> Invalid:
    place = f"{HEAD}: {attribute}" if attribute else HEAD
    return Invalid([FieldError(place, code, params or {})], "bundles.invalid", {"count": 1})


def _item(path: str, text: str) -> Item:
    parts = PurePosixPath(path).parts
    owner = next((one for one in sections() if one.owns(parts)), None)
    if owner is None:
        raise BadFile("", "bundles.unknown_place")
    if len(text) > MAX_FILE:
        raise BadFile("", "bundles.file_too_large", limit=MAX_FILE)
    return owner.item(parts, canonical.read(text))


def _without_object(bundle: Bundle) -> list[FieldError]:
    """Fields and components whose object's file is missing."""
    present = {item.values["key"] for item in bundle.of("object")}
    return [
        FieldError(bundle.paths[item.name], "bundles.object_missing", {"file": f"objects/{item.values['object']}/object.toml"})
        for item in bundle.items.values()
        if item.section in ("field", "component") and item.values["object"] not in present
    ]  # fmt: skip


def _without_field(bundle: Bundle) -> list[FieldError]:
    """Values of fields that the workspace added, whose fields' files are missing."""
    present = {(item.values["object"], item.values["key"]) for item in bundle.of("field")}
    return [
        FieldError(f"{bundle.paths[item.name]}: {CUSTOM}.{key}", "bundles.field_missing", {"file": f"{folder}/{key}.toml"})
        for section in sections() if isinstance(section, RecordSection)
        for folder in [f"objects/{section.object}/fields"]
        for item in bundle.of(section.name)
        for key in item.values[CUSTOM] if (section.object, key) not in present
    ]  # fmt: skip


def packed(files: Mapping[str, str]) -> bytes:
    """Files as a zip; equal files are equal bytes."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, text in files.items():
            archive.writestr(zipfile.ZipInfo(path, _EARLIEST), text, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def unpacked(content: bytes) -> dict[str, str]:
    """The files of a zip; Invalid for what is none, or would be too large once unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            infos = [one for one in archive.infolist() if one.filename.endswith(".toml") and not one.is_dir()]
            if len(infos) > MAX_FILES or sum(one.file_size for one in infos) > MAX_TOTAL:
                raise BadRequest("bundles.too_large", {"files": MAX_FILES, "limit_mb": MAX_TOTAL // 1_000_000})
            return {one.filename: _text(archive, one) for one in infos}
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError):
        raise Invalid([FieldError("file", "bundles.not_a_zip")], "bundles.invalid", {"count": 1}) from None


def _text(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> str:
    with archive.open(info) as file:
        content = file.read(MAX_FILE * 4 + 1)
    try:
        return content.decode()
    except UnicodeDecodeError:
        refused = FieldError(info.filename, "bundles.not_utf8")
        raise Invalid([refused], "bundles.invalid", {"count": 1}) from None
