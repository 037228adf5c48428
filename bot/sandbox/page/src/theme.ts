import { useEffect, useState } from "react";

export type Choice = "system" | "light" | "dark";
const KEY = "theme";

/** Light or dark: as the machine is set, unless somebody chose. */
export function useTheme(): { theme: "light" | "dark"; choice: Choice; choose: (choice: Choice) => void } {
  const [choice, setChoice] = useState<Choice>(() => (localStorage.getItem(KEY) as Choice | null) ?? "system");
  const query = window.matchMedia("(prefers-color-scheme: dark)");
  const [dark, setDark] = useState(query.matches);
  useEffect(() => {
    const changed = () => setDark(query.matches);
    query.addEventListener("change", changed);
    return () => query.removeEventListener("change", changed);
  }, []);
  const theme = choice === "system" ? (dark ? "dark" : "light") : choice;
  useEffect(() => {
    document.documentElement.dataset.theme = theme;
  }, [theme]);
  const choose = (next: Choice) => {
    localStorage.setItem(KEY, next);
    setChoice(next);
  };
  return { theme, choice, choose };
}
