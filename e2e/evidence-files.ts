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

/**
 * Seven bookings that standardization has something to say of: an account number that fails ISO 7064 and one that passes,
 * references of ISO 11649, words for transaction types in German, a currency that is none, parties whose names tell a trade.
 */
export const unevenBookings = (folder: string): string =>
  write(
    folder,
    'uneven.csv',
    [
      'Date,Amount,Currency,Counterparty,Counterparty account,Type,Reference,Description',
      '2025-03-14,-25.00,EUR,Café  Central,DE89 3704 0044 0532 0130 00,Kartenzahlung,RF18 5390 0754 7034,CARD 12 COFFEE',
      '2025-03-31,-1200.00,EUR,Acme GmbH,DE89370400440532013001,Überweisung,RF19 5390 0754 7034,Rent March',
      '2025-04-01,3000.00,EUR,Employer,,Gehalt,NOTPROVIDED,Salary',
      '2025-04-16,-12.50,EUX,Acme Ltd,,card,,CARD 12 LUNCH',
      '2025-04-17,-41.20,EUR,Shell Tankstelle,,,,Pump 4',
      '2025-04-18,-8.40,EUR,Bakery Corner,,,,Bread',
      '2025-04-19,-55.10,EUR,Bakery Corner,,,,Cake',
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
