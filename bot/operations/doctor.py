"""`maturity doctor`: what works, what doesn't, and the mend for each."""

import tempfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path

import aiohttp
from prometheus_client.parser import text_string_to_metric_families
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.engine import URL
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from bot.inputs import typed
from bot.kit.clock import clock_of
from bot.kit.errors import StartError
from bot.kit.logs import where
from bot.kit.proxies import without_password
from bot.kit.settings import Settings
from bot.operations.findings import AGAIN, REINSTALL, Finding, meaning, split
from bot.operations.trial import Trial, Wanted
from bot.program import database_faults, schema
from bot.program.listening import unix_path
from bot.program.manifest import SCOPES
from bot.program.oauth import sealed_store
from bot.program.process import check_database, read_rubric
from bot.slack.calls import CALL_FAILED, verdict_on, word_of
from bot.slack.client import NOT_ROTATING, Slack, WorkspaceUnknownError
from bot.slack.verdicts import Verdict
from storage import deliveries, migrate, rounds, teams, workspaces
from storage.engine import Database
from storage.installations import WrongKeyError
from storage.models import Team, Workspace

SKEW = timedelta(seconds=60)
"""Slack refuses signatures five minutes off; a clock a minute off is on its way there."""
LATE = timedelta(minutes=10)
"""From when on what should have happened is said not to have happened."""
NO_WRITES = "Make room on its disk, or lead DATABASE_URL to a server or folder that may be written to."
DATABASE_AWAY = (OperationalError, InterfaceError, PoolTimeoutError)
"""What a database raises that can't be reached, or is no more."""
STUCK = "Start `maturity worker` or `maturity run`; where one runs, its log says why it can't (“step failed”)."


async def examine(settings: Settings, *, trial: Wanted | None = None) -> list[Finding]:
    """Look at the model, database, clock, every workspace's token and permissions, channels, rounds and deliveries.

    With `trial` try a picture out, last. What can't be looked at is a finding, too: nothing is raised but StartError.
    """
    found = [_model(settings)]
    try:
        await _examine(settings, found, trial=trial)
    except StartError:
        raise
    except DATABASE_AWAY as error:  # it went away meanwhile, or never took what the program asks of it
        found.append(_wrong_database(database_faults.told(error, settings.database_url)))
    except Exception as error:  # noqa: BLE001 - what was found is worth more than a traceback
        found.append(Finding("doctor", f"couldn't go on: {where(error)}", AGAIN))
    if trial is not None and not any(each.subject.startswith("picture") for each in found):
        found.append(Finding("picture", "not tried", "Fix first what is wrong above."))
    return found


def _model(settings: Settings) -> Finding:
    try:
        rubric = read_rubric(settings.rubric)
    except StartError as error:
        return Finding("model", "; ".join(error.lines), "Correct it: `maturity rubric check FILE` names each fault.")
    return Finding("model", f"{rubric.name}, version {rubric.version}")


async def _examine(settings: Settings, found: list[Finding], *, trial: Wanted | None) -> None:
    found.append(_network(settings))
    with tempfile.TemporaryDirectory() as elsewhere:
        if _is_to_be_made(settings.database_url):
            # Everything else can be looked at all the same, beside a database that nobody keeps.
            problem = database_faults.folder_problem(settings.database_url)
            if problem is not None:
                found.append(Finding("database", *split(problem)))
                return
            found.append(Finding("database", "not there yet; `maturity run` makes it"))
            settings = replace(settings, database_url=settings.database_url.set(database=f"{elsewhere}/maturity.db"))
            migrate.upgrade(settings.database_url)
        else:
            found.append(_schema(settings))
        if not found[-1].mend:
            await _beyond_the_database(settings, found, trial=trial)


def _is_to_be_made(url: URL) -> bool:
    return url.get_backend_name() == "sqlite" and not Path(url.database or "").exists()


def _network(settings: Settings) -> Finding:
    proxy = settings.proxies.to(settings.slack_api_url)
    way = "directly" if proxy is None else f"through the proxy {without_password(proxy)}"
    trusted = f", trusting {settings.ca_file}" if settings.ca_file is not None else ""
    return Finding("network", f"Slack ({settings.slack_api_url}) is called {way}{trusted}")


async def _beyond_the_database(settings: Settings, found: list[Finding], *, trial: Wanted | None) -> None:
    database = Database(settings.database_url, limits=settings.database_limits)
    clock = clock_of(settings.clock_file)
    store = sealed_store(settings, database=database, clock=clock)
    slack = Slack(settings, database=database, clock=clock, store=store)
    try:
        try:
            await check_database(database, None)
        except StartError as error:
            found[-1] = _wrong_database(error)
            return
        try:
            await slack.open()
        except StartError as error:
            found += [Finding("Slack", *split(line)) for line in error.lines]
            return
        if settings.app_token is not None:
            found.append(await _socket_mode(slack, settings.app_token))
        elif settings.signing_secret is not None:
            found.append(await _signatures(settings))
        async with database.reading() as session:
            known, refused = await workspaces.active(session), await workspaces.refused(session)
        found += [_refused(workspace) for workspace in refused]
        if not known and not refused:
            found.append(Finding("workspaces", "none", "Install the app: open /slack/install in a browser."))
        for workspace in known:
            found += await _workspace(workspace, slack=slack, database=database, now=clock())
        if trial is not None:
            found += await _trial(trial, known, slack=slack, settings=settings)
    finally:
        await slack.close()
        await database.close()


