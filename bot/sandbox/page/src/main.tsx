import "slack-blocks-to-jsx/dist/style.css";
import "./styles/type.css";
import "./styles/tokens.css";
import "./styles/bar.css";
import "./styles/layout.css";
import "./styles/sidebar.css";
import "./styles/messages.css";
import "./styles/fields.css";
import "./styles/composer.css";
import "./styles/modal.css";
import "./styles/desk.css";
import "./styles/touch.css";
import { createRoot } from "react-dom/client";
import { App } from "./App";
import { Broken } from "./Broken";

const root = document.getElementById("root");
if (root) createRoot(root).render(<Broken><App /></Broken>);
