"""The embedded server's own settings, sized by the machine's memory."""

import os
from pathlib import Path

MEGABYTE = 1024 * 1024


def server_settings() -> dict[str, str]:
    """postgresql.conf settings for a server that shares its machine with the product's own processes."""
    memory = _memory_bytes() // MEGABYTE
    return {
        "listen_addresses": "''",
        "unix_socket_permissions": "0700",
        "max_connections": "200",
        "shared_buffers": f"{min(512, max(64, memory // 8))}MB",
        "effective_cache_size": f"{max(256, memory // 2)}MB",
        "work_mem": "16MB",
        "maintenance_work_mem": f"{min(256, max(32, memory // 16))}MB",
        "max_wal_size": "2GB",
        "checkpoint_timeout": "15min",
        # Pages full of ids shrink by a sixth, and pressing them took a third of the server's time of an import.
        "wal_compression": "off",
        "random_page_cost": "1.1",
        "jit": "off",
        "fsync": "on",
        "synchronous_commit": "on",
        # A workspace is a schema of many tables; dropping or dumping one locks them all in one transaction.
        "max_locks_per_transaction": "512",
        "timezone": "'UTC'",
        "log_timezone": "'UTC'",
        "lc_messages": "'C'",
        "log_min_messages": "warning",
        "log_line_prefix": "'%m [%p] '",
    }


def as_file(settings: dict[str, str]) -> str:
    """The text of a PostgreSQL configuration file."""
    return "".join(f"{key} = {value}\n" for key, value in settings.items())


def _memory_bytes() -> int:
    """Physical memory; a container's limit counts when it is lower."""
    physical = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    try:
        return min(physical, int(Path("/sys/fs/cgroup/memory.max").read_text()))
    except (OSError, ValueError):
        return physical
