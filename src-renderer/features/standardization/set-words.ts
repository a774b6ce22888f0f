import type { TFunction } from 'i18next';
import { z } from 'zod';
import type { ChannelAnswer } from '../../../src-main/contract/index.ts';
import { STANDARD_FIELDS } from '../../../src-main/contract/standardization.contract.ts';

const Value = z.tuple([z.string(), z.string(), z.string()]);

/** What a set stands for that no run stores and no figure therefore names: a value of a field, or a party under review. */
export type SetWords =
  | {
      readonly kind: 'value';
      readonly field: (typeof STANDARD_FIELDS)[number];
      readonly original: string;
      readonly standardized: string;
    }
  | { readonly kind: 'review'; readonly party: string; readonly direction: 'in' | 'out' };

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    // An address somebody edited: the chip shows the name itself.
    return null;
  }
};

/** Takes such a set's name apart; null for the name of a figure. */
export const wordsOfSet = (name: string): SetWords | null => {
  const [, kind, place, text] = /^(value|review):([A-Za-z]+):(.*)$/s.exec(name) ?? [];
  if (place === undefined || text === undefined) return null;
  if (kind === 'review') return place === 'in' || place === 'out' ? { kind, party: text, direction: place } : null;
  const field = STANDARD_FIELDS.find(known => known === place);
  const value = Value.safeParse(parsed(text));
  return field !== undefined && value.success
    ? { kind: 'value', field, original: value.data[0], standardized: value.data[1] }
    : null;
};

/** A set in words: what its name says, or the title of the figure of the latest run that has it. */
export const setWords = (
  t: TFunction,
  name: string,
  run: ChannelAnswer<'standardization.read'> | undefined,
): string => {
  const words = wordsOfSet(name);
  if (words?.kind === 'review')
    return t('chips.review', { party: words.party, money: t(`review.money.${words.direction}`) });
  if (words?.kind === 'value')
    return t('chips.value', {
      field: t(`standardFields.${words.field}`),
      original: words.original || t('values.none'),
      standardized: words.standardized || t('values.none'),
    });
  const title = run?.stages.flatMap(stage => stage.figures).find(figure => figure.name === name)?.title;
  return t('chips.set', { title: title ?? name });
};
