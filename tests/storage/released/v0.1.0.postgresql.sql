SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;
SET default_tablespace = '';
SET default_table_access_method = heap;
CREATE TABLE public.action_items (
    id integer NOT NULL,
    workspace_id character varying(32) NOT NULL,
    team_id integer NOT NULL,
    round_id integer,
    dimension character varying(1) NOT NULL,
    action_key character varying(20),
    text text NOT NULL,
    owner_id character varying(32),
    due_on date,
    state character varying(20) NOT NULL,
    why text,
    needs_leadership boolean NOT NULL,
    created_by character varying(32) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    remind_at timestamp with time zone,
    request character varying(32)
);
CREATE SEQUENCE public.action_items_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.action_items_id_seq OWNED BY public.action_items.id;
CREATE TABLE public.admins (
    workspace_id character varying(32) NOT NULL,
    user_id character varying(32) NOT NULL
);
CREATE TABLE public.alembic_version (
    version_num character varying(32) NOT NULL
);
CREATE TABLE public.answers (
    round_id integer NOT NULL,
    dimension character varying(1) NOT NULL,
    user_id character varying(32) NOT NULL,
    level integer,
    tapped_us bigint NOT NULL,
    note text
);
CREATE TABLE public.audit_entries (
    id integer NOT NULL,
    workspace_id character varying(32) NOT NULL,
    at timestamp with time zone NOT NULL,
    user_id character varying(32) NOT NULL,
    what character varying(40) NOT NULL,
    team_name text,
    details json NOT NULL
);
CREATE SEQUENCE public.audit_entries_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.audit_entries_id_seq OWNED BY public.audit_entries.id;
CREATE TABLE public.chosen_people (
    team_id integer NOT NULL,
    user_id character varying(32) NOT NULL
);
CREATE TABLE public.deliveries (
    id uuid NOT NULL,
    workspace_id character varying(32) NOT NULL,
    key character varying(120) NOT NULL,
    kind character varying(20) NOT NULL,
    team_id integer,
    round_id integer,
    user_id character varying(32),
    channel_id character varying(32),
    details json NOT NULL,
    state character varying(20) NOT NULL,
    maybe_sent boolean NOT NULL,
    attempt integer NOT NULL,
    looked_up integer NOT NULL,
    next_attempt_at timestamp with time zone,
    expires_at timestamp with time zone,
    lease_owner uuid,
    first_attempt_at timestamp with time zone,
    message_ts character varying(32),
    last_error character varying(200),
    again_at timestamp with time zone,
    ended_on date
);
CREATE TABLE public.delivery_limits (
    workspace_id character varying(32) NOT NULL,
    method character varying(40) NOT NULL,
    spent_until_us bigint NOT NULL,
    share integer DEFAULT 1000 NOT NULL,
    blocked_until_us bigint DEFAULT 0 NOT NULL
);
CREATE TABLE public.installations (
    workspace_id character varying(32) NOT NULL,
    sealed text NOT NULL
);
CREATE TABLE public.managers (
    team_id integer NOT NULL,
    user_id character varying(32) NOT NULL
);
CREATE TABLE public.oauth_states (
    state character varying(64) NOT NULL,
    expires_at timestamp with time zone NOT NULL
);
CREATE TABLE public.people (
    workspace_id character varying(32) NOT NULL,
    user_id character varying(32) NOT NULL,
    name text NOT NULL,
    time_zone character varying(64),
    is_bot boolean NOT NULL,
    is_guest boolean NOT NULL,
    is_deactivated boolean NOT NULL,
    is_admin boolean NOT NULL,
    read_at timestamp with time zone NOT NULL,
    dm_channel character varying(32),
    away_until date,
    opted_out boolean CONSTRAINT people_no_reminders_not_null NOT NULL
);
CREATE TABLE public.rosters (
    team_id integer NOT NULL,
    user_id character varying(32) NOT NULL
);
CREATE TABLE public.round_counts (
    round_id integer NOT NULL,
    dimension character varying(1) NOT NULL,
    level integer NOT NULL,
    answers integer NOT NULL
);
CREATE TABLE public.round_members (
    round_id integer NOT NULL,
    user_id character varying(32) NOT NULL,
    opens_at timestamp with time zone NOT NULL,
    render integer NOT NULL,
    channel_id character varying(32),
    message_ts character varying(32),
    completed_at timestamp with time zone,
    took_part boolean NOT NULL,
    nudges integer NOT NULL,
    skipped boolean NOT NULL,
    quiet_until timestamp with time zone
);
CREATE TABLE public.round_notes (
    id uuid NOT NULL,
    round_id integer NOT NULL,
    dimension character varying(1) NOT NULL,
    text text NOT NULL
);
CREATE TABLE public.rounds (
    id integer NOT NULL,
    workspace_id character varying(32) NOT NULL,
    team_id integer NOT NULL,
    number integer NOT NULL,
    slot_date date,
    state character varying(20) NOT NULL,
    privacy character varying(20) NOT NULL,
    minimum integer NOT NULL,
    rubric_version character varying(64) NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    closes_at timestamp with time zone NOT NULL,
    closed_at timestamp with time zone,
    next_step character varying(20),
    next_step_at timestamp with time zone,
    channel_id character varying(32) NOT NULL,
    summary_ts character varying(32),
    picture_file_id character varying(32),
    picture_shown boolean NOT NULL
);
CREATE SEQUENCE public.rounds_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.rounds_id_seq OWNED BY public.rounds.id;
CREATE TABLE public.rubrics (
    workspace_id character varying(32) NOT NULL,
    version character varying(64) NOT NULL,
    document text NOT NULL
);
CREATE TABLE public.teams (
    id integer NOT NULL,
    workspace_id character varying(32) NOT NULL,
    channel_id character varying(32) NOT NULL,
    name text NOT NULL,
    source character varying(20) NOT NULL,
    usergroup_id character varying(32),
    every_weeks integer,
    monthly_nth integer,
    weekday character varying(9) NOT NULL,
    local_time time without time zone NOT NULL,
    time_zone character varying(64) NOT NULL,
    anchor date NOT NULL,
    clock character varying(20) NOT NULL,
    window_days integer NOT NULL,
    privacy character varying(20) NOT NULL,
    reminders boolean NOT NULL,
    country character varying(8),
    subdivision character varying(16),
    own_days_off json NOT NULL,
    created_at timestamp with time zone NOT NULL,
    next_slot_date date,
    next_round_at timestamp with time zone,
    next_step character varying(20),
    next_step_at timestamp with time zone,
    started_by character varying(32),
    roster_read_at timestamp with time zone,
    channel_lost character varying(20),
    skipped_until timestamp with time zone
);
CREATE SEQUENCE public.teams_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.teams_id_seq OWNED BY public.teams.id;
CREATE TABLE public.workspaces (
    id character varying(32) NOT NULL,
    name text NOT NULL,
    url text NOT NULL,
    bot_user_id character varying(32) NOT NULL,
    bot_id character varying(32) NOT NULL,
    minimum integer NOT NULL,
    installed_at timestamp with time zone NOT NULL,
    revoked_at timestamp with time zone
);
ALTER TABLE ONLY public.action_items ALTER COLUMN id SET DEFAULT nextval('public.action_items_id_seq'::regclass);
ALTER TABLE ONLY public.audit_entries ALTER COLUMN id SET DEFAULT nextval('public.audit_entries_id_seq'::regclass);
ALTER TABLE ONLY public.rounds ALTER COLUMN id SET DEFAULT nextval('public.rounds_id_seq'::regclass);
ALTER TABLE ONLY public.teams ALTER COLUMN id SET DEFAULT nextval('public.teams_id_seq'::regclass);
INSERT INTO public.action_items VALUES (1, 'T0I8MKM8WWZ', 1, 3, 'C', 'C1.1', 'Invite one person from another discipline (design, data, legal, front line) to your weekly meeting.', 'U05UOOZPXBQ', '2026-10-20', 'open', NULL, false, 'U0NOXAGMIWN', '2026-10-13 15:01:15.664105+00', NULL, NULL, 'V0G9JWT58GC');
INSERT INTO public.action_items VALUES (2, 'T0I8MKM8WWZ', 1, 3, 'C', 'C1.2', 'Map the service end to end with every unit that touches it and mark the hand-offs that fail.', 'U0NOXAGMIWN', '2026-12-01', 'done', NULL, false, 'U0NOXAGMIWN', '2026-10-13 15:01:15.699647+00', '2026-10-13 15:01:16.19484+00', NULL, 'V0AG51J0M4S');
INSERT INTO public.action_items VALUES (3, 'T0I8MKM8WWZ', 1, 3, 'C', 'C1.3', 'Shadow another unit''s work for half a day and share three things you learned.', 'U0NOXAGMIWN', '2026-11-30', 'dropped', 'No money this year', false, 'U0NOXAGMIWN', '2026-10-13 15:01:15.881975+00', '2026-10-13 15:01:16.198127+00', NULL, 'V0UU6DPHNB4');
INSERT INTO public.action_items VALUES (4, 'T0I8MKM8WWZ', 1, 3, 'B', NULL, 'Ask the library how they do it', 'U0NOXAGMIWN', '2026-11-10', 'open', NULL, false, 'U0NOXAGMIWN', '2026-10-13 15:01:16.165087+00', NULL, NULL, 'V0J5KVY8WOP');
INSERT INTO public.admins VALUES ('T0I8MKM8WWZ', 'U0B0ZXZ6XNT');
INSERT INTO public.alembic_version VALUES ('0005');
INSERT INTO public.answers VALUES (2, 'A', 'U05UOOZPXBQ', 2, 1791212434193071, NULL);
INSERT INTO public.answers VALUES (2, 'A', 'U0JFSRU15RL', 2, 1791212434475030, NULL);
INSERT INTO public.answers VALUES (2, 'A', 'U0NOXAGMIWN', 1, 1791212432127645, NULL);
INSERT INTO public.answers VALUES (2, 'B', 'U05UOOZPXBQ', 3, 1791212434242799, NULL);
INSERT INTO public.answers VALUES (2, 'B', 'U0JFSRU15RL', 3, 1791212434488433, NULL);
INSERT INTO public.answers VALUES (2, 'B', 'U0NOXAGMIWN', 3, 1791212433028133, NULL);
INSERT INTO public.answers VALUES (2, 'C', 'U05UOOZPXBQ', 1, 1791212434269387, NULL);
INSERT INTO public.answers VALUES (2, 'C', 'U0JFSRU15RL', 1, 1791212434519076, NULL);
INSERT INTO public.answers VALUES (2, 'C', 'U0NOXAGMIWN', 1, 1791212433722797, NULL);
INSERT INTO public.answers VALUES (2, 'D', 'U05UOOZPXBQ', 2, 1791212434432319, NULL);
INSERT INTO public.answers VALUES (2, 'D', 'U0JFSRU15RL', 2, 1791212434540568, NULL);
INSERT INTO public.answers VALUES (2, 'D', 'U0NOXAGMIWN', 2, 1791212434137176, NULL);
INSERT INTO public.answers VALUES (2, 'E', 'U05UOOZPXBQ', 4, 1791212434451178, NULL);
INSERT INTO public.answers VALUES (2, 'E', 'U0JFSRU15RL', 1, 1791212434607657, NULL);
INSERT INTO public.answers VALUES (2, 'E', 'U0NOXAGMIWN', 1, 1791212434166094, NULL);
INSERT INTO public.answers VALUES (4, 'A', 'U05UOOZPXBQ', 2, 1791903666593100, NULL);
INSERT INTO public.answers VALUES (4, 'A', 'U0JFSRU15RL', 2, 1791903666709034, NULL);
INSERT INTO public.answers VALUES (4, 'A', 'U0NOXAGMIWN', 1, 1791903666325719, NULL);
INSERT INTO public.answers VALUES (4, 'A', 'U0Q353G9WD0', 2, 1791903666748818, NULL);
INSERT INTO public.answers VALUES (4, 'B', 'U05UOOZPXBQ', 3, 1791903666674831, NULL);
INSERT INTO public.answers VALUES (4, 'B', 'U0JFSRU15RL', 3, 1791903666721887, NULL);
INSERT INTO public.answers VALUES (4, 'B', 'U0NOXAGMIWN', 3, 1791903666495398, NULL);
INSERT INTO public.answers VALUES (4, 'B', 'U0Q353G9WD0', 4, 1791903666814490, NULL);
INSERT INTO public.answers VALUES (4, 'C', 'U05UOOZPXBQ', 1, 1791903666680300, NULL);
INSERT INTO public.answers VALUES (4, 'C', 'U0JFSRU15RL', 1, 1791903666727219, NULL);
INSERT INTO public.answers VALUES (4, 'C', 'U0NOXAGMIWN', 1, 1791903666500852, NULL);
INSERT INTO public.answers VALUES (4, 'C', 'U0Q353G9WD0', 1, 1791903666843016, NULL);
INSERT INTO public.answers VALUES (4, 'D', 'U05UOOZPXBQ', 2, 1791903666685861, NULL);
INSERT INTO public.answers VALUES (4, 'D', 'U0JFSRU15RL', 2, 1791903666732253, NULL);
INSERT INTO public.answers VALUES (4, 'D', 'U0NOXAGMIWN', 2, 1791903666514956, NULL);
INSERT INTO public.answers VALUES (4, 'D', 'U0Q353G9WD0', 2, 1791903666927866, NULL);
INSERT INTO public.answers VALUES (4, 'E', 'U05UOOZPXBQ', 4, 1791903666691157, NULL);
INSERT INTO public.answers VALUES (4, 'E', 'U0JFSRU15RL', 1, 1791903666737379, NULL);
INSERT INTO public.answers VALUES (4, 'E', 'U0NOXAGMIWN', 1, 1791903666548247, NULL);
INSERT INTO public.answers VALUES (4, 'E', 'U0Q353G9WD0', 4, 1791903666950825, NULL);
INSERT INTO public.answers VALUES (6, 'A', 'U05UOOZPXBQ', 2, 1792594892681956, 'Note 2 of parks, see <https://example.org>');
INSERT INTO public.answers VALUES (6, 'A', 'U09OYLHZA3T', 3, 1792594893846200, NULL);
INSERT INTO public.answers VALUES (6, 'A', 'U0JFSRU15RL', 2, 1792594893069528, NULL);
INSERT INTO public.answers VALUES (6, 'A', 'U0NOXAGMIWN', 1, 1792594892166989, 'Note 1 of parks, see <https://example.org>');
INSERT INTO public.answers VALUES (6, 'A', 'U0Q353G9WD0', 2, 1792594893476655, NULL);
INSERT INTO public.answers VALUES (6, 'B', 'U05UOOZPXBQ', 3, 1792594892688372, NULL);
INSERT INTO public.answers VALUES (6, 'B', 'U09OYLHZA3T', 3, 1792594894454688, NULL);
INSERT INTO public.answers VALUES (6, 'B', 'U0JFSRU15RL', 3, 1792594893075348, NULL);
INSERT INTO public.answers VALUES (6, 'B', 'U0NOXAGMIWN', 3, 1792594892257099, NULL);
INSERT INTO public.answers VALUES (6, 'B', 'U0Q353G9WD0', 4, 1792594893489590, NULL);
INSERT INTO public.answers VALUES (6, 'C', 'U05UOOZPXBQ', 2, 1792594892693495, NULL);
INSERT INTO public.answers VALUES (6, 'C', 'U09OYLHZA3T', 2, 1792594894729767, NULL);
INSERT INTO public.answers VALUES (6, 'C', 'U0JFSRU15RL', 2, 1792594893084221, NULL);
INSERT INTO public.answers VALUES (6, 'C', 'U0NOXAGMIWN', 2, 1792594892272036, NULL);
INSERT INTO public.answers VALUES (6, 'C', 'U0Q353G9WD0', 2, 1792594893507911, NULL);
INSERT INTO public.answers VALUES (6, 'D', 'U05UOOZPXBQ', 2, 1792594892698764, NULL);
INSERT INTO public.answers VALUES (6, 'D', 'U09OYLHZA3T', 2, 1792594894734965, NULL);
INSERT INTO public.answers VALUES (6, 'D', 'U0JFSRU15RL', 2, 1792594893092366, NULL);
INSERT INTO public.answers VALUES (6, 'D', 'U0NOXAGMIWN', 2, 1792594892330195, NULL);
INSERT INTO public.answers VALUES (6, 'D', 'U0Q353G9WD0', 2, 1792594893819110, NULL);
INSERT INTO public.answers VALUES (6, 'E', 'U05UOOZPXBQ', 4, 1792594892712964, NULL);
INSERT INTO public.answers VALUES (6, 'E', 'U09OYLHZA3T', 4, 1792594894739419, NULL);
INSERT INTO public.answers VALUES (6, 'E', 'U0JFSRU15RL', 1, 1792594893227802, NULL);
INSERT INTO public.answers VALUES (6, 'E', 'U0NOXAGMIWN', 1, 1792594892429111, NULL);
INSERT INTO public.answers VALUES (6, 'E', 'U0Q353G9WD0', 4, 1792594893827775, NULL);
INSERT INTO public.answers VALUES (8, 'A', 'U05UOOZPXBQ', 2, 1793286124629507, 'Note 2 of parks, see <https://example.org>');
INSERT INTO public.answers VALUES (8, 'A', 'U09OYLHZA3T', 3, 1793286126871698, NULL);
INSERT INTO public.answers VALUES (8, 'A', 'U0CJQ25ESXM', 2, 1793286128397021, NULL);
INSERT INTO public.answers VALUES (8, 'A', 'U0DEX5K9D4O', 2, 1793286127166641, NULL);
INSERT INTO public.answers VALUES (8, 'A', 'U0JFSRU15RL', 2, 1793286125983973, NULL);
INSERT INTO public.answers VALUES (8, 'A', 'U0NOXAGMIWN', 1, 1793286123946640, 'Note 1 of parks, see <https://example.org>');
INSERT INTO public.answers VALUES (8, 'A', 'U0Q353G9WD0', 2, 1793286126068679, NULL);
INSERT INTO public.answers VALUES (8, 'B', 'U05UOOZPXBQ', 3, 1793286124637842, NULL);
INSERT INTO public.answers VALUES (8, 'B', 'U09OYLHZA3T', 3, 1793286126930023, NULL);
INSERT INTO public.answers VALUES (8, 'B', 'U0CJQ25ESXM', 4, 1793286129200808, NULL);
INSERT INTO public.answers VALUES (8, 'B', 'U0DEX5K9D4O', 3, 1793286127688540, NULL);
INSERT INTO public.answers VALUES (8, 'B', 'U0JFSRU15RL', 3, 1793286125990619, NULL);
INSERT INTO public.answers VALUES (8, 'B', 'U0NOXAGMIWN', 3, 1793286124016348, NULL);
INSERT INTO public.answers VALUES (8, 'B', 'U0Q353G9WD0', 4, 1793286126117823, NULL);
INSERT INTO public.answers VALUES (8, 'C', 'U05UOOZPXBQ', 2, 1793286124642942, NULL);
INSERT INTO public.answers VALUES (8, 'C', 'U09OYLHZA3T', 2, 1793286126948353, NULL);
INSERT INTO public.answers VALUES (8, 'C', 'U0CJQ25ESXM', 2, 1793286129378063, NULL);
INSERT INTO public.answers VALUES (8, 'C', 'U0DEX5K9D4O', 2, 1793286127695736, NULL);
INSERT INTO public.answers VALUES (8, 'C', 'U0JFSRU15RL', 2, 1793286125997329, NULL);
INSERT INTO public.answers VALUES (8, 'C', 'U0NOXAGMIWN', 2, 1793286124022072, NULL);
INSERT INTO public.answers VALUES (8, 'C', 'U0Q353G9WD0', 2, 1793286126147088, NULL);
INSERT INTO public.answers VALUES (8, 'D', 'U05UOOZPXBQ', 2, 1793286125099057, NULL);
INSERT INTO public.answers VALUES (8, 'D', 'U09OYLHZA3T', 2, 1793286126965773, NULL);
INSERT INTO public.answers VALUES (8, 'D', 'U0CJQ25ESXM', 2, 1793286129388680, NULL);
INSERT INTO public.answers VALUES (8, 'D', 'U0DEX5K9D4O', 2, 1793286127759888, NULL);
INSERT INTO public.answers VALUES (8, 'D', 'U0JFSRU15RL', 2, 1793286126022890, NULL);
INSERT INTO public.answers VALUES (8, 'D', 'U0NOXAGMIWN', 2, 1793286124040946, NULL);
INSERT INTO public.answers VALUES (8, 'D', 'U0Q353G9WD0', 2, 1793286126688382, NULL);
INSERT INTO public.answers VALUES (8, 'E', 'U05UOOZPXBQ', 4, 1793286125478868, NULL);
INSERT INTO public.answers VALUES (8, 'E', 'U09OYLHZA3T', 4, 1793286127035876, NULL);
INSERT INTO public.answers VALUES (8, 'E', 'U0CJQ25ESXM', 4, 1793286129394622, NULL);
INSERT INTO public.answers VALUES (8, 'E', 'U0DEX5K9D4O', 1, 1793286128128298, NULL);
INSERT INTO public.answers VALUES (8, 'E', 'U0JFSRU15RL', 1, 1793286126040028, NULL);
INSERT INTO public.answers VALUES (8, 'E', 'U0NOXAGMIWN', 1, 1793286124046959, NULL);
INSERT INTO public.answers VALUES (8, 'E', 'U0Q353G9WD0', 4, 1793286126706723, NULL);
INSERT INTO public.answers VALUES (11, 'A', 'U05UOOZPXBQ', 2, 1794247360010110, NULL);
INSERT INTO public.answers VALUES (11, 'A', 'U0JFSRU15RL', 2, 1794247360327493, NULL);
INSERT INTO public.answers VALUES (11, 'A', 'U0NOXAGMIWN', 1, 1794247359190580, NULL);
INSERT INTO public.answers VALUES (11, 'B', 'U05UOOZPXBQ', 3, 1794247360016948, NULL);
INSERT INTO public.answers VALUES (11, 'B', 'U0JFSRU15RL', 3, 1794247360333511, NULL);
INSERT INTO public.answers VALUES (11, 'B', 'U0NOXAGMIWN', 3, 1794247359290921, NULL);
INSERT INTO public.answers VALUES (11, 'C', 'U05UOOZPXBQ', 1, 1794247360231784, NULL);
INSERT INTO public.answers VALUES (11, 'C', 'U0JFSRU15RL', 1, 1794247360338367, NULL);
INSERT INTO public.answers VALUES (11, 'C', 'U0NOXAGMIWN', 1, 1794247359299805, NULL);
INSERT INTO public.answers VALUES (11, 'D', 'U05UOOZPXBQ', 2, 1794247360268112, NULL);
INSERT INTO public.answers VALUES (11, 'D', 'U0JFSRU15RL', 2, 1794247360342729, NULL);
INSERT INTO public.answers VALUES (11, 'D', 'U0NOXAGMIWN', 2, 1794247359319314, NULL);
INSERT INTO public.answers VALUES (11, 'E', 'U05UOOZPXBQ', 4, 1794247360277050, NULL);
INSERT INTO public.answers VALUES (11, 'E', 'U0JFSRU15RL', 1, 1794247360360467, NULL);
INSERT INTO public.answers VALUES (11, 'E', 'U0NOXAGMIWN', 1, 1794247359333882, NULL);
INSERT INTO public.answers VALUES (12, 'A', 'U05UOOZPXBQ', 2, 1794247361843279, NULL);
INSERT INTO public.answers VALUES (12, 'A', 'U0JFSRU15RL', 2, 1794247362337307, NULL);
INSERT INTO public.answers VALUES (12, 'A', 'U0NOXAGMIWN', 1, 1794247360985365, 'A note that waits for the close');
INSERT INTO public.answers VALUES (12, 'A', 'U0Q353G9WD0', 2, 1794247362809148, NULL);
INSERT INTO public.answers VALUES (12, 'B', 'U05UOOZPXBQ', 3, 1794247361913080, NULL);
INSERT INTO public.answers VALUES (12, 'B', 'U0JFSRU15RL', 3, 1794247362399565, NULL);
INSERT INTO public.answers VALUES (12, 'B', 'U0NOXAGMIWN', 3, 1794247361248189, NULL);
INSERT INTO public.answers VALUES (12, 'B', 'U0Q353G9WD0', NULL, 1794247362820206, NULL);
INSERT INTO public.answers VALUES (12, 'C', 'U05UOOZPXBQ', 1, 1794247361976124, NULL);
INSERT INTO public.answers VALUES (12, 'C', 'U0JFSRU15RL', 1, 1794247362465135, NULL);
INSERT INTO public.answers VALUES (12, 'C', 'U0NOXAGMIWN', 1, 1794247361288521, NULL);
INSERT INTO public.answers VALUES (12, 'D', 'U05UOOZPXBQ', 2, 1794247362033163, NULL);
INSERT INTO public.answers VALUES (12, 'D', 'U0JFSRU15RL', 2, 1794247362503137, NULL);
INSERT INTO public.answers VALUES (12, 'D', 'U0NOXAGMIWN', 2, 1794247361325322, NULL);
INSERT INTO public.answers VALUES (12, 'E', 'U05UOOZPXBQ', 4, 1794247362144006, NULL);
INSERT INTO public.answers VALUES (12, 'E', 'U0JFSRU15RL', 1, 1794247362632204, NULL);
INSERT INTO public.answers VALUES (12, 'E', 'U0NOXAGMIWN', 1, 1794247361414936, NULL);
INSERT INTO public.audit_entries VALUES (1, 'T0I8MKM8WWZ', '2026-10-05 15:00:01.594484+00', 'U0N9J1PMC5Z', 'admins add', NULL, '{"user": "U0B0ZXZ6XNT"}');
INSERT INTO public.audit_entries VALUES (2, 'T0I8MKM8WWZ', '2026-10-05 15:00:03.330886+00', 'U0NOXAGMIWN', 'setup', 'permits', '{"team": 1}');
INSERT INTO public.audit_entries VALUES (3, 'T0I8MKM8WWZ', '2026-10-05 15:00:05.874009+00', 'U0NOXAGMIWN', 'setup', 'parks', '{"team": 2}');
INSERT INTO public.audit_entries VALUES (4, 'T0I8MKM8WWZ', '2026-10-05 15:00:06.234171+00', 'U0NOXAGMIWN', 'managers add', 'parks', '{"team": 2, "user": "U05UOOZPXBQ"}');
INSERT INTO public.audit_entries VALUES (5, 'T0I8MKM8WWZ', '2026-10-05 15:00:06.481652+00', 'U0NOXAGMIWN', 'start', 'permits', '{"team": 1}');
INSERT INTO public.audit_entries VALUES (6, 'T0I8MKM8WWZ', '2026-10-05 15:00:20.426517+00', 'U0NOXAGMIWN', 'close', 'permits', '{"team": 1}');
INSERT INTO public.audit_entries VALUES (7, 'T0I8MKM8WWZ', '2026-10-05 15:00:29.37845+00', 'U0NOXAGMIWN', 'start', 'parks', '{"team": 2}');
INSERT INTO public.audit_entries VALUES (8, 'T0I8MKM8WWZ', '2026-10-05 15:00:34.7172+00', 'U0NOXAGMIWN', 'close', 'parks', '{"team": 2}');
INSERT INTO public.audit_entries VALUES (9, 'T0I8MKM8WWZ', '2026-10-13 15:00:44.141453+00', 'U0NOXAGMIWN', 'start', 'permits', '{"team": 1}');
INSERT INTO public.audit_entries VALUES (10, 'T0I8MKM8WWZ', '2026-10-13 15:00:54.281248+00', 'U0NOXAGMIWN', 'close', 'permits', '{"team": 1}');
INSERT INTO public.audit_entries VALUES (11, 'T0I8MKM8WWZ', '2026-10-13 15:01:02.28972+00', 'U0NOXAGMIWN', 'start', 'parks', '{"team": 2}');
INSERT INTO public.audit_entries VALUES (12, 'T0I8MKM8WWZ', '2026-10-13 15:01:07.086871+00', 'U0NOXAGMIWN', 'close', 'parks', '{"team": 2}');
INSERT INTO public.audit_entries VALUES (13, 'T0I8MKM8WWZ', '2026-10-21 15:01:16.259074+00', 'U0NOXAGMIWN', 'start', 'permits', '{"team": 1}');
INSERT INTO public.audit_entries VALUES (14, 'T0I8MKM8WWZ', '2026-10-21 15:01:21.796294+00', 'U0NOXAGMIWN', 'close', 'permits', '{"team": 1}');
INSERT INTO public.audit_entries VALUES (15, 'T0I8MKM8WWZ', '2026-10-21 15:01:30.272111+00', 'U0NOXAGMIWN', 'start', 'parks', '{"team": 2}');
INSERT INTO public.audit_entries VALUES (16, 'T0I8MKM8WWZ', '2026-10-21 15:01:34.768638+00', 'U0NOXAGMIWN', 'close', 'parks', '{"team": 2}');
INSERT INTO public.audit_entries VALUES (17, 'T0I8MKM8WWZ', '2026-10-29 15:01:44.285038+00', 'U0NOXAGMIWN', 'start', 'permits', '{"team": 1}');
INSERT INTO public.audit_entries VALUES (18, 'T0I8MKM8WWZ', '2026-10-29 15:01:53.0215+00', 'U0NOXAGMIWN', 'close', 'permits', '{"team": 1}');
INSERT INTO public.audit_entries VALUES (19, 'T0I8MKM8WWZ', '2026-10-29 15:02:00.947147+00', 'U0NOXAGMIWN', 'start', 'parks', '{"team": 2}');
INSERT INTO public.audit_entries VALUES (20, 'T0I8MKM8WWZ', '2026-10-29 15:02:09.501817+00', 'U0NOXAGMIWN', 'close', 'parks', '{"team": 2}');
INSERT INTO public.audit_entries VALUES (21, 'T0I8MKM8WWZ', '2026-11-09 18:02:19.497561+00', 'U0NOXAGMIWN', 'share', 'permits', '{"team": 1, "channel": "C0CAOSQRVYP"}');
INSERT INTO public.audit_entries VALUES (22, 'T0I8MKM8WWZ', '2026-11-09 18:02:19.628567+00', 'U0NOXAGMIWN', 'export', 'permits', '{"team": 1, "format": "json"}');
INSERT INTO public.audit_entries VALUES (23, 'T0I8MKM8WWZ', '2026-11-09 18:02:20.023316+00', 'U0NOXAGMIWN', 'setup', 'old-desk', '{"team": 3}');
INSERT INTO public.audit_entries VALUES (24, 'T0I8MKM8WWZ', '2026-11-09 18:02:20.993741+00', 'U0NOXAGMIWN', 'start', 'old-desk', '{"team": 3}');
INSERT INTO public.audit_entries VALUES (25, 'T0I8MKM8WWZ', '2026-11-09 18:02:26.007236+00', 'U0NOXAGMIWN', 'delete', 'old-desk', '{"team": 3}');
INSERT INTO public.audit_entries VALUES (26, 'T0I8MKM8WWZ', '2026-11-09 18:02:33.297662+00', 'U0NOXAGMIWN', 'setup', 'Ops', '{"team": 4}');
INSERT INTO public.audit_entries VALUES (27, 'T0I8MKM8WWZ', '2026-11-09 18:02:34.339135+00', 'U0JFSRU15RL', 'setup', 'Ops', '{"team": 5}');
INSERT INTO public.audit_entries VALUES (28, 'T0I8MKM8WWZ', '2026-11-09 18:02:35.502915+00', 'U0NOXAGMIWN', 'setup', 'lights', '{"team": 6}');
INSERT INTO public.audit_entries VALUES (29, 'T0I8MKM8WWZ', '2026-11-09 18:02:35.979705+00', 'U0NOXAGMIWN', 'start', 'lights', '{"team": 6}');
INSERT INTO public.audit_entries VALUES (30, 'T0I8MKM8WWZ', '2026-11-09 18:02:38.4632+00', 'U0NOXAGMIWN', 'setup', 'gone', '{"team": 7}');
INSERT INTO public.audit_entries VALUES (31, 'T0I8MKM8WWZ', '2026-11-09 18:02:38.772055+00', 'U0NOXAGMIWN', 'start', 'gone', '{"team": 7}');
INSERT INTO public.audit_entries VALUES (32, 'T0I8MKM8WWZ', '2026-11-09 18:02:40.423151+00', 'U0NOXAGMIWN', 'start', 'Ops', '{"team": 4}');
INSERT INTO public.audit_entries VALUES (33, 'T0I8MKM8WWZ', '2026-11-09 18:02:43.117566+00', 'U0NOXAGMIWN', 'remind', 'Ops', '{"team": 4}');
INSERT INTO public.audit_entries VALUES (34, 'T0I8MKM8WWZ', '2026-11-10 18:02:44.773128+00', 'U0NOXAGMIWN', 'setup', 'trees', '{"team": 8}');
INSERT INTO public.audit_entries VALUES (35, 'T0I8MKM8WWZ', '2026-11-10 18:02:45.297095+00', 'U0NOXAGMIWN', 'delete', 'gone', '{"team": 7}');
INSERT INTO public.chosen_people VALUES (8, 'U05KABYU876');
INSERT INTO public.chosen_people VALUES (8, 'U0NOXAGMIWN');
INSERT INTO public.deliveries VALUES ('fdac3006-c808-4ab2-b8aa-8d1c30502a4d', 'T0I8MKM8WWZ', 'team:2:notice:made manager:1791212406.234171:U05UOOZPXBQ', 'notice', 2, NULL, 'U05UOOZPXBQ', 'D0UMAGDTB74', '{"reason": "made manager", "user": "U0NOXAGMIWN"}', 'sent', false, 1, 0, NULL, NULL, NULL, '2026-10-05 15:00:06.454596+00', '1791212408.436218', NULL, NULL, '2026-10-05');
INSERT INTO public.deliveries VALUES ('021f8931-c8c4-4c4f-acea-bb046152f9ad', 'T0I8MKM8WWZ', 'round:1:prompt:U05KABYU876', 'prompt', 1, 1, 'U05KABYU876', 'D0JYVOLCEER', '{}', 'sent', false, 1, 0, NULL, '2026-10-08 15:00:00+00', NULL, '2026-10-05 15:00:08.769176+00', '1791212410.885000', NULL, NULL, '2026-10-05');
INSERT INTO public.deliveries VALUES ('98af6d59-a0d4-43ae-b0e4-c96580b75d15', 'T0I8MKM8WWZ', 'round:1:prompt:U05UOOZPXBQ', 'prompt', 1, 1, 'U05UOOZPXBQ', 'D0UMAGDTB74', '{}', 'sent', false, 1, 0, NULL, '2026-10-08 15:00:00+00', NULL, '2026-10-05 15:00:08.769176+00', '1791212410.974131', NULL, NULL, '2026-10-05');
INSERT INTO public.deliveries VALUES ('3c497355-7dea-4766-b79b-e3e9cc99412f', 'T0I8MKM8WWZ', 'round:1:prompt:U09OYLHZA3T', 'prompt', 1, 1, 'U09OYLHZA3T', 'D0J79F6TBVX', '{}', 'sent', false, 1, 0, NULL, '2026-10-08 15:00:00+00', NULL, '2026-10-05 15:00:08.769176+00', '1791212410.952037', NULL, NULL, '2026-10-05');
INSERT INTO public.deliveries VALUES ('53ba1728-9c5c-42fd-8e61-b4df6b77ddee', 'T0I8MKM8WWZ', 'round:1:prompt:U0CJQ25ESXM', 'prompt', 1, 1, 'U0CJQ25ESXM', 'D0B13CXQIQF', '{}', 'sent', false, 1, 0, NULL, '2026-10-08 15:00:00+00', NULL, '2026-10-05 15:00:08.769176+00', '1791212410.990045', NULL, NULL, '2026-10-05');
INSERT INTO public.deliveries VALUES ('18d9a31e-663f-4b4d-a1eb-eb536c63322d', 'T0I8MKM8WWZ', 'round:1:prompt:U0DEX5K9D4O', 'prompt', 1, 1, 'U0DEX5K9D4O', 'D0MVCU3HJZJ', '{}', 'sent', false, 1, 0, NULL, '2026-10-08 15:00:00+00', NULL, '2026-10-05 15:00:08.769176+00', '1791212410.918596', NULL, NULL, '2026-10-05');
INSERT INTO public.deliveries VALUES ('0f38d706-0000-4f5d-99fb-1afd6dbfbc75', 'T0I8MKM8WWZ', 'round:1:prompt:U0JFSRU15RL', 'prompt', 1, 1, 'U0JFSRU15RL', 'D0X1B3BT0W8', '{}', 'sent', false, 1, 0, NULL, '2026-10-08 15:00:00+00', NULL, '2026-10-05 15:00:08.769176+00', '1791212410.898178', NULL, NULL, '2026-10-05');
INSERT INTO public.deliveries VALUES ('2dbf4dbd-a5c2-47ca-aa5f-d0faa3c422c3', 'T0I8MKM8WWZ', 'round:1:prompt:U0NOXAGMIWN', 'prompt', 1, 1, 'U0NOXAGMIWN', 'D0Q3EZLARSB', '{}', 'sent', false, 1, 0, NULL, '2026-10-08 15:00:00+00', NULL, '2026-10-05 15:00:08.769176+00', '1791212410.935225', NULL, NULL, '2026-10-05');
INSERT INTO public.deliveries VALUES ('37c12799-5158-4c0a-875e-ce7c253d9477', 'T0I8MKM8WWZ', 'round:1:prompt:U0Q353G9WD0', 'prompt', 1, 1, 'U0Q353G9WD0', 'D0MXRUT3M3C', '{}', 'sent', false, 1, 0, NULL, '2026-10-08 15:00:00+00', NULL, '2026-10-05 15:00:08.769176+00', '1791212411.017073', NULL, NULL, '2026-10-05');
INSERT INTO public.deliveries VALUES ('45bd4ce4-f0b6-4ced-903e-001011ad4fb2', 'T0I8MKM8WWZ', 'team:1:notice:started:round:1:U0NOXAGMIWN', 'notice', 1, NULL, 'U0NOXAGMIWN', 'D0Q3EZLARSB', '{"reason": "started", "asked": 8}', 'sent', false, 1, 0, NULL, NULL, NULL, '2026-10-05 15:00:08.769176+00', '1791212410.942794', NULL, NULL, '2026-10-05');
INSERT INTO public.deliveries VALUES ('9ca9624b-bfea-4702-87bb-403b2fecd7c9', 'T0I8MKM8WWZ', 'round:1:closing:U05KABYU876', 'closing', 1, 1, 'U05KABYU876', NULL, '{}', 'sent', false, 1, 0, NULL, NULL, NULL, '2026-10-05 15:00:26.556944+00', '1791212410.885000', NULL, NULL, '2026-10-05');
INSERT INTO public.deliveries VALUES ('aef8a66a-1f97-477c-ae55-7403065057a0', 'T0I8MKM8WWZ', 'round:1:closing:U05UOOZPXBQ', 'closing', 1, 1, 'U05UOOZPXBQ', NULL, '{}', 'sent', false, 1, 0, NULL, NULL, NULL, '2026-10-05 15:00:26.556944+00', '1791212410.974131', NULL, NULL, '2026-10-05');
INSERT INTO public.deliveries VALUES ('49dfc699-0cc4-4685-8a59-2a4e11825ab7', 'T0I8MKM8WWZ', 'round:1:closing:U09OYLHZA3T', 'closing', 1, 1, 'U09OYLHZA3T', NULL, '{}', 'sent', false, 1, 0, NULL, NULL, NULL, '2026-10-05 15:00:26.556944+00', '1791212410.952037', NULL, NULL, '2026-10-05');
INSERT INTO public.deliveries VALUES ('faa82233-24b6-4300-a44d-f44748eb83de', 'T0I8MKM8WWZ', 'round:1:closing:U0CJQ25ESXM', 'closing', 1, 1, 'U0CJQ25ESXM', NULL, '{}', 'sent', false, 1, 0, NULL, NULL, NULL, '2026-10-05 15:00:26.556944+00', '1791212410.990045', NULL, NULL, '2026-10-05');
INSERT INTO public.deliveries VALUES ('830f104f-9b4d-4bcf-a6d1-8548a93a7756', 'T0I8MKM8WWZ', 'round:1:closing:U0DEX5K9D4O', 'closing', 1, 1, 'U0DEX5K9D4O', NULL, '{}', 'sent', false, 1, 0, NULL, NULL, NULL, '2026-10-05 15:00:26.556944+00', '1791212410.918596', NULL, NULL, '2026-10-05');
INSERT INTO public.deliveries VALUES ('c8f4c72f-63f3-45f5-8912-1f12f31c07a4', 'T0I8MKM8WWZ', 'round:1:closing:U0JFSRU15RL', 'closing', 1, 1, 'U0JFSRU15RL', NULL, '{}', 'sent', false, 1, 0, NULL, NULL, NULL, '2026-10-05 15:00:26.556944+00', '1791212410.898178', NULL, NULL, '2026-10-05');
INSERT INTO public.deliveries VALUES ('3838084b-6517-4944-8838-76c4333c8535', 'T0I8MKM8WWZ', 'round:1:closing:U0NOXAGMIWN', 'closing', 1, 1, 'U0NOXAGMIWN', NULL, '{}', 'sent', false, 1, 0, NULL, NULL, NULL, '2026-10-05 15:00:26.556944+00', '1791212410.935225', NULL, NULL, '2026-10-05');
INSERT INTO public.deliveries VALUES ('48aa8b6d-8cd2-493c-9412-133d294c770d', 'T0I8MKM8WWZ', 'round:1:closing:U0Q353G9WD0', 'closing', 1, 1, 'U0Q353G9WD0', NULL, '{}', 'sent', false, 1, 0, NULL, NULL, NULL, '2026-10-05 15:00:26.556944+00', '1791212411.017073', NULL, NULL, '2026-10-05');
INSERT INTO public.deliveries VALUES ('2c262097-cfbf-4927-a55f-f3adbeff29c8', 'T0I8MKM8WWZ', 'round:1:summary', 'summary', 1, 1, NULL, 'C0CAOSQRVYP', '{}', 'sent', false, 1, 0, NULL, NULL, NULL, '2026-10-05 15:00:23.349892+00', '1791212424.522344', NULL, NULL, '2026-10-05');
INSERT INTO public.deliveries VALUES ('86769bf5-aba8-4aea-a91b-6eb4f46dbe12', 'T0I8MKM8WWZ', 'round:1:digest:U0NOXAGMIWN', 'digest', 1, 1, 'U0NOXAGMIWN', 'D0Q3EZLARSB', '{}', 'sent', false, 1, 0, NULL, NULL, NULL, '2026-10-05 15:00:26.556944+00', '1791212427.494902', NULL, NULL, '2026-10-05');
INSERT INTO public.deliveries VALUES ('a23bf1d0-c0e7-4158-8c5d-add5aab2e861', 'T0I8MKM8WWZ', 'round:1:picture', 'picture', 1, 1, NULL, 'C0CAOSQRVYP', '{}', 'skipped', false, 1, 0, NULL, NULL, NULL, '2026-10-05 15:00:26.556944+00', NULL, 'no longer needed', NULL, '2026-10-05');
INSERT INTO public.deliveries VALUES ('c22e991c-2126-433b-821f-3a13af5fb221', 'T0I8MKM8WWZ', 'round:2:prompt:U05UOOZPXBQ', 'prompt', 2, 2, 'U05UOOZPXBQ', 'D0UMAGDTB74', '{}', 'sent', false, 1, 0, NULL, '2026-10-08 15:00:00+00', NULL, '2026-10-05 15:00:29.753631+00', '1791212430.036275', NULL, NULL, '2026-10-05');
INSERT INTO public.deliveries VALUES ('afc8a1b3-324c-4979-802b-9606f83c89b9', 'T0I8MKM8WWZ', 'round:2:prompt:U09OYLHZA3T', 'prompt', 2, 2, 'U09OYLHZA3T', 'D0J79F6TBVX', '{}', 'sent', false, 1, 0, NULL, '2026-10-08 15:00:00+00', NULL, '2026-10-05 15:00:29.753631+00', '1791212430.509163', NULL, NULL, '2026-10-05');
INSERT INTO public.deliveries VALUES ('e9ed6c18-25a9-4fd6-b7ea-fea16f7210b2', 'T0I8MKM8WWZ', 'round:2:prompt:U0CJQ25ESXM', 'prompt', 2, 2, 'U0CJQ25ESXM', 'D0B13CXQIQF', '{}', 'sent', false, 1, 0, NULL, '2026-10-08 15:00:00+00', NULL, '2026-10-05 15:00:29.753631+00', '1791212430.969910', NULL, NULL, '2026-10-05');
INSERT INTO public.deliveries VALUES ('4b37b452-8548-429a-8d07-a47b32d97f92', 'T0I8MKM8WWZ', 'round:2:prompt:U0DEX5K9D4O', 'prompt', 2, 2, 'U0DEX5K9D4O', 'D0MVCU3HJZJ', '{}', 'sent', false, 1, 0, NULL, '2026-10-08 15:00:00+00', NULL, '2026-10-05 15:00:29.753631+00', '1791212430.946445', NULL, NULL, '2026-10-05');
INSERT INTO public.deliveries VALUES ('fbb81b3d-375c-4beb-b41a-928df614ab03', 'T0I8MKM8WWZ', 'round:2:prompt:U0JFSRU15RL', 'prompt', 2, 2, 'U0JFSRU15RL', 'D0X1B3BT0W8', '{}', 'sent', false, 1, 0, NULL, '2026-10-08 15:00:00+00', NULL, '2026-10-05 15:00:29.753631+00', '1791212432.125791', NULL, NULL, '2026-10-05');
INSERT INTO public.deliveries VALUES ('fd35c345-d1cd-4a38-bbd8-81068f7ffbd1', 'T0I8MKM8WWZ', 'round:2:prompt:U0NOXAGMIWN', 'prompt', 2, 2, 'U0NOXAGMIWN', 'D0Q3EZLARSB', '{}', 'sent', false, 1, 0, NULL, '2026-10-08 15:00:00+00', NULL, '2026-10-05 15:00:29.753631+00', '1791212432.101826', NULL, NULL, '2026-10-05');
INSERT INTO public.deliveries VALUES ('faed322a-4ecc-4c8a-a467-25f98127a39c', 'T0I8MKM8WWZ', 'round:2:prompt:U0Q353G9WD0', 'prompt', 2, 2, 'U0Q353G9WD0', 'D0MXRUT3M3C', '{}', 'sent', false, 1, 0, NULL, '2026-10-08 15:00:00+00', NULL, '2026-10-05 15:00:29.753631+00', '1791212431.973396', NULL, NULL, '2026-10-05');
INSERT INTO public.deliveries VALUES ('84a7f36a-a786-4f36-8c2a-586c3a5e366b', 'T0I8MKM8WWZ', 'team:2:notice:started:round:2:U0NOXAGMIWN', 'notice', 2, NULL, 'U0NOXAGMIWN', 'D0Q3EZLARSB', '{"reason": "started", "asked": 7}', 'sent', false, 1, 0, NULL, NULL, NULL, '2026-10-05 15:00:29.753631+00', '1791212429.882196', NULL, NULL, '2026-10-05');
INSERT INTO public.deliveries VALUES ('d1037c92-65fd-49dc-ae79-4274ffbbaab6', 'T0I8MKM8WWZ', 'round:2:closing:U05UOOZPXBQ', 'closing', 2, 2, 'U05UOOZPXBQ', NULL, '{}', 'sent', false, 1, 0, NULL, NULL, NULL, '2026-10-05 15:00:35.803874+00', '1791212430.036275', NULL, NULL, '2026-10-05');
INSERT INTO public.deliveries VALUES ('214d636f-c60b-4719-8583-f525adee4394', 'T0I8MKM8WWZ', 'round:2:closing:U09OYLHZA3T', 'closing', 2, 2, 'U09OYLHZA3T', NULL, '{}', 'sent', false, 1, 0, NULL, NULL, NULL, '2026-10-05 15:00:35.803874+00', '1791212430.509163', NULL, NULL, '2026-10-05');
INSERT INTO public.deliveries VALUES ('4a7a4e88-2063-44eb-b980-fa69487f38c5', 'T0I8MKM8WWZ', 'round:2:closing:U0CJQ25ESXM', 'closing', 2, 2, 'U0CJQ25ESXM', NULL, '{}', 'sent', false, 1, 0, NULL, NULL, NULL, '2026-10-05 15:00:35.803874+00', '1791212430.969910', NULL, NULL, '2026-10-05');
INSERT INTO public.deliveries VALUES ('1fcd94d0-5350-42d2-afab-c14d01768345', 'T0I8MKM8WWZ', 'round:2:closing:U0DEX5K9D4O', 'closing', 2, 2, 'U0DEX5K9D4O', NULL, '{}', 'sent', false, 1, 0, NULL, NULL, NULL, '2026-10-05 15:00:35.803874+00', '1791212430.946445', NULL, NULL, '2026-10-05');
INSERT INTO public.deliveries VALUES ('8b042f57-e96b-48c6-9194-43e0b2f575a7', 'T0I8MKM8WWZ', 'round:2:closing:U0JFSRU15RL', 'closing', 2, 2, 'U0JFSRU15RL', NULL, '{}', 'sent', false, 1, 0, NULL, NULL, NULL, '2026-10-05 15:00:35.803874+00', '1791212432.125791', NULL, NULL, '2026-10-05');
INSERT INTO public.deliveries VALUES ('eac20c80-fc50-4872-8025-e1c78144cff9', 'T0I8MKM8WWZ', 'round:2:closing:U0NOXAGMIWN', 'closing', 2, 2, 'U0NOXAGMIWN', NULL, '{}', 'sent', false, 1, 0, NULL, NULL, NULL, '2026-10-05 15:00:35.803874+00', '1791212432.101826', NULL, NULL, '2026-10-05');
INSERT INTO public.deliveries VALUES ('d95b98c8-33f3-4ab9-a30b-08a36c96d814', 'T0I8MKM8WWZ', 'round:2:closing:U0Q353G9WD0', 'closing', 2, 2, 'U0Q353G9WD0', NULL, '{}', 'sent', false, 1, 0, NULL, NULL, NULL, '2026-10-05 15:00:35.803874+00', '1791212431.973396', NULL, NULL, '2026-10-05');
INSERT INTO public.deliveries VALUES ('5c3b366d-adf6-48c8-924a-615c5c4dc883', 'T0I8MKM8WWZ', 'round:2:summary', 'summary', 2, 2, NULL, 'C0B7R68XUHD', '{}', 'sent', false, 1, 0, NULL, NULL, NULL, '2026-10-05 15:00:34.802609+00', '1791212435.144948', NULL, NULL, '2026-10-05');
INSERT INTO public.deliveries VALUES ('a2b8f626-3256-411e-a1fe-0f3058911a1b', 'T0I8MKM8WWZ', 'round:2:digest:U0NOXAGMIWN', 'digest', 2, 2, 'U0NOXAGMIWN', 'D0Q3EZLARSB', '{}', 'sent', false, 1, 0, NULL, NULL, NULL, '2026-10-05 15:00:39.83284+00', '1791212442.043803', NULL, NULL, '2026-10-05');
INSERT INTO public.deliveries VALUES ('3e381bd9-8402-4a23-80cf-ddc6af88e512', 'T0I8MKM8WWZ', 'round:2:picture', 'picture', 2, 2, NULL, 'C0B7R68XUHD', '{}', 'sent', false, 1, 0, NULL, NULL, NULL, '2026-10-05 15:00:35.803874+00', '1791212435.144948', NULL, NULL, '2026-10-05');
INSERT INTO public.deliveries VALUES ('31979d7e-149c-4bf3-a095-90f8bce489b4', 'T0I8MKM8WWZ', 'round:3:prompt:U05KABYU876', 'prompt', 1, 3, 'U05KABYU876', 'D0JYVOLCEER', '{}', 'sent', false, 1, 0, NULL, '2026-10-16 15:00:00+00', NULL, '2026-10-13 15:00:44.453328+00', '1791903645.381021', NULL, NULL, '2026-10-13');
INSERT INTO public.deliveries VALUES ('f089493d-a286-4d7c-a545-9fbe63ab7cf5', 'T0I8MKM8WWZ', 'round:3:prompt:U05UOOZPXBQ', 'prompt', 1, 3, 'U05UOOZPXBQ', 'D0UMAGDTB74', '{}', 'sent', false, 1, 0, NULL, '2026-10-16 15:00:00+00', NULL, '2026-10-13 15:00:44.453328+00', '1791903648.249570', NULL, NULL, '2026-10-13');
INSERT INTO public.deliveries VALUES ('d2658579-666e-4433-90a3-16e3112ee9bc', 'T0I8MKM8WWZ', 'round:3:prompt:U09OYLHZA3T', 'prompt', 1, 3, 'U09OYLHZA3T', 'D0J79F6TBVX', '{}', 'sent', false, 1, 0, NULL, '2026-10-16 15:00:00+00', NULL, '2026-10-13 15:00:44.453328+00', '1791903648.191010', NULL, NULL, '2026-10-13');
INSERT INTO public.deliveries VALUES ('8bc5c02b-c5b3-4721-893c-2dfb7b6a9ace', 'T0I8MKM8WWZ', 'round:3:prompt:U0CJQ25ESXM', 'prompt', 1, 3, 'U0CJQ25ESXM', 'D0B13CXQIQF', '{}', 'sent', false, 1, 0, NULL, '2026-10-16 15:00:00+00', NULL, '2026-10-13 15:00:44.453328+00', '1791903646.740656', NULL, NULL, '2026-10-13');
INSERT INTO public.deliveries VALUES ('3c95139e-31a2-4985-a93b-daecd4c7b0fb', 'T0I8MKM8WWZ', 'round:3:prompt:U0DEX5K9D4O', 'prompt', 1, 3, 'U0DEX5K9D4O', 'D0MVCU3HJZJ', '{}', 'sent', false, 1, 0, NULL, '2026-10-16 15:00:00+00', NULL, '2026-10-13 15:00:44.453328+00', '1791903645.803914', NULL, NULL, '2026-10-13');
INSERT INTO public.deliveries VALUES ('73c11add-4522-41cb-9115-dcfc893d2212', 'T0I8MKM8WWZ', 'round:3:prompt:U0JFSRU15RL', 'prompt', 1, 3, 'U0JFSRU15RL', 'D0X1B3BT0W8', '{}', 'sent', false, 1, 0, NULL, '2026-10-16 15:00:00+00', NULL, '2026-10-13 15:00:44.453328+00', '1791903645.881566', NULL, NULL, '2026-10-13');
INSERT INTO public.deliveries VALUES ('19e8068a-2f8e-4d07-a5bb-2382a7928dbf', 'T0I8MKM8WWZ', 'round:3:prompt:U0NOXAGMIWN', 'prompt', 1, 3, 'U0NOXAGMIWN', 'D0Q3EZLARSB', '{}', 'sent', false, 1, 0, NULL, '2026-10-16 15:00:00+00', NULL, '2026-10-13 15:00:44.453328+00', '1791903645.596157', NULL, NULL, '2026-10-13');
INSERT INTO public.deliveries VALUES ('d29d975c-5b5a-452d-b583-f0f8e71b80f2', 'T0I8MKM8WWZ', 'round:3:prompt:U0Q353G9WD0', 'prompt', 1, 3, 'U0Q353G9WD0', 'D0MXRUT3M3C', '{}', 'sent', false, 1, 0, NULL, '2026-10-16 15:00:00+00', NULL, '2026-10-13 15:00:44.453328+00', '1791903648.205200', NULL, NULL, '2026-10-13');
INSERT INTO public.deliveries VALUES ('6dae32e3-8f04-4ccd-9369-e8f8b0094744', 'T0I8MKM8WWZ', 'team:1:notice:started:round:3:U0NOXAGMIWN', 'notice', 1, NULL, 'U0NOXAGMIWN', 'D0Q3EZLARSB', '{"reason": "started", "asked": 8}', 'sent', false, 1, 0, NULL, NULL, NULL, '2026-10-13 15:00:44.453328+00', '1791903644.883313', NULL, NULL, '2026-10-13');
INSERT INTO public.deliveries VALUES ('909c97ba-438a-44ce-9c1b-e407b15b4c00', 'T0I8MKM8WWZ', 'round:3:closing:U05KABYU876', 'closing', 1, 3, 'U05KABYU876', NULL, '{}', 'sent', false, 1, 0, NULL, NULL, NULL, '2026-10-13 15:00:55.30348+00', '1791903645.381021', NULL, NULL, '2026-10-13');
INSERT INTO public.deliveries VALUES ('ed48c50b-eaf5-45cc-a319-0718476d0792', 'T0I8MKM8WWZ', 'round:3:closing:U05UOOZPXBQ', 'closing', 1, 3, 'U05UOOZPXBQ', NULL, '{}', 'sent', false, 1, 0, NULL, NULL, NULL, '2026-10-13 15:00:55.30348+00', '1791903648.249570', NULL, NULL, '2026-10-13');
INSERT INTO public.deliveries VALUES ('f568047c-21f8-4eb5-b5cd-cb01c6af3a03', 'T0I8MKM8WWZ', 'round:3:closing:U09OYLHZA3T', 'closing', 1, 3, 'U09OYLHZA3T', NULL, '{}', 'sent', false, 1, 0, NULL, NULL, NULL, '2026-10-13 15:00:55.30348+00', '1791903648.191010', NULL, NULL, '2026-10-13');
INSERT INTO public.deliveries VALUES ('d04f28af-d396-407a-926a-8f7215987986', 'T0I8MKM8WWZ', 'round:3:closing:U0CJQ25ESXM', 'closing', 1, 3, 'U0CJQ25ESXM', NULL, '{}', 'sent', false, 1, 0, NULL, NULL, NULL, '2026-10-13 15:00:55.30348+00', '1791903646.740656', NULL, NULL, '2026-10-13');
INSERT INTO public.deliveries VALUES ('3a3a4e29-0757-48c1-8bc2-d15915ed5650', 'T0I8MKM8WWZ', 'round:3:closing:U0DEX5K9D4O', 'closing', 1, 3, 'U0DEX5K9D4O', NULL, '{}', 'sent', false, 1, 0, NULL, NULL, NULL, '2026-10-13 15:00:55.30348+00', '1791903645.803914', NULL, NULL, '2026-10-13');
INSERT INTO public.deliveries VALUES ('f5d2785f-23ed-41f9-813b-a42f20206627', 'T0I8MKM8WWZ', 'round:3:closing:U0JFSRU15RL', 'closing', 1, 3, 'U0JFSRU15RL', NULL, '{}', 'sent', false, 1, 0, NULL, NULL, NULL, '2026-10-13 15:00:55.30348+00', '1791903645.881566', NULL, NULL, '2026-10-13');
INSERT INTO public.deliveries VALUES ('9e87c12a-c966-4f2c-bf20-f499114c5465', 'T0I8MKM8WWZ', 'round:3:closing:U0NOXAGMIWN', 'closing', 1, 3, 'U0NOXAGMIWN', NULL, '{}', 'sent', false, 1, 0, NULL, NULL, NULL, '2026-10-13 15:00:55.30348+00', '1791903645.596157', NULL, NULL, '2026-10-13');
INSERT INTO public.deliveries VALUES ('0964c12b-be53-47e4-b12a-c3dd952adee9', 'T0I8MKM8WWZ', 'round:3:closing:U0Q353G9WD0', 'closing', 1, 3, 'U0Q353G9WD0', NULL, '{}', 'sent', false, 1, 0, NULL, NULL, NULL, '2026-10-13 15:00:55.30348+00', '1791903648.205200', NULL, NULL, '2026-10-13');
INSERT INTO public.deliveries VALUES ('07043639-f6da-4385-8411-8dc7cf0b3b69', 'T0I8MKM8WWZ', 'round:3:summary', 'summary', 1, 3, NULL, 'C0CAOSQRVYP', '{}', 'sent', false, 1, 0, NULL, NULL, NULL, '2026-10-13 15:00:54.37951+00', '1791903654.890979', NULL, NULL, '2026-10-13');
INSERT INTO public.deliveries VALUES ('be4e035f-0867-4900-a178-3d77db071c02', 'T0I8MKM8WWZ', 'round:3:digest:U0NOXAGMIWN', 'digest', 1, 3, 'U0NOXAGMIWN', 'D0Q3EZLARSB', '{}', 'sent', false, 1, 0, NULL, NULL, NULL, '2026-10-13 15:01:00.906514+00', '1791903662.160648', NULL, NULL, '2026-10-13');
INSERT INTO public.deliveries VALUES ('66fb3f29-838f-41ab-9aae-5112f66a77dc', 'T0I8MKM8WWZ', 'round:3:picture', 'picture', 1, 3, NULL, 'C0CAOSQRVYP', '{}', 'sent', false, 1, 0, NULL, NULL, NULL, '2026-10-21 15:01:16.303685+00', '1791903654.890979', NULL, NULL, '2026-10-21');
INSERT INTO public.deliveries VALUES ('5c90d354-4ba8-4536-811e-c81dd4d5f0f2', 'T0I8MKM8WWZ', 'round:4:prompt:U05UOOZPXBQ', 'prompt', 2, 4, 'U05UOOZPXBQ', 'D0UMAGDTB74', '{}', 'sent', false, 1, 0, NULL, '2026-10-16 15:01:00+00', NULL, '2026-10-13 15:01:03.504171+00', '1791903665.297509', NULL, NULL, '2026-10-13');
INSERT INTO public.deliveries VALUES ('8b4542bb-3d2c-42ae-a2b6-ad703361a313', 'T0I8MKM8WWZ', 'round:4:prompt:U09OYLHZA3T', 'prompt', 2, 4, 'U09OYLHZA3T', 'D0J79F6TBVX', '{}', 'sent', false, 1, 0, NULL, '2026-10-16 15:01:00+00', NULL, '2026-10-13 15:01:03.504171+00', '1791903666.314796', NULL, NULL, '2026-10-13');
INSERT INTO public.deliveries VALUES ('65c42e56-7ecd-4b10-9b76-ca3a38796649', 'T0I8MKM8WWZ', 'round:4:prompt:U0CJQ25ESXM', 'prompt', 2, 4, 'U0CJQ25ESXM', 'D0B13CXQIQF', '{}', 'sent', false, 1, 0, NULL, '2026-10-16 15:01:00+00', NULL, '2026-10-13 15:01:03.504171+00', '1791903665.992958', NULL, NULL, '2026-10-13');
INSERT INTO public.deliveries VALUES ('25616108-ee32-4b09-8a05-950df5c3be14', 'T0I8MKM8WWZ', 'round:4:prompt:U0DEX5K9D4O', 'prompt', 2, 4, 'U0DEX5K9D4O', 'D0MVCU3HJZJ', '{}', 'sent', false, 1, 0, NULL, '2026-10-16 15:01:00+00', NULL, '2026-10-13 15:01:03.504171+00', '1791903666.215017', NULL, NULL, '2026-10-13');
INSERT INTO public.deliveries VALUES ('0bd4a5fd-8f1e-4a06-adc0-214a4ea4f6cf', 'T0I8MKM8WWZ', 'round:4:prompt:U0JFSRU15RL', 'prompt', 2, 4, 'U0JFSRU15RL', 'D0X1B3BT0W8', '{}', 'sent', false, 1, 0, NULL, '2026-10-16 15:01:00+00', NULL, '2026-10-13 15:01:03.504171+00', '1791903665.287987', NULL, NULL, '2026-10-13');
INSERT INTO public.deliveries VALUES ('65fed739-bb8f-4907-9622-791aba630c6f', 'T0I8MKM8WWZ', 'round:4:prompt:U0NOXAGMIWN', 'prompt', 2, 4, 'U0NOXAGMIWN', 'D0Q3EZLARSB', '{}', 'sent', false, 1, 0, NULL, '2026-10-16 15:01:00+00', NULL, '2026-10-13 15:01:03.504171+00', '1791903666.204507', NULL, NULL, '2026-10-13');
INSERT INTO public.deliveries VALUES ('123c2b16-471a-40b9-b7b3-6c7861b7e3f9', 'T0I8MKM8WWZ', 'round:4:prompt:U0Q353G9WD0', 'prompt', 2, 4, 'U0Q353G9WD0', 'D0MXRUT3M3C', '{}', 'sent', false, 1, 0, NULL, '2026-10-16 15:01:00+00', NULL, '2026-10-13 15:01:03.504171+00', '1791903663.681807', NULL, NULL, '2026-10-13');
INSERT INTO public.deliveries VALUES ('95c5b2f9-1f5e-4f99-884a-8ccc531f2bf5', 'T0I8MKM8WWZ', 'team:2:notice:started:round:4:U0NOXAGMIWN', 'notice', 2, NULL, 'U0NOXAGMIWN', 'D0Q3EZLARSB', '{"reason": "started", "asked": 7}', 'sent', false, 1, 0, NULL, NULL, NULL, '2026-10-13 15:01:03.504171+00', '1791903666.243323', NULL, NULL, '2026-10-13');
INSERT INTO public.deliveries VALUES ('f33560f2-e42e-4c84-b711-96481a757585', 'T0I8MKM8WWZ', 'round:4:closing:U05UOOZPXBQ', 'closing', 2, 4, 'U05UOOZPXBQ', NULL, '{}', 'sent', false, 1, 0, NULL, NULL, NULL, '2026-10-13 15:01:08.200972+00', '1791903665.297509', NULL, NULL, '2026-10-13');
INSERT INTO public.deliveries VALUES ('76da172f-7ce5-4861-b9e6-d366c42d40c5', 'T0I8MKM8WWZ', 'round:4:closing:U09OYLHZA3T', 'closing', 2, 4, 'U09OYLHZA3T', NULL, '{}', 'sent', false, 1, 0, NULL, NULL, NULL, '2026-10-13 15:01:08.200972+00', '1791903666.314796', NULL, NULL, '2026-10-13');
INSERT INTO public.deliveries VALUES ('5b3aebc0-34b4-4e1d-b951-dca325a8a184', 'T0I8MKM8WWZ', 'round:4:closing:U0CJQ25ESXM', 'closing', 2, 4, 'U0CJQ25ESXM', NULL, '{}', 'sent', false, 1, 0, NULL, NULL, NULL, '2026-10-13 15:01:08.200972+00', '1791903665.992958', NULL, NULL, '2026-10-13');
INSERT INTO public.deliveries VALUES ('34548a07-1878-4a57-b926-dc4751650b85', 'T0I8MKM8WWZ', 'round:4:closing:U0DEX5K9D4O', 'closing', 2, 4, 'U0DEX5K9D4O', NULL, '{}', 'sent', false, 1, 0, NULL, NULL, NULL, '2026-10-13 15:01:08.200972+00', '1791903666.215017', NULL, NULL, '2026-10-13');
INSERT INTO public.deliveries VALUES ('4ed23c72-dce0-4c1f-b005-760b3be0eeee', 'T0I8MKM8WWZ', 'round:4:closing:U0JFSRU15RL', 'closing', 2, 4, 'U0JFSRU15RL', NULL, '{}', 'sent', false, 1, 0, NULL, NULL, NULL, '2026-10-13 15:01:08.200972+00', '1791903665.287987', NULL, NULL, '2026-10-13');
INSERT INTO public.deliveries VALUES ('1ad89050-98f9-4cb3-a79e-d79393bb5f5a', 'T0I8MKM8WWZ', 'round:4:closing:U0NOXAGMIWN', 'closing', 2, 4, 'U0NOXAGMIWN', NULL, '{}', 'sent', false, 1, 0, NULL, NULL, NULL, '2026-10-13 15:01:08.200972+00', '1791903666.204507', NULL, NULL, '2026-10-13');
INSERT INTO public.deliveries VALUES ('d474fed4-ea6f-45cd-81fa-dc59cff5ee59', 'T0I8MKM8WWZ', 'round:4:closing:U0Q353G9WD0', 'closing', 2, 4, 'U0Q353G9WD0', NULL, '{}', 'sent', false, 1, 0, NULL, NULL, NULL, '2026-10-13 15:01:08.200972+00', '1791903663.681807', NULL, NULL, '2026-10-13');
INSERT INTO public.deliveries VALUES ('00822bd9-0ced-4b3b-86ec-bb00922578f0', 'T0I8MKM8WWZ', 'round:4:summary', 'summary', 2, 4, NULL, 'C0B7R68XUHD', '{}', 'sent', false, 1, 0, NULL, NULL, NULL, '2026-10-13 15:01:07.273215+00', '1791903667.431975', NULL, NULL, '2026-10-13');
INSERT INTO public.deliveries VALUES ('471ac52c-6cd3-4ae3-8603-7a4238185d00', 'T0I8MKM8WWZ', 'round:4:digest:U0NOXAGMIWN', 'digest', 2, 4, 'U0NOXAGMIWN', 'D0Q3EZLARSB', '{}', 'sent', false, 1, 0, NULL, NULL, NULL, '2026-10-13 15:01:12.098535+00', '1791903675.579836', NULL, NULL, '2026-10-13');
INSERT INTO public.deliveries VALUES ('ca520992-4ca1-4e6e-b871-a3bcb73f6dfb', 'T0I8MKM8WWZ', 'round:4:picture', 'picture', 2, 4, NULL, 'C0B7R68XUHD', '{}', 'sent', false, 1, 0, NULL, NULL, NULL, '2026-10-13 15:01:08.684153+00', '1791903667.431975', NULL, NULL, '2026-10-13');
INSERT INTO public.deliveries VALUES ('c12385a0-f994-42ef-930b-d5ebefc192b7', 'T0I8MKM8WWZ', 'action:1:given:U05UOOZPXBQ', 'action due', 1, NULL, 'U05UOOZPXBQ', 'D0UMAGDTB74', '{"item": 1, "owner": "U05UOOZPXBQ", "by": "U0NOXAGMIWN"}', 'sent', false, 1, 0, NULL, NULL, NULL, '2026-10-13 15:01:15.750684+00', '1791903676.144031', NULL, NULL, '2026-10-13');
INSERT INTO public.deliveries VALUES ('58b2f62f-70a6-41fe-b322-f0178b04b758', 'T0I8MKM8WWZ', 'action:1:due:2026-10-20:U05UOOZPXBQ', 'action due', 1, NULL, 'U05UOOZPXBQ', 'D0UMAGDTB74', '{"item": 1, "due": "2026-10-20", "owner": "U05UOOZPXBQ"}', 'sent', false, 1, 0, NULL, NULL, NULL, '2026-10-21 15:01:16.353346+00', '1792594876.718797', NULL, NULL, '2026-10-21');
INSERT INTO public.deliveries VALUES ('708394d2-34d7-4efd-a76d-f0d925a31e2d', 'T0I8MKM8WWZ', 'round:5:prompt:U05KABYU876', 'prompt', 1, 5, 'U05KABYU876', 'D0JYVOLCEER', '{}', 'sent', false, 1, 0, NULL, '2026-10-26 15:01:00+00', NULL, '2026-10-21 15:01:16.802076+00', '1792594876.934014', NULL, NULL, '2026-10-21');
INSERT INTO public.deliveries VALUES ('ca602276-28ae-4455-8019-c75999d4ca98', 'T0I8MKM8WWZ', 'round:5:prompt:U05UOOZPXBQ', 'prompt', 1, 5, 'U05UOOZPXBQ', 'D0UMAGDTB74', '{}', 'sent', false, 1, 0, NULL, '2026-10-26 15:01:00+00', NULL, '2026-10-21 15:01:16.802076+00', '1792594876.973249', NULL, NULL, '2026-10-21');
INSERT INTO public.deliveries VALUES ('adb49dcb-10a9-4957-8eec-c5e9a7f9cf78', 'T0I8MKM8WWZ', 'round:5:prompt:U09OYLHZA3T', 'prompt', 1, 5, 'U09OYLHZA3T', 'D0J79F6TBVX', '{}', 'sent', false, 1, 0, NULL, '2026-10-26 15:01:00+00', NULL, '2026-10-21 15:01:16.802076+00', '1792594876.944476', NULL, NULL, '2026-10-21');
INSERT INTO public.deliveries VALUES ('ef689e56-aa5e-4af4-86ce-a9e9b45c6a08', 'T0I8MKM8WWZ', 'round:5:prompt:U0CJQ25ESXM', 'prompt', 1, 5, 'U0CJQ25ESXM', 'D0B13CXQIQF', '{}', 'sent', false, 1, 0, NULL, '2026-10-26 15:01:00+00', NULL, '2026-10-21 15:01:16.802076+00', '1792594876.978720', NULL, NULL, '2026-10-21');
INSERT INTO public.deliveries VALUES ('e88f02d2-9973-4c81-8423-d21c3b1fa205', 'T0I8MKM8WWZ', 'round:5:prompt:U0DEX5K9D4O', 'prompt', 1, 5, 'U0DEX5K9D4O', 'D0MVCU3HJZJ', '{}', 'sent', false, 1, 0, NULL, '2026-10-26 15:01:00+00', NULL, '2026-10-21 15:01:16.802076+00', '1792594876.983206', NULL, NULL, '2026-10-21');
INSERT INTO public.deliveries VALUES ('7a7debdb-a084-419d-98da-893dbde046bb', 'T0I8MKM8WWZ', 'round:5:prompt:U0JFSRU15RL', 'prompt', 1, 5, 'U0JFSRU15RL', 'D0X1B3BT0W8', '{}', 'sent', false, 1, 0, NULL, '2026-10-26 15:01:00+00', NULL, '2026-10-21 15:01:16.802076+00', '1792594876.949320', NULL, NULL, '2026-10-21');
INSERT INTO public.deliveries VALUES ('23cba6b9-25d8-4a30-9362-aafd1fc72fb8', 'T0I8MKM8WWZ', 'round:5:prompt:U0NOXAGMIWN', 'prompt', 1, 5, 'U0NOXAGMIWN', 'D0Q3EZLARSB', '{}', 'sent', false, 1, 0, NULL, '2026-10-26 15:01:00+00', NULL, '2026-10-21 15:01:16.802076+00', '1792594876.939775', NULL, NULL, '2026-10-21');
INSERT INTO public.deliveries VALUES ('5863373e-c2a9-4f91-8417-3a33e604af79', 'T0I8MKM8WWZ', 'round:5:prompt:U0Q353G9WD0', 'prompt', 1, 5, 'U0Q353G9WD0', 'D0MXRUT3M3C', '{}', 'sent', false, 1, 0, NULL, '2026-10-26 15:01:00+00', NULL, '2026-10-21 15:01:16.802076+00', '1792594876.963363', NULL, NULL, '2026-10-21');
INSERT INTO public.deliveries VALUES ('e426464a-9d65-4cc8-aa84-94b522189e9b', 'T0I8MKM8WWZ', 'team:1:notice:started:round:5:U0NOXAGMIWN', 'notice', 1, NULL, 'U0NOXAGMIWN', 'D0Q3EZLARSB', '{"reason": "started", "asked": 8}', 'sent', false, 1, 0, NULL, NULL, NULL, '2026-10-21 15:01:16.802076+00', '1792594876.969051', NULL, NULL, '2026-10-21');
INSERT INTO public.deliveries VALUES ('337b2ee9-b04a-4507-8583-8371ce3cb98c', 'T0I8MKM8WWZ', 'round:5:closing:U05KABYU876', 'closing', 1, 5, 'U05KABYU876', NULL, '{}', 'sent', false, 1, 0, NULL, NULL, NULL, '2026-10-21 15:01:22.803925+00', '1792594876.934014', NULL, NULL, '2026-10-21');
INSERT INTO public.deliveries VALUES ('91998a1d-27c6-419f-9fae-269a484f65ff', 'T0I8MKM8WWZ', 'round:5:closing:U05UOOZPXBQ', 'closing', 1, 5, 'U05UOOZPXBQ', NULL, '{}', 'sent', false, 1, 0, NULL, NULL, NULL, '2026-10-21 15:01:22.803925+00', '1792594876.973249', NULL, NULL, '2026-10-21');
INSERT INTO public.deliveries VALUES ('f62a3858-0c42-42b6-a830-d13edf209c0d', 'T0I8MKM8WWZ', 'round:5:closing:U09OYLHZA3T', 'closing', 1, 5, 'U09OYLHZA3T', NULL, '{}', 'sent', false, 1, 0, NULL, NULL, NULL, '2026-10-21 15:01:22.803925+00', '1792594876.944476', NULL, NULL, '2026-10-21');
INSERT INTO public.deliveries VALUES ('bda4c13b-1c47-4ba6-8f86-94f3e5e497c6', 'T0I8MKM8WWZ', 'round:5:closing:U0CJQ25ESXM', 'closing', 1, 5, 'U0CJQ25ESXM', NULL, '{}', 'sent', false, 1, 0, NULL, NULL, NULL, '2026-10-21 15:01:22.803925+00', '1792594876.978720', NULL, NULL, '2026-10-21');
INSERT INTO public.deliveries VALUES ('9915f7ae-b857-4f2b-98c5-fa0eeaa8a34e', 'T0I8MKM8WWZ', 'round:5:closing:U0DEX5K9D4O', 'closing', 1, 5, 'U0DEX5K9D4O', NULL, '{}', 'sent', false, 1, 0, NULL, NULL, NULL, '2026-10-21 15:01:22.803925+00', '1792594876.983206', NULL, NULL, '2026-10-21');
INSERT INTO public.deliveries VALUES ('9ebade3a-a654-4633-9e16-d8b6d236bed2', 'T0I8MKM8WWZ', 'round:5:closing:U0JFSRU15RL', 'closing', 1, 5, 'U0JFSRU15RL', NULL, '{}', 'sent', false, 1, 0, NULL, NULL, NULL, '2026-10-21 15:01:22.803925+00', '1792594876.949320', NULL, NULL, '2026-10-21');
INSERT INTO public.deliveries VALUES ('f665db70-2ca2-4171-a405-00691ffe814f', 'T0I8MKM8WWZ', 'round:5:closing:U0NOXAGMIWN', 'closing', 1, 5, 'U0NOXAGMIWN', NULL, '{}', 'sent', false, 1, 0, NULL, NULL, NULL, '2026-10-21 15:01:22.803925+00', '1792594876.939775', NULL, NULL, '2026-10-21');
INSERT INTO public.deliveries VALUES ('259cf742-4955-4d2f-9a85-ad417529c204', 'T0I8MKM8WWZ', 'round:5:closing:U0Q353G9WD0', 'closing', 1, 5, 'U0Q353G9WD0', NULL, '{}', 'sent', false, 1, 0, NULL, NULL, NULL, '2026-10-21 15:01:22.803925+00', '1792594876.963363', NULL, NULL, '2026-10-21');
INSERT INTO public.deliveries VALUES ('0850368e-15fa-4605-a073-e805fc585460', 'T0I8MKM8WWZ', 'round:5:summary', 'summary', 1, 5, NULL, 'C0CAOSQRVYP', '{}', 'sent', false, 1, 0, NULL, NULL, NULL, '2026-10-21 15:01:22.074498+00', '1792594882.800031', NULL, NULL, '2026-10-21');
INSERT INTO public.deliveries VALUES ('4aed84b4-f1fd-4c18-9b43-074e02180219', 'T0I8MKM8WWZ', 'round:5:digest:U0NOXAGMIWN', 'digest', 1, 5, 'U0NOXAGMIWN', 'D0Q3EZLARSB', '{}', 'sent', false, 1, 0, NULL, NULL, NULL, '2026-10-21 15:01:29.321428+00', '1792594890.254636', NULL, NULL, '2026-10-21');
INSERT INTO public.deliveries VALUES ('1639fe70-8e4a-4f4d-a7b6-10e753a79138', 'T0I8MKM8WWZ', 'round:5:picture', 'picture', 1, 5, NULL, 'C0CAOSQRVYP', '{}', 'sent', false, 1, 0, NULL, NULL, NULL, '2026-10-21 15:01:24.154122+00', '1792594882.800031', NULL, NULL, '2026-10-21');
INSERT INTO public.deliveries VALUES ('6c3c85f2-8c32-496f-9ab9-28996bba9a23', 'T0I8MKM8WWZ', 'round:6:prompt:U05UOOZPXBQ', 'prompt', 2, 6, 'U05UOOZPXBQ', 'D0UMAGDTB74', '{}', 'sent', false, 1, 0, NULL, '2026-10-26 15:01:00+00', NULL, '2026-10-21 15:01:31.35294+00', '1792594891.569929', NULL, NULL, '2026-10-21');
INSERT INTO public.deliveries VALUES ('dfa76e3e-a5db-4fb6-9fb5-cac8f0a8ef05', 'T0I8MKM8WWZ', 'round:6:prompt:U09OYLHZA3T', 'prompt', 2, 6, 'U09OYLHZA3T', 'D0J79F6TBVX', '{}', 'sent', false, 1, 0, NULL, '2026-10-26 15:01:00+00', NULL, '2026-10-21 15:01:31.35294+00', '1792594892.165443', NULL, NULL, '2026-10-21');
INSERT INTO public.deliveries VALUES ('8f359a47-9ee8-4137-82ec-920cc4e0413a', 'T0I8MKM8WWZ', 'round:6:prompt:U0CJQ25ESXM', 'prompt', 2, 6, 'U0CJQ25ESXM', 'D0B13CXQIQF', '{}', 'sent', false, 1, 0, NULL, '2026-10-26 15:01:00+00', NULL, '2026-10-21 15:01:31.35294+00', '1792594891.768152', NULL, NULL, '2026-10-21');
INSERT INTO public.deliveries VALUES ('5dfbe753-b7b0-4f95-bc7d-05dc0f7565c6', 'T0I8MKM8WWZ', 'round:6:prompt:U0DEX5K9D4O', 'prompt', 2, 6, 'U0DEX5K9D4O', 'D0MVCU3HJZJ', '{}', 'sent', false, 1, 0, NULL, '2026-10-26 15:01:00+00', NULL, '2026-10-21 15:01:31.35294+00', '1792594891.517470', NULL, NULL, '2026-10-21');
INSERT INTO public.deliveries VALUES ('fbbae635-0cc2-4484-a1c0-a78715bc7fa9', 'T0I8MKM8WWZ', 'round:6:prompt:U0JFSRU15RL', 'prompt', 2, 6, 'U0JFSRU15RL', 'D0X1B3BT0W8', '{}', 'sent', false, 1, 0, NULL, '2026-10-26 15:01:00+00', NULL, '2026-10-21 15:01:31.35294+00', '1792594892.149106', NULL, NULL, '2026-10-21');
INSERT INTO public.deliveries VALUES ('0089f6f2-33ff-4038-82f7-7a1fb36df6a8', 'T0I8MKM8WWZ', 'round:6:prompt:U0NOXAGMIWN', 'prompt', 2, 6, 'U0NOXAGMIWN', 'D0Q3EZLARSB', '{}', 'sent', false, 1, 0, NULL, '2026-10-26 15:01:00+00', NULL, '2026-10-21 15:01:31.35294+00', '1792594891.782027', NULL, NULL, '2026-10-21');
INSERT INTO public.deliveries VALUES ('accc38fc-67ea-4d8e-9fe1-8fb1be519448', 'T0I8MKM8WWZ', 'round:6:prompt:U0Q353G9WD0', 'prompt', 2, 6, 'U0Q353G9WD0', 'D0MXRUT3M3C', '{}', 'sent', false, 1, 0, NULL, '2026-10-26 15:01:00+00', NULL, '2026-10-21 15:01:31.35294+00', '1792594892.140658', NULL, NULL, '2026-10-21');
INSERT INTO public.deliveries VALUES ('12e617ca-7fa6-4a8b-93c7-30797257da51', 'T0I8MKM8WWZ', 'team:2:notice:started:round:6:U0NOXAGMIWN', 'notice', 2, NULL, 'U0NOXAGMIWN', 'D0Q3EZLARSB', '{"reason": "started", "asked": 7}', 'sent', false, 1, 0, NULL, NULL, NULL, '2026-10-21 15:01:31.35294+00', '1792594891.500744', NULL, NULL, '2026-10-21');
INSERT INTO public.deliveries VALUES ('9e1d1218-b290-463e-ad2e-4ea4164e89e1', 'T0I8MKM8WWZ', 'round:6:closing:U05UOOZPXBQ', 'closing', 2, 6, 'U05UOOZPXBQ', NULL, '{}', 'sent', false, 1, 0, NULL, NULL, NULL, '2026-10-21 15:01:39.711039+00', '1792594891.569929', NULL, NULL, '2026-10-21');
INSERT INTO public.deliveries VALUES ('4a5673a8-e1ed-4152-8f80-c1cd784917f9', 'T0I8MKM8WWZ', 'round:6:closing:U09OYLHZA3T', 'closing', 2, 6, 'U09OYLHZA3T', NULL, '{}', 'sent', false, 1, 0, NULL, NULL, NULL, '2026-10-21 15:01:39.711039+00', '1792594892.165443', NULL, NULL, '2026-10-21');
INSERT INTO public.deliveries VALUES ('43df0eb0-683d-4fbd-a234-00f1235cca52', 'T0I8MKM8WWZ', 'round:6:closing:U0CJQ25ESXM', 'closing', 2, 6, 'U0CJQ25ESXM', NULL, '{}', 'sent', false, 1, 0, NULL, NULL, NULL, '2026-10-21 15:01:39.711039+00', '1792594891.768152', NULL, NULL, '2026-10-21');
INSERT INTO public.deliveries VALUES ('51693f7a-c887-470d-aa41-235b6682e1d7', 'T0I8MKM8WWZ', 'round:6:closing:U0DEX5K9D4O', 'closing', 2, 6, 'U0DEX5K9D4O', NULL, '{}', 'sent', false, 1, 0, NULL, NULL, NULL, '2026-10-21 15:01:39.711039+00', '1792594891.517470', NULL, NULL, '2026-10-21');
INSERT INTO public.deliveries VALUES ('07072268-b4a0-47de-908e-8bded1fc13c4', 'T0I8MKM8WWZ', 'round:6:closing:U0JFSRU15RL', 'closing', 2, 6, 'U0JFSRU15RL', NULL, '{}', 'sent', false, 1, 0, NULL, NULL, NULL, '2026-10-21 15:01:39.711039+00', '1792594892.149106', NULL, NULL, '2026-10-21');
INSERT INTO public.deliveries VALUES ('5eb396db-da96-4dab-8a03-c920ea1117ec', 'T0I8MKM8WWZ', 'round:6:closing:U0NOXAGMIWN', 'closing', 2, 6, 'U0NOXAGMIWN', NULL, '{}', 'sent', false, 1, 0, NULL, NULL, NULL, '2026-10-21 15:01:39.711039+00', '1792594891.782027', NULL, NULL, '2026-10-21');
INSERT INTO public.deliveries VALUES ('88dce19c-6b36-46a2-978b-6475b1ec370c', 'T0I8MKM8WWZ', 'round:6:closing:U0Q353G9WD0', 'closing', 2, 6, 'U0Q353G9WD0', NULL, '{}', 'sent', false, 1, 0, NULL, NULL, NULL, '2026-10-21 15:01:39.711039+00', '1792594892.140658', NULL, NULL, '2026-10-21');
INSERT INTO public.deliveries VALUES ('e461d14c-1bd4-4b1d-884a-8a82766d9566', 'T0I8MKM8WWZ', 'round:6:summary', 'summary', 2, 6, NULL, 'C0B7R68XUHD', '{}', 'sent', false, 1, 0, NULL, NULL, NULL, '2026-10-21 15:01:34.816819+00', '1792594896.024538', NULL, NULL, '2026-10-21');
INSERT INTO public.deliveries VALUES ('bf483ea3-9155-41ba-b6f4-bdc164d8b8e9', 'T0I8MKM8WWZ', 'round:6:digest:U0NOXAGMIWN', 'digest', 2, 6, 'U0NOXAGMIWN', 'D0Q3EZLARSB', '{}', 'sent', false, 1, 0, NULL, NULL, NULL, '2026-10-21 15:01:39.804131+00', '1792594904.254043', NULL, NULL, '2026-10-21');
INSERT INTO public.deliveries VALUES ('3ac29e40-fbf3-4f35-80ae-713f78832f5e', 'T0I8MKM8WWZ', 'round:6:picture', 'picture', 2, 6, NULL, 'C0B7R68XUHD', '{}', 'sent', false, 1, 0, NULL, NULL, NULL, '2026-10-21 15:01:36.103213+00', '1792594896.024538', NULL, NULL, '2026-10-21');
INSERT INTO public.deliveries VALUES ('eb06eb6c-84f7-4460-bde2-6a3e0429f162', 'T0I8MKM8WWZ', 'round:7:prompt:U05KABYU876', 'prompt', 1, 7, 'U05KABYU876', 'D0JYVOLCEER', '{}', 'sent', false, 1, 0, NULL, '2026-11-03 16:01:00+00', NULL, '2026-10-29 15:01:45.883946+00', '1793286107.921626', NULL, NULL, '2026-10-29');
INSERT INTO public.deliveries VALUES ('f36c0596-3b35-410b-bb15-022daeaa3b9b', 'T0I8MKM8WWZ', 'round:7:prompt:U05UOOZPXBQ', 'prompt', 1, 7, 'U05UOOZPXBQ', 'D0UMAGDTB74', '{}', 'sent', false, 1, 0, NULL, '2026-11-03 16:01:00+00', NULL, '2026-10-29 15:01:45.883946+00', '1793286107.947079', NULL, NULL, '2026-10-29');
INSERT INTO public.deliveries VALUES ('5b09dee3-b107-422f-9bff-17f981ed20ec', 'T0I8MKM8WWZ', 'round:7:prompt:U09OYLHZA3T', 'prompt', 1, 7, 'U09OYLHZA3T', 'D0J79F6TBVX', '{}', 'sent', false, 1, 0, NULL, '2026-11-03 16:01:00+00', NULL, '2026-10-29 15:01:45.883946+00', '1793286106.442301', NULL, NULL, '2026-10-29');
INSERT INTO public.deliveries VALUES ('f164f47c-1b12-4307-bb2e-dfd56fe8b5b5', 'T0I8MKM8WWZ', 'round:7:prompt:U0CJQ25ESXM', 'prompt', 1, 7, 'U0CJQ25ESXM', 'D0B13CXQIQF', '{}', 'sent', false, 1, 0, NULL, '2026-11-03 16:01:00+00', NULL, '2026-10-29 15:01:45.883946+00', '1793286107.878330', NULL, NULL, '2026-10-29');
INSERT INTO public.deliveries VALUES ('c0a10d21-466e-4a2f-893a-318195d6b44d', 'T0I8MKM8WWZ', 'round:7:prompt:U0DEX5K9D4O', 'prompt', 1, 7, 'U0DEX5K9D4O', 'D0MVCU3HJZJ', '{}', 'sent', false, 1, 0, NULL, '2026-11-03 16:01:00+00', NULL, '2026-10-29 15:01:45.883946+00', '1793286106.872095', NULL, NULL, '2026-10-29');
INSERT INTO public.deliveries VALUES ('e43df6d3-d57f-4d38-88f1-20b3632db06d', 'T0I8MKM8WWZ', 'round:7:prompt:U0JFSRU15RL', 'prompt', 1, 7, 'U0JFSRU15RL', 'D0X1B3BT0W8', '{}', 'sent', false, 1, 0, NULL, '2026-11-03 16:01:00+00', NULL, '2026-10-29 15:01:45.883946+00', '1793286107.933455', NULL, NULL, '2026-10-29');
INSERT INTO public.deliveries VALUES ('8e0d02de-3b8f-4e85-bf03-1ad56f63e5cc', 'T0I8MKM8WWZ', 'round:7:prompt:U0NOXAGMIWN', 'prompt', 1, 7, 'U0NOXAGMIWN', 'D0Q3EZLARSB', '{}', 'sent', false, 1, 0, NULL, '2026-11-03 16:01:00+00', NULL, '2026-10-29 15:01:45.883946+00', '1793286106.447831', NULL, NULL, '2026-10-29');
INSERT INTO public.deliveries VALUES ('31d2058f-b715-42da-83a6-8e3066a750a4', 'T0I8MKM8WWZ', 'round:7:prompt:U0Q353G9WD0', 'prompt', 1, 7, 'U0Q353G9WD0', 'D0MXRUT3M3C', '{}', 'sent', false, 1, 0, NULL, '2026-11-03 16:01:00+00', NULL, '2026-10-29 15:01:45.883946+00', '1793286106.436553', NULL, NULL, '2026-10-29');
INSERT INTO public.deliveries VALUES ('dfabbf95-6014-4f0a-b322-ccef10fc1d72', 'T0I8MKM8WWZ', 'team:1:notice:started:round:7:U0NOXAGMIWN', 'notice', 1, NULL, 'U0NOXAGMIWN', 'D0Q3EZLARSB', '{"reason": "started", "asked": 8}', 'sent', false, 1, 0, NULL, NULL, NULL, '2026-10-29 15:01:45.883946+00', '1793286106.424986', NULL, NULL, '2026-10-29');
INSERT INTO public.deliveries VALUES ('f3156d43-4738-436f-8464-12a8676f7352', 'T0I8MKM8WWZ', 'round:7:closing:U05KABYU876', 'closing', 1, 7, 'U05KABYU876', NULL, '{}', 'sent', false, 1, 0, NULL, NULL, NULL, '2026-10-29 15:01:54.253471+00', '1793286107.921626', NULL, NULL, '2026-10-29');
INSERT INTO public.deliveries VALUES ('0b6897e2-4fff-401d-bf6f-597cdd226ca6', 'T0I8MKM8WWZ', 'round:7:closing:U05UOOZPXBQ', 'closing', 1, 7, 'U05UOOZPXBQ', NULL, '{}', 'sent', false, 1, 0, NULL, NULL, NULL, '2026-10-29 15:01:54.253471+00', '1793286107.947079', NULL, NULL, '2026-10-29');
INSERT INTO public.deliveries VALUES ('a12547dd-52c4-40a7-8073-285103885c43', 'T0I8MKM8WWZ', 'round:7:closing:U09OYLHZA3T', 'closing', 1, 7, 'U09OYLHZA3T', NULL, '{}', 'sent', false, 1, 0, NULL, NULL, NULL, '2026-10-29 15:01:54.253471+00', '1793286106.442301', NULL, NULL, '2026-10-29');
INSERT INTO public.deliveries VALUES ('fd4b742a-1864-41e6-b889-b4d4dffac1bf', 'T0I8MKM8WWZ', 'round:7:closing:U0CJQ25ESXM', 'closing', 1, 7, 'U0CJQ25ESXM', NULL, '{}', 'sent', false, 1, 0, NULL, NULL, NULL, '2026-10-29 15:01:54.253471+00', '1793286107.878330', NULL, NULL, '2026-10-29');
INSERT INTO public.deliveries VALUES ('cce6e8c4-5082-43e6-ba6c-ca9167f9b950', 'T0I8MKM8WWZ', 'round:7:closing:U0DEX5K9D4O', 'closing', 1, 7, 'U0DEX5K9D4O', NULL, '{}', 'sent', false, 1, 0, NULL, NULL, NULL, '2026-10-29 15:01:54.253471+00', '1793286106.872095', NULL, NULL, '2026-10-29');
INSERT INTO public.deliveries VALUES ('0e07db10-f26d-43db-966a-a512de76d323', 'T0I8MKM8WWZ', 'round:7:closing:U0JFSRU15RL', 'closing', 1, 7, 'U0JFSRU15RL', NULL, '{}', 'sent', false, 1, 0, NULL, NULL, NULL, '2026-10-29 15:01:54.253471+00', '1793286107.933455', NULL, NULL, '2026-10-29');
INSERT INTO public.deliveries VALUES ('438de7b0-5931-461e-9002-bde2bef7ae00', 'T0I8MKM8WWZ', 'round:7:closing:U0NOXAGMIWN', 'closing', 1, 7, 'U0NOXAGMIWN', NULL, '{}', 'sent', false, 1, 0, NULL, NULL, NULL, '2026-10-29 15:01:54.253471+00', '1793286106.447831', NULL, NULL, '2026-10-29');
INSERT INTO public.deliveries VALUES ('27129660-6218-4ea4-ab33-927e6ae2c0ba', 'T0I8MKM8WWZ', 'round:7:closing:U0Q353G9WD0', 'closing', 1, 7, 'U0Q353G9WD0', NULL, '{}', 'sent', false, 1, 0, NULL, NULL, NULL, '2026-10-29 15:01:54.253471+00', '1793286106.436553', NULL, NULL, '2026-10-29');
INSERT INTO public.deliveries VALUES ('7ef5e4bd-0812-4a8d-9e81-33c265ff1ca1', 'T0I8MKM8WWZ', 'round:7:summary', 'summary', 1, 7, NULL, 'C0CAOSQRVYP', '{}', 'sent', false, 1, 0, NULL, NULL, NULL, '2026-10-29 15:01:53.290556+00', '1793286113.982103', NULL, NULL, '2026-10-29');
INSERT INTO public.deliveries VALUES ('d48fad36-2b9c-4cc9-a4e0-c6144f53f182', 'T0I8MKM8WWZ', 'round:7:digest:U0NOXAGMIWN', 'digest', 1, 7, 'U0NOXAGMIWN', 'D0Q3EZLARSB', '{}', 'sent', false, 1, 0, NULL, NULL, NULL, '2026-10-29 15:01:58.050834+00', '1793286120.931988', NULL, NULL, '2026-10-29');
INSERT INTO public.deliveries VALUES ('e3215c98-94a7-4f27-a790-fe9a36da4802', 'T0I8MKM8WWZ', 'round:7:picture', 'picture', 1, 7, NULL, 'C0CAOSQRVYP', '{}', 'sent', false, 1, 0, NULL, NULL, NULL, '2026-10-29 15:01:55.094657+00', '1793286113.982103', NULL, NULL, '2026-10-29');
INSERT INTO public.deliveries VALUES ('18a0491d-02f1-4732-adf8-562f6eebfcae', 'T0I8MKM8WWZ', 'round:8:prompt:U05UOOZPXBQ', 'prompt', 2, 8, 'U05UOOZPXBQ', 'D0UMAGDTB74', '{}', 'sent', false, 1, 0, NULL, '2026-11-03 16:02:00+00', NULL, '2026-10-29 15:02:02.856022+00', '1793286123.627144', NULL, NULL, '2026-10-29');
INSERT INTO public.deliveries VALUES ('31681d9e-4e36-4df9-b324-cbd13945aae3', 'T0I8MKM8WWZ', 'round:8:prompt:U09OYLHZA3T', 'prompt', 2, 8, 'U09OYLHZA3T', 'D0J79F6TBVX', '{}', 'sent', false, 1, 0, NULL, '2026-11-03 16:02:00+00', NULL, '2026-10-29 15:02:02.856022+00', '1793286123.925806', NULL, NULL, '2026-10-29');
INSERT INTO public.deliveries VALUES ('38c555d1-9943-44e6-be97-651c83c5993b', 'T0I8MKM8WWZ', 'round:8:prompt:U0CJQ25ESXM', 'prompt', 2, 8, 'U0CJQ25ESXM', 'D0B13CXQIQF', '{}', 'sent', false, 1, 0, NULL, '2026-11-03 16:02:00+00', NULL, '2026-10-29 15:02:02.856022+00', '1793286123.945519', NULL, NULL, '2026-10-29');
INSERT INTO public.deliveries VALUES ('e0faeee3-77f1-48a1-93c8-91fdebdc7935', 'T0I8MKM8WWZ', 'round:8:prompt:U0DEX5K9D4O', 'prompt', 2, 8, 'U0DEX5K9D4O', 'D0MVCU3HJZJ', '{}', 'sent', false, 1, 0, NULL, '2026-11-03 16:02:00+00', NULL, '2026-10-29 15:02:02.856022+00', '1793286123.787422', NULL, NULL, '2026-10-29');
INSERT INTO public.deliveries VALUES ('ce4e89e1-0f73-467d-860e-71a3d2683d34', 'T0I8MKM8WWZ', 'round:8:prompt:U0JFSRU15RL', 'prompt', 2, 8, 'U0JFSRU15RL', 'D0X1B3BT0W8', '{}', 'sent', false, 1, 0, NULL, '2026-11-03 16:02:00+00', NULL, '2026-10-29 15:02:02.856022+00', '1793286123.775494', NULL, NULL, '2026-10-29');
INSERT INTO public.deliveries VALUES ('fa918a7c-0c8d-477c-9c6e-13b33216e4b7', 'T0I8MKM8WWZ', 'round:8:prompt:U0NOXAGMIWN', 'prompt', 2, 8, 'U0NOXAGMIWN', 'D0Q3EZLARSB', '{}', 'sent', false, 1, 0, NULL, '2026-11-03 16:02:00+00', NULL, '2026-10-29 15:02:02.856022+00', '1793286123.781036', NULL, NULL, '2026-10-29');
INSERT INTO public.deliveries VALUES ('91f48c0e-1821-486c-b077-65045483270d', 'T0I8MKM8WWZ', 'round:8:prompt:U0Q353G9WD0', 'prompt', 2, 8, 'U0Q353G9WD0', 'D0MXRUT3M3C', '{}', 'sent', false, 1, 0, NULL, '2026-11-03 16:02:00+00', NULL, '2026-10-29 15:02:02.856022+00', '1793286123.792293', NULL, NULL, '2026-10-29');
INSERT INTO public.deliveries VALUES ('6856d68a-e9a5-4467-94be-b1e803842071', 'T0I8MKM8WWZ', 'team:2:notice:started:round:8:U0NOXAGMIWN', 'notice', 2, NULL, 'U0NOXAGMIWN', 'D0Q3EZLARSB', '{"reason": "started", "asked": 7}', 'sent', false, 1, 0, NULL, NULL, NULL, '2026-10-29 15:02:02.856022+00', '1793286123.741148', NULL, NULL, '2026-10-29');
INSERT INTO public.deliveries VALUES ('0fe57b31-8cd1-49ad-916f-a324d829c2d6', 'T0I8MKM8WWZ', 'round:8:closing:U05UOOZPXBQ', 'closing', 2, 8, 'U05UOOZPXBQ', NULL, '{}', 'sent', false, 1, 0, NULL, NULL, NULL, '2026-10-29 15:02:12.861435+00', '1793286123.627144', NULL, NULL, '2026-10-29');
INSERT INTO public.deliveries VALUES ('bd7530e4-084e-49df-bf77-3aba03998880', 'T0I8MKM8WWZ', 'round:8:closing:U09OYLHZA3T', 'closing', 2, 8, 'U09OYLHZA3T', NULL, '{}', 'sent', false, 1, 0, NULL, NULL, NULL, '2026-10-29 15:02:12.861435+00', '1793286123.925806', NULL, NULL, '2026-10-29');
INSERT INTO public.deliveries VALUES ('29783951-f221-4427-a085-8acca78a493a', 'T0I8MKM8WWZ', 'round:8:closing:U0CJQ25ESXM', 'closing', 2, 8, 'U0CJQ25ESXM', NULL, '{}', 'sent', false, 1, 0, NULL, NULL, NULL, '2026-10-29 15:02:12.861435+00', '1793286123.945519', NULL, NULL, '2026-10-29');
INSERT INTO public.deliveries VALUES ('82466d8a-69ed-4643-a6e5-86ee7943a63c', 'T0I8MKM8WWZ', 'round:8:closing:U0DEX5K9D4O', 'closing', 2, 8, 'U0DEX5K9D4O', NULL, '{}', 'sent', false, 1, 0, NULL, NULL, NULL, '2026-10-29 15:02:12.861435+00', '1793286123.787422', NULL, NULL, '2026-10-29');
INSERT INTO public.deliveries VALUES ('38dabceb-60a1-4e37-9945-4633adf0d0ae', 'T0I8MKM8WWZ', 'round:8:closing:U0JFSRU15RL', 'closing', 2, 8, 'U0JFSRU15RL', NULL, '{}', 'sent', false, 1, 0, NULL, NULL, NULL, '2026-10-29 15:02:12.861435+00', '1793286123.775494', NULL, NULL, '2026-10-29');
INSERT INTO public.deliveries VALUES ('316d0e8e-e2c9-4304-9e84-f9039ab519e8', 'T0I8MKM8WWZ', 'round:8:closing:U0NOXAGMIWN', 'closing', 2, 8, 'U0NOXAGMIWN', NULL, '{}', 'sent', false, 1, 0, NULL, NULL, NULL, '2026-10-29 15:02:12.861435+00', '1793286123.781036', NULL, NULL, '2026-10-29');
INSERT INTO public.deliveries VALUES ('c05c5270-d51e-47e8-9fe9-ad735bce184a', 'T0I8MKM8WWZ', 'round:8:closing:U0Q353G9WD0', 'closing', 2, 8, 'U0Q353G9WD0', NULL, '{}', 'sent', false, 1, 0, NULL, NULL, NULL, '2026-10-29 15:02:12.861435+00', '1793286123.792293', NULL, NULL, '2026-10-29');
INSERT INTO public.deliveries VALUES ('eff33ac0-7f51-477f-afb1-0a3f7fb8c4af', 'T0I8MKM8WWZ', 'round:8:summary', 'summary', 2, 8, NULL, 'C0B7R68XUHD', '{}', 'sent', false, 1, 0, NULL, NULL, NULL, '2026-10-29 15:02:11.454059+00', '1793286131.536596', NULL, NULL, '2026-10-29');
INSERT INTO public.deliveries VALUES ('8de0f0e1-8c63-431d-8251-7e2364032bfa', 'T0I8MKM8WWZ', 'round:8:digest:U0NOXAGMIWN', 'digest', 2, 8, 'U0NOXAGMIWN', 'D0Q3EZLARSB', '{}', 'sent', false, 1, 0, NULL, NULL, NULL, '2026-10-29 15:02:14.720365+00', '1793286138.368777', NULL, NULL, '2026-10-29');
INSERT INTO public.deliveries VALUES ('29ab4b9c-12d4-43d5-8523-fbf52a120637', 'T0I8MKM8WWZ', 'round:8:picture', 'picture', 2, 8, NULL, 'C0B7R68XUHD', '{}', 'sent', false, 1, 0, NULL, NULL, NULL, '2026-10-29 15:02:12.861435+00', '1793286131.536596', NULL, NULL, '2026-10-29');
INSERT INTO public.deliveries VALUES ('e1971a56-ef90-4379-a960-32b99451eb07', 'T0I8MKM8WWZ', 'round:7:share:1794247339.485252', 'share', 1, 7, NULL, 'C0CAOSQRVYP', '{"by": "U0NOXAGMIWN"}', 'sent', false, 1, 0, NULL, NULL, NULL, '2026-11-09 18:02:19.554613+00', '1794247339.596792', NULL, NULL, '2026-11-09');
INSERT INTO public.deliveries VALUES ('a88a6814-ca88-486d-b4a8-eabd9b1846ae', 'T0I8MKM8WWZ', 'file:export:U0NOXAGMIWN:9699622035559.124109881979.x12pltagmoran4pwv9ojmvxwgca2dfb3', 'file', 1, NULL, 'U0NOXAGMIWN', 'D0Q3EZLARSB', '{"what": "export", "format": "json", "file_id": "F0O4V5WV0NE"}', 'sent', false, 1, 0, NULL, NULL, NULL, '2026-11-09 18:02:19.642352+00', NULL, NULL, NULL, '2026-11-09');
INSERT INTO public.deliveries VALUES ('25887b09-6c25-4443-b039-d817524f6f93', 'T0I8MKM8WWZ', 'round:10:prompt:U05UOOZPXBQ', 'prompt', 6, 10, 'U05UOOZPXBQ', 'D0UMAGDTB74', '{}', 'sent', false, 1, 0, NULL, '2026-11-12 18:02:00+00', NULL, '2026-11-09 18:02:36.103738+00', '1794247356.682066', NULL, NULL, '2026-11-09');
INSERT INTO public.deliveries VALUES ('7b30b00b-28b7-49e9-a6b4-d5c9727c59b7', 'T0I8MKM8WWZ', 'round:10:prompt:U09OYLHZA3T', 'prompt', 6, 10, 'U09OYLHZA3T', 'D0J79F6TBVX', '{}', 'sent', false, 1, 0, NULL, '2026-11-12 18:02:00+00', NULL, '2026-11-09 18:02:36.103738+00', '1794247356.739527', NULL, NULL, '2026-11-09');
INSERT INTO public.deliveries VALUES ('52959425-6372-4da4-9741-9644df3b5ae0', 'T0I8MKM8WWZ', 'round:10:prompt:U0JFSRU15RL', 'prompt', 6, 10, 'U0JFSRU15RL', 'D0X1B3BT0W8', '{}', 'sent', false, 1, 0, NULL, '2026-11-12 18:02:00+00', NULL, '2026-11-09 18:02:36.103738+00', '1794247356.544452', NULL, NULL, '2026-11-09');
INSERT INTO public.deliveries VALUES ('c7e7d2cd-fb64-4264-ba49-8975367587dd', 'T0I8MKM8WWZ', 'round:10:prompt:U0NOXAGMIWN', 'prompt', 6, 10, 'U0NOXAGMIWN', 'D0Q3EZLARSB', '{}', 'sent', false, 1, 0, NULL, '2026-11-12 18:02:00+00', NULL, '2026-11-09 18:02:36.103738+00', '1794247356.704923', NULL, NULL, '2026-11-09');
INSERT INTO public.deliveries VALUES ('45b671cb-3cb6-4317-be95-893f5a738a7d', 'T0I8MKM8WWZ', 'round:10:prompt:U0Q353G9WD0', 'prompt', 6, 10, 'U0Q353G9WD0', 'D0MXRUT3M3C', '{}', 'sent', false, 1, 0, NULL, '2026-11-12 18:02:00+00', NULL, '2026-11-09 18:02:36.103738+00', '1794247356.644545', NULL, NULL, '2026-11-09');
INSERT INTO public.deliveries VALUES ('a073217e-e21a-4bca-8754-b3f739e35506', 'T0I8MKM8WWZ', 'team:6:notice:started:round:10:U0NOXAGMIWN', 'notice', 6, NULL, 'U0NOXAGMIWN', 'D0Q3EZLARSB', '{"reason": "started", "asked": 5}', 'sent', false, 1, 0, NULL, NULL, NULL, '2026-11-09 18:02:36.103738+00', '1794247356.444289', NULL, NULL, '2026-11-09');
INSERT INTO public.deliveries VALUES ('933e07ab-adc3-4f6f-bde2-efb8ac879f71', 'T0I8MKM8WWZ', 'round:11:prompt:U05UOOZPXBQ', 'prompt', 7, 11, 'U05UOOZPXBQ', 'D0UMAGDTB74', '{}', 'sent', false, 1, 0, NULL, '2026-11-12 18:02:00+00', NULL, '2026-11-09 18:02:38.958228+00', '1794247359.137617', NULL, NULL, '2026-11-09');
INSERT INTO public.deliveries VALUES ('269d8521-80ac-4675-a282-b79fc03046c6', 'T0I8MKM8WWZ', 'round:11:prompt:U0JFSRU15RL', 'prompt', 7, 11, 'U0JFSRU15RL', 'D0X1B3BT0W8', '{}', 'sent', false, 1, 0, NULL, '2026-11-12 18:02:00+00', NULL, '2026-11-09 18:02:38.958228+00', '1794247359.181171', NULL, NULL, '2026-11-09');
INSERT INTO public.deliveries VALUES ('de0eba6b-26a9-4721-9925-0e58e146890e', 'T0I8MKM8WWZ', 'round:11:prompt:U0NOXAGMIWN', 'prompt', 7, 11, 'U0NOXAGMIWN', 'D0Q3EZLARSB', '{}', 'sent', false, 1, 0, NULL, '2026-11-12 18:02:00+00', NULL, '2026-11-09 18:02:38.958228+00', '1794247359.189251', NULL, NULL, '2026-11-09');
INSERT INTO public.deliveries VALUES ('e8adc08f-8194-4a3f-8eaa-1bbb15ab1eda', 'T0I8MKM8WWZ', 'round:11:prompt:U0Q353G9WD0', 'prompt', 7, 11, 'U0Q353G9WD0', 'D0MXRUT3M3C', '{}', 'sent', false, 1, 0, NULL, '2026-11-12 18:02:00+00', NULL, '2026-11-09 18:02:38.958228+00', '1794247359.107519', NULL, NULL, '2026-11-09');
INSERT INTO public.deliveries VALUES ('d98b6870-aa9a-4f4f-96f0-2dc59b1e8d10', 'T0I8MKM8WWZ', 'team:7:notice:started:round:11:U0NOXAGMIWN', 'notice', 7, NULL, 'U0NOXAGMIWN', 'D0Q3EZLARSB', '{"reason": "started", "asked": 4}', 'sent', false, 1, 0, NULL, NULL, NULL, '2026-11-09 18:02:38.958228+00', '1794247359.081370', NULL, NULL, '2026-11-09');
INSERT INTO public.deliveries VALUES ('47a23f1a-6258-4035-954e-3f56789e3125', 'T0I8MKM8WWZ', 'round:12:prompt:U05KABYU876', 'prompt', 4, 12, 'U05KABYU876', 'D0JYVOLCEER', '{}', 'sent', false, 1, 0, NULL, '2026-11-12 18:02:00+00', NULL, '2026-11-09 18:02:40.652708+00', '1794247360.797259', NULL, NULL, '2026-11-09');
INSERT INTO public.deliveries VALUES ('004d1057-7028-4987-b4e9-e17745ba31f4', 'T0I8MKM8WWZ', 'round:12:prompt:U05UOOZPXBQ', 'prompt', 4, 12, 'U05UOOZPXBQ', 'D0UMAGDTB74', '{}', 'sent', false, 1, 0, NULL, '2026-11-12 18:02:00+00', NULL, '2026-11-09 18:02:40.652708+00', '1794247360.806575', NULL, NULL, '2026-11-09');
INSERT INTO public.deliveries VALUES ('27f79707-78dc-4be4-9198-13a32e17edfa', 'T0I8MKM8WWZ', 'round:12:prompt:U09OYLHZA3T', 'prompt', 4, 12, 'U09OYLHZA3T', 'D0J79F6TBVX', '{}', 'sent', false, 1, 0, NULL, '2026-11-12 18:02:00+00', NULL, '2026-11-09 18:02:40.652708+00', '1794247360.779571', NULL, NULL, '2026-11-09');
INSERT INTO public.deliveries VALUES ('66dc6772-16c9-40dc-ae3b-17c2f7056be6', 'T0I8MKM8WWZ', 'round:12:prompt:U0CJQ25ESXM', 'prompt', 4, 12, 'U0CJQ25ESXM', 'D0B13CXQIQF', '{}', 'sent', false, 1, 0, NULL, '2026-11-12 18:02:00+00', NULL, '2026-11-09 18:02:40.652708+00', '1794247360.822892', NULL, NULL, '2026-11-09');
INSERT INTO public.deliveries VALUES ('7215753f-76b2-41e9-aaa1-605ea5acc5cc', 'T0I8MKM8WWZ', 'round:12:prompt:U0DEX5K9D4O', 'prompt', 4, 12, 'U0DEX5K9D4O', 'D0MVCU3HJZJ', '{}', 'sent', false, 1, 0, NULL, '2026-11-12 18:02:00+00', NULL, '2026-11-09 18:02:40.652708+00', '1794247360.817131', NULL, NULL, '2026-11-09');
INSERT INTO public.deliveries VALUES ('d3de26cd-75dc-409b-82a5-63c83b42ff48', 'T0I8MKM8WWZ', 'round:12:prompt:U0JFSRU15RL', 'prompt', 4, 12, 'U0JFSRU15RL', 'D0X1B3BT0W8', '{}', 'sent', false, 1, 0, NULL, '2026-11-12 18:02:00+00', NULL, '2026-11-09 18:02:40.652708+00', '1794247360.957740', NULL, NULL, '2026-11-09');
INSERT INTO public.deliveries VALUES ('e9fb9346-56af-4cd7-b60a-04c12843b641', 'T0I8MKM8WWZ', 'round:12:prompt:U0LNCSL5SDG', 'prompt', 4, 12, 'U0LNCSL5SDG', NULL, '{}', 'failed', false, 1, 0, NULL, '2026-11-12 18:02:00+00', NULL, '2026-11-09 18:02:40.652708+00', NULL, 'user_disabled', NULL, '2026-11-09');
INSERT INTO public.deliveries VALUES ('9124e9a5-389b-4ab4-8b97-9eb2fc2fe23c', 'T0I8MKM8WWZ', 'round:12:prompt:U0NOXAGMIWN', 'prompt', 4, 12, 'U0NOXAGMIWN', 'D0Q3EZLARSB', '{}', 'sent', false, 1, 0, NULL, '2026-11-12 18:02:00+00', NULL, '2026-11-09 18:02:40.652708+00', '1794247360.836480', NULL, NULL, '2026-11-09');
INSERT INTO public.deliveries VALUES ('4383732e-3f38-4df2-87f0-0c442e2878a4', 'T0I8MKM8WWZ', 'round:12:prompt:U0Q353G9WD0', 'prompt', 4, 12, 'U0Q353G9WD0', 'D0MXRUT3M3C', '{}', 'sent', false, 1, 0, NULL, '2026-11-12 18:02:00+00', NULL, '2026-11-09 18:02:40.652708+00', '1794247360.790524', NULL, NULL, '2026-11-09');
INSERT INTO public.deliveries VALUES ('142e987f-8f6d-4e60-9dbd-6a10ee477288', 'T0I8MKM8WWZ', 'team:4:notice:started:round:12:U0NOXAGMIWN', 'notice', 4, NULL, 'U0NOXAGMIWN', 'D0Q3EZLARSB', '{"reason": "started", "asked": 9}', 'sent', false, 1, 0, NULL, NULL, NULL, '2026-11-09 18:02:40.652708+00', '1794247360.763758', NULL, NULL, '2026-11-09');
INSERT INTO public.deliveries VALUES ('781e4df5-ac97-4a8b-9d50-f56153243c23', 'T0I8MKM8WWZ', 'team:4:notice:not asked:12:U0NOXAGMIWN', 'notice', 4, NULL, 'U0NOXAGMIWN', 'D0Q3EZLARSB', '{"reason": "not asked", "round_id": 12}', 'sent', false, 1, 0, NULL, NULL, NULL, '2026-11-10 18:02:43.653082+00', '1794333763.947860', NULL, NULL, '2026-11-10');
INSERT INTO public.deliveries VALUES ('90f23fd4-a579-47e2-8a64-b7826181975d', 'T0I8MKM8WWZ', 'round:12:refresh:U0NOXAGMIWN', 'refresh', NULL, 12, 'U0NOXAGMIWN', NULL, '{}', 'sent', false, 1, 0, NULL, NULL, NULL, '2026-11-09 18:02:42.954491+00', '1794247360.836480', NULL, NULL, '2026-11-09');
INSERT INTO public.deliveries VALUES ('ee570858-5cda-4181-b3c0-f281e962eed8', 'T0I8MKM8WWZ', 'round:12:reminder:1:U0CJQ25ESXM', 'reminder', 4, 12, 'U0CJQ25ESXM', 'D0B13CXQIQF', '{}', 'sent', false, 1, 0, NULL, '2026-11-12 18:02:00+00', NULL, '2026-11-09 18:02:43.145757+00', '1794247363.568935', NULL, NULL, '2026-11-09');
INSERT INTO public.deliveries VALUES ('df9ffbc1-a269-4912-920e-ad85e8ca2221', 'T0I8MKM8WWZ', 'round:12:reminder:1:U0DEX5K9D4O', 'reminder', 4, 12, 'U0DEX5K9D4O', 'D0MVCU3HJZJ', '{}', 'sent', false, 1, 0, NULL, '2026-11-12 18:02:00+00', NULL, '2026-11-09 18:02:43.145757+00', '1794247363.575665', NULL, NULL, '2026-11-09');
INSERT INTO public.deliveries VALUES ('a42e0941-3f78-4dd4-bbea-2810a3895528', 'T0I8MKM8WWZ', 'round:12:reminder:1:U0LNCSL5SDG', 'reminder', 4, 12, 'U0LNCSL5SDG', NULL, '{}', 'failed', false, 1, 0, NULL, '2026-11-12 18:02:00+00', NULL, '2026-11-09 18:02:43.145757+00', NULL, 'user_disabled', NULL, '2026-11-09');
INSERT INTO public.deliveries VALUES ('e78be677-5b4c-4a53-b693-36b7ea74ab49', 'T0I8MKM8WWZ', 'round:12:reminder:1:U0Q353G9WD0', 'reminder', 4, 12, 'U0Q353G9WD0', 'D0MXRUT3M3C', '{}', 'sent', false, 1, 0, NULL, '2026-11-12 18:02:00+00', NULL, '2026-11-09 18:02:43.145757+00', '1794247363.582819', NULL, NULL, '2026-11-09');
INSERT INTO public.deliveries VALUES ('e85f01c2-fb66-4ace-8d02-8133714b9583', 'T0I8MKM8WWZ', 'round:13:prompt:U0DEX5K9D4O', 'prompt', 5, 13, 'U0DEX5K9D4O', 'D0MVCU3HJZJ', '{}', 'sent', false, 1, 0, NULL, '2026-11-13 16:00:00+00', NULL, '2026-11-10 18:02:43.888158+00', '1794333764.268307', NULL, NULL, '2026-11-10');
INSERT INTO public.deliveries VALUES ('fe5952ae-7bd2-42ea-af81-aa467907ec2f', 'T0I8MKM8WWZ', 'round:13:prompt:U0JFSRU15RL', 'prompt', 5, 13, 'U0JFSRU15RL', 'D0X1B3BT0W8', '{}', 'sent', false, 1, 0, NULL, '2026-11-13 16:00:00+00', NULL, '2026-11-10 18:02:43.888158+00', '1794333764.243920', NULL, NULL, '2026-11-10');
INSERT INTO public.deliveries VALUES ('c1c9c1b8-31d0-459f-a1ae-16a8aab7f7bb', 'T0I8MKM8WWZ', 'round:13:prompt:U0Q353G9WD0', 'prompt', 5, 13, 'U0Q353G9WD0', 'D0MXRUT3M3C', '{}', 'sent', false, 1, 0, NULL, '2026-11-13 16:00:00+00', NULL, '2026-11-10 18:02:43.888158+00', '1794333764.248844', NULL, NULL, '2026-11-10');
INSERT INTO public.deliveries VALUES ('f452048d-7875-4d97-af70-ae7ccb7e3824', 'T0I8MKM8WWZ', 'round:12:snoozed:U0DEX5K9D4O', 'reminder', 4, 12, 'U0DEX5K9D4O', NULL, '{}', 'pending', false, 0, 0, '2026-11-11 15:00:00+00', '2026-11-13 18:02:00+00', NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.deliveries VALUES ('afb80a70-0b36-4d21-9eee-0899d61aac1f', 'T0I8MKM8WWZ', 'team:1:notice:made manager:killed:U0NOXAGMIWN', 'notice', 1, NULL, 'U0NOXAGMIWN', NULL, '{"reason": "made manager"}', 'sending', true, 1, 0, '2026-11-10 18:02:46.272026+00', NULL, '00000000-0000-0000-0000-000000000007', '2026-11-10 18:02:45.272026+00', NULL, NULL, NULL, NULL);
INSERT INTO public.deliveries VALUES ('0a13dc6f-fcf4-4790-8740-cd7e048dcea5', 'T0I8MKM8WWZ', 'round:10:closing:U05UOOZPXBQ', 'closing', 6, 10, 'U05UOOZPXBQ', NULL, '{}', 'pending', false, 0, 0, '2026-11-10 18:02:46.297095+00', NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.deliveries VALUES ('6d3b9acc-5da6-43b4-9dc0-aa59e1fb78e3', 'T0I8MKM8WWZ', 'round:10:closing:U09OYLHZA3T', 'closing', 6, 10, 'U09OYLHZA3T', NULL, '{}', 'pending', false, 0, 0, '2026-11-10 18:02:46.297095+00', NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.deliveries VALUES ('ed12682c-f82e-4717-a7a7-15ca041ab62c', 'T0I8MKM8WWZ', 'round:10:closing:U0JFSRU15RL', 'closing', 6, 10, 'U0JFSRU15RL', NULL, '{}', 'pending', false, 0, 0, '2026-11-10 18:02:46.297095+00', NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.deliveries VALUES ('524e5bb8-813c-487a-891d-169e16b472f8', 'T0I8MKM8WWZ', 'round:10:closing:U0NOXAGMIWN', 'closing', 6, 10, 'U0NOXAGMIWN', NULL, '{}', 'pending', false, 0, 0, '2026-11-10 18:02:46.297095+00', NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.deliveries VALUES ('ede40978-42fb-44a1-8926-89464cc3e5be', 'T0I8MKM8WWZ', 'round:10:closing:U0Q353G9WD0', 'closing', 6, 10, 'U0Q353G9WD0', NULL, '{}', 'pending', false, 0, 0, '2026-11-10 18:02:46.297095+00', NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.deliveries VALUES ('9042b46c-2a7b-4a0d-a30b-7535c2dd8dd3', 'T0I8MKM8WWZ', 'round:10:summary', 'summary', 6, 10, NULL, 'C0RZC1UHO8L', '{}', 'pending', false, 0, 0, '2026-11-10 18:02:45.297095+00', NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.deliveries VALUES ('b4cf544b-ceb1-4163-a84e-65bb5d066749', 'T0I8MKM8WWZ', 'round:10:digest:U0NOXAGMIWN', 'digest', 6, 10, 'U0NOXAGMIWN', NULL, '{}', 'pending', false, 0, 0, '2026-11-10 18:02:50.297095+00', NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.deliveries VALUES ('7603d2d0-7892-4685-915a-c21501fbbc9d', 'T0I8MKM8WWZ', 'round:14:prompt:U05KABYU876', 'prompt', 8, 14, 'U05KABYU876', NULL, '{}', 'pending', false, 0, 0, '2026-11-10 18:02:45.297095+00', '2026-11-13 18:02:00+00', NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.deliveries VALUES ('aaa487d0-1eac-4309-858d-92321eb13aa8', 'T0I8MKM8WWZ', 'round:14:prompt:U0NOXAGMIWN', 'prompt', 8, 14, 'U0NOXAGMIWN', NULL, '{}', 'pending', false, 0, 0, '2026-11-10 18:02:45.297095+00', '2026-11-13 18:02:00+00', NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.deliveries VALUES ('76c16e37-d400-4b97-99ae-e1bff9064ee1', 'T0I8MKM8WWZ', 'team:8:notice:started:round:14:U0NOXAGMIWN', 'notice', 8, NULL, 'U0NOXAGMIWN', NULL, '{"reason": "started", "asked": 2}', 'pending', false, 0, 0, '2026-11-10 18:02:45.297095+00', NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.deliveries VALUES ('20e3e334-c965-4b34-a9bb-953f2a50322e', 'T0I8MKM8WWZ', 'round:12:extended:1794592920:U05KABYU876', 'refresh', NULL, 12, 'U05KABYU876', NULL, '{}', 'pending', false, 0, 0, '2026-11-10 18:02:45.538204+00', NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.deliveries VALUES ('a5b9ac84-185a-4eb9-b11d-5dc25ce528b6', 'T0I8MKM8WWZ', 'round:12:extended:1794592920:U05UOOZPXBQ', 'refresh', NULL, 12, 'U05UOOZPXBQ', NULL, '{}', 'pending', false, 0, 0, '2026-11-10 18:02:45.538204+00', NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.deliveries VALUES ('fcd6e7cb-a8a0-4523-a337-c13b046c709d', 'T0I8MKM8WWZ', 'round:12:extended:1794592920:U09OYLHZA3T', 'refresh', NULL, 12, 'U09OYLHZA3T', NULL, '{}', 'pending', false, 0, 0, '2026-11-10 18:02:45.538204+00', NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.deliveries VALUES ('d130624d-36e0-4dc5-8d7d-8702b2ad221b', 'T0I8MKM8WWZ', 'round:12:extended:1794592920:U0CJQ25ESXM', 'refresh', NULL, 12, 'U0CJQ25ESXM', NULL, '{}', 'pending', false, 0, 0, '2026-11-10 18:02:45.538204+00', NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.deliveries VALUES ('379d0237-ba9b-4e8a-bae9-5db30fa9ef08', 'T0I8MKM8WWZ', 'round:12:extended:1794592920:U0DEX5K9D4O', 'refresh', NULL, 12, 'U0DEX5K9D4O', NULL, '{}', 'pending', false, 0, 0, '2026-11-10 18:02:45.538204+00', NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.deliveries VALUES ('350c58b1-99f1-4f7d-9c79-c5aee69ac00f', 'T0I8MKM8WWZ', 'round:12:extended:1794592920:U0JFSRU15RL', 'refresh', NULL, 12, 'U0JFSRU15RL', NULL, '{}', 'pending', false, 0, 0, '2026-11-10 18:02:45.538204+00', NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.deliveries VALUES ('c773f24d-a4b2-438a-87c5-03ffa5b30ccb', 'T0I8MKM8WWZ', 'round:12:extended:1794592920:U0NOXAGMIWN', 'refresh', NULL, 12, 'U0NOXAGMIWN', NULL, '{}', 'pending', false, 0, 0, '2026-11-10 18:02:45.538204+00', NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.deliveries VALUES ('a7503f2a-8634-4495-8047-fb03ef3dbd96', 'T0I8MKM8WWZ', 'round:12:extended:1794592920:U0Q353G9WD0', 'refresh', NULL, 12, 'U0Q353G9WD0', NULL, '{}', 'pending', false, 0, 0, '2026-11-10 18:02:45.538204+00', NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.deliveries VALUES ('d8ec3773-efa2-4d67-8819-d63ed4f18f96', 'T0I8MKM8WWZ', 'picture again', 'picture', 1, 7, NULL, 'C0CAOSQRVYP', '{}', 'pending', false, 0, 0, '2026-11-10 18:02:45.538204+00', NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.deliveries VALUES ('352b68d1-9ca6-42ce-bb0f-3bb944ecb907', 'T0I8MKM8WWZ', 'share again', 'share', 1, 7, NULL, 'C0CAOSQRVYP', '{"by": "U0NOXAGMIWN"}', 'pending', false, 0, 0, '2026-11-10 18:02:45.538204+00', NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.deliveries VALUES ('d66f194c-95c4-46f8-971c-7a74b9fb2234', 'T0I8MKM8WWZ', 'file again', 'file', 1, NULL, 'U0NOXAGMIWN', NULL, '{"what": "export", "format": "json"}', 'pending', false, 0, 0, '2026-11-10 18:02:45.538204+00', NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.deliveries VALUES ('723fb40d-15fb-43a4-8d7a-4663837aad81', 'T0I8MKM8WWZ', 'action:4:due:2026-11-10:U0NOXAGMIWN', 'action due', 1, NULL, 'U0NOXAGMIWN', NULL, '{"item": 4, "due": "2026-11-10", "owner": "U0NOXAGMIWN"}', 'pending', false, 0, 0, '2026-11-10 18:02:45.538204+00', NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.delivery_limits VALUES ('T0I8MKM8WWZ', 'chat.postMessage', 1794333765273026, 1000, 0);
INSERT INTO public.delivery_limits VALUES ('T0I8MKM8WWZ', 'in:C0CAOSQRVYP', 1794247340554613, 1000, 0);
INSERT INTO public.delivery_limits VALUES ('T0I8MKM8WWZ', 'in:C0B7R68XUHD', 1793286133861435, 1000, 0);
INSERT INTO public.delivery_limits VALUES ('T0SECOND', 'chat.postMessage', 0, 1000, 0);
INSERT INTO public.installations VALUES ('T0SECOND', 'gAAAAABrC1xlrf9lguxUXAJdJIVbkmDm2VpPtRDmKCjN9Y_mubeqsWoxTrkbmEA2UVRMsACNX2jSBp41P2QNwEJFUS3IoNqK6BszBtK5eliH634GdV42h56rZd9Vm6a0zL4oEsAddBIi-wIahOA8PtcNHrVLT5fzxg3caybqyVOoAsMs6uRjgVQ3sOQtMwVyZhaneM8VQ1Vnm9GyMXHn-vJiGZcnfHOnqAGK7sy7aZdsUniODjzUIBWpGNSAG2EiJb3i7265Tn0NYwxqaFXfz1ot8VFP1JpXt3sbCmbAODFKmroKFIaP8xvfuUJHJHJtvIKpys45INT6PoPPXeTdkTFDFHMzbcnPHODQBOer2CuXyzwHt5Wc_fNIzSJ5mFYkQW4qG9RBQYshePhacyQorYPlgUIvTWvU1iNo0pp-X33Gt-iUrXp4ejgWrIqNjax6WP41GacWNYOd9ba2032_mPVZwCSiJTRvj4eVjJWVdqG2RuTf_qxCwjSh1iWNTpg_Nc1UHFDMGV4Fx-oV9-zm-7HjNhrmzgZtwBfwAN-TSNYkwdEZS_tItCNtxr8LNlCQB8oEA-Osgs0W1TB8Xsv9NNdSg-yseCLRA4MMDdpEnlDlsjiQ2ITgjcJeszOfMEswVhbSjSBWFImNBclgbjtwHE_-962w8lqRqFulS91TyPHcpDaXAv8jr0yuEeUQ88w1wyWCrWjAkMlQxLyBfrj6uOrfOkkF4Ou8FfhKDa0eEPQrLqrcbloNqSzLGF-TZrT7VvjVJxOOsyg72u4UedpfHcvkb4i3TrN5DT4gZaptjxGYsLYq9_bwLJAWfsflB7RKieuKdodbF7P0tnNGHFLaAWSOtZPYrAxc7qO2S_1ONbLww98hvtU5znTXIedzkoNQ2skwJgeTnm9gX96Yy7IXuJOqVBmRXRexi1pvybpJ0d8yNbQV--diaZlKAXaxHqicgJ2gNU1nN1G7i70A3O2PXsFRmDUwZJpDlMMBn5bbgNFVLRxq7mu5CMyH3s54K_OgX-Am0ZSYquCftduYhvIPR8Zgy2zN3E_qe2Whnl73rtuE5tiTqdWXCo4O-6kfI4nSb89-WmBjFOrNnoqD19GeS35KOkE550AecH4SMTY_x674yIMkLyECZOhyxNGQA2EzutcS-khpy2eiqbQsx_4B7_PNGa8xnprejAVMNHrcvyKJ5bC3kC35vZ4=');
INSERT INTO public.managers VALUES (1, 'U0NOXAGMIWN');
INSERT INTO public.managers VALUES (2, 'U0NOXAGMIWN');
INSERT INTO public.managers VALUES (2, 'U05UOOZPXBQ');
INSERT INTO public.managers VALUES (4, 'U0NOXAGMIWN');
INSERT INTO public.managers VALUES (5, 'U0JFSRU15RL');
INSERT INTO public.managers VALUES (6, 'U0NOXAGMIWN');
INSERT INTO public.managers VALUES (7, 'U0NOXAGMIWN');
INSERT INTO public.managers VALUES (8, 'U0NOXAGMIWN');
INSERT INTO public.oauth_states VALUES ('a-way-in', '2026-11-10 18:12:45.271883+00');
INSERT INTO public.people VALUES ('T0I8MKM8WWZ', 'U0N9J1PMC5Z', 'Mia', 'America/Chicago', false, false, false, true, '2026-10-05 15:00:01.524887+00', NULL, NULL, false);
INSERT INTO public.people VALUES ('T0I8MKM8WWZ', 'U0B0ZXZ6XNT', 'Zoe', 'America/Chicago', false, false, false, false, '2026-10-05 15:00:01.578971+00', NULL, NULL, false);
INSERT INTO public.people VALUES ('T0I8MKM8WWZ', 'U0NOXAGMIWN', 'Ana', 'America/Chicago', false, false, false, false, '2026-11-10 18:02:44.773128+00', 'D0Q3EZLARSB', NULL, false);
INSERT INTO public.people VALUES ('T0I8MKM8WWZ', 'U05KABYU876', 'Hal', 'America/Chicago', false, false, false, false, '2026-11-09 18:02:33.297662+00', 'D0JYVOLCEER', NULL, false);
INSERT INTO public.people VALUES ('T0I8MKM8WWZ', 'U05UOOZPXBQ', 'Ben', 'America/Chicago', false, false, false, false, '2026-11-09 18:02:20.023316+00', 'D0UMAGDTB74', NULL, false);
INSERT INTO public.people VALUES ('T0I8MKM8WWZ', 'U09OYLHZA3T', 'Eli', 'America/Chicago', false, false, false, false, '2026-11-09 18:02:33.297662+00', 'D0J79F6TBVX', '2026-12-24', false);
INSERT INTO public.people VALUES ('T0I8MKM8WWZ', 'U0CJQ25ESXM', 'Gus', 'America/Chicago', false, false, false, false, '2026-11-09 18:02:33.297662+00', 'D0B13CXQIQF', NULL, false);
INSERT INTO public.people VALUES ('T0I8MKM8WWZ', 'U0DEX5K9D4O', 'Fay', 'America/Chicago', false, false, false, false, '2026-11-09 18:02:33.297662+00', 'D0MVCU3HJZJ', NULL, false);
INSERT INTO public.people VALUES ('T0I8MKM8WWZ', 'U0HVAFM2ZMW', 'maturity', 'America/Chicago', true, false, false, false, '2026-11-09 18:02:20.023316+00', NULL, NULL, false);
INSERT INTO public.people VALUES ('T0I8MKM8WWZ', 'U0JFSRU15RL', 'Cho', 'America/Chicago', false, false, false, false, '2026-11-09 18:02:34.339135+00', 'D0X1B3BT0W8', NULL, false);
INSERT INTO public.people VALUES ('T0I8MKM8WWZ', 'U0Q353G9WD0', 'Dev', 'America/Chicago', false, false, false, false, '2026-11-09 18:02:20.023316+00', 'D0MXRUT3M3C', NULL, false);
INSERT INTO public.people VALUES ('T0I8MKM8WWZ', 'U0LNCSL5SDG', 'Ned', 'America/Chicago', false, false, false, false, '2026-11-09 18:02:33.297662+00', NULL, NULL, false);
INSERT INTO public.rosters VALUES (1, 'U05KABYU876');
INSERT INTO public.rosters VALUES (1, 'U05UOOZPXBQ');
INSERT INTO public.rosters VALUES (1, 'U09OYLHZA3T');
INSERT INTO public.rosters VALUES (1, 'U0CJQ25ESXM');
INSERT INTO public.rosters VALUES (1, 'U0DEX5K9D4O');
INSERT INTO public.rosters VALUES (1, 'U0HVAFM2ZMW');
INSERT INTO public.rosters VALUES (1, 'U0JFSRU15RL');
INSERT INTO public.rosters VALUES (1, 'U0NOXAGMIWN');
INSERT INTO public.rosters VALUES (1, 'U0Q353G9WD0');
INSERT INTO public.rosters VALUES (2, 'U05UOOZPXBQ');
INSERT INTO public.rosters VALUES (2, 'U09OYLHZA3T');
INSERT INTO public.rosters VALUES (2, 'U0CJQ25ESXM');
INSERT INTO public.rosters VALUES (2, 'U0DEX5K9D4O');
INSERT INTO public.rosters VALUES (2, 'U0HVAFM2ZMW');
INSERT INTO public.rosters VALUES (2, 'U0JFSRU15RL');
INSERT INTO public.rosters VALUES (2, 'U0NOXAGMIWN');
INSERT INTO public.rosters VALUES (2, 'U0Q353G9WD0');
INSERT INTO public.rosters VALUES (6, 'U05UOOZPXBQ');
INSERT INTO public.rosters VALUES (6, 'U09OYLHZA3T');
INSERT INTO public.rosters VALUES (6, 'U0HVAFM2ZMW');
INSERT INTO public.rosters VALUES (6, 'U0JFSRU15RL');
INSERT INTO public.rosters VALUES (6, 'U0NOXAGMIWN');
INSERT INTO public.rosters VALUES (6, 'U0Q353G9WD0');
INSERT INTO public.rosters VALUES (7, 'U05UOOZPXBQ');
INSERT INTO public.rosters VALUES (7, 'U0HVAFM2ZMW');
INSERT INTO public.rosters VALUES (7, 'U0JFSRU15RL');
INSERT INTO public.rosters VALUES (7, 'U0NOXAGMIWN');
INSERT INTO public.rosters VALUES (7, 'U0Q353G9WD0');
INSERT INTO public.rosters VALUES (4, 'U05KABYU876');
INSERT INTO public.rosters VALUES (4, 'U05UOOZPXBQ');
INSERT INTO public.rosters VALUES (4, 'U09OYLHZA3T');
INSERT INTO public.rosters VALUES (4, 'U0CJQ25ESXM');
INSERT INTO public.rosters VALUES (4, 'U0DEX5K9D4O');
INSERT INTO public.rosters VALUES (4, 'U0HVAFM2ZMW');
INSERT INTO public.rosters VALUES (4, 'U0JFSRU15RL');
INSERT INTO public.rosters VALUES (4, 'U0LNCSL5SDG');
INSERT INTO public.rosters VALUES (4, 'U0NOXAGMIWN');
INSERT INTO public.rosters VALUES (4, 'U0Q353G9WD0');
INSERT INTO public.rosters VALUES (5, 'U09OYLHZA3T');
INSERT INTO public.rosters VALUES (5, 'U0DEX5K9D4O');
INSERT INTO public.rosters VALUES (5, 'U0JFSRU15RL');
INSERT INTO public.rosters VALUES (5, 'U0Q353G9WD0');
INSERT INTO public.rosters VALUES (8, 'U05KABYU876');
INSERT INTO public.rosters VALUES (8, 'U0NOXAGMIWN');
INSERT INTO public.round_counts VALUES (2, 'A', 1, 1);
INSERT INTO public.round_counts VALUES (2, 'A', 2, 2);
INSERT INTO public.round_counts VALUES (2, 'B', 3, 3);
INSERT INTO public.round_counts VALUES (2, 'C', 1, 3);
INSERT INTO public.round_counts VALUES (2, 'D', 2, 3);
INSERT INTO public.round_counts VALUES (2, 'E', 1, 2);
INSERT INTO public.round_counts VALUES (2, 'E', 4, 1);
INSERT INTO public.round_counts VALUES (3, 'A', 1, 1);
INSERT INTO public.round_counts VALUES (3, 'A', 2, 3);
INSERT INTO public.round_counts VALUES (3, 'B', 3, 3);
INSERT INTO public.round_counts VALUES (3, 'B', 4, 1);
INSERT INTO public.round_counts VALUES (3, 'C', 1, 4);
INSERT INTO public.round_counts VALUES (3, 'D', 2, 4);
INSERT INTO public.round_counts VALUES (3, 'E', 1, 2);
INSERT INTO public.round_counts VALUES (3, 'E', 4, 2);
INSERT INTO public.round_counts VALUES (4, 'A', 1, 1);
INSERT INTO public.round_counts VALUES (4, 'A', 2, 3);
INSERT INTO public.round_counts VALUES (4, 'B', 3, 3);
INSERT INTO public.round_counts VALUES (4, 'B', 4, 1);
INSERT INTO public.round_counts VALUES (4, 'C', 1, 4);
INSERT INTO public.round_counts VALUES (4, 'D', 2, 4);
INSERT INTO public.round_counts VALUES (4, 'E', 1, 2);
INSERT INTO public.round_counts VALUES (4, 'E', 4, 2);
INSERT INTO public.round_counts VALUES (5, 'A', 1, 1);
INSERT INTO public.round_counts VALUES (5, 'A', 2, 3);
INSERT INTO public.round_counts VALUES (5, 'A', 3, 1);
INSERT INTO public.round_counts VALUES (5, 'B', 3, 4);
INSERT INTO public.round_counts VALUES (5, 'B', 4, 1);
INSERT INTO public.round_counts VALUES (5, 'C', 2, 5);
INSERT INTO public.round_counts VALUES (5, 'D', 2, 5);
INSERT INTO public.round_counts VALUES (5, 'E', 1, 2);
INSERT INTO public.round_counts VALUES (5, 'E', 4, 3);
INSERT INTO public.round_counts VALUES (6, 'A', 1, 1);
INSERT INTO public.round_counts VALUES (6, 'A', 2, 3);
INSERT INTO public.round_counts VALUES (6, 'A', 3, 1);
INSERT INTO public.round_counts VALUES (6, 'B', 3, 4);
INSERT INTO public.round_counts VALUES (6, 'B', 4, 1);
INSERT INTO public.round_counts VALUES (6, 'C', 2, 5);
INSERT INTO public.round_counts VALUES (6, 'D', 2, 5);
INSERT INTO public.round_counts VALUES (6, 'E', 1, 2);
INSERT INTO public.round_counts VALUES (6, 'E', 4, 3);
INSERT INTO public.round_counts VALUES (7, 'A', 1, 1);
INSERT INTO public.round_counts VALUES (7, 'A', 2, 5);
INSERT INTO public.round_counts VALUES (7, 'A', 3, 1);
INSERT INTO public.round_counts VALUES (7, 'B', 3, 5);
INSERT INTO public.round_counts VALUES (7, 'B', 4, 2);
INSERT INTO public.round_counts VALUES (7, 'C', 2, 7);
INSERT INTO public.round_counts VALUES (7, 'D', 2, 7);
INSERT INTO public.round_counts VALUES (7, 'E', 1, 3);
INSERT INTO public.round_counts VALUES (7, 'E', 4, 4);
INSERT INTO public.round_counts VALUES (8, 'A', 1, 1);
INSERT INTO public.round_counts VALUES (8, 'A', 2, 5);
INSERT INTO public.round_counts VALUES (8, 'A', 3, 1);
INSERT INTO public.round_counts VALUES (8, 'B', 3, 5);
INSERT INTO public.round_counts VALUES (8, 'B', 4, 2);
INSERT INTO public.round_counts VALUES (8, 'C', 2, 7);
INSERT INTO public.round_counts VALUES (8, 'D', 2, 7);
INSERT INTO public.round_counts VALUES (8, 'E', 1, 3);
INSERT INTO public.round_counts VALUES (8, 'E', 4, 4);
INSERT INTO public.round_counts VALUES (10, 'A', 1, 1);
INSERT INTO public.round_counts VALUES (10, 'A', 2, 3);
INSERT INTO public.round_counts VALUES (10, 'B', 3, 3);
INSERT INTO public.round_counts VALUES (10, 'B', 4, 1);
INSERT INTO public.round_counts VALUES (10, 'C', 1, 4);
INSERT INTO public.round_counts VALUES (10, 'D', 2, 4);
INSERT INTO public.round_counts VALUES (10, 'E', 1, 2);
INSERT INTO public.round_counts VALUES (10, 'E', 4, 2);
INSERT INTO public.round_members VALUES (1, 'U05KABYU876', '2026-10-05 15:00:08.457755+00', 0, 'D0JYVOLCEER', '1791212410.885000', NULL, false, 0, false, NULL);
INSERT INTO public.round_members VALUES (1, 'U05UOOZPXBQ', '2026-10-05 15:00:08.457755+00', 0, 'D0UMAGDTB74', '1791212410.974131', NULL, true, 0, false, NULL);
INSERT INTO public.round_members VALUES (1, 'U09OYLHZA3T', '2026-10-05 15:00:08.457755+00', 0, 'D0J79F6TBVX', '1791212410.952037', NULL, false, 0, false, NULL);
INSERT INTO public.round_members VALUES (1, 'U0CJQ25ESXM', '2026-10-05 15:00:08.457755+00', 0, 'D0B13CXQIQF', '1791212410.990045', NULL, false, 0, false, NULL);
INSERT INTO public.round_members VALUES (1, 'U0DEX5K9D4O', '2026-10-05 15:00:08.457755+00', 0, 'D0MVCU3HJZJ', '1791212410.918596', NULL, false, 0, false, NULL);
INSERT INTO public.round_members VALUES (1, 'U0JFSRU15RL', '2026-10-05 15:00:08.457755+00', 0, 'D0X1B3BT0W8', '1791212410.898178', NULL, true, 0, false, NULL);
INSERT INTO public.round_members VALUES (1, 'U0NOXAGMIWN', '2026-10-05 15:00:08.457755+00', 0, 'D0Q3EZLARSB', '1791212410.935225', NULL, true, 0, false, NULL);
INSERT INTO public.round_members VALUES (1, 'U0Q353G9WD0', '2026-10-05 15:00:08.457755+00', 0, 'D0MXRUT3M3C', '1791212411.017073', NULL, false, 0, false, NULL);
INSERT INTO public.round_members VALUES (2, 'U05UOOZPXBQ', '2026-10-05 15:00:29.527398+00', 0, 'D0UMAGDTB74', '1791212430.036275', '2026-10-05 15:00:34.457319+00', true, 0, false, NULL);
INSERT INTO public.round_members VALUES (2, 'U09OYLHZA3T', '2026-10-05 15:00:29.527398+00', 0, 'D0J79F6TBVX', '1791212430.509163', NULL, false, 0, false, NULL);
INSERT INTO public.round_members VALUES (2, 'U0CJQ25ESXM', '2026-10-05 15:00:29.527398+00', 0, 'D0B13CXQIQF', '1791212430.969910', NULL, false, 0, false, NULL);
INSERT INTO public.round_members VALUES (2, 'U0DEX5K9D4O', '2026-10-05 15:00:29.527398+00', 0, 'D0MVCU3HJZJ', '1791212430.946445', NULL, false, 0, false, NULL);
INSERT INTO public.round_members VALUES (2, 'U0JFSRU15RL', '2026-10-05 15:00:29.527398+00', 0, 'D0X1B3BT0W8', '1791212432.125791', '2026-10-05 15:00:34.61182+00', true, 0, false, NULL);
INSERT INTO public.round_members VALUES (2, 'U0NOXAGMIWN', '2026-10-05 15:00:29.527398+00', 0, 'D0Q3EZLARSB', '1791212432.101826', '2026-10-05 15:00:34.168496+00', true, 0, false, NULL);
INSERT INTO public.round_members VALUES (2, 'U0Q353G9WD0', '2026-10-05 15:00:29.527398+00', 0, 'D0MXRUT3M3C', '1791212431.973396', NULL, false, 0, false, NULL);
INSERT INTO public.round_members VALUES (3, 'U05KABYU876', '2026-10-13 15:00:44.408555+00', 0, 'D0JYVOLCEER', '1791903645.381021', NULL, false, 0, false, NULL);
INSERT INTO public.round_members VALUES (3, 'U05UOOZPXBQ', '2026-10-13 15:00:44.408555+00', 0, 'D0UMAGDTB74', '1791903648.249570', NULL, true, 0, false, NULL);
INSERT INTO public.round_members VALUES (3, 'U09OYLHZA3T', '2026-10-13 15:00:44.408555+00', 0, 'D0J79F6TBVX', '1791903648.191010', NULL, false, 0, false, NULL);
INSERT INTO public.round_members VALUES (3, 'U0CJQ25ESXM', '2026-10-13 15:00:44.408555+00', 0, 'D0B13CXQIQF', '1791903646.740656', NULL, false, 0, false, NULL);
INSERT INTO public.round_members VALUES (3, 'U0DEX5K9D4O', '2026-10-13 15:00:44.408555+00', 0, 'D0MVCU3HJZJ', '1791903645.803914', NULL, false, 0, false, NULL);
INSERT INTO public.round_members VALUES (3, 'U0JFSRU15RL', '2026-10-13 15:00:44.408555+00', 0, 'D0X1B3BT0W8', '1791903645.881566', NULL, true, 0, false, NULL);
INSERT INTO public.round_members VALUES (3, 'U0NOXAGMIWN', '2026-10-13 15:00:44.408555+00', 0, 'D0Q3EZLARSB', '1791903645.596157', NULL, true, 0, false, NULL);
INSERT INTO public.round_members VALUES (3, 'U0Q353G9WD0', '2026-10-13 15:00:44.408555+00', 0, 'D0MXRUT3M3C', '1791903648.205200', NULL, true, 0, false, NULL);
INSERT INTO public.round_members VALUES (4, 'U05UOOZPXBQ', '2026-10-13 15:01:03.316811+00', 0, 'D0UMAGDTB74', '1791903665.297509', '2026-10-13 15:01:06.693038+00', true, 0, false, NULL);
INSERT INTO public.round_members VALUES (4, 'U09OYLHZA3T', '2026-10-13 15:01:03.316811+00', 0, 'D0J79F6TBVX', '1791903666.314796', NULL, false, 0, false, NULL);
INSERT INTO public.round_members VALUES (4, 'U0CJQ25ESXM', '2026-10-13 15:01:03.316811+00', 0, 'D0B13CXQIQF', '1791903665.992958', NULL, false, 0, false, NULL);
INSERT INTO public.round_members VALUES (4, 'U0DEX5K9D4O', '2026-10-13 15:01:03.316811+00', 0, 'D0MVCU3HJZJ', '1791903666.215017', NULL, false, 0, false, NULL);
INSERT INTO public.round_members VALUES (4, 'U0JFSRU15RL', '2026-10-13 15:01:03.316811+00', 0, 'D0X1B3BT0W8', '1791903665.287987', '2026-10-13 15:01:06.739187+00', true, 0, false, NULL);
INSERT INTO public.round_members VALUES (4, 'U0NOXAGMIWN', '2026-10-13 15:01:03.316811+00', 0, 'D0Q3EZLARSB', '1791903666.204507', '2026-10-13 15:01:06.550646+00', true, 0, false, NULL);
INSERT INTO public.round_members VALUES (4, 'U0Q353G9WD0', '2026-10-13 15:01:03.316811+00', 0, 'D0MXRUT3M3C', '1791903663.681807', '2026-10-13 15:01:06.956372+00', true, 0, false, NULL);
INSERT INTO public.round_members VALUES (5, 'U05KABYU876', '2026-10-21 15:01:16.757934+00', 0, 'D0JYVOLCEER', '1792594876.934014', NULL, false, 0, false, NULL);
INSERT INTO public.round_members VALUES (5, 'U05UOOZPXBQ', '2026-10-21 15:01:16.757934+00', 0, 'D0UMAGDTB74', '1792594876.973249', NULL, true, 0, false, NULL);
INSERT INTO public.round_members VALUES (5, 'U09OYLHZA3T', '2026-10-21 15:01:16.757934+00', 0, 'D0J79F6TBVX', '1792594876.944476', NULL, true, 0, false, NULL);
INSERT INTO public.round_members VALUES (5, 'U0CJQ25ESXM', '2026-10-21 15:01:16.757934+00', 0, 'D0B13CXQIQF', '1792594876.978720', NULL, false, 0, false, NULL);
INSERT INTO public.round_members VALUES (5, 'U0DEX5K9D4O', '2026-10-21 15:01:16.757934+00', 0, 'D0MVCU3HJZJ', '1792594876.983206', NULL, false, 0, false, NULL);
INSERT INTO public.round_members VALUES (5, 'U0JFSRU15RL', '2026-10-21 15:01:16.757934+00', 0, 'D0X1B3BT0W8', '1792594876.949320', NULL, true, 0, false, NULL);
INSERT INTO public.round_members VALUES (5, 'U0NOXAGMIWN', '2026-10-21 15:01:16.757934+00', 0, 'D0Q3EZLARSB', '1792594876.939775', NULL, true, 0, false, NULL);
INSERT INTO public.round_members VALUES (5, 'U0Q353G9WD0', '2026-10-21 15:01:16.757934+00', 0, 'D0MXRUT3M3C', '1792594876.963363', NULL, true, 0, false, NULL);
INSERT INTO public.round_members VALUES (6, 'U05UOOZPXBQ', '2026-10-21 15:01:30.915085+00', 1, 'D0UMAGDTB74', '1792594891.569929', '2026-10-21 15:01:32.731423+00', true, 0, false, NULL);
INSERT INTO public.round_members VALUES (6, 'U09OYLHZA3T', '2026-10-21 15:01:30.915085+00', 0, 'D0J79F6TBVX', '1792594892.165443', '2026-10-21 15:01:34.740992+00', true, 0, false, NULL);
INSERT INTO public.round_members VALUES (6, 'U0CJQ25ESXM', '2026-10-21 15:01:30.915085+00', 0, 'D0B13CXQIQF', '1792594891.768152', NULL, false, 0, false, NULL);
INSERT INTO public.round_members VALUES (6, 'U0DEX5K9D4O', '2026-10-21 15:01:30.915085+00', 0, 'D0MVCU3HJZJ', '1792594891.517470', NULL, false, 0, false, NULL);
INSERT INTO public.round_members VALUES (6, 'U0JFSRU15RL', '2026-10-21 15:01:30.915085+00', 0, 'D0X1B3BT0W8', '1792594892.149106', '2026-10-21 15:01:33.250843+00', true, 0, false, NULL);
INSERT INTO public.round_members VALUES (6, 'U0NOXAGMIWN', '2026-10-21 15:01:30.915085+00', 1, 'D0Q3EZLARSB', '1792594891.782027', '2026-10-21 15:01:32.431184+00', true, 0, false, NULL);
INSERT INTO public.round_members VALUES (6, 'U0Q353G9WD0', '2026-10-21 15:01:30.915085+00', 0, 'D0MXRUT3M3C', '1792594892.140658', '2026-10-21 15:01:33.829568+00', true, 0, false, NULL);
INSERT INTO public.round_members VALUES (7, 'U05KABYU876', '2026-10-29 15:01:45.498961+00', 0, 'D0JYVOLCEER', '1793286107.921626', NULL, false, 0, false, NULL);
INSERT INTO public.round_members VALUES (7, 'U05UOOZPXBQ', '2026-10-29 15:01:45.498961+00', 0, 'D0UMAGDTB74', '1793286107.947079', NULL, true, 0, false, NULL);
INSERT INTO public.round_members VALUES (7, 'U09OYLHZA3T', '2026-10-29 15:01:45.498961+00', 0, 'D0J79F6TBVX', '1793286106.442301', NULL, true, 0, false, NULL);
INSERT INTO public.round_members VALUES (7, 'U0CJQ25ESXM', '2026-10-29 15:01:45.498961+00', 0, 'D0B13CXQIQF', '1793286107.878330', NULL, true, 0, false, NULL);
INSERT INTO public.round_members VALUES (7, 'U0DEX5K9D4O', '2026-10-29 15:01:45.498961+00', 0, 'D0MVCU3HJZJ', '1793286106.872095', NULL, true, 0, false, NULL);
INSERT INTO public.round_members VALUES (7, 'U0JFSRU15RL', '2026-10-29 15:01:45.498961+00', 0, 'D0X1B3BT0W8', '1793286107.933455', NULL, true, 0, false, NULL);
INSERT INTO public.round_members VALUES (7, 'U0NOXAGMIWN', '2026-10-29 15:01:45.498961+00', 0, 'D0Q3EZLARSB', '1793286106.447831', NULL, true, 0, false, NULL);
INSERT INTO public.round_members VALUES (7, 'U0Q353G9WD0', '2026-10-29 15:01:45.498961+00', 0, 'D0MXRUT3M3C', '1793286106.436553', NULL, true, 0, false, NULL);
INSERT INTO public.round_members VALUES (8, 'U05UOOZPXBQ', '2026-10-29 15:02:02.763611+00', 1, 'D0UMAGDTB74', '1793286123.627144', '2026-10-29 15:02:05.510585+00', true, 0, false, NULL);
INSERT INTO public.round_members VALUES (8, 'U09OYLHZA3T', '2026-10-29 15:02:02.763611+00', 0, 'D0J79F6TBVX', '1793286123.925806', '2026-10-29 15:02:07.038094+00', true, 0, false, NULL);
INSERT INTO public.round_members VALUES (8, 'U0CJQ25ESXM', '2026-10-29 15:02:02.763611+00', 0, 'D0B13CXQIQF', '1793286123.945519', '2026-10-29 15:02:09.396716+00', true, 0, false, NULL);
INSERT INTO public.round_members VALUES (8, 'U0DEX5K9D4O', '2026-10-29 15:02:02.763611+00', 0, 'D0MVCU3HJZJ', '1793286123.787422', '2026-10-29 15:02:08.141043+00', true, 0, false, NULL);
INSERT INTO public.round_members VALUES (8, 'U0JFSRU15RL', '2026-10-29 15:02:02.763611+00', 0, 'D0X1B3BT0W8', '1793286123.775494', '2026-10-29 15:02:06.042466+00', true, 0, false, NULL);
INSERT INTO public.round_members VALUES (8, 'U0NOXAGMIWN', '2026-10-29 15:02:02.763611+00', 1, 'D0Q3EZLARSB', '1793286123.781036', '2026-10-29 15:02:04.049196+00', true, 0, false, NULL);
INSERT INTO public.round_members VALUES (8, 'U0Q353G9WD0', '2026-10-29 15:02:02.763611+00', 0, 'D0MXRUT3M3C', '1793286123.792293', '2026-10-29 15:02:06.711812+00', true, 0, false, NULL);
INSERT INTO public.round_members VALUES (10, 'U05UOOZPXBQ', '2026-11-09 18:02:36.057859+00', 0, 'D0UMAGDTB74', '1794247356.682066', NULL, true, 0, false, NULL);
INSERT INTO public.round_members VALUES (10, 'U09OYLHZA3T', '2026-11-09 18:02:36.057859+00', 0, 'D0J79F6TBVX', '1794247356.739527', NULL, false, 0, false, NULL);
INSERT INTO public.round_members VALUES (10, 'U0JFSRU15RL', '2026-11-09 18:02:36.057859+00', 0, 'D0X1B3BT0W8', '1794247356.544452', NULL, true, 0, false, NULL);
INSERT INTO public.round_members VALUES (10, 'U0NOXAGMIWN', '2026-11-09 18:02:36.057859+00', 0, 'D0Q3EZLARSB', '1794247356.704923', NULL, true, 0, false, NULL);
INSERT INTO public.round_members VALUES (10, 'U0Q353G9WD0', '2026-11-09 18:02:36.057859+00', 0, 'D0MXRUT3M3C', '1794247356.644545', NULL, true, 0, false, NULL);
INSERT INTO public.round_members VALUES (11, 'U05UOOZPXBQ', '2026-11-09 18:02:38.927761+00', 0, 'D0UMAGDTB74', '1794247359.137617', '2026-11-09 18:02:40.279112+00', false, 0, false, NULL);
INSERT INTO public.round_members VALUES (11, 'U0JFSRU15RL', '2026-11-09 18:02:38.927761+00', 0, 'D0X1B3BT0W8', '1794247359.181171', '2026-11-09 18:02:40.363008+00', false, 0, false, NULL);
INSERT INTO public.round_members VALUES (11, 'U0NOXAGMIWN', '2026-11-09 18:02:38.927761+00', 0, 'D0Q3EZLARSB', '1794247359.189251', '2026-11-09 18:02:39.336109+00', false, 0, false, NULL);
INSERT INTO public.round_members VALUES (11, 'U0Q353G9WD0', '2026-11-09 18:02:38.927761+00', 0, 'D0MXRUT3M3C', '1794247359.107519', NULL, false, 0, false, NULL);
INSERT INTO public.round_members VALUES (12, 'U05KABYU876', '2026-11-09 18:02:40.608262+00', 0, 'D0JYVOLCEER', '1794247360.797259', NULL, false, 0, true, NULL);
INSERT INTO public.round_members VALUES (12, 'U05UOOZPXBQ', '2026-11-09 18:02:40.608262+00', 0, 'D0UMAGDTB74', '1794247360.806575', '2026-11-09 18:02:42.153663+00', false, 0, false, NULL);
INSERT INTO public.round_members VALUES (12, 'U09OYLHZA3T', '2026-11-09 18:02:40.608262+00', 0, 'D0J79F6TBVX', '1794247360.779571', NULL, false, 0, false, NULL);
INSERT INTO public.round_members VALUES (12, 'U0CJQ25ESXM', '2026-11-09 18:02:40.608262+00', 0, 'D0B13CXQIQF', '1794247360.822892', NULL, false, 1, false, '2026-11-09 19:02:43.117566+00');
INSERT INTO public.round_members VALUES (12, 'U0DEX5K9D4O', '2026-11-09 18:02:40.608262+00', 0, 'D0MVCU3HJZJ', '1794247360.817131', NULL, false, 1, false, '2026-11-11 16:00:00+00');
INSERT INTO public.round_members VALUES (12, 'U0JFSRU15RL', '2026-11-09 18:02:40.608262+00', 0, 'D0X1B3BT0W8', '1794247360.957740', '2026-11-09 18:02:42.682116+00', false, 0, false, NULL);
INSERT INTO public.round_members VALUES (12, 'U0LNCSL5SDG', '2026-11-09 18:02:40.608262+00', 0, NULL, NULL, NULL, false, 1, false, '2026-11-09 19:02:43.117566+00');
INSERT INTO public.round_members VALUES (12, 'U0NOXAGMIWN', '2026-11-09 18:02:40.608262+00', 1, 'D0Q3EZLARSB', '1794247360.836480', '2026-11-09 18:02:41.427862+00', false, 0, false, NULL);
INSERT INTO public.round_members VALUES (12, 'U0Q353G9WD0', '2026-11-09 18:02:40.608262+00', 0, 'D0MXRUT3M3C', '1794247360.790524', NULL, false, 1, false, '2026-11-09 19:02:43.117566+00');
INSERT INTO public.round_members VALUES (13, 'U0DEX5K9D4O', '2026-11-10 18:02:43.81797+00', 0, 'D0MVCU3HJZJ', '1794333764.268307', NULL, false, 0, false, NULL);
INSERT INTO public.round_members VALUES (13, 'U0JFSRU15RL', '2026-11-10 18:02:43.81797+00', 0, 'D0X1B3BT0W8', '1794333764.243920', NULL, false, 0, false, NULL);
INSERT INTO public.round_members VALUES (13, 'U0Q353G9WD0', '2026-11-10 18:02:43.81797+00', 0, 'D0MXRUT3M3C', '1794333764.248844', NULL, false, 0, false, NULL);
INSERT INTO public.round_members VALUES (14, 'U05KABYU876', '2026-11-10 18:02:45.297095+00', 0, NULL, NULL, NULL, false, 0, false, NULL);
INSERT INTO public.round_members VALUES (14, 'U0NOXAGMIWN', '2026-11-10 18:02:45.297095+00', 0, NULL, NULL, NULL, false, 0, false, NULL);
INSERT INTO public.round_notes VALUES ('6d145a35-b23f-4378-a3ec-8c5c11c05135', 5, 'A', 'Note 2 of permits, see <https://example.org>');
INSERT INTO public.round_notes VALUES ('35506cad-da54-4a95-909d-fdfda44a1321', 5, 'A', 'Note 1 of permits, see <https://example.org>');
INSERT INTO public.round_notes VALUES ('7cfdf347-3eb2-4c85-889b-ca9278ffba10', 7, 'A', 'Note 1 of permits, see <https://example.org>');
INSERT INTO public.round_notes VALUES ('b7f3a9fa-54f9-4e8c-8d4f-0e8c1944f1c5', 7, 'A', 'Note 2 of permits, see <https://example.org>');
INSERT INTO public.rounds VALUES (1, 'T0I8MKM8WWZ', 1, 1, NULL, 'closed', 'confidential', 4, 'e1e4219641234193', '2026-10-05 15:00:08.457755+00', '2026-10-08 15:00:00+00', '2026-10-05 15:00:20.426517+00', NULL, NULL, 'C0CAOSQRVYP', '1791212424.522344', NULL, false);
INSERT INTO public.rounds VALUES (2, 'T0I8MKM8WWZ', 2, 1, NULL, 'closed', 'named', 4, 'e1e4219641234193', '2026-10-05 15:00:29.527398+00', '2026-10-08 15:00:00+00', '2026-10-05 15:00:34.7172+00', NULL, NULL, 'C0B7R68XUHD', '1791212435.144948', 'F0SETZ7UJSZ', true);
INSERT INTO public.rounds VALUES (3, 'T0I8MKM8WWZ', 1, 2, NULL, 'closed', 'confidential', 4, 'e1e4219641234193', '2026-10-13 15:00:44.408555+00', '2026-10-16 15:00:00+00', '2026-10-13 15:00:54.281248+00', NULL, NULL, 'C0CAOSQRVYP', '1791903654.890979', 'F0NGOCYY3VE', true);
INSERT INTO public.rounds VALUES (4, 'T0I8MKM8WWZ', 2, 2, NULL, 'closed', 'named', 4, 'e1e4219641234193', '2026-10-13 15:01:03.316811+00', '2026-10-16 15:01:00+00', '2026-10-13 15:01:07.086871+00', NULL, NULL, 'C0B7R68XUHD', '1791903667.431975', 'F04WWGIX7TA', true);
INSERT INTO public.rounds VALUES (5, 'T0I8MKM8WWZ', 1, 3, NULL, 'closed', 'confidential', 4, 'e1e4219641234193', '2026-10-21 15:01:16.757934+00', '2026-10-26 15:01:00+00', '2026-10-21 15:01:21.796294+00', NULL, NULL, 'C0CAOSQRVYP', '1792594882.800031', 'F07KB2MRSF7', true);
INSERT INTO public.rounds VALUES (6, 'T0I8MKM8WWZ', 2, 3, NULL, 'closed', 'named', 4, 'e1e4219641234193', '2026-10-21 15:01:30.915085+00', '2026-10-26 15:01:00+00', '2026-10-21 15:01:34.768638+00', NULL, NULL, 'C0B7R68XUHD', '1792594896.024538', 'F027PC2IY56', true);
INSERT INTO public.rounds VALUES (7, 'T0I8MKM8WWZ', 1, 4, NULL, 'closed', 'confidential', 4, 'e1e4219641234193', '2026-10-29 15:01:45.498961+00', '2026-11-03 16:01:00+00', '2026-10-29 15:01:53.0215+00', NULL, NULL, 'C0CAOSQRVYP', '1793286113.982103', 'F0DF3TSF57X', true);
INSERT INTO public.rounds VALUES (8, 'T0I8MKM8WWZ', 2, 4, NULL, 'closed', 'named', 4, 'e1e4219641234193', '2026-10-29 15:02:02.763611+00', '2026-11-03 16:02:00+00', '2026-10-29 15:02:09.501817+00', NULL, NULL, 'C0B7R68XUHD', '1793286131.536596', 'F0YB0QM1MFU', true);
INSERT INTO public.rounds VALUES (10, 'T0I8MKM8WWZ', 6, 1, NULL, 'closed', 'confidential', 4, 'e1e4219641234193', '2026-11-09 18:02:36.057859+00', '2026-11-12 18:02:00+00', '2026-11-10 18:02:45.297095+00', NULL, NULL, 'C0RZC1UHO8L', NULL, NULL, false);
INSERT INTO public.rounds VALUES (11, 'T0I8MKM8WWZ', 7, 1, NULL, 'open', 'confidential', 4, 'e1e4219641234193', '2026-11-09 18:02:38.927761+00', '2026-11-12 18:02:00+00', NULL, 'remind', '2026-11-11 15:00:00+00', 'C09LKMT6SY6', NULL, NULL, false);
INSERT INTO public.rounds VALUES (12, 'T0I8MKM8WWZ', 4, 1, NULL, 'open', 'confidential', 4, 'e1e4219641234193', '2026-11-09 18:02:40.608262+00', '2026-11-13 18:02:00+00', NULL, 'remind', '2026-11-11 18:02:20.304131+00', 'C0T2R7XH8F8', NULL, NULL, false);
INSERT INTO public.rounds VALUES (13, 'T0I8MKM8WWZ', 5, 1, '2026-11-10', 'open', 'confidential', 4, 'e1e4219641234193', '2026-11-10 18:02:43.81797+00', '2026-11-13 16:00:00+00', NULL, 'remind', '2026-11-12 15:00:00+00', 'C0XTKUQXBVF', NULL, NULL, false);
INSERT INTO public.rounds VALUES (14, 'T0I8MKM8WWZ', 8, 1, NULL, 'open', 'confidential', 4, 'e1e4219641234193', '2026-11-10 18:02:45.297095+00', '2026-11-13 18:02:00+00', NULL, 'remind', '2026-11-12 15:00:00+00', 'C016W1HC26Q', NULL, NULL, false);
INSERT INTO public.rubrics VALUES ('T0I8MKM8WWZ', 'e1e4219641234193', '{"name":"Smart city maturity model","source":"City of Austin, Becoming an open and smart city","same_meaning_as":[],"paragraphs":["Level 1 involves siloed and separated teams with hierarchical governance that communicate one-way, often with paper-based systems that yield no data, and thus problem-solving must be done in person, one episode at a time.","Level 2 involves cross-disciplinary teams empowered to solicit input from others, enabled by some automated technologies that yield data that gives you high level trends with which you can identify target problem areas or opportunities.","Level 3 sees diverse teams with shared accountability for outcomes, empowered by their ability to close feedback loops by sharing information on actions taken, enabled by more robust transactional technologies that yield richer analytics, with which you can conduct deeper analysis and identify more hidden problems, yielding in a more responsive problem-solving capability.","Level 4 evolves into deeper and more robust partnerships and relationships empowered by transparent, multi-partner governance of networked teams across systems and sectors that are enabled by integrated technologies and robust data models that yield a proactive, predictive problem-solving capability. This stage transforms cities into hyper-efficient, sustainable, and resilient systems that support a high quality of life for residents, businesses, and visitors."],"dimensions":[{"key":"A","name":"Engage society","question":"How openly do you allow others to participate?","outcome":false,"levels":["1-way/broadcast information","2-way engagement, receive input","Close the feedback loop","Inclusive partnerships/relationships"],"discussions":{"1-3":"Which recent input led to a visible reply to residents, and which did not? What made the difference?","1-4":"Where are residents partners in our work today, and where do we only inform them? Name one example of each.","2-4":"Which groups shape our decisions as partners, and from which do we only collect input?"},"actions":{"1":[{"key":"A1.1","effort":"S","text":"Add one feedback channel (form, phone or text) to your next public notice and name the person who reads it.","source":"IAP2 Spectrum: Consult"},{"key":"A1.2","effort":"S","text":"Talk to five residents who use the service this month and write down their needs in their own words.","source":"US Digital Services Playbook, Play 1"},{"key":"A1.3","effort":"S","text":"Rewrite your main public page in plain language and test it with three people who have never seen it.","source":"GDS Service Standard 4; US Plain Language Guidelines"}],"2":[{"key":"A2.1","effort":"S","text":"Publish a ''you said, we did, we did not because'' note within 30 days of each round of input.","source":"OGP reasoned response; IAP2 core value 7"},{"key":"A2.2","effort":"M","text":"Log every comment with a theme, an owner and a reply date, and clear the unanswered list each week.","source":"IAP2 core value 7 (tell people how input counted)"},{"key":"A2.3","effort":"M","text":"Show a changed prototype to the people whose feedback shaped it and ask if you got it right.","source":"GDS Service Standard 1 and 8"}],"3":[{"key":"A3.1","effort":"M","text":"Form a standing resident and partner group with published rules that meets at least every six months.","source":"OGP multi-stakeholder forum"},{"key":"A3.2","effort":"M","text":"Pay community members for their time and remove barriers such as childcare, language and meeting hours.","source":"Shelterforce 2021 on paying residents; ACF-ECD-OCC-IM-24-09"},{"key":"A3.3","effort":"L","text":"Hand one real decision or budget line to residents, for example through participatory budgeting.","source":"IAP2 Spectrum: Empower; Participatory Budgeting Project"}],"4":[{"key":"AS.1","effort":"M","text":"Check each year who is missing from your partnerships using local data, and invite two new groups.","source":"What Works Cities: disaggregated and qualitative data"},{"key":"AS.2","effort":"S","text":"Ask partners to rate the partnership once a year and publish the result with what you will change.","source":"OGP Co-Creation Standard 5; IAP2 core values"},{"key":"AS.3","effort":"M","text":"Write roles, money and decision rights into an agreement that outlives any one staff member.","source":"Ansell & Gash 2008: institutional design"}]}},{"key":"B","name":"Lead collaboratively","question":"What does your leadership look like on your teams?","outcome":false,"levels":["Hierarchical","Encourage team problem-solving","Shared accountability for outcomes","Transparent multi-partner governance"],"discussions":{"1-3":"Think of our last big decision: who made it, and who felt answerable for how it turned out?","1-4":"Which decisions are made at the top, and which together with partners? Pick one of each and compare.","2-4":"Which outcomes do partners help decide, and where can they see how each decision was made?"},"actions":{"1":[{"key":"B1.1","effort":"S","text":"Let the team, not the manager, pick the top problem for the next two weeks and decide how to tackle it.","source":"GDS Service Standard 7 (agile ways of working)"},{"key":"B1.2","effort":"S","text":"Run a 45-minute look-back each month and act on one idea before the next one.","source":"GDS Service Standard 8 (improve often); Agile retrospectives"},{"key":"B1.3","effort":"S","text":"Ask every person to speak before the lead gives a view in each problem-solving meeting.","source":"Edmondson; Google Project Aristotle (psychological safety)"}],"2":[{"key":"B2.1","effort":"S","text":"Agree one resident outcome and two measures the whole team owns, and put them first on each agenda.","source":"GDS Service Standard 10"},{"key":"B2.2","effort":"S","text":"Name one product owner with real authority and write down who decides, who advises and who is told.","source":"US Digital Services Playbook, Play 6; DACI"},{"key":"B2.3","effort":"M","text":"Hold a monthly data review that opens with last month''s promises and ends with new written ones.","source":"PerformanceStat (Behn 2014)"}],"3":[{"key":"B3.1","effort":"M","text":"Set up a steering group with outside partners and publish its members, minutes and decisions.","source":"OGP multi-stakeholder forum; Ansell & Gash 2008"},{"key":"B3.2","effort":"S","text":"Publish a decision log: what was decided, by whom, on what evidence, and how to question it.","source":"US Digital Services Playbook, Play 13 (default to open)"},{"key":"B3.3","effort":"L","text":"Sign a shared charter with partners covering goals, money, data, risks and how disputes are settled.","source":"Collective Impact: common agenda; Ansell & Gash 2008"}],"4":[{"key":"BS.1","effort":"S","text":"Rotate the chair among partners and review the charter together every year.","source":"Ansell & Gash 2008: shared power, facilitative leadership"},{"key":"BS.2","effort":"M","text":"Invite an outside reviewer to check how decisions are made once a year and publish the findings.","source":"OGP Independent Reporting Mechanism"},{"key":"BS.3","effort":"S","text":"Start each quarter with one small joint win that partners can finish in 90 days.","source":"Ansell & Gash 2008: small wins build trust"}]}},{"key":"C","name":"Work across disciplines, systems","question":"How do teams work together?","outcome":false,"levels":["Silos","Across disciplines or units","Across teams or departments","Across systems"],"discussions":{"1-3":"On which task did we last work with another department, and on which did each unit work alone?","1-4":"Whom do we work with beyond our organization, and whose work next to ours do we hardly see? What explains it?","2-4":"Where does our work join up with systems outside our department, and where does it end at our own units?"},"actions":{"1":[{"key":"C1.1","effort":"S","text":"Invite one person from another discipline (design, data, legal, front line) to your weekly meeting.","source":"GDS Service Standard 6 (multidisciplinary team)"},{"key":"C1.2","effort":"M","text":"Map the service end to end with every unit that touches it and mark the hand-offs that fail.","source":"US Digital Services Playbook, Play 2"},{"key":"C1.3","effort":"S","text":"Shadow another unit''s work for half a day and share three things you learned.","source":"Lean ''go and see'' (gemba); USDS Play 1"}],"2":[{"key":"C2.1","effort":"M","text":"Create one joint backlog with the other department and rank it together every two weeks.","source":"GDS Service Standard 2 (solve a whole problem)"},{"key":"C2.2","effort":"M","text":"Lend one person to the partner department for a month, or swap desks one day a week.","source":"Team Topologies: collaboration mode"},{"key":"C2.3","effort":"M","text":"Agree shared definitions for the fields both departments use, starting with address and person.","source":"What Works Cities: common field standards"}],"3":[{"key":"C3.1","effort":"M","text":"Map the wider system (county, schools, utilities, non-profits) and agree one shared goal with two of them.","source":"Collective Impact: common agenda"},{"key":"C3.2","effort":"L","text":"Adopt an open standard such as Open311, GTFS or DCAT so other systems connect without custom work.","source":"Open Data Charter 4; GDS Service Standard 13"},{"key":"C3.3","effort":"L","text":"Sign a data-sharing agreement with one outside partner and report one joint measure from it.","source":"AISP, Finding a Way Forward; Collective Impact"}],"4":[{"key":"CS.1","effort":"M","text":"Run a joint exercise with partners each year and fix the top three gaps it shows.","source":"FEMA HSEEP after-action and improvement plan"},{"key":"CS.2","effort":"S","text":"Keep a public list of cross-system dependencies with owners and check it every quarter.","source":"ISO 37106 city operating model"},{"key":"CS.3","effort":"S","text":"Teach your method to another team with an open session, and share the templates and lessons.","source":"GDS Service Standard 13; USDS Play 13"}]}},{"key":"D","name":"Tech and data","question":"How is content managed and technologies used?","outcome":false,"levels":["Paper/no data","Some automation/some data","Transactional services/analytics","Integrated systems/data models"],"discussions":{"1-3":"Which steps can people complete online today, and which still run on paper? Walk through one case together.","1-4":"Which parts of our work run on connected systems, and which on paper? Draw the path of one case.","2-4":"Which of our systems share data on their own, and where do we still copy it by hand?"},"actions":{"1":[{"key":"D1.1","effort":"M","text":"Replace one paper form with an accessible online form that saves each answer as its own data field.","source":"GDS Service Standard 5; USDS Play 3; WCAG 2.2"},{"key":"D1.2","effort":"S","text":"List every dataset the project holds: owner, format, how often it changes and how sensitive it is.","source":"What Works Cities: data inventory"},{"key":"D1.3","effort":"S","text":"Automate one repeated copy-and-paste task and record the hours saved each week.","source":"Lean waste removal; US GSA RPA community practice"}],"2":[{"key":"D2.1","effort":"L","text":"Let people finish the whole task online (apply, pay, track) and keep phone and in-person help.","source":"GDS Service Standard 3 (joined-up channels)"},{"key":"D2.2","effort":"M","text":"Track completion rate, satisfaction, take-up and cost per transaction, and publish them each month.","source":"GDS mandatory KPIs; Service Standard 10"},{"key":"D2.3","effort":"M","text":"Publish one high-value dataset with a data dictionary, open license and scheduled refresh.","source":"Open Data Charter 2 and 3"}],"3":[{"key":"D3.1","effort":"L","text":"Connect two systems through a documented API and one shared ID in place of file exports.","source":"GDS Service Standard 13; Open Data Charter 4"},{"key":"D3.2","effort":"L","text":"Agree a common data model with other departments and name a steward for each core record.","source":"What Works Cities: data strategy and governance"},{"key":"D3.3","effort":"M","text":"Complete a privacy and security risk review before linking datasets and publish a summary.","source":"NIST Privacy Framework; What Works Cities: data privacy"}],"4":[{"key":"DS.1","effort":"M","text":"Run automated data-quality checks every day and list known problems next to the data.","source":"What Works Cities: data quality"},{"key":"DS.2","effort":"M","text":"Test restore, failover and supplier exit once a year so no single supplier can stop the service.","source":"NIST CSF Recover; GDS Service Standard 14 (reliable)"},{"key":"DS.3","effort":"M","text":"Retire one old system or duplicate dataset each year and report what it saved.","source":"What Works Cities: repurposing"}]}},{"key":"E","name":"Capability","question":"How evolved is your ability to solve problems?","outcome":true,"levels":["In-person, one episode at a time","Some analysis - high level trends","Deeper analysis, identify hidden problems, respond","Real-time data, predictive, proactive, transformative"],"discussions":{"1-3":"When did data last show us a problem we had not seen, and which cases do we solve without looking further?","1-4":"Where do we act before a problem arrives, and where do we take each case as it comes? Name one of each.","2-4":"Which problem did we see coming in time to act, and which did we only read from a trend afterwards?"},"actions":{"1":[{"key":"E1.1","effort":"S","text":"Log each case with its date, type, place and outcome so that patterns can be counted.","source":"CitiStat / PerformanceStat (Behn 2014)"},{"key":"E1.2","effort":"S","text":"Chart one measure over time and discuss the chart for 15 minutes each month.","source":"NHS Making Data Count; IHI run charts"},{"key":"E1.3","effort":"S","text":"Write the problem as one sentence with a number and a target before you start to solve it.","source":"Model for Improvement: aim statement"}],"2":[{"key":"E2.1","effort":"M","text":"Break results down by neighborhood and group, find who is served worst, and act on one gap.","source":"What Works Cities: disaggregated data"},{"key":"E2.2","effort":"S","text":"Ask ''why'' five times with front-line staff about your most common failure and fix the root cause.","source":"Five whys (Lean / Toyota)"},{"key":"E2.3","effort":"M","text":"Test one change on a small scale with a comparison group before you roll it out.","source":"Test, Learn, Adapt (Behavioural Insights Team)"}],"3":[{"key":"E3.1","effort":"M","text":"Set an automatic alert on one early sign of trouble, with a named responder and a time target.","source":"DORA capability: proactive failure notification"},{"key":"E3.2","effort":"L","text":"Pilot a forecast for one decision, compare it with what happened, and stop if it does not help.","source":"NIST AI RMF: Measure; Test, Learn, Adapt"},{"key":"E3.3","effort":"M","text":"List each algorithm you use in a public register: purpose, data, human checks and contact.","source":"Amsterdam and Helsinki registers; Eurocities schema"}],"4":[{"key":"ES.1","effort":"M","text":"Audit forecasts each quarter for accuracy and for unequal errors between groups; publish the result.","source":"NIST AI RMF: Measure (harmful bias managed)"},{"key":"ES.2","effort":"S","text":"Hold a blameless review after each surprise and add what you learned to the playbook.","source":"Google SRE postmortems; HSEEP after-action review"},{"key":"ES.3","effort":"L","text":"Stop or redesign one program each year that the evidence shows is not working.","source":"What Works Cities: repurposing, rigorous evaluations"}]}}]}');
INSERT INTO public.teams VALUES (1, 'T0I8MKM8WWZ', 'C0CAOSQRVYP', 'permits', 'channel', NULL, 13, NULL, 'tuesday', '10:00:00', 'America/Chicago', '2026-10-06', 'team', 3, 'confidential', true, NULL, NULL, '[]', '2026-10-05 15:00:03.330886+00', '2027-01-05', '2027-01-05 16:00:00+00', 'refresh', '2027-01-05 15:00:00+00', NULL, '2026-10-29 15:01:45.022572+00', NULL, NULL);
INSERT INTO public.teams VALUES (2, 'T0I8MKM8WWZ', 'C0B7R68XUHD', 'parks', 'channel', NULL, 13, NULL, 'tuesday', '10:00:00', 'America/Chicago', '2026-10-06', 'team', 3, 'named', true, NULL, NULL, '[]', '2026-10-05 15:00:05.874009+00', '2027-01-05', '2027-01-05 16:00:00+00', 'refresh', '2027-01-05 15:00:00+00', NULL, '2026-10-29 15:02:02.725041+00', NULL, NULL);
INSERT INTO public.teams VALUES (4, 'T0I8MKM8WWZ', 'C0T2R7XH8F8', 'Ops', 'channel', NULL, 1, NULL, 'tuesday', '10:00:00', 'America/Chicago', '2026-11-10', 'team', 3, 'confidential', true, NULL, NULL, '[]', '2026-11-09 18:02:33.297662+00', '2026-11-17', '2026-11-17 16:00:00+00', 'refresh', '2026-11-17 15:00:00+00', NULL, '2026-11-09 18:02:40.538589+00', NULL, NULL);
INSERT INTO public.teams VALUES (5, 'T0I8MKM8WWZ', 'C0XTKUQXBVF', 'Ops', 'usergroup', 'S0XZ2VZS1YW', NULL, 2, 'tuesday', '10:00:00', 'America/Chicago', '2026-11-10', 'member', 3, 'confidential', true, NULL, NULL, '["2026-12-24", "2027-01-04"]', '2026-11-09 18:02:34.339135+00', '2026-12-08', '2026-12-08 16:00:00+00', 'refresh', '2026-12-07 19:00:00+00', NULL, '2026-11-10 18:02:43.640688+00', NULL, NULL);
INSERT INTO public.teams VALUES (6, 'T0I8MKM8WWZ', 'C0RZC1UHO8L', 'lights', 'channel', NULL, 13, NULL, 'tuesday', '10:00:00', 'America/Chicago', '2026-11-10', 'team', 3, 'confidential', true, NULL, NULL, '[]', '2026-11-09 18:02:35.502915+00', '2027-02-09', '2027-02-09 16:00:00+00', 'refresh', '2027-02-09 15:00:00+00', NULL, '2026-11-09 18:02:36.01127+00', NULL, NULL);
INSERT INTO public.teams VALUES (7, 'T0I8MKM8WWZ', 'C09LKMT6SY6', 'gone', 'channel', NULL, 13, NULL, 'tuesday', '10:00:00', 'America/Chicago', '2026-11-10', 'team', 3, 'confidential', true, NULL, NULL, '[]', '2026-11-09 18:02:38.4632+00', NULL, NULL, 'delete', '2026-11-10 18:02:45.297095+00', NULL, '2026-11-09 18:02:38.820759+00', NULL, NULL);
INSERT INTO public.teams VALUES (8, 'T0I8MKM8WWZ', 'C016W1HC26Q', 'trees', 'people', NULL, 13, NULL, 'tuesday', '10:00:00', 'America/Chicago', '2026-11-17', 'team', 3, 'confidential', true, NULL, NULL, '[]', '2026-11-10 18:02:44.773128+00', '2026-11-17', '2026-11-17 16:00:00+00', 'refresh', '2026-11-17 15:00:00+00', NULL, '2026-11-10 18:02:44.773128+00', NULL, NULL);
INSERT INTO public.workspaces VALUES ('T0I8MKM8WWZ', 'City', 'https://city.slack.com/', 'U0HVAFM2ZMW', 'B0BF9KOTKRI', 4, '2026-10-05 15:00:00.178287+00', NULL);
INSERT INTO public.workspaces VALUES ('T0SECOND', 'City of Example', 'https://example.slack.com/', 'U1BOT', 'B1', 4, '2026-11-10 18:02:45.271883+00', '2026-11-10 18:02:45.271883+00');
SELECT pg_catalog.setval('public.action_items_id_seq', 4, true);
SELECT pg_catalog.setval('public.audit_entries_id_seq', 35, true);
SELECT pg_catalog.setval('public.rounds_id_seq', 14, true);
SELECT pg_catalog.setval('public.teams_id_seq', 8, true);
ALTER TABLE ONLY public.alembic_version
    ADD CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num);
ALTER TABLE ONLY public.action_items
    ADD CONSTRAINT pk_action_items PRIMARY KEY (id);
ALTER TABLE ONLY public.admins
    ADD CONSTRAINT pk_admins PRIMARY KEY (workspace_id, user_id);
ALTER TABLE ONLY public.answers
    ADD CONSTRAINT pk_answers PRIMARY KEY (round_id, dimension, user_id);
ALTER TABLE ONLY public.audit_entries
    ADD CONSTRAINT pk_audit_entries PRIMARY KEY (id);
ALTER TABLE ONLY public.chosen_people
    ADD CONSTRAINT pk_chosen_people PRIMARY KEY (team_id, user_id);
ALTER TABLE ONLY public.deliveries
    ADD CONSTRAINT pk_deliveries PRIMARY KEY (id);
ALTER TABLE ONLY public.delivery_limits
    ADD CONSTRAINT pk_delivery_limits PRIMARY KEY (workspace_id, method);
ALTER TABLE ONLY public.installations
    ADD CONSTRAINT pk_installations PRIMARY KEY (workspace_id);
ALTER TABLE ONLY public.managers
    ADD CONSTRAINT pk_managers PRIMARY KEY (team_id, user_id);
ALTER TABLE ONLY public.oauth_states
    ADD CONSTRAINT pk_oauth_states PRIMARY KEY (state);
ALTER TABLE ONLY public.people
    ADD CONSTRAINT pk_people PRIMARY KEY (workspace_id, user_id);
ALTER TABLE ONLY public.rosters
    ADD CONSTRAINT pk_rosters PRIMARY KEY (team_id, user_id);
ALTER TABLE ONLY public.round_counts
    ADD CONSTRAINT pk_round_counts PRIMARY KEY (round_id, dimension, level);
ALTER TABLE ONLY public.round_members
    ADD CONSTRAINT pk_round_members PRIMARY KEY (round_id, user_id);
ALTER TABLE ONLY public.round_notes
    ADD CONSTRAINT pk_round_notes PRIMARY KEY (id);
ALTER TABLE ONLY public.rounds
    ADD CONSTRAINT pk_rounds PRIMARY KEY (id);
ALTER TABLE ONLY public.rubrics
    ADD CONSTRAINT pk_rubrics PRIMARY KEY (workspace_id, version);
ALTER TABLE ONLY public.teams
    ADD CONSTRAINT pk_teams PRIMARY KEY (id);
ALTER TABLE ONLY public.workspaces
    ADD CONSTRAINT pk_workspaces PRIMARY KEY (id);
ALTER TABLE ONLY public.deliveries
    ADD CONSTRAINT uq_deliveries_workspace_id_key UNIQUE (workspace_id, key);
ALTER TABLE ONLY public.rounds
    ADD CONSTRAINT uq_rounds_team_id_number UNIQUE (team_id, number);
ALTER TABLE ONLY public.rounds
    ADD CONSTRAINT uq_rounds_team_id_slot_date UNIQUE (team_id, slot_date);
ALTER TABLE ONLY public.teams
    ADD CONSTRAINT uq_teams_workspace_id_channel_id UNIQUE (workspace_id, channel_id);
CREATE UNIQUE INDEX ix_action_items_once ON public.action_items USING btree (team_id, action_key) WHERE (((state)::text = 'open'::text) AND (action_key IS NOT NULL));
CREATE INDEX ix_action_items_owner ON public.action_items USING btree (workspace_id, owner_id) WHERE ((state)::text = 'open'::text);
CREATE INDEX ix_action_items_remind_at ON public.action_items USING btree (remind_at) WHERE (remind_at IS NOT NULL);
CREATE UNIQUE INDEX ix_action_items_request ON public.action_items USING btree (team_id, request) WHERE (request IS NOT NULL);
CREATE INDEX ix_action_items_round_id ON public.action_items USING btree (round_id);
CREATE INDEX ix_action_items_team_id ON public.action_items USING btree (team_id, state);
CREATE INDEX ix_audit_entries_workspace_id ON public.audit_entries USING btree (workspace_id, id);
CREATE INDEX ix_deliveries_ended_on ON public.deliveries USING btree (ended_on) WHERE (ended_on IS NOT NULL);
CREATE INDEX ix_deliveries_next_attempt_at ON public.deliveries USING btree (next_attempt_at) WHERE (next_attempt_at IS NOT NULL);
CREATE INDEX ix_deliveries_round_id ON public.deliveries USING btree (round_id);
CREATE INDEX ix_deliveries_team_id ON public.deliveries USING btree (team_id);
CREATE INDEX ix_deliveries_workspace_id ON public.deliveries USING btree (workspace_id, next_attempt_at) WHERE (next_attempt_at IS NOT NULL);
CREATE INDEX ix_round_notes_round_id ON public.round_notes USING btree (round_id);
CREATE INDEX ix_rounds_next_step_at ON public.rounds USING btree (next_step_at) WHERE (next_step_at IS NOT NULL);
CREATE UNIQUE INDEX ix_rounds_one_open ON public.rounds USING btree (team_id) WHERE ((state)::text = 'open'::text);
CREATE INDEX ix_teams_next_step_at ON public.teams USING btree (next_step_at) WHERE (next_step_at IS NOT NULL);
ALTER TABLE ONLY public.action_items
    ADD CONSTRAINT fk_action_items_round_id FOREIGN KEY (round_id) REFERENCES public.rounds(id) ON DELETE SET NULL;
ALTER TABLE ONLY public.action_items
    ADD CONSTRAINT fk_action_items_team_id FOREIGN KEY (team_id) REFERENCES public.teams(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.action_items
    ADD CONSTRAINT fk_action_items_workspace_id FOREIGN KEY (workspace_id) REFERENCES public.workspaces(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.admins
    ADD CONSTRAINT fk_admins_workspace_id FOREIGN KEY (workspace_id) REFERENCES public.workspaces(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.answers
    ADD CONSTRAINT fk_answers_round_id_user_id FOREIGN KEY (round_id, user_id) REFERENCES public.round_members(round_id, user_id) ON DELETE CASCADE;
ALTER TABLE ONLY public.audit_entries
    ADD CONSTRAINT fk_audit_entries_workspace_id FOREIGN KEY (workspace_id) REFERENCES public.workspaces(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.chosen_people
    ADD CONSTRAINT fk_chosen_people_team_id FOREIGN KEY (team_id) REFERENCES public.teams(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.deliveries
    ADD CONSTRAINT fk_deliveries_round_id FOREIGN KEY (round_id) REFERENCES public.rounds(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.deliveries
    ADD CONSTRAINT fk_deliveries_team_id FOREIGN KEY (team_id) REFERENCES public.teams(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.deliveries
    ADD CONSTRAINT fk_deliveries_workspace_id FOREIGN KEY (workspace_id) REFERENCES public.workspaces(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.delivery_limits
    ADD CONSTRAINT fk_delivery_limits_workspace_id FOREIGN KEY (workspace_id) REFERENCES public.workspaces(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.installations
    ADD CONSTRAINT fk_installations_workspace_id FOREIGN KEY (workspace_id) REFERENCES public.workspaces(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.managers
    ADD CONSTRAINT fk_managers_team_id FOREIGN KEY (team_id) REFERENCES public.teams(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.people
    ADD CONSTRAINT fk_people_workspace_id FOREIGN KEY (workspace_id) REFERENCES public.workspaces(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.rosters
    ADD CONSTRAINT fk_rosters_team_id FOREIGN KEY (team_id) REFERENCES public.teams(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.round_counts
    ADD CONSTRAINT fk_round_counts_round_id FOREIGN KEY (round_id) REFERENCES public.rounds(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.round_members
    ADD CONSTRAINT fk_round_members_round_id FOREIGN KEY (round_id) REFERENCES public.rounds(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.round_notes
    ADD CONSTRAINT fk_round_notes_round_id FOREIGN KEY (round_id) REFERENCES public.rounds(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.rounds
    ADD CONSTRAINT fk_rounds_team_id FOREIGN KEY (team_id) REFERENCES public.teams(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.rounds
    ADD CONSTRAINT fk_rounds_workspace_id FOREIGN KEY (workspace_id) REFERENCES public.workspaces(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.rounds
    ADD CONSTRAINT fk_rounds_workspace_id_rubric_version FOREIGN KEY (workspace_id, rubric_version) REFERENCES public.rubrics(workspace_id, version);
ALTER TABLE ONLY public.rubrics
    ADD CONSTRAINT fk_rubrics_workspace_id FOREIGN KEY (workspace_id) REFERENCES public.workspaces(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.teams
    ADD CONSTRAINT fk_teams_workspace_id FOREIGN KEY (workspace_id) REFERENCES public.workspaces(id) ON DELETE CASCADE;
