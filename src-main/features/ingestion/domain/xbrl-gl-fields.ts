import { type XmlNode, xmlAggregate, xmlAttach, xmlRoot } from './xml-paths.ts';

/**
 * The elements of XBRL GL that are read, of all its modules (gl-cor, gl-bus, gl-muc, gl-plt) and taxonomy versions (2006 to
 * 2016): names without prefix are the same in each. Source: XBRL International, Global Ledger Framework 2015-03-25.
 */
const ENTRIES_PATHS = {
  'documentInfo/entriesType': 'entriesType',
  'documentInfo/uniqueID': 'uniqueId',
  'documentInfo/entriesComment': 'comment',
  'documentInfo/periodCoveredStart': 'periodStart',
  'documentInfo/periodCoveredEnd': 'periodEnd',
  'documentInfo/sourceApplication': 'software',
  'documentInfo/defaultCurrency': 'currency',
} as const;

const ORGANIZATION_PATHS = {
  organizationIdentifier: 'identifier',
  organizationDescription: 'description',
} as const;

const ENTRY_PATHS = {
  postedDate: 'postedDate',
  enteredBy: 'enteredBy',
  enteredDate: 'enteredDate',
  sourceJournalID: 'journalId',
  sourceJournalDescription: 'journalName',
  entryType: 'entryType',
  qualifierEntry: 'qualifier',
  entryNumber: 'number',
  entryComment: 'comment',
} as const;

const DETAIL_PATHS = {
  'account/accountMainID': 'accountId',
  'account/accountMainDescription': 'accountName',
  amount: 'amount',
  'amount/@unitRef': 'unit',
  amountCurrency: 'currency',
  debitCreditCode: 'side',
  signOfAmount: 'sign',
  postingDate: 'postingDate',
  'identifierReference/identifierCode': 'partyId',
  'identifierReference/identifierDescription': 'partyName',
  documentType: 'documentType',
  documentNumber: 'documentNumber',
  documentReference: 'documentReference',
  documentDate: 'documentDate',
  detailComment: 'comment',
  'xbrlInfo/xbrlInclude': 'include',
} as const;

const UNIT_PATHS = { '@id': 'unitId', measure: 'measure' } as const;

type ValueOf<T> = T[keyof T];
export type EntriesField = ValueOf<typeof ENTRIES_PATHS>;
export type OrganizationField = ValueOf<typeof ORGANIZATION_PATHS>;
export type GlEntryField = ValueOf<typeof ENTRY_PATHS>;
export type DetailField = ValueOf<typeof DETAIL_PATHS>;
export type UnitField = ValueOf<typeof UNIT_PATHS>;
export type XbrlGlField = EntriesField | OrganizationField | GlEntryField | DetailField | UnitField;
export type XbrlGlAggregate = 'xbrl' | 'unit' | 'entries' | 'organization' | 'entry' | 'detail';

type Node = XmlNode<XbrlGlAggregate, XbrlGlField>;
const aggregate = (name: XbrlGlAggregate, paths: Readonly<Record<string, XbrlGlField>>): Node =>
  xmlAggregate(name, paths);

const rootNode = (): Node => {
  const entries = aggregate('entries', ENTRIES_PATHS);
  xmlAttach(entries, aggregate('organization', ORGANIZATION_PATHS), 'entityInformation/organizationIdentifiers');
  const entry = aggregate('entry', ENTRY_PATHS);
  xmlAttach(entry, aggregate('detail', DETAIL_PATHS), 'entryDetail');
  xmlAttach(entries, entry, 'entryHeader');
  const root = xmlRoot<XbrlGlAggregate, XbrlGlField>('xbrl');
  xmlAttach(root, entries, 'accountingEntries');
  xmlAttach(root, aggregate('unit', UNIT_PATHS), 'unit');
  return root;
};

/** The element tree of an instance: `accountingEntries` and `unit` wherever they stand. */
export const XBRL_GL_ROOT: Node = rootNode();
