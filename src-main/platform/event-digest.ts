import { hex, sha256, utf8 } from './digest.ts';

/** SHA-256 over steps of a history as they are stored: what the log says of them. */
export const eventsDigest = (
  events: readonly {
    readonly seq: number;
    readonly title: string;
    readonly actor: string;
    readonly at: string;
    readonly body: unknown;
  }[],
): string =>
  `sha256:${hex(sha256(utf8(JSON.stringify(events.map(({ seq, title, actor, at, body }) => [seq, title, actor, at, body])))))}`;
