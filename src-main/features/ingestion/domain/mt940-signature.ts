/** Tags of these messages (SWIFT Standards MT, category 9), at the start of the text or of a line. */
const FIRST_FIELD = /^[^\w:,;"']*:(?:\d{2}[A-Z]?|NS|94[02]):/;
const REFERENCE_FIELD = /^:20:/m;
const STATEMENT_FIELD = /^:(?:25P?|28C?|34F|60[FM]|61|62[FM]|90[CD]):/m;
/** Basic header, then the application header of an MT940 or MT942 (FIN blocks 1 and 2). */
const FIN_HEADERS = /^\s*\{1:F\d{2}[A-Z0-9]{12}[^}]*\}\s*\{2:[IO](94[02])/;

/** Fields that only the interim report has, and those that it never has. */
const INTERIM_FIELD = /^:(?:13D|34F|90[CD]):/m;
const BOOKED_BALANCE = /^:6[02][FM]:/m;

interface Recognized {
  readonly format: 'mt940' | 'mt942';
  readonly reason: string;
}

/** Which of the two messages a text holds, by its first characters; null where it holds neither. */
export const swiftStatement = (start: string): Recognized | null => {
  // German banks may write @@ for the end of a line.
  const text = start.startsWith('@@:') ? start.replaceAll('@@', '\n') : start;
  const type = FIN_HEADERS.exec(text)?.[1];
  if (type !== undefined) return { format: `mt${type}` as Recognized['format'], reason: `FIN message of type ${type}` };
  if (!FIRST_FIELD.test(text) && !(REFERENCE_FIELD.test(text) && STATEMENT_FIELD.test(text))) return null;
  return INTERIM_FIELD.test(text) && !BOOKED_BALANCE.test(text)
    ? { format: 'mt942', reason: 'fields of SWIFT MT942, without booked balances' }
    : { format: 'mt940', reason: 'fields of SWIFT MT940' };
};
