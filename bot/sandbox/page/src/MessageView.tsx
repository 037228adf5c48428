import type { ReactNode } from "react";
import type { Message } from "./api";
import { Avatar } from "./Avatar";
import { Blocks } from "./Blocks";
import { useDoing } from "./context";
import { Icon } from "./Icon";
import { clock, moment } from "./times";

interface Given { message: Message; channel: string; zone: string | null; children?: ReactNode }

export function MessageView({ message, channel, zone, children }: Given) {
  const { world } = useDoing();
  const at = new Date(message.at);
  const app = world.apps[0];
  const mine = message.author.bot && message.author.id === app?.bot;
  const textBlock = { type: "section", block_id: "text", text: { type: "mrkdwn", text: message.text } };
  return (
    <article className={message.ephemeral ? "message private" : "message"} tabIndex={-1} aria-label={`${message.author.name}, ${moment(at, zone)}`} data-ts={message.ts}>
      <Avatar id={message.author.id} name={message.author.name} bot={mine} />
      <div className="message-body">
        <p className="byline">
          <b>{message.author.name}</b>
          {message.author.bot && <span className="tag">app</span>}
          <time dateTime={message.at} title={moment(at, zone)}>{clock(at, zone)}</time>
          {message.edited && <span>edited</span>}
          {message.ephemeral && <span className="only"><Icon sign="eye" />Only you can see this</span>}
        </p>
        <Blocks surface={{ channel, ts: message.ts }} blocks={message.blocks.length ? message.blocks : message.text ? [textBlock] : []}
          state={message.state} pictures={message.pictures} />
        {message.files.map((file) =>
          file.url && file.kind.startsWith("image/") ? (
            <a key={file.id} className="file-picture" href={file.url} target="_blank" rel="noreferrer noopener"><img src={file.url} alt={file.alt || file.title} /></a>
          ) : (
            <a key={file.id} className="file" href={file.url ?? undefined} download={file.name}>
              <Icon sign="file" /><b>{file.title}</b><small>{file.name}, {Math.ceil(file.size / 1024)} kB</small>
            </a>
          ),
        )}
        {children}
      </div>
    </article>
  );
}
