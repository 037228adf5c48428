// Who one is, and where one can go.
import { useEffect, useRef, useState } from "react";
import type { Channel, Person, World } from "./api";
import { Avatar } from "./Avatar";
import { Icon, type Sign } from "./Icon";

interface Given { world: World; at: { person: string; place: string }; walk: (person: string, place: string) => void; titles: Record<string, string> }

export function Sidebar({ world, at, walk, titles }: Given) {
  const seen = useSeen(world, at.place);
  const unread = (one: Channel) => one.id !== at.place && one.latest > (seen[`${world.me} ${one.id}`] ?? "");
  const app = world.apps[0];
  const own = world.channels.filter((one) => one.member && one.kind !== "im" && one.kind !== "mpim");
  const others = world.channels.filter((one) => !one.member);
  const talks = world.channels.filter((one) => (one.kind === "im" || one.kind === "mpim") && one.id !== app?.dm);
  const dm = world.channels.find((one) => one.id === app?.dm);
  const link = (id: string, name: string, sign: Sign, isNew = false) => (
    <li key={id}>
      <button type="button" className={isNew ? "place unread" : "place"} aria-current={id === at.place ? "page" : undefined} onClick={() => walk(world.me, id)}>
        <Icon sign={sign} />
        <span className="place-name">{name}</span>
        {isNew && <span className="dot"><span className="unseen">new messages</span></span>}
      </button>
    </li>
  );
  return (
    <nav className="sidebar" aria-label="Workspace">
      <p className="workspace">{world.workspace?.name}</p>
      <PeopleMenu world={world} titles={titles} seen={seen} choose={(person) => walk(person.id, placeFor(world, person, at.place))} />
      <div className="places">
        {app && (
          <section aria-labelledby="places-app">
            <h2 id="places-app">{app.name}</h2>
            <ul>
              {link(app.dm, "Messages", "messages", dm ? unread(dm) : false)}
              {app.home && link(`home:${app.id}`, "Home", "home")}
            </ul>
          </section>
        )}
        <section aria-labelledby="places-channels">
          <h2 id="places-channels">Channels</h2>
          <ul>{own.map((one) => link(one.id, one.name, one.kind === "private" ? "lock" : "hash", unread(one)))}</ul>
          {!own.length && <p className="quiet">In none yet.</p>}
        </section>
        {talks.length > 0 && (
          <section aria-labelledby="places-talks">
            <h2 id="places-talks">Direct messages</h2>
            <ul>{talks.map((one) => link(one.id, one.name, "person", unread(one)))}</ul>
          </section>
        )}
        {others.length > 0 && (
          <section aria-labelledby="places-others">
            <h2 id="places-others">Other channels</h2>
            <ul className="others">{others.map((one) => link(one.id, one.name, "hash"))}</ul>
          </section>
        )}
      </div>
    </nav>
  );
}

/** Everybody has direct messages with the app of their own; channels are the same for all. */
function placeFor(world: World, person: Person, place: string): string {
  const app = world.apps[0];
  if (app && place === app.dm) return person.dm;
  return place;
}

/** The newest message that each person has seen at each place, in this world. */
function useSeen(world: World, place: string): Record<string, string> {
  const [seen, setSeen] = useState<Record<string, string>>({});
  const before = useRef(world.world);
  const latest = world.channels.find((one) => one.id === place)?.latest ?? "";
  const key = `${world.me} ${place}`;
  useEffect(() => {
    if (before.current !== world.world) {
      before.current = world.world;
      setSeen({});
    } else if (latest && world.place?.id === place && (seen[key] ?? "") < latest) setSeen((all) => ({ ...all, [key]: latest }));
  }, [world, key, latest, place, seen]);
  return seen;
}

interface Menu { world: World; titles: Record<string, string>; seen: Record<string, string>; choose: (person: Person) => void }

function PeopleMenu({ world, titles, seen, choose }: Menu) {
  const [open, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const me = world.people.find((one) => one.id === world.me);
  useEffect(() => {
    if (open) box.current?.querySelector<HTMLElement>("[aria-pressed=true]")?.focus();
  }, [open]);
  if (!me) return null;
  const close = (focus: boolean) => {
    setOpen(false);
    if (focus) box.current?.querySelector<HTMLElement>(".me")?.focus();
  };
  return (
    <div className="people" ref={box} onKeyDown={(event) => event.key === "Escape" && close(true)}
      onBlur={(event) => !event.currentTarget.contains(event.relatedTarget) && setOpen(false)}>
      <button type="button" className="me" aria-expanded={open} aria-controls="people" onClick={() => setOpen(!open)}>
        <Avatar id={me.id} name={me.name} />
        <span className="person">
          <span className="unseen">You are </span>
          <b>{me.name}</b>
          <small>{describe(me, titles)}</small>
        </span>
        <span className="switch">Switch</span>
      </button>
      {open && (
        <ul id="people" className="popover" aria-label="Be somebody else">
          {world.people.map((one) => (
            <li key={one.id}>
              <button type="button" aria-pressed={one.id === me.id} onClick={() => { close(true); choose(one); }}>
                <Avatar id={one.id} name={one.name} />
                <span className="person"><b>{one.name}</b><small>{describe(one, titles)}</small></span>
                {one.latest > (seen[`${one.id} ${one.dm}`] ?? "") && one.id !== me.id && <span className="dot"><span className="unseen">has new messages</span></span>}
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

const ROLES: Record<string, string> = { owner: "workspace owner", admin: "workspace admin", guest: "guest", member: "" };

function describe(person: Person, titles: Record<string, string>): string {
  const said = [ROLES[person.role], titles[person.id]].filter(Boolean).join(", ");
  return said || "in no team";
}
