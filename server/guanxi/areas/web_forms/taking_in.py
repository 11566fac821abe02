"""From a submission to a lead: once, kept with whoever is known already, and never written over what is there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from guanxi.areas.web_forms.asked import LEAD, NAMED_BY, questions
from guanxi.engine.context import Context
from guanxi.engine.objects.fields.base import BadValue
from guanxi.engine.records import reads, writes

FORM, SUBMISSION = "web_form", "form_submission"
FORM_FIELDS = (
    "name", "token", "title", "title_en", "intro", "intro_en", "button", "button_en", "thanks", "thanks_en", "fields",
    "assign_to", "source", "campaign", "origins", "color", "active",
)  # fmt: skip
UTM = ("utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content")
PLACES = ("page_url", "referrer")
_REACHED_BY = ("mail", "mobile", "phone")
Given = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Submission:
    """What was sent: the key that makes it one, the answers, and where it came from."""

    key: str
    given: Given
    places: Mapping[str, str]
    language: str


def form_of(ctx: Context, token: str) -> tuple[UUID, dict[str, Any]] | None:
    """The form with a token, as long as it is switched on."""
    where = {"and": [
        {"field": "token", "op": "eq", "value": token}, {"field": "active", "op": "eq", "value": True},
    ]}  # fmt: skip
    found = reads.ids(ctx, FORM, where, limit=10)
    return (found[0], reads.native(ctx, FORM, found[:1], FORM_FIELDS)[found[0]]) if found else None


def take_in(ctx: Context, id_: UUID, form: Mapping[str, Any], sent: Submission) -> UUID | None:
    """Keep a submission and make its lead, unless there is one; None where it was kept before.

    Invalid names the answers that were refused; nothing is kept then.
    """
    _alone(ctx, sent.key)
    if reads.ids(ctx, SUBMISSION, {"field": "key", "op": "eq", "value": sent.key}):
        return None
    values = _values(ctx, form, sent)
    reached = _reached(ctx, values)
    for one in sorted(reached.values()):
        _alone(ctx, one)
    known = _known(ctx, reached)
    if known is None:
        owner = form.get("assign_to")
        made = {
            **values, "web_form": id_, "source": form.get("source"),
            "campaign": sent.places.get("utm_campaign") or form.get("campaign"),
            **({"owner": owner} if owner else {}),
        }  # fmt: skip
        (lead,) = writes.create(ctx, LEAD, [{key: value for key, value in made.items() if value is not None}])
        about: dict[str, Any] = {"object": LEAD, "id": lead}
    else:
        about = {"object": known[0], "id": known[1]}
    (record,) = writes.create(ctx, SUBMISSION, [{
        "subject": f"{_called(values)} · {form.get('name')}"[:200], "form": id_, "about": about,
        "answers": _answers(ctx, form, sent), "is_repeat": known is not None, "key": sent.key, **sent.places,
    }])  # fmt: skip
    return record


def _alone(ctx: Context, what: str) -> None:
    """Until the end of the transaction nobody else takes in the same."""
    ctx.run("SELECT pg_advisory_xact_lock(hashtextextended($1::text, 0))", [f"{ctx.workspace.schema} web form {what}"])


def _values(ctx: Context, form: Mapping[str, Any], sent: Submission) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for one in questions(ctx, form, sent.language):
        given = tuple(text.strip() for text in sent.given.get(one.key, ()) if text.strip())
        if one.control == "check":
            values[one.key] = bool(given)
        elif one.control == "choices":
            values[one.key] = list(given) or None
        else:
            values[one.key] = given[0] if given else None
    if not values.get("name"):
        values["name"] = _called(values)
    return values


def _called(values: Mapping[str, Any]) -> str:
    return next((str(values[key]) for key in NAMED_BY if values.get(key)), "—")


def _reached(ctx: Context, values: Mapping[str, Any]) -> dict[str, str]:
    """Mail and telephones as they are stored; what is no such thing is refused by the write."""
    lead, found = ctx.snapshot.object(LEAD), {}
    for key in _REACHED_BY:
        field = lead.fields.get(key)
        if field is None or not values.get(key):
            continue
        try:
            found[key] = str(field.kind.parse(field, values[key], ctx.env))
        except BadValue:
            continue
    return found


def _known(ctx: Context, reached: Mapping[str, str]) -> tuple[str, UUID] | None:
    """Who is reached by the same: the lead that is worked on, else the contact that one became, else any lead."""
    asked = [{"field": "mail", "op": "eq", "value": reached["mail"]}] if "mail" in reached else []
    for one in {reached[key] for key in ("mobile", "phone") if key in reached}:
        asked += [{"field": key, "op": "eq", "value": one} for key in ("mobile", "phone")]
    if not asked:
        return None
    rows = reads.native(
        ctx, LEAD, reads.ids(ctx, LEAD, {"or": asked}, limit=1000), ("status", "converted_contact", "created_at")
    )
    latest = sorted(rows.items(), key=lambda one: one[1]["created_at"], reverse=True)
    for id_, row in latest:
        if row["status"] not in ("converted", "unqualified"):
            return LEAD, id_
    for _, row in latest:
        if row["converted_contact"] is not None and reads.visible(ctx, "contact", [row["converted_contact"]]):
            return "contact", row["converted_contact"]
    return (LEAD, latest[0][0]) if latest else None


def _answers(ctx: Context, form: Mapping[str, Any], sent: Submission) -> str:
    """The answers as they were given, a line each, in the words of the questions."""
    lines = []
    for one in questions(ctx, form, sent.language):
        given = [text.strip() for text in sent.given.get(one.key, ()) if text.strip()]
        options = dict(one.options)
        if given:
            lines.append(f"{one.label}: {', '.join(options.get(text, text) for text in given)}")
    return "\n".join(lines)[:20_000]