async def _trial(wanted: Wanted, known: Sequence[Workspace], *, slack: Slack, settings: Settings) -> list[Finding]:
    """A picture tried out in the workspace that is meant; nothing where there is none, which is told already."""
    chosen = [each for each in known if wanted.workspace_id in {None, each.id}]
    if len(chosen) != 1:
        listed = ", ".join(f"{each.id} ({each.name})" for each in known)
        if not listed:
            return []
        says = "the app is in several" if chosen else f"the app isn't installed in {wanted.workspace_id}"
        return [Finding("picture, workspace", says, f"Name one with --workspace. Those are: {listed}.")]
    try:
        client = await slack.client(chosen[0].id)
        me = await client.auth_test()
    except (WorkspaceUnknownError, WrongKeyError):
        return []  # told already
    except CALL_FAILED as error:
        return [Finding("picture, workspace", *meaning(error))]
    invite = f"`/invite @{me.get('user')}`"
    return await Trial(wanted, slack=slack, client=client, proxies=settings.proxies, invite=invite).run()


def _wrong_database(error: StartError) -> Finding:
    return Finding("database", *split(str(error)))


def _schema(settings: Settings) -> Finding:
    url = settings.database_url
    name = schema.shown(url)
    try:
        at = schema.revision(url)
    except StartError as error:
        says, mend = split(str(error))
        return Finding("database", f"{name}: {says}", mend)
    if at != migrate.newest():
        return Finding("database", f"{name} is at {at or 'nothing'}", "Run `maturity db upgrade`.")
    if (why := schema.refusal_of_writes(url)) is not None:
        return Finding("database", f"{name} takes no writes ({why})", NO_WRITES)
    return Finding("database", f"{name} is up to date ({at})")


async def _socket_mode(slack: Slack, app_token: str) -> Finding:
    try:
        await slack.bare_client().apps_connections_open(app_token=app_token)
    except CALL_FAILED as error:
        if verdict_on(error) is Verdict.PASSING:
            return Finding("Socket Mode", *meaning(error))
        return Finding(
            "Socket Mode",
            f"SLACK_APP_TOKEN is refused ({word_of(error)})",
            "Copy the app-level token anew (Basic Information, App-Level Tokens; scope connections:write).",
        )
    return Finding("Socket Mode", "the app-level token is accepted")


async def _signatures(settings: Settings) -> Finding:
    """Whether the program that runs on this machine finds Slack's signatures right."""
    path = unix_path(settings.host)
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(settings.host, settings.host)  # noqa: S104 - compared, not bound
    address = f"unix:{path}" if path else URL.create("http", host=host, port=settings.port).render_as_string()
    url = "http://web/metrics" if path else f"{address}/metrics"
    connector = aiohttp.UnixConnector(path) if path else None
    try:
        async with (
            aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(settings.call_within), connector=connector) as session,
            session.get(url) as answer,
        ):
            counted = {
                (sample.name, *sample.labels.values()): sample.value
                for family in text_string_to_metric_families(await answer.text())
                for sample in family.samples
            }
    except (aiohttp.ClientError, TimeoutError, ValueError):
        return Finding("signatures", f"can't be told: no program of ours answers at {address}")
    wrong = counted.get(("maturity_requests_refused_total", "wrong_signature"), 0)
    right = counted.get(("maturity_request_seconds_count", "slack"), 0)
    says = f"right in {right:.0f} requests and wrong in {wrong:.0f} since the program started"
    if wrong and not right:
        return Finding(
            "signatures",
            says,
            "Copy SLACK_SIGNING_SECRET anew (the app's page, Basic Information, App Credentials) and start again.",
        )
    return Finding("signatures", says)


def _refused(workspace: Workspace) -> Finding:
    since = f"{workspace.revoked_at:%Y-%m-%d %H:%M} UTC"
    return Finding(
        f"workspace {workspace.name or workspace.id}",
        f"the app was removed or its token is refused, since {since}; nothing is sent there",
        "Install the app there again: open /slack/install in a browser. What is owed for less than a day is sent then.",
    )


