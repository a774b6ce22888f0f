import { NexusError } from '../../contract/errors.ts';

/** Half a surrogate pair, as JSON.stringify writes it: whole pairs it leaves as they are (ECMA-262, QuoteJSONString). */
const LONE_SURROGATE = /(?<!\\)(?:\\\\)*\\ud[89a-f][0-9a-f]{2}/;

/**
 * Length of an input as JSON text. Throws `input.invalid` for what no wire could have carried, and for text that is no
 * Unicode: it has no canonical form (RFC 8785), so no log entry could name it.
 */
export const jsonLength = (input: unknown): number => {
  let text: string;
  try {
    text = JSON.stringify(input) ?? '';
  } catch {
    // A big integer, a value that holds itself.
    throw invalid('The input is no JSON value.');
  }
  if (LONE_SURROGATE.test(text)) throw invalid('The input holds text that is no Unicode.');
  return text.length;
};

/** What a schema found wrong with an input, at most five places. */
export const issueText = (
  issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[],
): string =>
  issues
    .slice(0, 5)
    .map(issue => `${issue.path.length === 0 ? 'input' : issue.path.map(String).join('.')}: ${issue.message}`)
    .join('; ');

const invalid = (message: string): NexusError => new NexusError({ code: 'input.invalid', category: 'usage', message });
