import "slack-blocks-to-jsx/dist/style.css";
import "./styles/tokens.css";
import "./styles/layout.css";
import "./styles/messages.css";
import "./styles/fields.css";
import "./styles/desk.css";
import { createRoot } from "react-dom/client";
import { App } from "./App";

const root = document.getElementById("root");
if (root) createRoot(root).render(<App />);
