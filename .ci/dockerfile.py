"""Every step of the Dockerfile, line by line, where no image can be built.

Each stage is a layer over this machine's own file system, of which it changes nothing: what a step writes is in memory,
seen by this script alone and gone with it. The machine's Python stands in for the base image's. The result is then run
as a container would run it: by its user, on a root that is read only, with nothing to write to but its volume.

Another Dockerfile may be named as the argument.
"""

import json
import os
import re
import shlex
import shutil
import signal
import socket
import string
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
HANDED_ON = re.compile(r"(?i)PIP_\w+|https?_proxy|no_proxy|SSL_CERT_FILE|REQUESTS_CA_BUNDLE")
"""Variables of the machine that a build is given: where packages come from, and the way there."""
BY_ROOT = "sudo .venv/bin/python .ci/dockerfile.py"
PATIENCE = 600.0
"""Seconds in which a container must become healthy, or end: no busy machine takes as long."""
FIRST_OF_ITS_OWN = 100
"""Ids below it are the same on every Debian."""
NOWHERE = {
    "SLACK_BOT_TOKEN": "xoxb-1",
    "SLACK_SIGNING_SECRET": "secret",
    "SLACK_API_URL": "http://127.0.0.1:1/api/",
    "HTTP_PROXY": "http://127.0.0.1:1",
    "http_proxy": "http://127.0.0.1:1",
}
"""A Slack that isn't there: the program waits for it, healthy but not ready. Nor does a proxy keep it from itself."""


TRY_MOUNTING = """
mount -t tmpfs tmpfs /mnt
mkdir /mnt/root /mnt/upper /mnt/work
mount -t overlay overlay -o lowerdir=/,upperdir=/mnt/upper,workdir=/mnt/work /mnt/root
"""


NOTHING: Mapping[str, str] = {}


class StepError(Exception):
    """A step didn't do what the Dockerfile says."""


def steps(text: str) -> Iterator[tuple[int, str, str]]:
    """Each instruction, with the number of its first line and what stands behind it."""
    waiting, began = "", 0
    for number, line in enumerate(text.splitlines(), start=1):
        if line.lstrip().startswith("#") or not (line.strip() or waiting):
            continue
        began = began if waiting else number
        waiting += line.strip().removesuffix("\\")
        if not line.rstrip().endswith("\\"):
            word, _, rest = waiting.strip().partition(" ")
            yield began, word.upper(), rest.strip()
            waiting = ""


def ignored(rules: list[str], path: str) -> bool:
    """Whether .dockerignore leaves a file out: the last rule that names it, or a folder above it, decides."""
    found = False
    for rule in rules:
        pattern = re.escape(rule.removeprefix("!").strip("/")).replace(r"\*\*/", "(.*/)?").replace(r"\*", "[^/]*")
        if re.fullmatch(f"{pattern}(/.*)?", path):
            found = not rule.startswith("!")
    return found


def interpreter(image: str) -> Path:
    """The machine's Python of the image's version; the one that runs this where there is none."""
    wanted = image.removeprefix("python:").partition("-")[0]
    there = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")).glob(f"versions/{wanted}.*/bin/python")
    for candidate in (*map(str, there), f"python{wanted}", sys.executable):
        asked = [candidate, "-c", "import os, sys, venv; print(os.path.realpath(sys.executable))"]
        try:
            told = subprocess.run(asked, capture_output=True, text=True, check=False)
        except OSError:
            continue
        if told.returncode == 0:
            if candidate == sys.executable:
                print(f"   (no Python {wanted} here: {sys.version.split()[0]} stands in for it)")
            return Path(told.stdout.strip())
    raise StepError("no Python with venv")


