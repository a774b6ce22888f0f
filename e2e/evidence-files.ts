import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

const write = (folder: string, name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

/** Three bookings whose days and months are all 12 or less: the file cannot say which comes first. */
export const ambiguousDates = (folder: string): string =>
  write(
    folder,
    'ambiguous.csv',
    [
      'Date,Amount,Currency,Counterparty,Reference,Remark',
      '03/04/2025,-120.50,EUR,Meridian Supplies,INV-1,paper',
      '05/06/2025,900.00,EUR,Harbor Logistics,INV-2,freight',
      '07/08/2025,-42.10,EUR,Orion Consulting,INV-3,advice',
      '',
    ].join('\n'),
  );

/** Two bookings that leave nothing open. */
export const plainBookings = (folder: string): string =>
  write(
    folder,
    'plain.csv',
    [
      'Date,Amount,Currency,Counterparty,Reference',
      '2025-01-31,-10.00,EUR,Meridian Supplies,P-1',
      '2025-02-28,25.00,EUR,Harbor Logistics,P-2',
      '',
    ].join('\n'),
  );

/** XML with a document type, which could name outside files: refused before it is parsed. */
export const documentTypeXml = (folder: string): string =>
  write(
    folder,
    'doctype.xml',
    '<?xml version="1.0"?>\n<!DOCTYPE Document [<!ENTITY x SYSTEM "file:///etc/passwd">]>\n<Document>&x;</Document>\n',
  );

export const emptyFile = (folder: string): string => write(folder, 'empty.csv', '');
