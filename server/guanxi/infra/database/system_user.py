"""The operating-system user that runs PostgreSQL when the product is started by root."""

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from guanxi.infra.database.location import SYSTEM_HOME, is_open_to_all, runs_as_root

NAME = "guanxi"
FALLBACK = "nobody"


@dataclass(frozen=True)
class SystemUser:
    """Who owns the cluster; `uid` None means: the user of this process."""

    uid: int | None
    gid: int | None

    def own(self, path: Path) -> None:
        """Make `path` a folder of this user that nobody else may enter."""
        path.mkdir(parents=True, exist_ok=True)
        if self.uid is not None and self.gid is not None:
            os.chown(path, self.uid, self.gid)
        path.chmod(0o700)

    def reachable(self, installation: Path) -> Path:
        """`installation`, or a copy of it in a folder of the system when this user could not read it in place."""
        if self.uid is None or is_open_to_all(installation):
            return installation
        copy = SYSTEM_HOME / "programs" / f"{installation.name}-{installation.stat().st_mtime_ns:x}"
        if not copy.exists():
            fresh = copy.with_suffix(".new")
            shutil.rmtree(fresh, ignore_errors=True)
            shutil.copytree(installation, fresh, symlinks=True)
            fresh.rename(copy)
        return copy


def system_user() -> SystemUser:
    """The user for PostgreSQL: this one, or for root a user of the product, made at the first start."""
    if not runs_as_root():
        return SystemUser(None, None)
    import pwd

    commands = (
        ["useradd", "--system", "--user-group", "--no-create-home", "--shell", "/usr/sbin/nologin", NAME],
        ["adduser", "-S", "-D", "-H", NAME],
    )
    for command in ([], *commands):
        if command and shutil.which(command[0]):
            subprocess.run(command, check=False, capture_output=True)
        try:
            entry = pwd.getpwnam(NAME)
        except KeyError:
            continue
        return SystemUser(entry.pw_uid, entry.pw_gid)
    entry = pwd.getpwnam(FALLBACK)
    return SystemUser(entry.pw_uid, entry.pw_gid)
