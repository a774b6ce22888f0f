/** Mulberry32: a small seeded generator; the same seed gives the same inputs on every machine. */
export const seededRandom = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
};

const INTERESTING = [
  '',
  '\0',
  '\r',
  '\n',
  '"',
  ',',
  ';',
  '<',
  '>',
  '&',
  '-',
  '+',
  '.',
  '999999999999999999',
  '1e308',
  '\u202e',
  '￾',
];
const encoder = new TextEncoder();

/** What a file may suffer on its way, one to four times: bits, cuts, repeats, exchanged lines, digits, odd characters. */
export const mutate = (original: Uint8Array, random: () => number): Uint8Array => {
  let bytes = original;
  const times = 1 + Math.floor(random() * 4);
  for (let i = 0; i < times; i++) bytes = once(bytes, random);
  return bytes;
};

const once = (bytes: Uint8Array, random: () => number): Uint8Array => {
  const at = Math.floor(random() * bytes.length);
  const length = Math.min(bytes.length - at, 1 + Math.floor(random() ** 3 * 400));
  switch (Math.floor(random() * 9)) {
    case 0: {
      const copy = bytes.slice();
      copy[at] = copy[at]! ^ (1 << Math.floor(random() * 8));
      return copy;
    }
    case 1: {
      const copy = bytes.slice();
      copy[at] = Math.floor(random() * 256);
      return copy;
    }
    case 2:
      return bytes.slice(0, at);
    case 3:
      return joined(bytes.subarray(0, at), bytes.subarray(at + length));
    case 4:
      return joined(bytes.subarray(0, at + length), bytes.subarray(at));
    case 5:
      return joined(
        bytes.subarray(0, at),
        encoder.encode(INTERESTING[Math.floor(random() * INTERESTING.length)]),
        bytes.subarray(at),
      );
    case 6:
      return exchangedLines(bytes, random);
    case 7: {
      const copy = bytes.slice();
      for (let p = at; p < at + length; p++)
        if (copy[p]! >= 48 && copy[p]! <= 57) copy[p] = 48 + Math.floor(random() * 10);
      return copy;
    }
    default: {
      const copy = bytes.slice();
      copy.fill(Math.floor(random() * 256), at, at + Math.min(length, 40));
      return copy;
    }
  }
};

const joined = (...parts: readonly Uint8Array[]): Uint8Array => {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
};

const exchangedLines = (bytes: Uint8Array, random: () => number): Uint8Array => {
  const ends: number[] = [];
  for (let i = 0; i < bytes.length && ends.length < 5_000; i++) if (bytes[i] === 0x0a) ends.push(i + 1);
  if (ends.length < 3) return bytes.slice(0, bytes.length >> 1);
  const line = (n: number): Uint8Array => bytes.subarray(n === 0 ? 0 : ends[n - 1]!, ends[n]!);
  const first = Math.floor(random() * (ends.length - 1));
  const second = first + 1 + Math.floor(random() * (ends.length - 1 - first));
  return joined(
    bytes.subarray(0, first === 0 ? 0 : ends[first - 1]!),
    line(second),
    bytes.subarray(ends[first]!, ends[second - 1]!),
    line(first),
    bytes.subarray(ends[second]!),
  );
};
