"""What the numbers were measured on: believe their ratios, not the numbers."""

import os
import platform
import sqlite3
from importlib.metadata import version
from pathlib import Path


def facts() -> dict[str, str]:
    """The machine and the versions that matter."""
    named = [line for line in Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("model name")]
    packages = ("slack-bolt", "slack-sdk", "SQLAlchemy", "APScheduler", "uvicorn", "uvloop", "httptools", "psycopg")
    return {
        "processor": named[0].partition(":")[2].strip() if named else platform.processor(),
        "cores": str(len(os.sched_getaffinity(0))),
        "load before": " ".join(f"{each:.2f}" for each in os.getloadavg()),
        "system": f"{platform.system()} {platform.release()}",
        "Python": platform.python_version(),
        "SQLite": sqlite3.sqlite_version,
    } | {name: version(name) for name in packages}


def processor_time(pid: int) -> float:
    """Seconds of processor time that a process has spent so far, its threads' included."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
