/** The words of a field's distinct values with their weights: the vectors of the cosine measure (Salton & Buckley 1988). */
export interface TokenWeights {
  /** Distinct words, sorted; a token's number is its place. */
  readonly words: readonly string[];
  /** Rows whose value holds the word. */
  readonly rows: Uint32Array;
  /** Tokens of value v: tokens[starts[v]] … tokens[starts[v + 1] − 1], ascending; each word of a value once. */
  readonly starts: Uint32Array;
  readonly tokens: Uint32Array;
  /** Weight of each, log(1 + tf) · log(rows ÷ rows with the word), each value's vector of length 1. */
  readonly weights: Float64Array;
}

/** Weighs the words of values. `counts[v]` rows have value v. Words that every row has weigh nothing, save where all do. */
export const weighTokens = (values: readonly string[], counts: Uint32Array): TokenWeights => {
  const words = [...new Set(values.flatMap(value => value.split(' ')))].filter(word => word !== '').sort();
  const numbers = new Map(words.map((word, number) => [word, number]));
  const rows = new Uint32Array(words.length);
  const starts = new Uint32Array(values.length + 1);
  const lists = values.map((value, v) => {
    const tally = new Map<number, number>();
    for (const word of value.split(' ')) {
      const number = numbers.get(word);
      if (number !== undefined) tally.set(number, (tally.get(number) ?? 0) + 1);
    }
    for (const number of tally.keys()) rows[number] = rows[number]! + counts[v]!;
    starts[v + 1] = starts[v]! + tally.size;
    return [...tally].sort(([a], [b]) => a - b);
  });
  const total = counts.reduce((sum, count) => sum + count, 0);
  const tokens = new Uint32Array(starts[values.length]!);
  const weights = new Float64Array(tokens.length);
  lists.forEach((list, v) => {
    let at = starts[v]!;
    let square = 0;
    for (const [number, times] of list) {
      const weight = Math.log(1 + times) * Math.log((total + 1) / rows[number]!);
      tokens[at] = number;
      weights[at++] = weight;
      square += weight * weight;
    }
    const length = Math.sqrt(square);
    for (at = starts[v]!; at < starts[v + 1]!; at++) weights[at] = length === 0 ? 0 : weights[at]! / length;
  });
  return { words, rows, starts, tokens, weights };
};
