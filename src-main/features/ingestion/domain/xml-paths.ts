import type { XmlHandler } from './xml-reader.ts';

/** An element that is read. `A` names the aggregates of a format (records, their parents), `F` the fields gathered in them. */
export interface XmlNode<A extends string, F extends string> {
  /** The elements below it that are read; any other is left out with all that is in it. */
  readonly children: Map<string, XmlNode<A, F>>;
  /** Fields that its attributes state, by attribute name. */
  readonly attributes: Map<string, F>;
  /** Where its text goes. */
  field: F | null;
  /** The aggregate that its text and attributes belong to. */
  readonly owner: A;
  /** Set where the element itself begins an aggregate. */
  readonly begins: A | null;
}

const node = <A extends string, F extends string>(owner: A, begins: A | null): XmlNode<A, F> => ({
  children: new Map(),
  attributes: new Map(),
  field: null,
  owner,
  begins,
});

const below = <A extends string, F extends string>(root: XmlNode<A, F>, names: readonly string[]): XmlNode<A, F> => {
  let at = root;
  for (const name of names) {
    let next = at.children.get(name);
    if (!next) {
      next = node<A, F>(root.owner, null);
      at.children.set(name, next);
    }
    at = next;
  }
  return at;
};

/**
 * An aggregate and its fields, given as paths of element names below it: `Id/IBAN`; a last part `@Ccy` is an attribute.
 * Several paths may state one field, where dialects or versions name it differently.
 */
export const xmlAggregate = <A extends string, F extends string>(
  name: A,
  paths: Readonly<Record<string, F>>,
): XmlNode<A, F> => {
  const root = node<A, F>(name, name);
  for (const [path, field] of Object.entries(paths)) {
    const names = path.split('/');
    const attribute = names.at(-1)?.startsWith('@') ? names.pop()?.slice(1) : undefined;
    const at = below(root, names);
    if (attribute === undefined) at.field = field;
    else at.attributes.set(attribute, field);
  }
  return root;
};

/** The place where a document is looked for: its children may stand at any depth. */
export const xmlRoot = <A extends string, F extends string>(owner: A): XmlNode<A, F> => node<A, F>(owner, null);

/** Puts an aggregate at each of several paths below another, with and without wrapping elements. */
export const xmlAttach = <A extends string, F extends string>(
  parent: XmlNode<A, F>,
  child: XmlNode<A, F>,
  ...paths: readonly string[]
): void => {
  for (const path of paths) {
    const names = path.split('/');
    const last = names.pop() ?? '';
    below(parent, names).children.set(last, child);
  }
};

/** Receives what is read, in document order. */
export interface XmlPathListener<A extends string, F extends string> {
  /** An aggregate begins; false leaves it out with all that is in it. */
  begin(aggregate: A): boolean;
  /** Text of a field, trimmed and not empty. */
  field(aggregate: A, field: F, text: string): void;
  end(aggregate: A): void;
}

const MAX_NAMESPACES = 64;

/** Walks the elements of a document, keeps to those of a tree, and skips the rest. */
export class XmlPathWalker<A extends string, F extends string> implements XmlHandler {
  private readonly root: XmlNode<A, F>;
  private readonly listener: XmlPathListener<A, F>;
  private readonly path: XmlNode<A, F>[] = [];
  /** Elements open since the last one that is read. */
  private skipped = 0;
  private pending = '';
  /** Name of the document's root element. */
  rootName: string | null = null;
  /** The namespaces declared down to the elements that are read, in order. */
  readonly namespaces: string[] = [];

  constructor(root: XmlNode<A, F>, listener: XmlPathListener<A, F>) {
    this.root = root;
    this.listener = listener;
  }

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    if (this.skipped > 0) {
      this.skipped++;
      return;
    }
    const parent = this.path.at(-1);
    if (parent === undefined) this.outside(name, attributes);
    const next = (parent ?? this.root).children.get(name);
    if (next === undefined || (next.begins !== null && !this.listener.begin(next.begins))) {
      if (parent !== undefined || next !== undefined) this.skipped = 1;
      return;
    }
    this.path.push(next);
    this.pending = '';
    if (next.attributes.size > 0) this.readAttributes(next, attributes);
  }

  text(text: string): void {
    if (this.skipped === 0 && this.path.at(-1)?.field) this.pending += text;
  }

  close(): void {
    if (this.skipped > 0) {
      this.skipped--;
      return;
    }
    const top = this.path.pop();
    if (top === undefined) return;
    if (top.field !== null) {
      const text = this.pending.trim();
      if (text !== '') this.listener.field(top.owner, top.field, text);
    }
    this.pending = '';
    if (top.begins !== null) this.listener.end(top.begins);
  }

  /** By the names that are there: reading the wanted ones by key keeps the engine from compiling it (measured, Node 24). */
  private readAttributes(at: XmlNode<A, F>, attributes: Readonly<Record<string, string>>): void {
    for (const [name, value] of Object.entries(attributes)) {
      const field = at.attributes.get(name);
      const text = value.trim();
      if (field !== undefined && text !== '') this.listener.field(at.owner, field, text);
    }
  }

  private outside(name: string, attributes: Readonly<Record<string, string>>): void {
    this.rootName ??= name;
    for (const [key, value] of Object.entries(attributes))
      if (/^xmlns(?::|$)/.test(key) && this.namespaces.length < MAX_NAMESPACES) this.namespaces.push(value.trim());
  }
}

/** The texts of one aggregate by field. Of a field that may stand once, the first is kept and a differing repetition remembered. */
export class XmlFields<F extends string> {
  private readonly texts = new Map<F, string>();
  private readonly repetitions = new Set<F>();
  private readonly joined: ReadonlySet<F>;

  /** `joined` are fields that may stand several times and belong together. */
  constructor(joined: ReadonlySet<F> = new Set()) {
    this.joined = joined;
  }

  clear(): void {
    this.texts.clear();
    this.repetitions.clear();
  }

  add(field: F, text: string): void {
    const known = this.texts.get(field);
    if (known === undefined) this.texts.set(field, text);
    else if (this.joined.has(field)) this.texts.set(field, `${known} ${text}`);
    else if (known !== text) this.repetitions.add(field);
  }

  /** The field's text; '' where the file does not state it. */
  get(field: F): string {
    return this.texts.get(field) ?? '';
  }

  /** The first of several fields that is stated, as its text. */
  first(...fields: readonly F[]): string {
    for (const field of fields) {
      const text = this.texts.get(field);
      if (text !== undefined) return text;
    }
    return '';
  }

  /** True where the field stood twice with different texts. */
  isContradicted(field: F): boolean {
    return this.repetitions.has(field);
  }
}
