import { type XmlNode, xmlAggregate, xmlAttach, xmlRoot } from './xml-paths.ts';

/**
 * The elements of camt.052, .053 and .054 that are read, as paths of element names. One list covers all message versions:
 * names that only some versions have stand beside each other. Source: ISO 20022 message definition reports of
 * camt.052/053/054, versions 001.01 to 001.13; head.001 (business application header).
 */
const APP_HEADER_PATHS = { MsgDefIdr: 'definition' } as const;

const GROUP_HEADER_PATHS = {
  MsgId: 'messageId',
  CreDtTm: 'created',
} as const;

const STATEMENT_PATHS = {
  Id: 'id',
  ElctrncSeqNb: 'electronicNumber',
  LglSeqNb: 'legalNumber',
  CreDtTm: 'created',
  CpyDplctInd: 'copy',
  'StmtPgntn/PgNb': 'page',
  'StmtPgntn/LastPgInd': 'isLastPage',
  'RptPgntn/PgNb': 'page',
  'RptPgntn/LastPgInd': 'isLastPage',
  'NtfctnPgntn/PgNb': 'page',
  'NtfctnPgntn/LastPgInd': 'isLastPage',
  'FrToDt/FrDtTm': 'from',
  'FrToDt/ToDtTm': 'to',
  'Acct/Id/IBAN': 'iban',
  'Acct/Id/BBAN': 'otherAccount',
  'Acct/Id/UPIC': 'otherAccount',
  'Acct/Id/Othr/Id': 'otherAccount',
  'Acct/Id/PrtryAcct/Id': 'otherAccount',
  'Acct/Ccy': 'currency',
  'Acct/Ownr/Nm': 'owner',
  'Acct/Ownr/Pty/Nm': 'owner',
  'Acct/Svcr/FinInstnId/Nm': 'servicerName',
  'Acct/Svcr/FinInstnId/NmAndAdr/Nm': 'servicerName',
  'Acct/Svcr/FinInstnId/CmbndId/Nm': 'servicerName',
  'Acct/Svcr/FinInstnId/BIC': 'servicerBic',
  'Acct/Svcr/FinInstnId/BICFI': 'servicerBic',
  'Acct/Svcr/FinInstnId/CmbndId/BIC': 'servicerBic',
  'Acct/Svcr/FinInstnId/ClrSysMmbId/MmbId': 'servicerMember',
  'TxsSummry/TtlNtries/NbOfNtries': 'statedEntries',
  'TxsSummry/TtlNtries/Sum': 'statedSum',
  'TxsSummry/TtlCdtNtries/NbOfNtries': 'statedCredits',
  'TxsSummry/TtlCdtNtries/Sum': 'statedCreditSum',
  'TxsSummry/TtlDbtNtries/NbOfNtries': 'statedDebits',
  'TxsSummry/TtlDbtNtries/Sum': 'statedDebitSum',
} as const;

const BALANCE_PATHS = {
  'Tp/CdOrPrtry/Cd': 'kind',
  'Tp/CdOrPrtry/Prtry': 'kind',
  'Tp/Cd': 'kind',
  'Tp/SubTp/Cd': 'subKind',
  'Tp/SubTp/Prtry': 'subKind',
  Amt: 'amount',
  'Amt/@Ccy': 'currency',
  CdtDbtInd: 'direction',
  'Dt/Dt': 'date',
  'Dt/DtTm': 'date',
} as const;

const ENTRY_PATHS = {
  NtryRef: 'reference',
  Amt: 'amount',
  'Amt/@Ccy': 'currency',
  CdtDbtInd: 'direction',
  RvslInd: 'reversal',
  Sts: 'status',
  'Sts/Cd': 'status',
  'Sts/Prtry': 'status',
  'BookgDt/Dt': 'bookingDate',
  'BookgDt/DtTm': 'bookingDate',
  'ValDt/Dt': 'valueDate',
  'ValDt/DtTm': 'valueDate',
  AcctSvcrRef: 'servicerReference',
  'BkTxCd/Domn/Cd': 'domain',
  'BkTxCd/Domn/Fmly/Cd': 'family',
  'BkTxCd/Domn/Fmly/SubFmlyCd': 'subFamily',
  'BkTxCd/Prtry/Cd': 'proprietaryCode',
  'AmtDtls/InstdAmt/Amt': 'instructedAmount',
  'AmtDtls/InstdAmt/Amt/@Ccy': 'instructedCurrency',
  'Chrgs/TtlChrgsAndTaxAmt': 'charges',
  'Chrgs/TtlChrgsAndTaxAmt/@Ccy': 'chargesCurrency',
  'Btch/NbOfTxs': 'batchSize',
  'NtryDtls/Btch/NbOfTxs': 'batchSize',
  AddtlNtryInf: 'additional',
} as const;

