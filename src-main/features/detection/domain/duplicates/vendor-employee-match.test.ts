import { describe, expect, it } from 'vitest';
import { resultOf, tableOf } from '../transaction-table.fixture.ts';
import { vendorEmployeeMatch } from './vendor-employee-match.ts';

describe('vendor-employee-match', () => {
  it('finds the vendor with an employee’s bank account', () => {
    const table = tableOf([
      { party: 'JANE DOE', category: 'Salary', counterpartyAccount: 'GB11 2233' },
      { party: 'FAST SUPPLIES', category: 'Materials', counterpartyAccount: 'GB112233' },
      { party: 'HONEST LTD', category: 'Materials', counterpartyAccount: 'GB445566' },
    ]);
    const { findings, statistics } = resultOf(vendorEmployeeMatch, table);
    expect(findings.map(({ rows }) => [...rows])).toEqual([[0, 1]]);
    expect(findings[0]?.severity).toBe('high');
    expect(statistics).toMatchObject({ employeeRows: 1, otherRows: 2 });
  });

  it('takes the kind from a named column and compares names, and says when nobody is an employee', () => {
    const table = tableOf([
      { party: 'JANE DOE', named: { kind: 'Employee' } },
      { party: 'JANE DOE', named: { kind: 'Vendor' } },
    ]);
    const { findings } = resultOf(vendorEmployeeMatch, table, { kind: 'kind' });
    expect(findings.map(({ severity }) => severity)).toEqual(['medium']);
    expect(resultOf(vendorEmployeeMatch, table).limits[0]).toContain('nothing could be matched');
  });

  const employeeRows = (category: string): unknown =>
    resultOf(vendorEmployeeMatch, tableOf([{ party: 'X', category }])).statistics.employeeRows;

  // Words of a dictionary that hold an employee's word as a part: sewage (wage), distaff (staff), Lohnsteuer (Lohn), Belohnung (lohn), wagers (wage).
  it.each(['Sewage', 'Distaff', 'Lohnsteuer', 'Belohnung', 'Wagers'])('takes %s for no employee’s word', category => {
    expect(employeeRows(category)).toBe(0);
  });

  it.each(['WAGES', 'wage, March', 'Payroll_run', 'Gehälter', 'LÖHNE', 'Mitarbeiterin', 'Staff costs', 'Nómina'])(
    'takes %s for an employee’s',
    category => {
      expect(employeeRows(category)).toBe(1);
    },
  );

  it('makes no employee of a water company that bills sewage', () => {
    const table = tableOf([
      { party: 'CITY WATER', category: 'Water', counterpartyAccount: 'GB1' },
      { party: 'CITY WATER', category: 'Sewage', counterpartyAccount: 'GB1' },
    ]);
    const { findings, limits } = resultOf(vendorEmployeeMatch, table);
    expect(findings).toEqual([]);
    expect(limits[0]).toContain('nothing could be matched');
  });
});
