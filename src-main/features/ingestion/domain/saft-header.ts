import { isCurrencyCode } from '../../../kernel/currency.ts';
import type { HeaderField } from './saft-fields.ts';
import type { StatementHeader } from './statement-sink.ts';
import type { XmlFields } from './xml-paths.ts';

/** Header elements that every schema of a family requires, by the field that holds them. */
const REQUIRED: Readonly<Record<'1' | '2', readonly (readonly [element: string, ...fields: HeaderField[]])[]>> = {
  '1': [
    ['AuditFileVersion', 'version'],
    ['CompanyID', 'companyId'],
    ['TaxRegistrationNumber', 'taxNumber'],
    ['CompanyName', 'companyName'],
    ['FiscalYear', 'fiscalYear'],
    ['StartDate', 'startDate'],
    ['EndDate', 'endDate'],
    ['CurrencyCode', 'currency'],
    ['DateCreated', 'created'],
  ],
  '2': [
    ['AuditFileVersion', 'version'],
    ['Company/Name', 'companyName'],
    ['Company/RegistrationNumber', 'registrationNumber', 'taxNumber', 'companyId'],
    ['DefaultCurrencyCode', 'defaultCurrency', 'currency'],
  ],
};

/** OECD 1.0 and the schemas made from it (PT, AO, AT) state company and currency in the header itself, 2.0 in elements of their own. */
export const saftFamily = (header: XmlFields<HeaderField>, namespaces: readonly string[]): '1' | '2' => {
  if (namespaces.some(each => /OECD:StandardAuditFile-Tax(?:ation)?[:/](?:[A-Z]{2}_)?1/.test(each))) return '1';
  return header.first('companyId', 'currency', 'fiscalYear') === '' ? '2' : '1';
};

/** The required elements that a header lacks. */
export const missingElements = (header: XmlFields<HeaderField>, family: '1' | '2'): readonly string[] =>
  REQUIRED[family].filter(([, ...fields]) => header.first(...fields) === '').map(([element]) => element);

const periodOf = (header: XmlFields<HeaderField>): string => {
  const start =
    header.get('startDate') || [header.get('periodStartYear'), header.get('periodStart')].filter(Boolean).join('-');
  const end = header.get('endDate') || [header.get('periodEndYear'), header.get('periodEnd')].filter(Boolean).join('-');
  return start === '' && end === '' ? '' : `${start}/${end}`;
};

/** The statement of one section of the file (`''`: the general ledger). */
export const saftStatement = (header: XmlFields<HeaderField>, section: string): StatementHeader => {
  const currency = header.first('defaultCurrency', 'currency').toUpperCase();
  const period = header.get('fiscalYear') || periodOf(header);
  return {
    accountId: header.first('taxNumber', 'registrationNumber', 'companyId') || null,
    currency: isCurrencyCode(currency) ? currency : null,
    institution: null,
    owner: header.get('companyName') || null,
    statementId: [period, section].filter(part => part !== '').join(' ') || null,
  };
};
