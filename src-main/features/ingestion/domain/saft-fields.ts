import { JPK_NODE, type JpkAggregate, type JpkField } from './saft-jpk-fields.ts';
import { type XmlNode, xmlAggregate, xmlAttach, xmlRoot } from './xml-paths.ts';

/**
 * The elements of SAF-T that are read. One tree covers OECD 1.0 and 2.0 and the national schemas made from them (PT, AO,
 * AT, NO, DK, LT, LU, RO, BG): names that only some have stand beside each other. Sources: OECD "Guidance for the Standard
 * Audit File - Tax" 1.0 (2005) and 2.0 (2010); Portaria 302/2016 (PT 1.04_01); Norwegian SAF-T Financial 1.30; VMI
 * SAF-T 2.01; ANAF D406 2.4.9.
 */
const HEADER_PATHS = {
  AuditFileVersion: 'version',
  AuditFileCountry: 'country',
  AuditFileDateCreated: 'created',
  DateCreated: 'created',
  CompanyID: 'companyId',
  TaxRegistrationNumber: 'taxNumber',
  CompanyName: 'companyName',
  'Company/RegistrationNumber': 'registrationNumber',
  'Company/Name': 'companyName',
  FiscalYear: 'fiscalYear',
  StartDate: 'startDate',
  EndDate: 'endDate',
  'SelectionCriteria/SelectionStartDate': 'startDate',
  'SelectionCriteria/SelectionEndDate': 'endDate',
  'SelectionCriteria/PeriodStart': 'periodStart',
  'SelectionCriteria/PeriodStartYear': 'periodStartYear',
  'SelectionCriteria/PeriodEnd': 'periodEnd',
  'SelectionCriteria/PeriodEndYear': 'periodEndYear',
  CurrencyCode: 'currency',
  DefaultCurrencyCode: 'defaultCurrency',
  ProductID: 'software',
  ProductVersion: 'softwareVersion',
  SoftwareID: 'software',
  SoftwareVersion: 'softwareVersion',
} as const;

const ACCOUNT_PATHS = {
  AccountID: 'accountId',
  AccountDescription: 'name',
  GroupingCategory: 'grouping',
  OpeningDebitBalance: 'openingDebit',
  OpeningCreditBalance: 'openingCredit',
  ClosingDebitBalance: 'closingDebit',
  ClosingCreditBalance: 'closingCredit',
} as const;

const partyPaths = (id: 'CustomerID' | 'SupplierID') =>
  ({ [id]: 'partyId', CompanyName: 'name', Name: 'name', 'CompanyStructure/Name': 'name' }) as const;

const CONTROL_PATHS = {
  NumberOfEntries: 'statedEntries',
  TotalDebit: 'statedDebit',
  TotalCredit: 'statedCredit',
} as const;

const JOURNAL_PATHS = { JournalID: 'journalId', Description: 'description' } as const;

const TRANSACTION_PATHS = {
  TransactionID: 'transactionId',
  TransactionDate: 'transactionDate',
  GLPostingDate: 'postingDate',
  Description: 'description',
  DocArchivalNumber: 'archiveNumber',
  CustomerID: 'customerId',
  SupplierID: 'supplierId',
  SourceID: 'sourceId',
  SystemEntryDate: 'systemEntryDate',
} as const;

const LINE_PATHS = {
  AccountID: 'accountId',
  CustomerID: 'customerId',
  SupplierID: 'supplierId',
  ValueDate: 'valueDate',
  SystemEntryDate: 'systemEntryDate',
  SourceDocumentID: 'documentId',
  ReferenceNumber: 'reference',
  Description: 'description',
  DebitAmount: 'debit',
  'DebitAmount/Amount': 'debit',
  CreditAmount: 'credit',
  'CreditAmount/Amount': 'credit',
} as const;

const DOCUMENT_PATHS = {
  InvoiceNo: 'number',
  PaymentRefNo: 'number',
  DocumentNumber: 'number',
  InvoiceDate: 'date',
  TransactionDate: 'date',
  InvoiceType: 'type',
  PaymentType: 'type',
  PaymentMethod: 'type',
  'DocumentStatus/InvoiceStatus': 'status',
  'DocumentStatus/PaymentStatus': 'status',
  'DocumentStatus/WorkStatus': 'status',
  InvoiceStatus: 'status',
  PaymentStatus: 'status',
  WorkStatus: 'status',
  TransactionID: 'transactionId',
  AccountID: 'accountId',
  Description: 'description',
  CustomerID: 'customerId',
  'CustomerInfo/CustomerID': 'customerId',
  'CustomerInfo/Name': 'customerName',
  SupplierID: 'supplierId',
  'SupplierInfo/SupplierID': 'supplierId',
  'SupplierInfo/Name': 'supplierName',
  SourceID: 'sourceId',
  SystemEntryDate: 'systemEntryDate',
  GrossTotal: 'gross',
  'DocumentTotals/GrossTotal': 'gross',
  'InvoiceDocumentTotals/GrossTotal': 'gross',
} as const;

