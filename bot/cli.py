"""`maturity ...`: what operators type. Imports stay inside the commands: each starts with only what it needs."""

import argparse
import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from importlib.metadata import version
from io import TextIOWrapper
from pathlib import Path

from bot.kit.errors import FAILED, ArgumentError, CommandError, StartError, UnsetError

ENV_FILE = Path(".env")
_ENV_FILE_MEND = "Start the program as the user who owns it, or let this user read it."


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code."""
    given = _parser().parse_args(arguments)
    given.host_is_shared, given.port_is_shared = "HOST" not in os.environ, "PORT" not in os.environ
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # names are people's own, and some terminals know few letters
    try:
        _read_env_file(ENV_FILE)
        return int(given.run(given) or 0)
    except StartError as error:
        for line in error.lines:
            print(line, file=sys.stderr)  # noqa: T201 - the CLI's own output
        if isinstance(error, UnsetError) and not os.access(ENV_FILE, os.F_OK):
            print(f"No .env was found in {Path.cwd()}, where this was started.", file=sys.stderr)  # noqa: T201 - as above
        return error.code
    except KeyboardInterrupt:
        return 130


def _read_env_file(path: Path) -> None:
    """Bring what it says into the environment, whose own variables come first; StartError where it can't be read."""
    from dotenv import load_dotenv

    try:
        load_dotenv(path)
    except OSError as error:
        raise StartError(f"{path.absolute()} can't be read ({error.strerror}). {_ENV_FILE_MEND}") from error
    except UnicodeDecodeError as error:
        raise StartError(f"{path.absolute()} isn't written in UTF-8. Save it as UTF-8.") from error


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="maturity", description="Team check-ins on a maturity model, in Slack.")
    parser.add_argument("--version", action="version", version=f"maturity {version('maturity-check-ins')}")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    for part, says in (
        ("run", "everything in one process: Slack's requests and the jobs"),
        ("web", "Slack's requests alone, any number on PostgreSQL"),
        ("worker", "the jobs alone, any number on PostgreSQL"),
    ):
        commands.add_parser(part, help=says).set_defaults(run=_serve, part=part)
    demo = commands.add_parser("demo", help="the whole product on this machine, without a Slack account")
    demo.add_argument("--port", type=int, default=8000, help="where the local Slack can be looked at (default 8000)")
    demo.add_argument("--once", action="store_true", help="end after the story instead of staying up")
    demo.add_argument("--directory", type=Path, default=Path("var/demo"), help="where its files go (default var/demo)")
    demo.set_defaults(run=_demo)
    database = commands.add_parser("db", help="the database").add_subparsers(required=True, metavar="ACTION")
    database.add_parser("upgrade", help="bring it up to date").set_defaults(run=_upgrade)
    doctor = commands.add_parser("doctor", help="check tokens, permissions, channels, database, clock and rounds")
    doctor.add_argument("--json", action="store_true", help="what was found, for programs")
    doctor.add_argument(
        "--post", nargs="?", const="", metavar="CHANNEL", help="try out a message with a picture there: name or id"
    )
    doctor.add_argument("--workspace", metavar="ID", help="the workspace of that channel, where there are several")
    doctor.set_defaults(run=_doctor)
    manifest = commands.add_parser("manifest", help="print the manifest to create the Slack app from")
    manifest.add_argument("--url", help="your https:// address; without it the app uses Socket Mode")
    manifest.set_defaults(run=_manifest)
    rubric = commands.add_parser("rubric", help="the model").add_subparsers(required=True, metavar="ACTION")
    check = rubric.add_parser("check", help="check a model of your own")
    check.add_argument("file", type=Path)
    check.set_defaults(run=_check_rubric)
    export = commands.add_parser("export", help="what the summaries of all teams told, as a file")
    export.add_argument("--format", choices=["csv", "json", "xlsx"], default="csv", help="csv unless you say otherwise")
    export.add_argument("--output", type=Path, metavar="FILE", help="where it goes; else to standard output")
    export.add_argument("--team", metavar="NAME", help="only this team, by its name or its channel's id")
    export.add_argument("--workspace", metavar="ID", help="needed where there are several")
    export.set_defaults(run=_export)
    teams = commands.add_parser("teams", help="many teams from a file").add_subparsers(required=True, metavar="ACTION")
    applied = teams.add_parser("apply", help="set up and change teams as a file says; the others are left alone")
    applied.add_argument("file", type=Path)
    applied.add_argument("--dry-run", action="store_true", help="say what would change, and change nothing")
    applied.add_argument("--workspace", metavar="T...", help="the workspace the teams are in, where there are several")
    applied.set_defaults(run=_apply_teams)
    key = commands.add_parser(
        "key", help="print a key for MATURITY_ENCRYPTION_KEY, `rotate` to it, or `forget` a lost one"
    )
    key.set_defaults(run=_key)
    on_grants = key.add_subparsers(metavar="ACTION", help="without one, print a new key")
    rotate = on_grants.add_parser(
        "rotate", help="seal every stored grant with the first key, so that the others can go"
    )
    rotate.set_defaults(run=_rotate_keys)
    forget = on_grants.add_parser(
        "forget", help="delete the stored grants whose key is lost; the app is installed again"
    )
    forget.set_defaults(run=_forget_grants)
    return parser


