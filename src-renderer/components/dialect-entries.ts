/** Scalar settings of a dialect as text, in the order given; lists and tables in it are left to other parts of the screen. */
export const dialectEntries = (dialect: Readonly<Record<string, unknown>>): readonly (readonly [string, string])[] =>
  Object.entries(dialect).flatMap(([name, value]) =>
    typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
      ? [[name, visibleText(String(value))] as const]
      : [],
  );

/** Text whose invisible characters show: a tab delimiter reads `\t`. */
const visibleText = (text: string): string => text.replaceAll('\t', '\\t').replaceAll('\n', '\\n');

/** A list of texts out of a dialect; [] where there is none. */
export const dialectList = (dialect: Readonly<Record<string, unknown>>, name: string): readonly string[] => {
  const value = dialect[name];
  return Array.isArray(value) ? value.filter(item => typeof item === 'string') : [];
};