const DOCUMENT_LINE_PATHS = {
  AccountID: 'accountId',
  CustomerID: 'customerId',
  SupplierID: 'supplierId',
  Description: 'description',
  DebitAmount: 'debit',
  'DebitAmount/Amount': 'debit',
  CreditAmount: 'credit',
  'CreditAmount/Amount': 'credit',
  DebitCreditIndicator: 'indicator',
  'InvoiceLineAmount/Amount': 'amount',
  'PaymentLineAmount/Amount': 'amount',
} as const;

type ValueOf<T> = T[keyof T];
export type HeaderField = ValueOf<typeof HEADER_PATHS>;
export type AccountField = ValueOf<typeof ACCOUNT_PATHS>;
export type PartyField = ValueOf<ReturnType<typeof partyPaths>>;
export type ControlField = ValueOf<typeof CONTROL_PATHS>;
export type JournalField = ValueOf<typeof JOURNAL_PATHS>;
export type TransactionField = ValueOf<typeof TRANSACTION_PATHS>;
export type LineField = ValueOf<typeof LINE_PATHS>;
export type DocumentField = ValueOf<typeof DOCUMENT_PATHS>;
export type DocumentLineField = ValueOf<typeof DOCUMENT_LINE_PATHS>;
export type SaftField =
  | HeaderField
  | AccountField
  | PartyField
  | ControlField
  | JournalField
  | TransactionField
  | LineField
  | DocumentField
  | DocumentLineField
  | JpkField;

/** Sections of source documents by element name. Only the first three hold money that is owed or paid. */
export const DOCUMENT_SECTIONS = {
  SalesInvoices: 'Invoice',
  PurchaseInvoices: 'Invoice',
  Payments: 'Payment',
  WorkingDocuments: 'WorkDocument',
  MovementOfGoods: 'StockMovement',
  AssetTransactions: 'AssetTransaction',
} as const;
export type DocumentSection = keyof typeof DOCUMENT_SECTIONS;

export type SaftAggregate =
  | 'file'
  | 'header'
  | 'masters'
  | 'account'
  | 'customer'
  | 'supplier'
  | 'ledger'
  | 'journal'
  | 'transaction'
  | 'line'
  | 'document'
  | 'documentLine'
  | DocumentSection
  | JpkAggregate;

type Node = XmlNode<SaftAggregate, SaftField>;
const aggregate = (name: SaftAggregate, paths: Readonly<Record<string, SaftField>>): Node => xmlAggregate(name, paths);

/** BG names its sections by the kind of report. */
const sectionNames = (name: string): readonly string[] =>
  ['', 'Annual', 'Monthly', 'OnDemand'].map(kind => name + kind);
/** Some schemas wrap the lines of an entry or document. */
const LINES = ['Line', 'TransactionLine', 'InvoiceLine', 'PaymentLine', 'DebitLine', 'CreditLine'].flatMap(name => [
  name,
  `Lines/${name}`,
]);

const mastersNode = (): Node => {
  const masters = aggregate('masters', {});
  const account = aggregate('account', ACCOUNT_PATHS);
  xmlAttach(
    masters,
    account,
    'GeneralLedgerAccounts/Account',
    'GeneralLedger',
    'GeneralLedgerAccounts/GeneralLedgerAccount',
  );
  xmlAttach(masters, aggregate('customer', partyPaths('CustomerID')), 'Customer', 'Customers/Customer');
  xmlAttach(masters, aggregate('supplier', partyPaths('SupplierID')), 'Supplier', 'Suppliers/Supplier');
  return masters;
};

const ledgerNode = (): Node => {
  const ledger = aggregate('ledger', CONTROL_PATHS);
  const journal = aggregate('journal', JOURNAL_PATHS);
  const transaction = aggregate('transaction', TRANSACTION_PATHS);
  xmlAttach(transaction, aggregate('line', LINE_PATHS), ...LINES);
  xmlAttach(journal, transaction, 'Transaction', 'Transactions/Transaction');
  xmlAttach(ledger, journal, 'Journal', 'Journals/Journal');
  return ledger;
};

const sectionNode = (section: DocumentSection): Node => {
  const node = aggregate(section, CONTROL_PATHS);
  const document = aggregate('document', DOCUMENT_PATHS);
  xmlAttach(document, aggregate('documentLine', DOCUMENT_LINE_PATHS), ...LINES);
  const name = DOCUMENT_SECTIONS[section];
  xmlAttach(node, document, name, `${name}s/${name}`);
  return node;
};

const rootNode = (): Node => {
  const file = aggregate('file', {});
  xmlAttach(file, aggregate('header', HEADER_PATHS), ...sectionNames('Header'));
  xmlAttach(file, mastersNode(), ...sectionNames('MasterFiles'));
  xmlAttach(file, ledgerNode(), ...sectionNames('GeneralLedgerEntries'));
  for (const section of Object.keys(DOCUMENT_SECTIONS) as DocumentSection[]) {
    const node = sectionNode(section);
    xmlAttach(file, node, ...sectionNames('SourceDocuments').map(name => `${name}/${section}`));
  }
  const root = xmlRoot<SaftAggregate, SaftField>('file');
  xmlAttach(root, file, 'AuditFile');
  xmlAttach(root, JPK_NODE as Node, 'JPK');
  return root;
};

/** The element tree of an audit file, of either family. */
export const SAFT_ROOT: Node = rootNode();