async def _workspace(workspace: Workspace, *, slack: Slack, database: Database, now: datetime) -> list[Finding]:
    subject = f"workspace {workspace.name or workspace.id}"
    try:
        client = await slack.client(workspace.id)
        me = await client.auth_test()
    except WorkspaceUnknownError:
        return [Finding(subject, "no token is known", "Install the app there: open /slack/install in a browser.")]
    except WrongKeyError as error:
        return [Finding(subject, "its token can't be read", str(error))]
    except CALL_FAILED as error:
        if word_of(error) == "token_expired":
            return [Finding(subject, "its token has run out, so the app's tokens rotate", NOT_ROTATING)]
        if verdict_on(error) is Verdict.INSTALLATION:
            return [Finding(subject, f"the token is refused ({word_of(error)})", "Install the app again.")]
        return [Finding(subject, *meaning(error))]
    found = [Finding(subject, f"the token is accepted, as {me.get('user')}")]
    if (client.token or "").startswith("xoxe"):
        found.append(Finding(subject, "its token rotates: it runs out within hours", NOT_ROTATING))
    granted = {scope.strip() for scope in (me.headers.get("x-oauth-scopes") or "").split(",") if scope.strip()}
    missing = sorted(set(SCOPES) - granted) if granted else []
    says = "can't be told: the server names none" if not granted else "all granted"
    if missing:
        found.append(Finding(f"{subject}, permissions", f"missing: {', '.join(missing)}", REINSTALL))
    else:
        found.append(Finding(f"{subject}, permissions", says))
    found.append(_clock(me.headers.get("Date")))
    async with database.reading() as session:
        known = await teams.all_of(session, workspace_id=workspace.id)
        trouble = await deliveries.in_trouble(session, workspace_id=workspace.id)
        overdue = await rounds.left_open(session, workspace_id=workspace.id, before=now - LATE)
        admins = await workspaces.admins(session, workspace_id=workspace.id)
    if known:
        found.append(_admins(subject, len(admins)))
    found += [_doubles(subject, double) for double in typed.doubles(known, by=lambda team: team.name)]
    for team in known:
        found.append(await _channel(client, team.name, team.channel_id, invite=f"`/invite @{me.get('user')}`"))
        when = "paused" if team.next_round_at is None else f"opens {team.next_round_at:%Y-%m-%d %H:%M} UTC"
        found.append(Finding(f"team {team.name}, next round", when, _mend_late(team, now=now)))
    found += [
        Finding(f"team {name}, open round", f"should have closed {closes_at:%Y-%m-%d %H:%M} UTC", STUCK)
        for name, closes_at in overdue
    ]
    found += [
        Finding(f"delivery {row.key}", f"{row.state}, {row.last_error}", "See the reason; the next round tries anew.")
        for row in trouble
    ]
    return found


def _mend_late(team: Team, *, now: datetime) -> str:
    """What to do where a round should be open by now; a step that raised is put off, and its round's time is not."""
    if team.next_step_at is not None and team.next_step_at < now - LATE:
        return "No worker seems to run: start `maturity worker` or `maturity run`."
    return STUCK if team.next_round_at is not None and team.next_round_at < now - LATE else ""


def _admins(subject: str, number: int) -> Finding:
    """Slack is asked only about people who are asked or use the app, so its admins may be strangers to us."""
    if number:
        return Finding(f"{subject}, admins", f"{number} known")
    return Finding(
        f"{subject}, admins",
        "none is known, so nobody is told of a team that loses its manager",
        "Let a workspace admin open the app's Home, or type `/maturity admins`, once.",
    )


def _doubles(subject: str, found: Sequence[Team]) -> Finding:
    """Teams that were there before names were unique."""
    listed = ", ".join(team.channel_id for team in found)
    return Finding(
        f"{subject}, team names",
        f"{len(found)} teams are called “{found[0].name}” ({listed}), so commands have to ask which one is meant",
        "Give all but one another name: `/maturity settings` in their channels, or `maturity teams apply`.",
    )


def _clock(date: str | None) -> Finding:
    if date is None:
        return Finding("clock", "Slack didn't say what time it is")
    off = abs(parsedate_to_datetime(date) - datetime.now(UTC))
    if off > SKEW:
        return Finding("clock", f"off by {off.total_seconds():.0f} s", "Switch on time synchronisation.")
    return Finding("clock", "right")


async def _channel(client: AsyncWebClient, team: str, channel_id: str, *, invite: str) -> Finding:
    subject = f"team {team}, channel"
    try:
        channel = (await client.conversations_info(channel=channel_id))["channel"]
    except CALL_FAILED as error:
        says, mend = meaning(error, invite=invite)
        return Finding(subject, f"can't be told: {says}", mend)
    if channel.get("is_archived"):
        return Finding(subject, "archived", "Unarchive it, or set the team up in another channel.")
    if not channel.get("is_member"):
        return Finding(subject, "the app isn't in it", f"Invite the app: type {invite} there.")
    return Finding(subject, f"#{channel.get('name')}")
