// An app's Home tab, as it publishes it for one person.
import { useEffect } from "react";
import type { HomeTab } from "./api";
import { Blocks } from "./Blocks";
import { useDoing } from "./context";
import { Icon } from "./Icon";

export function HomeView({ home }: { home: HomeTab }) {
  const { act } = useDoing();
  useEffect(() => void act("opens_home", { app: home.id.slice("home:".length) }), [home.id]);
  return (
    <>
      <header className="place-head"><h2>{home.title}: Home</h2><p className="quiet">Only you see this page</p></header>
      <div className="messages home" tabIndex={0} role="region" aria-label={`Home of ${home.title}`}>
        <div className="scroll">
          {home.view ? <Blocks surface={{ view: home.view.id }} blocks={home.view.blocks} state={home.view.state} pictures={home.view.pictures} /> : <div className="empty"><Icon sign="home" /><p>The app has put nothing here yet.</p></div>}
        </div>
      </div>
    </>
  );
}
