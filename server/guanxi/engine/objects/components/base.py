"""What a kind of component promises: its settings make sense on their object, and what they rest on is known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

if TYPE_CHECKING:
    from guanxi.engine.objects.model import Object, Snapshot


class ComponentKind:
    """Behaviour of one sort of component. Instances are stateless and registered once.

    ``live`` is what the workspace configured: a JSON object whose keys are the kind's matter, besides ``label``
    (text in both languages) and ``position`` (a number, the order among components of the kind).
    """

    key: ClassVar[str]
    holds_back: ClassVar[bool] = False
    """True when a field must not be archived while a component of this kind names it (a rule); a layout just leaves
    the field out."""

    def defaults(self) -> Mapping[str, Any]:
        """Attributes of a new component that its maker did not give."""
        return {}

    def check(self, snapshot: Snapshot, obj: Object, live: Mapping[str, Any]) -> None:
        """Raise BadValue when the settings make no sense on this object; called at every change of the catalog."""
        raise NotImplementedError

    def check_written(self, snapshot: Snapshot, obj: Object, live: Mapping[str, Any]) -> None:
        """Raise BadValue for what nobody may write anew but what may be left behind, such as the name of a field that
        was archived since; called when the component itself is made or changed.
        """

    def field(self) -> Mapping[str, Any] | None:
        """The field (key, kind, values) that an object gets with its first component of this kind."""
        return None

    def records(self, obj: Object, live: Mapping[str, Any]) -> Iterable[tuple[str, str, Sequence[str]]]:
        """Records that the component names, as (object, field, values): they must exist when it is made or changed."""
        return ()

    def references(self, live: Mapping[str, Any]) -> Iterable[str]:
        """Paths from the object to the fields that the component depends on (``amount``, ``company.level``)."""
        return ()

    def sample(self, obj: Object) -> Mapping[str, Any]:
        """Settings that a component of this kind may have on the object (conformance suite)."""
        raise NotImplementedError
