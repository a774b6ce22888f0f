import { type XmlNode, xmlAggregate, xmlAttach } from './xml-paths.ts';

/**
 * The elements of the Polish audit file of accounting books: JPK_KR (1) of 2016 and JPK_KR_PD (1) of 2024, which numbers
 * the same fields (D_1 …, Z_1 …). Source: schemas of the Polish Ministry of Finance, wzor/2016/03/09/03091 and wzor/2024/09/04/09041.
 */
const HEADER_PATHS = {
  'Naglowek/KodFormularza': 'form',
  'Naglowek/KodFormularza/@kodSystemowy': 'formVersion',
  'Naglowek/DataOd': 'startDate',
  'Naglowek/DataDo': 'endDate',
  'Naglowek/DomyslnyKodWaluty': 'currency',
  'Podmiot1/IdentyfikatorPodmiotu/NIP': 'taxNumber',
  'Podmiot1/IdentyfikatorPodmiotu/PelnaNazwa': 'companyName',
} as const;

const ACCOUNT_PATHS = {
  KodKonta: 'accountId',
  OpisKonta: 'name',
  S_1: 'accountId',
  S_2: 'name',
} as const;

const PARTY_PATHS = { T_1: 'partyId', T_3: 'taxNumber' } as const;

const JOURNAL_PATHS = {
  NrZapisuDziennika: 'entryNumber',
  OpisDziennika: 'journal',
  NrDowoduKsiegowego: 'documentNumber',
  RodzajDowodu: 'documentType',
  DataOperacji: 'operationDate',
  DataKsiegowania: 'postingDate',
  KodOperatora: 'operator',
  OpisOperacji: 'description',
  DziennikKwotaOperacji: 'amount',
  D_1: 'entryNumber',
  D_2: 'journal',
  D_3: 'partyId',
  D_4: 'documentNumber',
  D_5: 'documentType',
  D_6: 'operationDate',
  D_8: 'postingDate',
  D_9: 'operator',
  D_10: 'description',
  D_11: 'amount',
} as const;

const LINE_PATHS = {
  NrZapisu: 'entryNumber',
  KodKontaWinien: 'debitAccount',
  KwotaWinien: 'debit',
  OpisZapisuWinien: 'debitText',
  KodKontaMa: 'creditAccount',
  KwotaMa: 'credit',
  OpisZapisuMa: 'creditText',
  Z_2: 'text',
  Z_3: 'account',
  Z_4: 'debit',
  Z_7: 'credit',
} as const;

const CONTROL_PATHS = {
  LiczbaWierszyDziennika: 'statedJournal',
  SumaKwotOperacji: 'statedJournalTotal',
  LiczbaWierszyKontoZapis: 'statedLines',
  LiczbaWierszyKontoZapisj: 'statedLines',
  SumaWinien: 'statedDebit',
  SumaMa: 'statedCredit',
  C_1: 'statedJournal',
  C_2: 'statedJournalTotal',
  C_3: 'statedLines',
  C_4: 'statedDebit',
  C_5: 'statedCredit',
} as const;

type ValueOf<T> = T[keyof T];
export type JpkHeaderField = ValueOf<typeof HEADER_PATHS>;
export type JpkAccountField = ValueOf<typeof ACCOUNT_PATHS>;
export type JpkPartyField = ValueOf<typeof PARTY_PATHS>;
export type JpkJournalField = ValueOf<typeof JOURNAL_PATHS>;
export type JpkLineField = ValueOf<typeof LINE_PATHS>;
export type JpkControlField = ValueOf<typeof CONTROL_PATHS>;
export type JpkField =
  | JpkHeaderField
  | JpkAccountField
  | JpkPartyField
  | JpkJournalField
  | JpkLineField
  | JpkControlField;
export type JpkAggregate = 'jpk' | 'jpkAccount' | 'jpkParty' | 'jpkJournal' | 'jpkLine' | 'jpkControl';

type Node = XmlNode<JpkAggregate, JpkField>;
const aggregate = (name: JpkAggregate, paths: Readonly<Record<string, JpkField>>): Node => xmlAggregate(name, paths);

const jpkNode = (): Node => {
  const jpk = aggregate('jpk', HEADER_PATHS);
  const journal = aggregate('jpkJournal', JOURNAL_PATHS);
  const line = aggregate('jpkLine', LINE_PATHS);
  const accounts = ['ZOiS', ...Array.from({ length: 8 }, (_, i) => `ZOiS/ZOiS${i + 1}`)];
  xmlAttach(jpk, aggregate('jpkAccount', ACCOUNT_PATHS), 'ZOiS');
  for (const path of accounts.slice(1)) xmlAttach(jpk, aggregate('jpkAccount', ACCOUNT_PATHS), path);
  xmlAttach(jpk, aggregate('jpkParty', PARTY_PATHS), 'Kontrahent');
  xmlAttach(journal, line, 'KontoZapis');
  xmlAttach(jpk, journal, 'Dziennik');
  xmlAttach(jpk, line, 'KontoZapis');
  xmlAttach(jpk, aggregate('jpkControl', CONTROL_PATHS), 'DziennikCtrl', 'KontoZapisCtrl', 'Ctrl');
  return jpk;
};

/** The element tree of a Polish audit file. */
export const JPK_NODE: Node = jpkNode();
