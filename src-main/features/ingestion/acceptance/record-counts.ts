/**
 * Counts the records of a file the plain way, knowing nothing of the parsers: every one of them must come out as a transaction
 * or a rejected record, or something must be said of it. Null: records of the format cannot be counted so simply.
 */
export const countRecords = (format: string, bytes: Uint8Array): number | null => {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  const matches = (pattern: RegExp): number => text.match(pattern)?.length ?? 0;
  switch (format) {
    case 'ofx':
      return matches(/<STMTTRN>/g);
    case 'mt940':
    case 'mt942':
      return matches(/(?:^|[\r\n]):61:/g);
    case 'camt.052':
    case 'camt.053':
    case 'camt.054':
      return matches(/<(?:\w+:)?Ntry>/g);
    case 'pain.001':
      return matches(/<(?:\w+:)?CdtTrfTxInf>/g);
    case 'bai2':
      return matches(/(?:^|[\r\n])16,/g);
    case 'coda':
      return matches(/(?:^|[\r\n])21\d{4}0000/g);
    case 'nacha':
      return matches(/(?:^|[\r\n])6[^\r\n]{93}/g);
    case 'sie':
      return matches(/(?:^|[\r\n])\s*#TRANS\s/g);
    case 'norma43':
      return matches(/(?:^|[\r\n])22[^\r\n]{30}/g);
    case 'xbrl-gl':
      return matches(/<(?:[\w-]+:)?entryDetail>/g);
    default:
      return null;
  }
};
