"""What an area hands over in its register.py: object definitions, hooks, actions, jobs and routes."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any


@dataclass
class Registry:
    """Collects what all areas register; the composition root reads it once, at the start of a process.

    Hooks, actions and jobs register themselves by their decorators: naming them here is what imports them, so that
    an area's whole wiring is read in one file.
    """

    object_folders: list[Path] = field(default_factory=list)
    api_routes: list[Any] = field(default_factory=list)
    hook_modules: list[ModuleType] = field(default_factory=list)
    action_functions: list[Callable[..., Any]] = field(default_factory=list)
    job_modules: list[ModuleType] = field(default_factory=list)
    seeds: list[Callable[[Any], None]] = field(default_factory=list)

    def objects(self, folder: Path) -> None:
        """A folder of definition files, one object each; ValueError when it is missing."""
        if not folder.is_dir():
            raise ValueError(f"there is no folder {folder}")
        self.object_folders.append(folder)

    def hooks(self, *modules: ModuleType) -> None:
        """Modules whose functions are decorated with `@hook`."""
        self.hook_modules.extend(modules)

    def action(self, *functions: Callable[..., Any]) -> None:
        """Functions decorated with `@action`."""
        self.action_functions.extend(functions)

    def jobs(self, *modules: ModuleType) -> None:
        """Modules whose functions are decorated with `@job`."""
        self.job_modules.extend(modules)

    def seed(self, *functions: Callable[[Any], None]) -> None:
        """Functions of a unit of work that give a workspace its first records; run again, they add nothing."""
        self.seeds.extend(functions)

    def routes(self, *routes: Any) -> None:
        """Rows of the table of addresses below /api/v1/{workspace}: `guanxi.engine.http.routes.Route`."""
        self.api_routes.extend(routes)
