import { expect, it } from 'vitest';
import { Station, generate } from './engine.fixture.ts';
it('smoke', async () => {
  const s = new Station();
  try {
    await s.create();
    const c = await s.createCase();
    const p = `${s.folder}/g.csv`;
    generate(p, 20000);
    let t=performance.now();
    await s.import(c, [p]); console.log('import', performance.now()-t); t=performance.now();
    await s.done('examinations.run', { caseId: c }); console.log('examine', performance.now()-t); t=performance.now();
    const r = await s.done('reports.build', { caseId: c }); console.log('report', performance.now()-t, r.pages);t=performance.now();
    const v = await s.done('audits.verify', {});
    console.log(JSON.stringify(v).slice(0,400), await s.acts());
    expect(v.ok).toBe(true);
  } finally { await s.close(); }
});