class Stage:
    """One stage: its file system, and what its lines have set so far."""

    def __init__(self, directory: Path, image: str) -> None:
        self.root, upper, work = (directory / name for name in ("root", "upper", "work"))
        for made in (self.root, upper, work):
            made.mkdir(parents=True)
        mount("-t", "overlay", "overlay", "-o", f"lowerdir=/,upperdir={upper},workdir={work}", str(self.root))
        for at in other_mounts(directory):
            try:
                mount("--bind", at, f"{self.root}{at}")
            except StepError:
                if os.path.ismount(at):
                    raise
                continue  # somebody took it away since it was listed
            if not at.startswith(("/dev", "/proc")):
                mount("-o", "remount,bind,ro", f"{self.root}{at}")
        python = interpreter(image)
        (self.root / python.relative_to("/")).with_name("python").unlink(missing_ok=True)
        (self.root / python.relative_to("/")).with_name("python").symlink_to(python.name)
        for above in python.parents:  # an image's is anybody's; this machine's may be in somebody's home
            inside = self.root / above.relative_to("/")
            inside.chmod(inside.stat().st_mode | 0o055)
        without_people(self.root / "etc")
        self.environment = {"PATH": f"{python.parent}:{PATH}"}
        self.workdir, self.user = "/", "0"
        self.said: dict[str, str] = {}
        """What holds for the container: ENTRYPOINT, CMD, HEALTHCHECK, STOPSIGNAL, VOLUME."""

    def started(
        self, command: list[str], *, more: Mapping[str, str] = NOTHING, building: bool = False
    ) -> "subprocess.Popen[str]":
        """A command within the stage, by its user, with its variables alone; those of a build, too."""
        machine = {name: value for name, value in os.environ.items() if HANDED_ON.fullmatch(name)} if building else {}
        variables = {"HOME": "/root" if building else self.workdir} | machine | self.environment | dict(more)
        inside = ["env", "-i", "-C", self.workdir, *(f"{name}={value}" for name, value in variables.items()), *command]
        whose = ["chroot", f"--userspec={self.user}:{self._group()}", "--groups=", str(self.root)]
        return subprocess.Popen([*whose, *inside], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)

    def run(self, command: list[str], *, more: Mapping[str, str] = NOTHING, building: bool = False) -> str:
        """What a command says that must succeed."""
        process = self.started(command, more=more, building=building)
        said, _ = process.communicate()
        if process.returncode != 0:
            raise StepError(f"{shlex.join(command)} ended with {process.returncode}:\n{said}")
        return said

    def _group(self) -> str:
        users = (line.split(":") for line in (self.root / "etc/passwd").read_text().splitlines())
        return next((user[3] for user in users if self.user in {user[0], user[2]}), "0")

    def path(self, inside: str) -> Path:
        """Where a path of the stage is on this machine."""
        return self.root / os.path.normpath(Path(self.workdir) / inside).lstrip("/")

    def copy(self, rest: str, stages: "dict[str, Stage]") -> None:
        *sources, to = [word for word in shlex.split(rest) if not word.startswith("--")]
        other = re.search(r"--from=(\S+)", rest)
        target = self.path(to)
        for source in sources:
            at = stages[other[1]].path(source) if other else ROOT / source
            name = target / at.name if at.is_file() else target
            name.parent.mkdir(parents=True, exist_ok=True)
            if other:
                shutil.copytree(at, name, symlinks=True)
            elif at.is_file():
                self._take(at, name)
            else:
                for file in sorted(path for path in at.rglob("*") if path.is_file()):
                    self._take(file, name / file.relative_to(at))

    @staticmethod
    def _take(file: Path, to: Path) -> None:
        """A file of the context, unless .dockerignore leaves it out."""
        rules = [line.strip() for line in (ROOT / ".dockerignore").read_text().splitlines() if line.strip()]
        if not ignored(rules, file.relative_to(ROOT).as_posix()):
            to.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(file, to)

    def do(self, word: str, rest: str, stages: "dict[str, Stage]") -> None:
        """One line."""
        if word == "RUN":
            self.run(["/bin/sh", "-c", rest], building=True)
        elif word == "COPY":
            self.copy(rest, stages)
        elif word == "WORKDIR":
            self.workdir = os.path.normpath(Path(self.workdir) / rest)
            self.path(".").mkdir(parents=True, exist_ok=True)
        elif word == "ENV":
            for each in shlex.split(rest):
                name, _, value = each.partition("=")
                self.environment[name] = string.Template(value).safe_substitute(self.environment)
        elif word == "USER":
            self.user = rest
        elif word in {"ENTRYPOINT", "CMD", "HEALTHCHECK", "STOPSIGNAL", "VOLUME", "EXPOSE"}:
            self.said[word] = rest
        else:
            raise StepError(f"{word} isn't known to this script: teach it what it does.")


def without_people(etc: Path) -> None:
    """Leave the users and groups that every Debian has, and nobody of this machine's own."""
    for names, secrets in (("passwd", "shadow"), ("group", "gshadow")):
        lines = [line for line in (etc / names).read_text().splitlines() if int(line.split(":")[2]) < FIRST_OF_ITS_OWN]
        kept = {line.split(":")[0] for line in lines}
        (etc / names).write_text("".join(f"{line}\n" for line in lines))
        hidden = (etc / secrets).read_text().splitlines()
        (etc / secrets).write_text("".join(f"{line}\n" for line in hidden if line.split(":")[0] in kept))


