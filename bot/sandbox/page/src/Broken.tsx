// A fault of the page itself: said in its place, with a way on, instead of an empty window.
import { Component, type ReactNode } from "react";

export class Broken extends Component<{ children: ReactNode }, { fault: string | null }> {
  override state: { fault: string | null } = { fault: null };
  static getDerivedStateFromError(error: unknown) {
    return { fault: String(error) };
  }
  override render() {
    if (this.state.fault === null) return this.props.children;
    return (
      <main className="broken" role="alert">
        <h1>This page has a fault</h1>
        <p>What you did is kept. Load the page again to go on.</p>
        <p><code>{this.state.fault}</code></p>
        <button type="button" className="button primary" onClick={() => window.location.reload()}>Load it again</button>
      </main>
    );
  }
}
