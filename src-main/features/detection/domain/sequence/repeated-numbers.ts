/** How many distinct numbers there are, and which of them occur more than once (ascending). */
export interface NumberUse {
  readonly distinct: number;
  readonly repeated: readonly number[];
}

/** Counts by marks where the numbers lie dense (no comparison), else by sorting. Numbers are whole, from 0 up. */
export const numberUse = (numbers: Float64Array): NumberUse => {
  let lowest = Infinity;
  let highest = -Infinity;
  for (const number of numbers) {
    if (number < lowest) lowest = number;
    if (number > highest) highest = number;
  }
  const span = highest - lowest + 1;
  const repeated: number[] = [];
  let distinct = 0;
  if (span <= 32 * numbers.length) {
    const marks = new Uint8Array(span);
    for (const number of numbers) {
      const mark = marks[number - lowest]!;
      if (mark === 0) distinct++;
      if (mark === 1) repeated.push(number);
      if (mark < 2) marks[number - lowest] = mark + 1;
    }
    return { distinct, repeated: repeated.sort((a, b) => a - b) };
  }
  const sorted = numbers.slice().sort();
  for (let i = 0; i < sorted.length; i++) {
    if (sorted[i] !== sorted[i - 1]) distinct++;
    else if (sorted[i] !== sorted[i - 2]) repeated.push(sorted[i]!);
  }
  return { distinct, repeated };
};
