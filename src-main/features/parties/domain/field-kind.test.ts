import { expect, it } from 'vitest';
import { type FieldKind, inferKind } from './field-kind.ts';

const DIGITS = ['4011', '4814', '2776', '3465'];
const WORDS = ['waller', 'berry', 'sondergeld', 'harrington'];

it.each<[string, readonly string[], FieldKind]>([
  ['given_name', WORDS, 'given-name'],
  ['fname_c1', ['CARSTEN', 'GERD'], 'given-name'],
  ['Nachname', WORDS, 'surname'],
  ['street_number', DIGITS, 'code'],
  ['address_1', ['tullaroop street', 'giblin street'], 'address'],
  ['postcode', DIGITS, 'postcode'],
  ['date_of_birth', ['19081209', '19990219'], 'date'],
  ['date', ['soon', 'later'], 'word'],
  ['soc_sec_id', ['6988048', '7364009'], 'code'],
  ['email', ['hannah88@powers.com'], 'email'],
  ['column 4', ['hannah88@powers.com', 'a@b.c'], 'email'],
  ['phone', ['310/246-1501'], 'phone'],
  ['price', ['$44.00', '$29.00'], 'number'],
  ['by', ['1949', '1968'], 'code'],
  ['counterparty', ['Meridian Supplies Ltd'], 'business-name'],
  ['title', ['Linksys EtherFast 8-Port 10/100 Switch'], 'text'],
  ['suburb', ['st james', 'bittern', 'coolaroo', 'canterbury'], 'word'],
  ['counterpartyAccount', ['DE89370400440532013000'], 'code'],
])('%s of %j is %s', (name, values, kind) => {
  expect(inferKind(name, values)).toBe(kind);
});
