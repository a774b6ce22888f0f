import { type CodedColumn, UNKNOWN_CODE } from '../../../../kernel/dictionary.ts';
import { countOf, formatCount } from '../figures.ts';
import { inReportOrder } from '../finding-order.ts';
import type { FindingDraft, ForensicTest, Parameters } from '../forensic-test.ts';
import { wordFinder } from '../journal/word-pattern.ts';
import { listParameter } from '../parameters.ts';
import { rowsByCode } from '../rows-by-code.ts';
import { requireColumn, type TransactionTable } from '../transaction-table.ts';
import { ATTRIBUTES, attributesOf, foldedColumn } from './attribute-values.ts';

const MOST_FINDINGS = 500;

/** What says of a row that it concerns an employee: the columns named in `kind`, else type and category. */
const kindColumns = (table: TransactionTable, parameters: Parameters): CodedColumn[] => {
  const named = listParameter(parameters, 'kind').flatMap(name => table.named.get(name) ?? []);
  return named.length > 0 ? named : [table.type, table.category].filter(column => column !== null);
};

/** Rows of employees (1) by the words in the columns that say so. */
const employeeRows = (
  table: TransactionTable,
  columns: readonly CodedColumn[],
  words: readonly string[],
): Uint8Array => {
  const employee = new Uint8Array(table.rowCount);
  const find = wordFinder(words);
  for (const { codes, values } of columns) {
    const says = values.map(value => find(value) !== null);
    for (let row = 0; row < table.rowCount; row++)
      if (codes[row]! >= 0 && says[codes[row]!] === true) employee[row] = 1;
  }
  return employee;
};

/** Vendors that share a bank account, address, telephone number or name with an employee. Spec: docs/specs/vendor-employee-match.md. */
export const vendorEmployeeMatch: ForensicTest = {
  id: 'vendor-employee-match',
  version: '1.1.0',
  title: 'Vendor matches employee',
  group: 'duplicates',
  side: 'bank',
  needs: ['party'],
  uses: ['counterparty-account', 'type', 'category'],
  parameters: [
    ATTRIBUTES,
    {
      name: 'kind',
      kind: 'columns',
      default: '',
      meaning: 'columns that say whether a row is an employee’s; none is type and category',
    },
    {
      name: 'employee-words',
      kind: 'text',
      default:
        'employee,employees,staff,payroll,salary,salaries,wage,wages,gehalt,gehälter,gehaltszahlung,lohn,löhne,lohnzahlung,mitarbeiter*,salaire,salaires,personnel,nomina,nominas,stipendio,stipendi',
      meaning: 'whole words, parted by commas, by which an employee’s row is known; one that ends in * begins a word',
    },
  ],
  explanations: ['own-transfer', 'reversed', 'immaterial'],
  run(table, parameters, context) {
    const party = requireColumn(table.party, 'party');
    const words = listParameter(parameters, 'employee-words')
      .map(word => word.trim())
      .filter(word => word !== '');
    const employee = employeeRows(table, kindColumns(table, parameters), words);
    const employees = employee.reduce((sum, flag) => sum + flag, 0);
    const attributes = [...attributesOf(table, parameters), { name: 'name', column: party }];
    const findings: FindingDraft[] = [];
    for (const [at, { name, column }] of attributes.entries()) {
      context.progress(at / attributes.length);
      if (employees === 0) break;
      const folded = foldedColumn(column);
      const { starts, rows } = rowsByCode(folded.codes, folded.values.length);
      for (let code = 0; code < folded.values.length; code++) {
        const own = rows.subarray(starts[code]!, starts[code + 1]!);
        const ofEmployees = own.filter(row => employee[row] === 1);
        if (ofEmployees.length === 0 || ofEmployees.length === own.length) continue;
        const others = own.filter(row => employee[row] === 0);
        const names = (list: Uint32Array): string[] =>
          [...new Set(Array.from(list, row => party.values[party.codes[row]!] ?? 'a party without a name'))].sort();
        const original = column.values[column.codes[own[0]!]!]!;
        findings.push({
          key: JSON.stringify([name, folded.values[code]]),
          rows: own.slice(),
          // A name alone may be a namesake, or wages booked in two ways.
          severity: name === 'name' ? 'medium' : 'high',
          score: name === 'name' ? 0.6 : 1,
          reason: `${original} (${name}) is stated with ${names(ofEmployees).slice(0, 3).join(', ')} as an employee (${countOf(ofEmployees.length, 'row')}) and with ${names(others).slice(0, 3).join(', ')} otherwise (${countOf(others.length, 'row')}).`,
        });
      }
    }
    const named = party.codes.reduce((sum, code) => sum + (code === UNKNOWN_CODE ? 0 : 1), 0);
    const listed = inReportOrder(findings);
    return {
      population: {
        rows: table.rowCount,
        used: named,
        excluded: [{ reason: 'party is unknown', count: table.rowCount - named }].filter(({ count }) => count > 0),
      },
      statistics: {
        employeeRows: employees,
        otherRows: table.rowCount - employees,
        flagged: Math.min(listed.length, MOST_FINDINGS),
      },
      bins: [],
      findings: listed.slice(0, MOST_FINDINGS),
      limits: [
        ...(employees === 0
          ? [
              `No row is known as an employee's (${words.join(', ')} in ${table.type === null && table.category === null ? 'no column' : 'type or category'}): nothing could be matched. Name the column in kind.`,
            ]
          : []),
        'An expense refund to an employee has the same look as a payment to a vendor with the employee’s account.',
        ...(listed.length > MOST_FINDINGS
          ? [`The ${MOST_FINDINGS} first of ${formatCount(listed.length)} are listed.`]
          : []),
      ],
    };
  },
};
