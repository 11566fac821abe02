"""Web forms ask what can be asked, are kept by those who configure, and have an address that the product gives."""

from __future__ import annotations

import re

from guanxi.areas.web_forms.asked import LEAD, problems
from guanxi.areas.web_forms.errors import ConfigureRightNeeded
from guanxi.areas.web_forms.tokens import new_token
from guanxi.engine.context import Context
from guanxi.engine.records.hooks import Write, hook
from guanxi.infra.errors import Conflict, FieldError, Invalid

_ORIGIN = re.compile(r"https?://[A-Za-z0-9.-]{1,253}(:[0-9]{1,5})?")
MOST_ORIGINS = 20


@hook("web_form", "before")
def only_who_configures(ctx: Context, batch: list[Write]) -> None:
    """What strangers are asked, and whose their leads become, is decided by those who configure."""
    if not ctx.actor.may("configure"):
        raise ConfigureRightNeeded


@hook("form_submission", "before")
def never_by_hand(ctx: Context, batch: list[Write]) -> None:
    """Submissions are kept as they came."""
    if not ctx.actor.is_system and ctx.undoes is None:
        raise Conflict("web_forms.submissions_by_product")


@hook("web_form", "before", ops=("create",))
def forms_get_an_address(ctx: Context, batch: list[Write]) -> None:
    """Which nobody guesses."""
    for write in batch:
        write.new["token"] = new_token(ctx.workspace.id)


@hook("web_form", "before", ops=("create", "update"))
def forms_make_sense(ctx: Context, batch: list[Write]) -> None:
    """The questions are fields of the lead, the source is one of its sources, and sites are named as browsers do."""
    lead = ctx.snapshot.object(LEAD)
    errors: list[FieldError] = []
    for write in batch:
        errors += [
            FieldError(one.field, one.code, one.params, write.row) for one in problems(lead, write.value("fields"))
        ]
        source = write.value("source")
        options = lead.fields["source"].settings.get("options") or () if "source" in lead.fields else ()
        if source and source not in {option["key"] for option in options}:
            errors.append(FieldError("source", "web_forms.bad_source", {"source": str(source)[:60]}, write.row))
        named = str(write.value("origins") or "").split()
        wrong = [one for one in named if not _ORIGIN.fullmatch(one)]
        if wrong or len(named) > MOST_ORIGINS:
            errors.append(
                FieldError("origins", "web_forms.bad_origin", {"origin": (wrong or named)[0][:100]}, write.row)
            )
    if errors:
        raise Invalid(errors)
