"""`maturity ...`: what operators type. Imports stay inside the commands: each starts with only what it needs."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from bot.kit.errors import StartError

PROBLEM = 2
"""Exit code for what can't start, and for a check that failed."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code."""
    from dotenv import load_dotenv

    given = _parser().parse_args(arguments)
    load_dotenv(Path(".env"))
    try:
        return int(given.run(given) or 0)
    except StartError as error:
        for line in error.lines:
            print(line, file=sys.stderr)  # noqa: T201 - the CLI's own output
        return PROBLEM
    except KeyboardInterrupt:
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="maturity", description="Team check-ins on a maturity model, in Slack.")
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
    commands.add_parser("doctor", help="check tokens, permissions, channels, database, clock and rounds").set_defaults(
        run=_doctor
    )
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
    key = commands.add_parser("key", help="print a new key for MATURITY_ENCRYPTION_KEY, or `rotate` to the first there")
    key.set_defaults(run=_key)
    rotate = key.add_subparsers(metavar="ACTION", help="without one, print a new key").add_parser(
        "rotate", help="seal every stored grant with the first key, so that the others can go"
    )
    rotate.set_defaults(run=_rotate_keys)
    return parser


def _serve(given: argparse.Namespace) -> None:
    import asyncio

    from bot.kit import settings

    read = settings.read(given.part)  # before the other imports: a fault in the environment is told at once

    from bot.kit import logs
    from bot.program import process, schema

    logs.configure(read.log_level, read.log_format)
    schema.bring_up_to_date(read, given.part)
    try:
        import uvloop
    except ImportError:
        asyncio.run(process.serve(read, given.part))
    else:
        uvloop.run(process.serve(read, given.part))


def _demo(given: argparse.Namespace) -> int:
    import asyncio

    from bot.demo import run_demo

    return asyncio.run(run_demo(directory=given.directory, port=given.port, stay=not given.once))


def _upgrade(given: argparse.Namespace) -> None:  # noqa: ARG001 - every command takes it
    from bot.kit import settings
    from bot.program import schema

    before, after = schema.upgrade(settings.read("database").database_url)
    if before == after:
        print(f"The database is up to date ({after}).")  # noqa: T201 - the CLI's own output
    else:
        print(f"The database went from {before or 'nothing'} to {after}.")  # noqa: T201 - the CLI's own output


def _doctor(given: argparse.Namespace) -> int:  # noqa: ARG001 - every command takes it
    import asyncio

    from bot.kit import settings
    from bot.operations import doctor

    findings = asyncio.run(doctor.examine(settings.read("run")))
    for finding in findings:
        print(finding)  # noqa: T201 - the CLI's own output
    return PROBLEM if any(finding.mend for finding in findings) else 0


def _manifest(given: argparse.Namespace) -> int:
    from bot.program import manifest

    if given.url is not None and not given.url.startswith("https://"):
        raise StartError(f"--url {given.url} doesn't begin with https://, which Slack insists on.")
    print(manifest.document(address=given.url))  # noqa: T201 - the CLI's own output
    return 0


def _check_rubric(given: argparse.Namespace) -> int:
    from bot.program.process import read_rubric

    rubric = read_rubric(given.file)
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
        raise StartError(f"{given.output} can't be written ({error.strerror}). Check the folder.") from error
    return 0


def _apply_teams(given: argparse.Namespace) -> int:
    import asyncio

    from bot.kit import settings
    from bot.operations import teams_file

    wanted = teams_file.load(given.file)  # before the other imports: a fault in the file is told at once

    from bot.operations import teams_apply

    read = settings.read("worker")

    def progress(line: str) -> None:
        print(line, file=sys.stderr, flush=True)  # noqa: T201 - the CLI's own output

    lines, all_applied = asyncio.run(
        teams_apply.apply(read, wanted, dry_run=given.dry_run, workspace_id=given.workspace, progress=progress)
    )
    for line in lines:
        print(line)  # noqa: T201 - the CLI's own output
    return 0 if all_applied else PROBLEM


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


if __name__ == "__main__":
    sys.exit(main())