const DETAIL_PATHS = {
  'Refs/AcctSvcrRef': 'servicerReference',
  'Refs/EndToEndId': 'endToEndId',
  'Refs/TxId': 'transactionId',
  'Refs/InstrId': 'instructionId',
  'Refs/ChqNb': 'chequeNumber',
  'Refs/PmtInfId': 'paymentInformationId',
  'Refs/ClrSysRef': 'clearingReference',
  'Refs/UETR': 'uetr',
  'Refs/Prtry/Ref': 'proprietaryReference',
  'Refs/MndtId': 'mandateId',
  'Refs/MsgId': 'messageId',
  Amt: 'amount',
  'Amt/@Ccy': 'currency',
  CdtDbtInd: 'direction',
  'AmtDtls/TxAmt/Amt': 'transactionAmount',
  'AmtDtls/TxAmt/Amt/@Ccy': 'transactionCurrency',
  'AmtDtls/InstdAmt/Amt': 'instructedAmount',
  'AmtDtls/InstdAmt/Amt/@Ccy': 'instructedCurrency',
  'Chrgs/TtlChrgsAndTaxAmt': 'charges',
  'Chrgs/TtlChrgsAndTaxAmt/@Ccy': 'chargesCurrency',
  'BkTxCd/Domn/Cd': 'domain',
  'BkTxCd/Domn/Fmly/Cd': 'family',
  'BkTxCd/Domn/Fmly/SubFmlyCd': 'subFamily',
  'BkTxCd/Prtry/Cd': 'proprietaryCode',
  'RltdPties/Dbtr/Nm': 'debtor',
  'RltdPties/Dbtr/Pty/Nm': 'debtor',
  'RltdPties/Dbtr/Agt/FinInstnId/Nm': 'debtor',
  'RltdPties/Dbtr/Agt/FinInstnId/BICFI': 'debtorBic',
  'RltdPties/UltmtDbtr/Nm': 'ultimateDebtor',
  'RltdPties/UltmtDbtr/Pty/Nm': 'ultimateDebtor',
  'RltdPties/DbtrAcct/Id/IBAN': 'debtorAccount',
  'RltdPties/DbtrAcct/Id/BBAN': 'debtorAccount',
  'RltdPties/DbtrAcct/Id/Othr/Id': 'debtorAccount',
  'RltdPties/DbtrAcct/Id/PrtryAcct/Id': 'debtorAccount',
  'RltdPties/Cdtr/Nm': 'creditor',
  'RltdPties/Cdtr/Pty/Nm': 'creditor',
  'RltdPties/Cdtr/Agt/FinInstnId/Nm': 'creditor',
  'RltdPties/Cdtr/Agt/FinInstnId/BICFI': 'creditorBic',
  'RltdPties/UltmtCdtr/Nm': 'ultimateCreditor',
  'RltdPties/UltmtCdtr/Pty/Nm': 'ultimateCreditor',
  'RltdPties/CdtrAcct/Id/IBAN': 'creditorAccount',
  'RltdPties/CdtrAcct/Id/BBAN': 'creditorAccount',
  'RltdPties/CdtrAcct/Id/Othr/Id': 'creditorAccount',
  'RltdPties/CdtrAcct/Id/PrtryAcct/Id': 'creditorAccount',
  'RmtInf/Ustrd': 'unstructured',
  'RmtInf/Strd/RfrdDocInf/Nb': 'structured',
  'RmtInf/Strd/RfrdDocInf/RfrdDocNb': 'structured',
  'RmtInf/Strd/CdtrRefInf/Ref': 'structured',
  'RmtInf/Strd/CdtrRefInf/CdtrRef': 'structured',
  'RmtInf/Strd/AddtlRmtInf': 'structuredNote',
  'RtrInf/Rsn/Cd': 'returnReason',
  'RtrInf/Rsn/Prtry': 'returnReason',
  'RtrInf/RtrRsn/Cd': 'returnReason',
  'RtrInf/AddtlInf': 'returnNote',
  AddtlTxInf: 'additional',
} as const;

