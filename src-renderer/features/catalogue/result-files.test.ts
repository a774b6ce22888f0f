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
