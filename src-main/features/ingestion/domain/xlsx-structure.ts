import { attributeOf, isTrue, type XmlPackage } from './spreadsheet-package.ts';
import { FileRefused } from './statement-sink.ts';
import type { XmlHandler } from './xml-reader.ts';

export interface XlsxSheetPart {
  readonly name: string;
  readonly part: string;
  /** Not shown, or not even offered to be shown. */
  readonly state: 'visible' | 'hidden' | 'veryHidden';
  /** `worksheet`; other kinds (`chartsheet`, `dialogsheet`, `xlMacrosheet`) hold no table. */
  readonly kind: string;
}

/** The parts of a workbook and how they hang together. */
export interface XlsxStructure {
  readonly container: 'xlsx' | 'xlsm';
  readonly sheets: readonly XlsxSheetPart[];
  readonly date1904: boolean;
  readonly sharedStrings: string | null;
  readonly styles: string | null;
  /** The program that wrote the workbook, as it says. */
  readonly producer: string | null;
}

interface Relationship {
  readonly type: string;
  readonly target: string;
}

/** A handler that only looks at start tags. */
const onOpen = (open: XmlHandler['open']): XmlHandler => ({ open, close: () => {}, text: () => {} });

/** The name of a part as a relationship of another part gives it (RFC 3986, ECMA-376 part 2, 6.2.2). */
const resolve = (source: string, target: string): string => {
  const path = target.startsWith('/') ? target : `${source.slice(0, source.lastIndexOf('/') + 1)}${target}`;
  const steps: string[] = [];
  for (const step of path.replaceAll('\\', '/').split('/')) {
    if (step === '..') steps.pop();
    else if (step !== '' && step !== '.') steps.push(step);
  }
  return steps.join('/');
};

/** Relationships of a part by id; the source '' is the package itself. */
const relationships = (parts: XmlPackage, source: string): ReadonlyMap<string, Relationship> => {
  const slash = source.lastIndexOf('/') + 1;
  const name = `${source.slice(0, slash)}_rels/${source.slice(slash)}.rels`;
  const found = new Map<string, Relationship>();
  if (parts.has(name))
    parts.read(
      name,
      onOpen((element, { Id: id, Type: type = '', Target: target, TargetMode: mode }) => {
        if (element === 'Relationship' && id !== undefined && target !== undefined && mode !== 'External')
          found.set(id, { type: type.slice(type.lastIndexOf('/') + 1), target: resolve(source, target) });
      }),
    );
  return found;
};

const targetOf = (relations: ReadonlyMap<string, Relationship>, type: string): string | null => {
  for (const relation of relations.values()) if (relation.type === type) return relation.target;
  return null;
};

const contentType = (parts: XmlPackage, part: string): string => {
  let found = '';
  if (parts.has('[Content_Types].xml'))
    parts.read(
      '[Content_Types].xml',
      onOpen((element, attributes) => {
        if (element === 'Override' && attributes.PartName?.toLowerCase() === `/${part.toLowerCase()}`)
          found = attributes.ContentType ?? '';
      }),
    );
  return found;
};

const checkKind = (type: string, part: string): void => {
  if (type.includes('sheet.binary') || part.endsWith('.bin'))
    throw new FileRefused(
      'workbook.binary',
      'The file is a binary Excel workbook (.xlsb), which is not read. Save it in Excel as .xlsx.',
    );
  const other = /wordprocessingml|presentationml/.exec(type)?.[0];
  if (other !== undefined)
    throw new FileRefused(
      'format.unsupported',
      `The file is a ${other === 'presentationml' ? 'PowerPoint presentation' : 'Word document'}, not a workbook. Save its table as a workbook or as CSV.`,
    );
};

const producerOf = (parts: XmlPackage, name: string | null): string | null => {
  if (name === null || !parts.has(name)) return null;
  const found: Record<string, string> = {};
  let element = '';
  parts.read(name, {
    open: opened => {
      element = opened;
    },
    close: () => {
      element = '';
    },
    text: text => {
      if (element === 'Application' || element === 'AppVersion') found[element] = (found[element] ?? '') + text;
    },
  });
  const producer = `${found.Application ?? ''} ${found.AppVersion ?? ''}`.trim();
  return producer === '' ? null : producer.slice(0, 100);
};

/**
 * Finds the sheets of a workbook in the order in which they are shown (ECMA-376 part 1, 12.3 and 18.2; transitional and
 * strict). Throws FileRefused `workbook.binary`, `workbook.incomplete`, `workbook.malformed`, `format.unsupported`.
 */
export const xlsxStructure = (parts: XmlPackage): XlsxStructure => {
  const root = relationships(parts, '');
  const workbook = targetOf(root, 'officeDocument') ?? 'xl/workbook.xml';
  const type = contentType(parts, workbook);
  checkKind(type, workbook);
  const relations = relationships(parts, workbook);
  const sheets: XlsxSheetPart[] = [];
  /** The first `workbookPr` only: extensions have elements of the same name. */
  let date1904: boolean | null = null;
  let rootName: string | null = null;
  parts.read(
    workbook,
    onOpen((element, attributes) => {
      rootName ??= element;
      if (element === 'workbookPr') date1904 ??= isTrue(attributes.date1904);
      if (element !== 'sheet') return;
      const relation = relations.get(attributeOf(attributes, 'id') ?? '');
      const name = attributes.name ?? `sheet ${sheets.length + 1}`;
      if (relation === undefined)
        throw new FileRefused(
          'workbook.incomplete',
          `The workbook names a sheet "${name}" and does not say where it is. Ask for an unaltered copy.`,
        );
      const { state } = attributes;
      sheets.push({
        name,
        part: relation.target,
        state: state === 'hidden' || state === 'veryHidden' ? state : 'visible',
        kind: relation.type,
      });
    }),
  );
  if (rootName !== 'workbook' || sheets.length === 0)
    throw new FileRefused(
      'workbook.malformed',
      'The workbook names no sheets: the file is damaged, or no workbook. Ask for an unaltered copy.',
    );
  return {
    container: type.includes('macroEnabled') ? 'xlsm' : 'xlsx',
    sheets,
    date1904: date1904 ?? false,
    sharedStrings: targetOf(relations, 'sharedStrings'),
    styles: targetOf(relations, 'styles'),
    producer: producerOf(parts, targetOf(root, 'extended-properties') ?? targetOf(root, 'extendedProperties')),
  };
};
