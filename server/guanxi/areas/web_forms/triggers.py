"""The trigger of flows that a submission sets off."""

from __future__ import annotations

from collections.abc import Iterator

from guanxi.areas.web_forms.taking_in import SUBMISSION
from guanxi.capabilities.flows.conditions import problems
from guanxi.capabilities.flows.definition import Problem, Trigger
from guanxi.capabilities.flows.kinds.base import Place
from guanxi.capabilities.flows.triggers.base import ChangeTrigger, trigger_kind
from guanxi.capabilities.flows.triggers.changes import WHERE
from guanxi.engine.feed import Change
from guanxi.engine.objects.components.conditions import compile_condition
from guanxi.engine.objects.fields.settings import Setting, words
from guanxi.engine.objects.query.build import Source


@trigger_kind
class FormSent(ChangeTrigger):
    """Somebody sends a web form."""

    key = "web_form.sent"
    label = words("网页表单提交时", "A web form is sent")
    help = words(
        "访客提交网页表单时；流程的对象须为“表单提交”，条件可以用表单、来源等字段",
        "When a visitor sends a web form; the flow is about form submissions, and may ask for the form and where it came from",
    )
    icon = "panels-top-left"

    def settings_schema(self) -> tuple[Setting, ...]:
        """``where``: which submissions."""
        return (WHERE,)

    def check(self, place: Place) -> Iterator[Problem]:
        """The flow is about submissions, and the condition is understood."""
        obj = place.object
        if obj is not None and obj.key != SUBMISSION:
            yield place.problem("web_forms.flow_about_submissions")
        elif obj is not None and place.settings.get("where") is not None:
            yield from problems(place, obj, place.settings["where"], "where")

    def concerns(self, trigger: Trigger, change: Change) -> bool:
        """Submissions that are new."""
        return change.object == SUBMISSION and change.op == "create"

    def asks(self, trigger: Trigger, *, after: bool) -> bool:
        """Of the submission as it came."""
        return after

    def after(self, trigger: Trigger, source: Source) -> str | None:
        """That it is one of those meant."""
        when = trigger.settings.get("where")
        return "TRUE" if when is None else compile_condition(source, when)
