import { type Information, NO_INFORMATION, oneLine } from './mt940-information.ts';

type Labelled = (text: string, lines: readonly string[]) => Partial<Information> | null;

/** mBank: `911 TRANSAKCJA …; Z RACH.: account; OD: name; TYT.: title; TNR: number`, of payments out NA RACH. and DLA. */
const mBank: Labelled = text => {
  if (!/; *(?:TYT\.|TNR|(?:Z|NA) RACH\.):/.test(text)) return null;
  const part = (label: string): string => oneLine(new RegExp(`; *(?:${label}): *([^;]*)`).exec(text)?.[1] ?? '');
  return {
    description: part('TYT\\.') || oneLine(text),
    counterparty: part('OD|DLA'),
    counterpartyAccount: part('(?:Z|NA) RACH\\.').replaceAll(' ', ''),
    reference: part('TNR'),
    type: oneLine(text.slice(0, text.indexOf(';'))),
  };
};

/** Knab: free text, then `REK: account/NAAM: name`. */
const knab: Labelled = text => {
  const match = /\bREK: ?([A-Z]{2}\d{2}[A-Z0-9]{11,30})\/NAAM: ?(.*)$/.exec(text);
  if (match === null) return null;
  return {
    description: oneLine(text.slice(0, match.index)),
    counterparty: oneLine(match[2]!),
    counterpartyAccount: match[1]!,
  };
};

/** PostFinance: `… AUFTRAGGEBER: name and address 131209CH98765432 MITTEILUNGEN: text`. */
const postFinance: Labelled = text => {
  const match =
    /(?:AUFTRAGGEBER|ABSENDER|EMPFÄNGER|BEGÜNSTIGTER): (.*?)(?: (\d{6}CH\w+))?(?: MITTEILUNGEN: (.*))?$/.exec(text);
  if (match === null) return null;
  return {
    description: oneLine(match[3] ?? text.slice(0, match.index)),
    counterparty: oneLine(match[1]!),
    reference: match[2] ?? '',
  };
};

/** ABN AMRO's old layout of 32 columns: an account or GIRO number and a name, or a card payment (BEA). */
const abnAmro: Labelled = (text, lines) => {
  const card = /^(?:BEA|GEA) +NR:\S+ +\d\d\.\d\d\.\d\d\/\d\d\.\d\d +(.+?) *,PAS\d+/.exec(text);
  if (card !== null) return { description: oneLine(text), counterparty: oneLine(card[1]!) };
  const first = lines[0] ?? '';
  const giro = /^GIRO +(\d{1,9}) +(\S.*)$/.exec(first.slice(0, 32).trimEnd());
  if (giro !== null)
    return { description: oneLine(text), counterparty: oneLine(giro[2]!), counterpartyAccount: giro[1]! };
  const account = /^(\d\d\.\d\d\.\d\d\.\d{3}) +(.*)$/.exec(first);
  if (account === null) return null;
  return {
    description: oneLine(text),
    counterparty: oneLine(account[2]!.slice(0, 32)),
    counterpartyAccount: account[1]!.replaceAll('.', ''),
  };
};

/** Raiffeisen in Hungary: reference, account (16 or 24 digits) and name on a line each, then free text. */
const hungarian: Labelled = (_text, lines) => {
  const [reference = '', account = '', name = '', ...rest] = lines.map(line => line.trim());
  if (!/^(?:\d{16}|\d{24})$/.test(account) || /\s/.test(reference)) return null;
  return { description: oneLine(rest.join(' ')), counterparty: name, counterpartyAccount: account, reference };
};

const LABELLED: readonly Labelled[] = [mBank, knab, postFinance, abnAmro, hungarian];

/** Free text that follows a layout of a bank taken apart; null where it follows none that is known. */
export const labelledInformation: (text: string, lines: readonly string[]) => Information | null = (text, lines) => {
  for (const read of LABELLED) {
    const found = read(text, lines);
    if (found !== null) return { ...NO_INFORMATION, ...found };
  }
  return null;
};
