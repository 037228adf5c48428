// Compiles values against Slack's own types: `node check.mjs FILE`, where FILE holds [[type, value, where it was said], ...].
// Prints a line for each value that isn't of its type, and exits with 1 if there is any.
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

const values = JSON.parse(readFileSync(process.argv[2], "utf8"));
const lines = ['import type * as S from "@slack/types";'];
for (const [type, value] of values) lines.push(`export const v${lines.length}: S.${type} = ${JSON.stringify(value)};`);

// The file exists in memory only, beside this one, so that the import is found in node_modules.
const name = join(dirname(fileURLToPath(import.meta.url)), "values.ts");
const options = {
  strict: true,
  noEmit: true,
  skipLibCheck: true,
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  types: [],
};
const host = ts.createCompilerHost(options);
const { getSourceFile, fileExists } = host;
host.fileExists = (path) => path === name || fileExists(path);
host.getSourceFile = (path, target, ...more) =>
  path === name ? ts.createSourceFile(path, lines.join("\n"), target) : getSourceFile(path, target, ...more);

const problems = ts.getPreEmitDiagnostics(ts.createProgram([name], options, host));
for (const problem of problems) {
  const line = problem.file?.fileName === name ? problem.file.getLineAndCharacterOfPosition(problem.start).line : 0;
  const where = line ? `${values[line - 1][2]}: ` : "";
  console.log(where + ts.flattenDiagnosticMessageText(problem.messageText, " "));
}
process.exit(problems.length ? 1 : 0);