def _serve(given: argparse.Namespace) -> None:
    import asyncio

    from bot.kit import settings

    read = settings.read(given.part)  # before the other imports: a fault in the environment is told at once
    if given.part == "worker" and given.port_is_shared and read.port:
        # One .env for both halves: the web, which Slack comes to, has the port or the socket that is written there.
        read = replace(read, port=read.port % 65535 + 1)

    from bot.kit import logs
    from bot.program import listening, serving

    if given.part == "worker" and given.host_is_shared and listening.unix_path(read.host) is not None:
        read = replace(read, host=settings.SOCKET_MODE_HOST)

    logs.configure(read.log_level, read.log_format)
    try:
        import uvloop
    except ImportError:
        asyncio.run(serving.serve(read, given.part))
    else:
        uvloop.run(serving.serve(read, given.part))


def _demo(given: argparse.Namespace) -> int:
    import asyncio

    from bot.demo import run_demo

    try:
        return asyncio.run(run_demo(directory=given.directory, port=given.port, stay=not given.once))
    except StartError as error:
        raise CommandError(*error.lines) from error


def _upgrade(given: argparse.Namespace) -> None:  # noqa: ARG001 - every command takes it
    from bot.kit import settings
    from bot.program import schema

    url = settings.read("database").database_url
    before, after = schema.upgrade(url)
    did = f"is up to date ({after})" if before == after else f"went from {before or 'nothing'} to {after}"
    print(f"The database {did}: {schema.shown(url)}")  # noqa: T201 - the CLI's own output


def _doctor(given: argparse.Namespace) -> int:
    import asyncio

    from bot.kit import settings

    if given.post is not None and not given.post.strip("# "):
        raise ArgumentError(
            "--post needs a channel. A shell reads what begins with # as a comment: leave the # out (--post permits)."
        )
    if given.workspace is not None and given.post is None:
        raise ArgumentError("--workspace says where --post posts, which is missing.")
    from bot.operations import doctor, findings, trial

    wanted = None
    if given.post is not None:
        wanted = trial.Wanted(channel=given.post.strip(), workspace_id=given.workspace, progress=_progress)
    try:
        found = asyncio.run(doctor.examine(settings.read("run"), trial=wanted))
    except StartError as error:
        if given.json:
            told = [findings.Finding("configuration", *findings.split(line)) for line in error.lines]
            print(findings.as_json(told))  # noqa: T201 - the CLI's own output
        raise
    if given.json:
        print(findings.as_json(found))  # noqa: T201 - the CLI's own output
    else:
        for finding in found:
            print(finding)  # noqa: T201 - the CLI's own output
    return FAILED if any(finding.mend for finding in found) else 0


