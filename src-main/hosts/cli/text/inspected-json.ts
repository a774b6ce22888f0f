import type { InspectedPages } from '../inspected-files.ts';

/** Written at once: larger pieces save calls, smaller ones memory. */
const PIECE = 1 << 16;

/** The JSON of an array, element by element. */
async function* list(pages: AsyncIterable<readonly unknown[]> | Iterable<readonly unknown[]>): AsyncGenerator<string> {
  yield '[';
  let first = true;
  for await (const page of pages)
    for (const element of page) {
      yield `${first ? '' : ','}${JSON.stringify(element)}`;
      first = false;
    }
  yield ']';
}

async function* parts({ file, transactions }: InspectedPages): AsyncGenerator<string> {
  const { held: _held, statements, rejected, warnings, error, archive, ...facts } = file;
  yield `${JSON.stringify(facts).slice(0, -1)},"statements":[`;
  for (const [i, { transactions: _inPlace, ...statement }] of statements.entries()) {
    yield `${i === 0 ? '' : ','}${JSON.stringify(statement).slice(0, -1)},"transactions":`;
    yield* list(transactions(i));
    yield '}';
  }
  yield '],"rejected":';
  yield* list([rejected]);
  yield `,"warnings":${JSON.stringify(warnings)}`;
  if (error !== undefined) yield `,"error":${JSON.stringify(error)}`;
  if (archive !== undefined) yield `,"archive":${JSON.stringify(archive)}`;
  yield '}';
}

/** An inspected file as JSON, in pieces: the whole of it is never one text. */
export async function* inspectedJson(file: InspectedPages): AsyncGenerator<string> {
  let piece = '';
  for await (const part of parts(file)) {
    piece += part;
    if (piece.length < PIECE) continue;
    yield piece;
    piece = '';
  }
  yield piece;
}
