import { type XmlNode, xmlAggregate, xmlAttach, xmlRoot } from './xml-paths.ts';

/** The elements of a GnuCash XML book (gnc-v2) that are read. Source: gnucash-v2.rnc of the GnuCash sources, libgnucash/doc/xml. */
const BOOK_PATHS = { id: 'bookId' } as const;
const COUNT_PATHS = { '@type': 'countOf', '@cd:type': 'countOf' } as const;
const ACCOUNT_PATHS = {
  id: 'id',
  name: 'name',
  type: 'type',
  code: 'code',
  'commodity/id': 'commodity',
  parent: 'parent',
} as const;
const TRANSACTION_PATHS = {
  id: 'id',
  'currency/space': 'space',
  'currency/id': 'commodity',
  num: 'number',
  'date-posted/date': 'postedAt',
  'date-posted/gdate': 'postedOn',
  description: 'description',
} as const;
const SPLIT_PATHS = {
  memo: 'memo',
  action: 'action',
  'reconciled-state': 'reconciled',
  value: 'value',
  quantity: 'quantity',
  account: 'account',
} as const;

/** An option of the book, such as `options/Business/Company Name`. */
const OPTION_PATHS = { key: 'key', value: 'optionValue' } as const;

type ValueOf<T> = T[keyof T];
export type BookField = ValueOf<typeof BOOK_PATHS>;
export type CountField = ValueOf<typeof COUNT_PATHS> | 'count';
export type AccountField = ValueOf<typeof ACCOUNT_PATHS>;
export type TransactionField = ValueOf<typeof TRANSACTION_PATHS>;
export type SplitField = ValueOf<typeof SPLIT_PATHS>;
export type OptionField = ValueOf<typeof OPTION_PATHS>;
export type GnucashField = BookField | CountField | AccountField | TransactionField | SplitField | OptionField;
export type GnucashAggregate =
  | 'file'
  | 'book'
  | 'option'
  | 'count'
  | 'account'
  | 'transaction'
  | 'split'
  | 'templates'
  | 'template';

type Node = XmlNode<GnucashAggregate, GnucashField>;
const aggregate = (name: GnucashAggregate, paths: Readonly<Record<string, GnucashField>>): Node =>
  xmlAggregate(name, paths);

const rootNode = (): Node => {
  const book = aggregate('book', BOOK_PATHS);
  const count = aggregate('count', COUNT_PATHS);
  count.field = 'count';
  xmlAttach(book, count, 'count-data');
  xmlAttach(book, aggregate('option', OPTION_PATHS), 'slots/slot/value/slot/value/slot');
  xmlAttach(book, aggregate('account', ACCOUNT_PATHS), 'account');
  const transaction = aggregate('transaction', TRANSACTION_PATHS);
  xmlAttach(transaction, aggregate('split', SPLIT_PATHS), 'splits/split');
  xmlAttach(book, transaction, 'transaction');
  const templates = aggregate('templates', {});
  xmlAttach(templates, aggregate('template', {}), 'transaction');
  xmlAttach(book, templates, 'template-transactions');
  const file = aggregate('file', {});
  xmlAttach(file, book, 'book');
  const root = xmlRoot<GnucashAggregate, GnucashField>('file');
  xmlAttach(root, file, 'gnc-v2');
  return root;
};

/** The element tree of a book. */
export const GNUCASH_ROOT: Node = rootNode();
