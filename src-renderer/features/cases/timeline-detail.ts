/** A digest, an identifier, or a list: what identifies rather than tells. The audit log shows them all. */
const IDENTIFYING = /[0-9a-f]{64}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|: [[{]/;

/** The parts of a timeline entry's detail that tell a reader something: names, counts, decisions, reasons. */
export const tellingDetail = (detail: string): string =>
  detail
    .split(' · ')
    .filter(part => !IDENTIFYING.test(part))
    .join(' · ');
