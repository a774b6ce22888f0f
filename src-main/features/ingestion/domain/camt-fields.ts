/**
 * The elements of camt.052, .053 and .054 that are read, as paths of element names below the statement (`Stmt`, `Rpt`,
 * `Ntfctn`). One list covers all message versions: names that only some versions have stand beside each other.
 * Source: ISO 20022 message definition reports of camt.052/053/054, versions 001.01 to 001.13.
 */
const STATEMENT_PATHS = {
  Id: 'id',
  ElctrncSeqNb: 'electronicNumber',
  LglSeqNb: 'legalNumber',
  CreDtTm: 'created',
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
} as const;

const BALANCE_PATHS = {
  'Tp/CdOrPrtry/Cd': 'kind',
  'Tp/Cd': 'kind',
  Amt: 'amount',
  CdtDbtInd: 'direction',
  'Dt/Dt': 'date',
  'Dt/DtTm': 'date',
} as const;

const ENTRY_PATHS = {
  NtryRef: 'reference',
  Amt: 'amount',
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
  'RmtInf/Strd/CdtrRefInf/Ref': 'structured',
  'RmtInf/Strd/CdtrRefInf/CdtrRef': 'structured',
  'RmtInf/Strd/AddtlRmtInf': 'structuredNote',
  AddtlTxInf: 'additional',
} as const;

export type StatementField = (typeof STATEMENT_PATHS)[keyof typeof STATEMENT_PATHS];
export type BalanceField = (typeof BALANCE_PATHS)[keyof typeof BALANCE_PATHS] | 'currency';
export type EntryField = (typeof ENTRY_PATHS)[keyof typeof ENTRY_PATHS] | 'currency';
export type DetailField = (typeof DETAIL_PATHS)[keyof typeof DETAIL_PATHS];
export type CamtField = StatementField | BalanceField | EntryField | DetailField;

/** The aggregates whose fields are gathered together. */
export type CamtAggregate = 'statement' | 'balance' | 'entry' | 'details';

/** An element that is read: where its text goes, and the elements below it that are read. */
export interface CamtNode {
  readonly children: Map<string, CamtNode>;
  field: CamtField | null;
  /** The aggregate that its text belongs to. */
  readonly owner: CamtAggregate;
  /** Set where the element itself begins an aggregate. */
  begins: CamtAggregate | null;
}

const node = (owner: CamtAggregate): CamtNode => ({ children: new Map(), field: null, owner, begins: null });

const below = (root: CamtNode, path: string, owner: CamtAggregate): CamtNode => {
  let at = root;
  for (const name of path.split('/')) {
    let next = at.children.get(name);
    if (!next) {
      next = node(owner);
      at.children.set(name, next);
    }
    at = next;
  }
  return at;
};

const aggregate = (name: CamtAggregate, paths: Readonly<Record<string, CamtField>>): CamtNode => {
  const root = node(name);
  root.begins = name;
  for (const [path, field] of Object.entries(paths)) below(root, path, name).field = field;
  return root;
};

const statementNode = (): CamtNode => {
  const statement = aggregate('statement', STATEMENT_PATHS);
  const entry = aggregate('entry', ENTRY_PATHS);
  const details = aggregate('details', DETAIL_PATHS);
  statement.children.set('Bal', aggregate('balance', BALANCE_PATHS));
  statement.children.set('Ntry', entry);
  entry.children.get('NtryDtls')?.children.set('TxDtls', details);
  entry.children.set('TxDtls', details); // version 001.01 has no NtryDtls
  return statement;
};

/** The element tree of one statement, report or notification. */
export const STATEMENT_NODE: CamtNode = statementNode();

/** Fields that stand several times and belong together. */
const JOINED: ReadonlySet<CamtField> = new Set<CamtField>([
  'unstructured',
  'structured',
  'structuredNote',
  'additional',
]);

/** The texts of one aggregate, trimmed, by field. Of a field that may stand once, the first is kept and the repetition remembered. */
export class CamtFields<Field extends CamtField> {
  private readonly texts = new Map<CamtField, string>();
  private readonly repetitions = new Set<CamtField>();

  clear(): void {
    this.texts.clear();
    this.repetitions.clear();
  }

  add(field: CamtField, text: string): void {
    const known = this.texts.get(field);
    if (known === undefined) this.texts.set(field, text);
    else if (JOINED.has(field)) this.texts.set(field, `${known} ${text}`);
    else if (known !== text) this.repetitions.add(field);
  }

  /** The field's text; '' where the file does not state it. */
  get(field: Field): string {
    return this.texts.get(field) ?? '';
  }

  /** True where the field stood twice with different texts. */
  isContradicted(field: Field): boolean {
    return this.repetitions.has(field);
  }
}
