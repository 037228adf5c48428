// Blocks: what stands still is drawn by slack-blocks-to-jsx; what can be acted on is ours.
import { Component, type ReactNode } from "react";
import { Message as Drawing } from "slack-blocks-to-jsx";
import type { Block, Element, Fields, Json, Pictures } from "./api";
import { type Surface, useDoing } from "./context";
import { ElementView } from "./elements/ElementView";
import { literalMarkup, literalPlain } from "./literal";

interface Shown { surface: Surface; blocks: Block[]; state: Fields; pictures: Pictures; errors?: Record<string, string> }

export function Blocks({ surface, blocks, state, pictures, errors = {} }: Shown) {
  const parts: ReactNode[] = [];
  let still: Block[] = [];
  let above = "Choose";
  const flush = () => {
    if (still.length) parts.push(<Still key={`still-${parts.length}`} blocks={still} pictures={pictures} />);
    still = [];
  };
  for (const block of blocks) {
    if (block.type === "section" || block.type === "header") above = plain(block.text?.text ?? above);
    const one = { surface, block, state: state[block.block_id] ?? {} };
    if (block.type === "actions") {
      flush();
      parts.push(<Actions key={block.block_id} {...one} above={above} />);
    } else if (block.type === "input") {
      flush();
      parts.push(<Input key={block.block_id} {...one} error={errors[block.block_id]} />);
    } else if (block.type === "section" && block.accessory && block.accessory.type !== "image") {
      flush();
      parts.push(<SectionWith key={block.block_id} {...one} pictures={pictures} />);
    } else still.push(block);
  }
  flush();
  return <div className="blocks">{parts}</div>;
}

interface One { surface: Surface; block: Block; state: Record<string, Json> }

function Actions({ surface, block, state, above }: One & { above: string }) {
  return (
    <div className="actions" role="group" aria-label="Actions">
      {(block.elements as Element[]).map((element) => (
        <ElementView key={element.action_id} surface={surface} block={block} element={element} state={state[element.action_id]}
          label={element.type === "radio_buttons" || element.type === "checkboxes" ? above : (element.placeholder?.text ?? above)} />
      ))}
    </div>
  );
}

function SectionWith({ surface, block, state, pictures }: One & { pictures: Pictures }) {
  const { accessory, ...rest } = block;
  const element = accessory as Element;
  const below = ["radio_buttons", "checkboxes"].includes(element.type);
  return (
    <div className={below ? "section-with below" : "section-with"}>
      <Still blocks={[rest as Block]} pictures={pictures} />
      <ElementView surface={surface} block={block} element={element} state={state[element.action_id]} label={plain(block.text?.text ?? "Choose")} />
    </div>
  );
}

function Input({ surface, block, state, error }: One & { error: string | undefined }) {
  const element = block.element as Element;
  const id = `${block.block_id}-${element.action_id}`;
  const several = ["radio_buttons", "checkboxes"].includes(element.type);
  const label = (
    <>
      {block.label.text}
      {block.optional && <span className="quiet"> (optional)</span>}
    </>
  );
  return (
    <div className={error ? "field wrong" : "field"}>
      {several ? <p className="field-label">{label}</p> : <label className="field-label" htmlFor={id}>{label}</label>}
      <ElementView surface={surface} block={block} element={element} state={state[element.action_id]} id={id} label={block.label.text}
        describedBy={[error ? `${id}-error` : "", block.hint ? `${id}-hint` : ""].join(" ").trim() || undefined} invalid={Boolean(error)} />
      {error && <p className="field-error" id={`${id}-error`} role="alert">{error}</p>}
      {block.hint && <p className="field-hint" id={`${id}-hint`}>{block.hint.text}</p>}
    </div>
  );
}

function Still({ blocks, pictures }: { blocks: Block[]; pictures: Pictures }) {
  const { world, theme, go } = useDoing();
  const domain = world.workspace?.domain ?? "";
  const people = [...world.people.map((one) => ({ id: one.id, name: one.username })), ...world.bots];
  const ready = blocks.map((block) => loosened(withPictures(block, pictures)) as Block);
  return (
    <Fence key={JSON.stringify(ready).length}>
      <Drawing
        blocks={ready as never}
        name=""
        logo=""
        theme={theme}
        withoutWrapper
        data={{ users: people, channels: world.channels, user_groups: world.groups }}
        hooks={{
          user: ({ id, name }) => <span className="mention">@{people.find((one) => one.id === id)?.name ?? name}</span>,
          channel: ({ id, name }) => (
            <button type="button" className="mention" onClick={() => go(id)}>#{world.channels.find((one) => one.id === id)?.name ?? name}</button>
          ),
          date: ({ fallback }) => <>{fallback}</>,
          link: ({ href, children }) => {
            const inside = placeIn(href, domain);
            return inside ? (
              <button type="button" className="link" onClick={() => go(inside)}>{children}</button>
            ) : (
              <a className="link" href={href} target="_blank" rel="noreferrer noopener">{children}</a>
            );
          },
        }}
      />
    </Fence>
  );
}

/** The conversation that a link to a message of this workspace leads to. */
function placeIn(href: string, domain: string): string | null {
  const found = /^https:\/\/([^.]+)\.slack\.com\/archives\/([A-Z0-9]+)/.exec(href);
  return found && found[1] === domain ? (found[2] ?? null) : null;
}

/** Without `verbatim`: Slack still draws bold and links in it, and only makes no links by itself; the library draws nothing. */
function loosened(given: unknown): unknown {
  if (Array.isArray(given)) return given.map(loosened);
  if (given === null || typeof given !== "object") return given;
  const entries = Object.entries(given).filter(([name]) => name !== "verbatim");
  // A picture's title is the one text that the library leaves as it is.
  const made = Object.fromEntries(entries.map(([name, one]) => [name, name === "title" ? one : loosened(one)]));
  if (made.type === "plain_text") made.text = literalPlain(String(made.text));
  if (made.type === "mrkdwn") made.text = literalMarkup(String(made.text), "verbatim" in given && given.verbatim === true);
  // Slack keeps the spaces at the beginning of a line, Markdown doesn't.
  if (made.type === "mrkdwn") made.text = String(made.text).replace(/^[ \u00a0]+/gm, (spaces) => `\u200b${"\u00a0".repeat(spaces.length)}`);
  return made;
}

function withPictures(block: Block, pictures: Pictures): Block {
  if (block.type !== "image" || !block.slack_file) return block;
  const url = pictures[block.slack_file.id ?? block.slack_file.url];
  if (!url) return { type: "context", block_id: block.block_id, elements: [{ type: "plain_text", text: `A picture that you can't see: ${block.alt_text}` }] };
  const { slack_file: _file, ...rest } = block;
  return { ...rest, image_url: url } as Block;
}

export const plain = (mrkdwn: string) => mrkdwn.replace(/<[^>|]*\|?([^>]*)>/g, "$1").replace(/[*_~`]/g, "").replaceAll("&amp;", "&").replaceAll("&lt;", "<").replaceAll("&gt;", ">");

/** Blocks that the library can't draw say so in their place. */
class Fence extends Component<{ children: ReactNode }, { fault: string | null }> {
  override state: { fault: string | null } = { fault: null };
  static getDerivedStateFromError(error: unknown) {
    return { fault: String(error) };
  }
  override render() {
    return this.state.fault ? <p className="field-error">These blocks can't be drawn: {this.state.fault}</p> : this.props.children;
  }
}
