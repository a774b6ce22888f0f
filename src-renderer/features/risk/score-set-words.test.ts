import type { TFunction } from 'i18next';
import { expect, it } from 'vitest';
import { scoreSetWords } from './score-set-words.ts';

const t = ((key: string, values: Record<string, string> = {}) =>
  `${key} ${Object.values(values).join(' ')}`.trim()) as TFunction;

it.each([
  ['hits:velocity', 'chips.hits velocity'],
  ['risk:party:*:ACME: LTD', 'chips.riskUnit ACME: LTD'],
  ['risk:account:velocity:', 'chips.riskTest velocity notStated'],
  ['risk:transaction:velocity:17', 'chips.riskTest velocity chips.oneTransaction'],
  ['typology:layering@2', 'chips.typology backtest.option layering 2'],
  ['backtest:layering@1:2024-05', 'chips.typologyPart backtest.option layering 1 2024-05'],
  ['overlap:a@1:b@2:onlyA', 'chips.overlap backtest.option a 1 backtest.option b 2 backtest.parts.onlyA'],
  ['rule:1234', null],
])('%s', (name, words) => expect(scoreSetWords(t, name)).toBe(words));
