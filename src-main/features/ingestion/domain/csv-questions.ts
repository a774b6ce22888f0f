import type { DialectQuestion } from './csv-dialect.ts';
import { FileRefused } from './statement-sink.ts';

/** A question on text that can be read in several ways. `example` is such a text of the file. */
export const askSetting = (key: string, candidates: readonly string[], example: string): DialectQuestion => ({
  key,
  candidates,
  code: 'dialect.ambiguous',
  message: `"${example}" can be read in several ways and nothing in the file decides: state --set ${key}=… as one of ${candidates.join(', ')}.`,
  moreMayTell: true,
});

/** A question on which of several columns plays a part. */
export const askColumn = (key: string, candidates: readonly string[], why: string): DialectQuestion => ({
  key,
  candidates,
  code: 'dialect.ambiguous',
  message: `${why} and nothing in the file decides: state --set ${key}=… as one of ${candidates.join(', ')}.`,
  moreMayTell: false,
});

/** A part that no column plays and without which nothing can be read. */
export const askMissing = (
  key: string,
  code: DialectQuestion['code'],
  candidates: readonly string[],
  message: string,
): DialectQuestion => ({ key, candidates, code, message, moreMayTell: false });

/** The refusal of a file whose questions stay open; its candidates are what can be answered to each. */
export const refuseOpen = (questions: readonly DialectQuestion[]): FileRefused =>
  new FileRefused(
    questions.find(({ code }) => code !== 'dialect.ambiguous')?.code ?? 'dialect.ambiguous',
    questions.map(({ message }) => message).join(' '),
    null,
    Object.fromEntries(questions.map(({ key, candidates }) => [key, [...candidates]])),
  );
