/** Sections of a test's specification that say how it computes. */
const HEADS = ['## Formula', '## Rule', '## Following money', '## Definition'];

/** Marks of Markdown that say nothing when they are read as text. */
const plain = (line: string): string => {
  const text = line
    .replaceAll('**', '')
    .replaceAll('`', '')
    .replaceAll('\\|', '|')
    .replaceAll(/(^|[\s(])\*(\S[^*]*)\*/g, '$1$2');
  return text.replaceAll(/\[([^\]]+)\]\([^)]*\)/g, '$1');
};

/** One row of a table as its cells; null for the line under its head. */
const cells = (line: string): string | null => {
  const parts = line
    .split(/(?<!\\)\|/)
    .slice(1, -1)
    .map(part => plain(part.trim()));
  return parts.every(part => /^:?-+:?$/.test(part)) ? null : parts.filter(part => part !== '').join(' — ');
};

/** How a test computes, as its specification (Markdown) says it, line by line; none where it has no such section. */
export const formulaLines = (specification: string): readonly string[] => {
  const lines = specification.split('\n');
  const from = lines.findIndex(line => HEADS.some(head => line.startsWith(head)));
  if (from < 0) return [];
  const rest = lines.slice(from + 1);
  const end = rest.findIndex(line => line.startsWith('## '));
  return rest
    .slice(0, end < 0 ? rest.length : end)
    .map(line => (line.startsWith('|') ? cells(line) : plain(line.trim())))
    .filter(line => line !== null && line !== '') as string[];
};

const specifications = import.meta.glob<string>('../../../docs/specs/*.md', { query: '?raw', import: 'default' });

/** The specification of a test as it was shipped with this version; null where it has no page of its own. */
export const readSpecification = async (test: string): Promise<string | null> =>
  (await specifications[`../../../docs/specs/${test}.md`]?.()) ?? null;