def mount(*how: str) -> None:
    told = subprocess.run(["mount", *how], capture_output=True, text=True, check=False)
    if told.returncode != 0:
        raise StepError(f"mount {shlex.join(how)} ended with {told.returncode}:\n{told.stderr}")


def other_mounts(scratch: Path) -> list[str]:
    """Where this machine has other file systems than its root's: a layer over the root doesn't show them.

    Those that a test of ours has in its own directory come and go, and are nothing to a build.
    """
    lines = Path("/proc/self/mountinfo").read_text().splitlines()
    found = [line.split()[4].encode().decode("unicode_escape") for line in lines]
    return [
        at
        for at in found
        if at != "/"
        and "/pytest-of-" not in at
        and not scratch.is_relative_to(at)
        and not at.startswith(str(scratch.parent))
    ]


def built(text: str, scratch: Path) -> Stage:
    """The last stage, once each line was done."""
    stages: dict[str, Stage] = {}
    name = ""
    for number, word, rest in steps(text):
        print(f"{number:3} {word} {rest}", flush=True)
        try:
            if word == "FROM":
                image, _, named = rest.partition(" AS ")
                name = named or "last"
                stages[name] = Stage(scratch / name, image)
            else:
                stages[name].do(word, rest, stages)
        except StepError as error:
            raise StepError(f"Dockerfile, line {number}: {error}") from error
    return stages[name]


def contained(stage: Stage) -> None:
    """Run what was built as a container, whose root is read only: it becomes healthy, and its signal ends it."""
    volume = stage.path(stage.said["VOLUME"])
    owner = volume.stat()
    mount(
        "-t",
        "tmpfs",
        "-o",
        f"uid={owner.st_uid},gid={owner.st_gid},mode={owner.st_mode & 0o777:o}",
        "tmpfs",
        str(volume),
    )
    mount("-o", "remount,ro", str(stage.root))
    if owner.st_uid == 0 or stage.user == "0":
        raise StepError("the container would run as root.")
    entry = json.loads(stage.said["ENTRYPOINT"])
    print("   ", stage.run([*entry, "--version"]).strip())
    with socket.create_server(("127.0.0.1", 0)) as free:
        more = NOWHERE | {"PORT": str(free.getsockname()[1])}
    check = json.loads(stage.said["HEALTHCHECK"].partition("CMD ")[2])
    process = stage.started([*entry, *json.loads(stage.said["CMD"])], more=more)
    latest = time.monotonic() + PATIENCE
    try:
        while stage.started(check, more=more).wait() != 0:
            if process.poll() is not None or time.monotonic() > latest:
                raise StepError(
                    f"it doesn't become healthy:\n{process.communicate()[0] if process.poll() is not None else ''}"
                )
            time.sleep(0.2)
        process.send_signal(signal.Signals[stage.said["STOPSIGNAL"]])
        said, _ = process.communicate(timeout=PATIENCE)
    finally:
        process.kill()
    if process.returncode != 0:
        raise StepError(f"{stage.said['STOPSIGNAL']} ended it with {process.returncode}:\n{said}")
    kept = {path.name: f"{path.stat().st_mode & 0o777:o}" for path in volume.iterdir()}
    if kept.get("maturity.db") != "600":
        raise StepError(f"its volume holds {kept}, and no database that is its own.")
    print("    healthy, and ended cleanly; in its volume:", ", ".join(sorted(kept)))


def main(arguments: list[str]) -> int:
    """Do it, in a view of the file systems that nobody else has."""
    if arguments[:1] != ["--inside"]:
        alone = ["unshare", "--mount", "--propagation", "private"]
        if subprocess.run([*alone, "sh", "-ec", TRY_MOUNTING], capture_output=True, check=False).returncode != 0:
            print(f"Not tried: laying a file system over this machine's own needs root: {BY_ROOT}", file=sys.stderr)
            return 2
        again = [sys.executable, __file__, "--inside", *(arguments or [str(ROOT / "Dockerfile")])]
        return subprocess.run([*alone, *again], check=False).returncode
    with tempfile.TemporaryDirectory() as scratch:
        mount("-t", "tmpfs", "tmpfs", scratch)
        try:
            contained(built(Path(arguments[1]).read_text(), Path(scratch)))
        except StepError as error:
            print(error, file=sys.stderr)
            return 1
        finally:
            subprocess.run(["umount", "--recursive", "--lazy", scratch], check=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