def _progress(line: str) -> None:
    """Tell how far it is, beside what a command prints."""
    print(line, file=sys.stderr, flush=True)  # noqa: T201 - the CLI's own output


def _manifest(given: argparse.Namespace) -> int:
    from bot.program import manifest

    if given.url is not None and not given.url.startswith("https://"):
        raise ArgumentError(f"--url {given.url} doesn't begin with https://, which Slack insists on.")
    print(manifest.document(address=given.url))  # noqa: T201 - the CLI's own output
    return 0


def _check_rubric(given: argparse.Namespace) -> int:
    from bot.program.process import read_rubric

    try:
        rubric = read_rubric(given.file)
    except StartError as error:
        raise CommandError(*error.lines) from error
    print(  # noqa: T201 - the CLI's own output
        f"{given.file} is fine: {rubric.name}, {len(rubric.dimensions)} dimensions of {rubric.highest} levels, "
        f"version {rubric.version}."
    )
    return 0


def _export(given: argparse.Namespace) -> int:
    import asyncio

    from bot.exports.formats import Format
    from bot.kit import settings
    from bot.operations import export as by_hand
    from bot.program import schema
    from bot.program.process import read_rubric
    from storage import private_files

    read = settings.read("database")
    schema.bring_up_to_date(read, "database")
    content = asyncio.run(
        by_hand.export(
            read,
            form=Format(given.format),
            to=given.output,
            team=given.team,
            workspace=given.workspace,
            rubric=read_rubric(None),  # that of new rounds; each old one has its own
        )
    )
    if given.output is None:
        sys.stdout.buffer.write(content)
        return 0
    try:
        private_files.write(given.output, content)
    except OSError as error:
        raise CommandError(f"{given.output} can't be written ({error.strerror}). Check the folder.") from error
    return 0


def _apply_teams(given: argparse.Namespace) -> int:
    import asyncio

    from bot.kit import settings
    from bot.operations import teams_file

    wanted = teams_file.load(given.file)  # before the other imports: a fault in the file is told at once

    from bot.operations import teams_apply

    read = settings.read("worker")

    lines, all_applied = asyncio.run(
        teams_apply.apply(read, wanted, dry_run=given.dry_run, workspace_id=given.workspace, progress=_progress)
    )
    for line in lines:
        print(line)  # noqa: T201 - the CLI's own output
    return 0 if all_applied else FAILED


def _key(given: argparse.Namespace) -> int:  # noqa: ARG001 - every command takes it
    from storage.installations import new_key

    print(new_key())  # noqa: T201 - the CLI's own output
    return 0


def _rotate_keys(given: argparse.Namespace) -> int:  # noqa: ARG001 - every command takes it
    import asyncio

    from bot.kit import settings
    from bot.program import oauth, schema

    read = settings.read("database")
    schema.bring_up_to_date(read, "database")
    number = asyncio.run(oauth.rotate_keys(read))
    grants = "1 stored grant is" if number == 1 else f"{number} stored grants are"
    print(  # noqa: T201 - the CLI's own output
        f"{grants} sealed with the first key of MATURITY_ENCRYPTION_KEY now. "
        "Take out the keys after it, and restart the program."
    )
    return 0


def _forget_grants(given: argparse.Namespace) -> int:  # noqa: ARG001 - every command takes it
    import asyncio

    from bot.kit import settings
    from bot.program import oauth, schema

    read = settings.read("database")
    schema.bring_up_to_date(read, "database")
    forgotten = asyncio.run(oauth.forget_grants(read))
    if not forgotten:
        print("Every stored grant opens with a key that is there: nothing is deleted.")  # noqa: T201 - the CLI's own output
        return 0
    print(  # noqa: T201 - the CLI's own output
        f"Grants deleted that no key opened: {len(forgotten)}. Their teams and results stay. Install the app again in "
        f"{', '.join(forgotten)}: open /slack/install in a browser."
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
