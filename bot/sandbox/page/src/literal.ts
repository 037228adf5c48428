// What was escaped stays text: the library undoes escapes first and only then looks for mentions and markup.
const CODE = /(```[\s\S]*?```|`[^`\n]*`)/;
const CALLS = /<[^>]*>|@(here|channel|everyone)\b/g;
const MARKUP = /[&<>@*_~`[\]]/g;
const undone = (text: string) => text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
const coded = (sign: string) => `&#${sign.charCodeAt(0)};`;

/** Slack's markup, in which `&lt;!here&gt;` calls nobody, and with `verbatim` neither does `@here`. */
export function literalMarkup(text: string, verbatim: boolean): string {
  return text.split(CODE).map((part, index) => (index % 2 ? inCode(part) : outside(part, index === 0, verbatim))).join("");
}

/** Plain text has no markup at all. */
export const literalPlain = (text: string) => undone(text).replace(MARKUP, coded);

function outside(part: string, begins: boolean, verbatim: boolean): string {
  // At the beginning of a line Slack takes `&gt;` for a quotation.
  const quiet = part.replaceAll("&lt;", coded("<")).replace(begins ? /(?<!^)&gt;/gm : /(?<!\n)&gt;/g, coded(">"));
  return verbatim ? quiet.replace(CALLS, (found) => (found.startsWith("<") ? found : coded("@") + found.slice(1))) : quiet;
}

/** In code nothing is decoded, so an invisible sign keeps the library from finding a mention or an address. */
function inCode(part: string): string {
  return part.replaceAll("&gt;", ">").replace(/&lt;(?=!|\w+:)/g, "<\u2060").replaceAll("&lt;", "<");
}
