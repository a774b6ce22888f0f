import type { ZodType } from 'zod';
import { DateText, DecimalText, Sha256Text, Uuid } from '../../contract/channel.ts';
import { maskWritten } from './written-mask.ts';

/** Texts that by their shape hold no account number. Everything else that is text is free text. */
const CLOSED: ReadonlySet<unknown> = new Set([DateText, DecimalText, Sha256Text, Uuid]);

interface Definition {
  readonly type: string;
  readonly shape?: Readonly<Record<string, ZodType>>;
  readonly element?: ZodType;
  readonly innerType?: ZodType;
  readonly valueType?: ZodType;
  readonly options?: readonly ZodType[];
  readonly in?: ZodType;
  readonly getter?: () => ZodType;
}
const definitionOf = (schema: ZodType): Definition => schema.def as unknown as Definition;

/** A value of unknown shape: every text in it is free text, names of members too. */
const maskFree = (value: unknown, mask: (text: string) => string): unknown => {
  if (typeof value === 'string') return mask(value);
  if (Array.isArray(value)) return value.map(item => maskFree(item, mask));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [mask(name), maskFree(member, mask)]));
};

/**
 * An answer with its free texts masked, read along its contract: what the contract says is an amount, a day, an id or a
 * digest stays; every other text is masked, so that a field added tomorrow is masked unless its shape says otherwise.
 */
export const maskAnswer = (schema: ZodType, value: unknown, mask: (text: string) => string): unknown => {
  if (value === null || value === undefined || CLOSED.has(schema)) return value;
  const { type, shape, element, innerType, valueType, options, in: inner, getter } = definitionOf(schema);
  switch (type) {
    case 'enum':
    case 'literal':
    case 'number':
    case 'boolean':
      return value;
    case 'object': {
      const { mediaType } = value as { readonly mediaType?: unknown };
      return Object.fromEntries(
        Object.entries(value).map(([name, member]) => {
          // A file's content is text in the file's own writing.
          if (name === 'content' && typeof member === 'string' && typeof mediaType === 'string')
            return [name, maskWritten(mediaType, member, mask)];
          const own = shape?.[name];
          return [name, own === undefined ? maskFree(member, mask) : maskAnswer(own, member, mask)];
        }),
      );
    }
    case 'array':
      if (element !== undefined && Array.isArray(value)) return value.map(item => maskAnswer(element, item, mask));
      return maskFree(value, mask);
    case 'record':
      return Object.fromEntries(
        Object.entries(value).map(([name, member]) => [
          mask(name),
          valueType === undefined ? maskFree(member, mask) : maskAnswer(valueType, member, mask),
        ]),
      );
    case 'union': {
      const fitting = options?.find(option => option.safeParse(value).success);
      return fitting === undefined ? maskFree(value, mask) : maskAnswer(fitting, value, mask);
    }
    case 'lazy':
      return getter === undefined ? maskFree(value, mask) : maskAnswer(getter(), value, mask);
    default: {
      const wrapped = innerType ?? inner;
      return wrapped === undefined ? maskFree(value, mask) : maskAnswer(wrapped, value, mask);
    }
  }
};
