import { painMessageNames } from './pain-signature.ts';
import { type XmlNode, xmlAggregate, xmlAttach, xmlRoot } from './xml-paths.ts';

/** Fields of a message's group header, of a payment (`PmtInf`) and of a transfer (`CdtTrfTxInf`). */
export type PainField =
  | 'account'
  | 'agentBic'
  | 'agentMember'
  | 'agentName'
  | 'amount'
  | 'amountCurrency'
  | 'categoryPurpose'
  | 'chequeNumber'
  | 'controlSum'
  | 'count'
  | 'currency'
  | 'document'
  | 'endToEndId'
  | 'equivalentAmount'
  | 'equivalentCurrency'
  | 'executionDate'
  | 'id'
  | 'instruction'
  | 'instrument'
  | 'method'
  | 'name'
  | 'note'
  | 'purpose'
  | 'service'
  | 'structured'
  | 'transferCurrency'
  | 'uetr'
  | 'ultimateName'
  | 'unstructured';

export type PainAggregate = 'file' | 'message' | 'group' | 'payment' | 'transfer';

const accountAt = (path: string): Readonly<Record<string, PainField>> => ({
  [`${path}/Id/IBAN`]: 'account',
  [`${path}/Id/BBAN`]: 'account',
  [`${path}/Id/UPIC`]: 'account',
  [`${path}/Id/Othr/Id`]: 'account',
  [`${path}/Id/PrtryAcct/Id`]: 'account',
});

const agentAt = (path: string): Readonly<Record<string, PainField>> => ({
  [`${path}/FinInstnId/Nm`]: 'agentName',
  [`${path}/FinInstnId/NmAndAdr/Nm`]: 'agentName',
  [`${path}/FinInstnId/CmbndId/Nm`]: 'agentName',
  [`${path}/FinInstnId/BIC`]: 'agentBic',
  [`${path}/FinInstnId/BICFI`]: 'agentBic',
  [`${path}/FinInstnId/CmbndId/BIC`]: 'agentBic',
  [`${path}/FinInstnId/ClrSysMmbId/MmbId`]: 'agentMember',
  [`${path}/FinInstnId/ClrSysMmbId/Id`]: 'agentMember',
});

const PAYMENT_TYPE: Readonly<Record<string, PainField>> = {
  'PmtTpInf/SvcLvl/Cd': 'service',
  'PmtTpInf/SvcLvl/Prtry': 'service',
  'PmtTpInf/LclInstrm/Cd': 'instrument',
  'PmtTpInf/LclInstrm/Prtry': 'instrument',
  'PmtTpInf/CtgyPurp': 'categoryPurpose',
  'PmtTpInf/CtgyPurp/Cd': 'categoryPurpose',
  'PmtTpInf/CtgyPurp/Prtry': 'categoryPurpose',
};

const GROUP: Readonly<Record<string, PainField>> = { MsgId: 'id', NbOfTxs: 'count', CtrlSum: 'controlSum' };

const PAYMENT: Readonly<Record<string, PainField>> = {
  PmtInfId: 'id',
  PmtMtd: 'method',
  NbOfTxs: 'count',
  CtrlSum: 'controlSum',
  ReqdExctnDt: 'executionDate',
  'ReqdExctnDt/Dt': 'executionDate',
  'ReqdExctnDt/DtTm': 'executionDate',
  ...PAYMENT_TYPE,
  'Dbtr/Nm': 'name',
  ...accountAt('DbtrAcct'),
  'DbtrAcct/Ccy': 'currency',
  ...agentAt('DbtrAgt'),
};

const TRANSFER: Readonly<Record<string, PainField>> = {
  'PmtId/InstrId': 'instruction',
  'PmtId/EndToEndId': 'endToEndId',
  'PmtId/UETR': 'uetr',
  ...PAYMENT_TYPE,
  'Amt/InstdAmt': 'amount',
  'Amt/InstdAmt/@Ccy': 'amountCurrency',
  'Amt/EqvtAmt/Amt': 'equivalentAmount',
  'Amt/EqvtAmt/Amt/@Ccy': 'equivalentCurrency',
  'Amt/EqvtAmt/CcyOfTrf': 'transferCurrency',
  'ChqInstr/ChqNb': 'chequeNumber',
  'Cdtr/Nm': 'name',
  'UltmtCdtr/Nm': 'ultimateName',
  ...accountAt('CdtrAcct'),
  ...agentAt('CdtrAgt'),
  'Purp/Cd': 'purpose',
  'Purp/Prtry': 'purpose',
  'RmtInf/Ustrd': 'unstructured',
  'RmtInf/Strd/RfrdDocInf/Nb': 'document',
  'RmtInf/Strd/RfrdDocInf/RfrdDocNb': 'document',
  'RmtInf/Strd/CdtrRefInf/Ref': 'structured',
  'RmtInf/Strd/CdtrRefInf/CdtrRef': 'structured',
  'RmtInf/Strd/AddtlRmtInf': 'note',
};

/** Fields that stand several times and belong together. */
export const JOINED_FIELDS: ReadonlySet<PainField> = new Set(['unstructured', 'structured', 'document', 'note']);

/**
 * The elements of pain.001 that are read. One tree covers all versions: names that only some of them have stand beside
 * each other. Source: ISO 20022 message definition reports of pain.001, versions 001.01 to 001.12.
 */
export const painTree = (): XmlNode<PainAggregate, PainField> => {
  const file = xmlRoot<PainAggregate, PainField>('file');
  const message = xmlAggregate<PainAggregate, PainField>('message', {});
  const payment = xmlAggregate<PainAggregate, PainField>('payment', PAYMENT);
  xmlAttach(payment, xmlAggregate<PainAggregate, PainField>('transfer', TRANSFER), 'CdtTrfTxInf');
  xmlAttach(message, xmlAggregate<PainAggregate, PainField>('group', GROUP), 'GrpHdr');
  xmlAttach(message, payment, 'PmtInf');
  xmlAttach(file, message, ...painMessageNames);
  return file;
};