type ValueOf<T> = T[keyof T];
export type AppHeaderField = ValueOf<typeof APP_HEADER_PATHS>;
export type GroupHeaderField = ValueOf<typeof GROUP_HEADER_PATHS>;
export type StatementField = ValueOf<typeof STATEMENT_PATHS>;
export type BalanceField = ValueOf<typeof BALANCE_PATHS>;
export type EntryField = ValueOf<typeof ENTRY_PATHS>;
export type DetailField = ValueOf<typeof DETAIL_PATHS>;
export type CamtField = AppHeaderField | GroupHeaderField | StatementField | BalanceField | EntryField | DetailField;

/** Fields that stand several times and belong together. */
export const JOINED_DETAIL_FIELDS: ReadonlySet<DetailField> = new Set<DetailField>([
  'unstructured',
  'structured',
  'structuredNote',
  'returnNote',
  'additional',
]);
export const JOINED_ENTRY_FIELDS: ReadonlySet<EntryField> = new Set<EntryField>(['additional']);

export type CamtFormat = 'camt.052' | 'camt.053' | 'camt.054';
export type CamtAggregate = CamtFormat | 'appHeader' | 'groupHeader' | 'statement' | 'balance' | 'entry' | 'details';

type Node = XmlNode<CamtAggregate, CamtField>;
const aggregate = (name: CamtAggregate, paths: Readonly<Record<string, CamtField>>): Node => xmlAggregate(name, paths);

/** Message element to format and to the name of its statements. */
const MESSAGES: Readonly<Record<string, { readonly format: CamtFormat; readonly statement: string }>> = {
  BkToCstmrAcctRpt: { format: 'camt.052', statement: 'Rpt' },
  BkToCstmrStmt: { format: 'camt.053', statement: 'Stmt' },
  BkToCstmrDbtCdtNtfctn: { format: 'camt.054', statement: 'Ntfctn' },
};
/** Version 001.01 ends the message element in its version. */
const withVersions = (name: string): readonly string[] => [
  name,
  ...Array.from({ length: 13 }, (_, i) => `${name}V${String(i + 1).padStart(2, '0')}`),
];

/** The format of a message element, by its name without prefix; null for any other element. */
export const camtFormatOf = (elementName: string): CamtFormat | null =>
  MESSAGES[elementName.replace(/V\d{2}$/, '')]?.format ?? null;

export const isCamtFormat = (aggregate: CamtAggregate): aggregate is CamtFormat => aggregate.startsWith('camt.');

const statementNode = (): Node => {
  const statement = aggregate('statement', STATEMENT_PATHS);
  const entry = aggregate('entry', ENTRY_PATHS);
  xmlAttach(statement, aggregate('balance', BALANCE_PATHS), 'Bal');
  xmlAttach(statement, entry, 'Ntry');
  // Version 001.01 has no NtryDtls.
  xmlAttach(entry, aggregate('details', DETAIL_PATHS), 'NtryDtls/TxDtls', 'TxDtls');
  return statement;
};

const rootNode = (): Node => {
  const root = xmlRoot<CamtAggregate, CamtField>('statement');
  xmlAttach(root, aggregate('appHeader', APP_HEADER_PATHS), 'AppHdr');
  const groupHeader = aggregate('groupHeader', GROUP_HEADER_PATHS);
  const statement = statementNode();
  for (const [name, message] of Object.entries(MESSAGES)) {
    const node = aggregate(message.format, {});
    xmlAttach(node, groupHeader, 'GrpHdr');
    xmlAttach(node, statement, message.statement);
    xmlAttach(root, node, ...withVersions(name));
  }
  return root;
};

/** The element tree of a message, which may stand at any depth (Document, BizMsgEnvlp, an envelope of a network). */
export const CAMT_ROOT: Node = rootNode();
