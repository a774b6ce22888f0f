import { expect, it } from 'vitest';
import { parametersJson, resultCsv } from './result-files.ts';

const RUN = {
  test: 'velocity',
  version: '1.2.0',
  title: 'Velocity',
  parameters: { factor: '5' },
  population: { rows: 12, used: 10, excluded: [{ reason: 'date is "unknown", or not there', count: 2 }] },
  statistics: { largest: 7, smallest: null, note: '=1+1' },
  bins: [],
  limits: ['One.'],
  findings: 3,
  notRun: null,
  ranAt: '2026-01-02T03:04:05.000Z',
  basis: 'ab',
};

it('figures are saved as CSV: unknown is empty, quotes are doubled, no text is a formula', () => {
  expect(resultCsv(RUN).split('\r\n')).toEqual([
    'figure,value',
    'rows,12',
    'used,10',
    '"left out: date is ""unknown"", or not there",2',
    'largest,7',
    'smallest,',
    "note,'=1+1",
    'findings,3',
    '',
  ]);
});

it('classes are saved as CSV where there are some', () => {
  const bins = [
    { key: '10', count: 4, expected: 3.5, z: -0.25 },
    { key: '11', count: 0, expected: 1, z: null },
  ];
  expect(resultCsv({ ...RUN, bins })).toBe('class,observed,expected,z\r\n10,4,3.5,-0.25\r\n11,0,1,\r\n');
});

it('sums are saved as exact text beside the rows, where the test has them', () => {
  const bins = [
    { key: '0 to 30 days', count: 2, expected: null, z: null, amount: '-90071992547409931.25' },
    { key: 'over 30 days', count: 0, expected: null, z: null, amount: '0.00' },
  ];
  expect(resultCsv({ ...RUN, bins })).toBe(
    'class,observed,expected,z,sum\r\n0 to 30 days,2,,,-90071992547409931.25\r\nover 30 days,0,,,0.00\r\n',
  );
  const summed = [{ key: '10', count: 2, expected: null, z: null, amount: '20.50', expectedAmount: '1.10' }];
  expect(resultCsv({ ...RUN, bins: summed })).toBe(
    'class,observed,expected,z,sum,expected sum\r\n10,2,,,20.50,1.10\r\n',
  );
  const differences = [{ key: '30', count: 1, expected: 0.5, z: 1, rows: 3 }];
  expect(resultCsv({ ...RUN, bins: differences })).toBe('class,observed,expected,z,rows\r\n30,1,0.5,1,3\r\n');
});

it('parameters are saved with all that it takes to run the test again', () => {
  expect(JSON.parse(parametersJson({ id: 'velocity', title: 'Velocity' }, RUN, 'A. Examiner'))).toEqual({
    format: 'nexus-test-result',
    test: 'velocity',
    title: 'Velocity',
    version: '1.2.0',
    ranAt: RUN.ranAt,
    savedBy: 'A. Examiner',
    parameters: { factor: '5' },
    population: RUN.population,
    statistics: RUN.statistics,
    limits: ['One.'],
    findings: 3,
    basis: 'ab',
  });
});
