import { NexusError } from '../../../contract/errors.ts';
import type { ChannelResult } from '../../../contract/index.ts';
import { RECONCILIATION_PARAMETERS } from '../../../contract/reconciliations.contract.ts';
import type { Command } from '../command.ts';
import { EXIT } from '../command.ts';
import { parseSettings, splitSettings } from '../settings.ts';
import { cut, printable, tableText } from '../terminal.ts';

const SHOWN = 40;
/** Rows of one side named in a line. */
const ROWS_SHOWN = 8;

const rowsText = (rows: readonly number[]): string =>
  rows.length <= ROWS_SHOWN ? rows.join(' ') : `${rows.slice(0, ROWS_SHOWN).join(' ')} +${rows.length - ROWS_SHOWN}`;

/** Elements of a list that are turned into text at once. */
const PIECE = 5000;

/** The JSON text of a result piece by piece: of a hundred thousand matches the whole text at once would double the memory. */
function* jsonPieces(result: Readonly<Record<string, unknown>>): Generator<string> {
  let before = '{';
  for (const [key, value] of Object.entries(result)) {
    yield `${before}${JSON.stringify(key)}:`;
    before = ',';
    if (!Array.isArray(value) || value.length <= PIECE) {
      yield JSON.stringify(value);
      continue;
    }
    for (let from = 0; from < value.length; from += PIECE)
      yield `${from === 0 ? '[' : ','}${JSON.stringify(value.slice(from, from + PIECE)).slice(1, -1)}`;
    yield ']';
  }
  yield '}\n';
}

type Reconciled = ChannelResult<'files.reconcile'>;
type ProofOfCash = Reconciled['balance']['proofOfCash'];

const note = (text: string): string => `note: ${printable(text)}`;

/** What of each file stands in the figures, and each row that could not be read. */
const filesText = (files: Reconciled['files']): string[] => [
  '',
  tableText(
    ['side', 'file', { number: 'rows read' }, { number: 'not read' }, { number: 'warnings' }],
    files.map(({ side, name, rows, rejected, warnings }) => [
      side,
      name,
      String(rows),
      String(rejected.length),
      String(warnings.length),
    ]),
  ),
  ...files.flatMap(({ side, rejected, warnings }) => [
    ...rejected
      .slice(0, SHOWN)
      .map(({ row, reason, raw }) => printable(`${side} row ${row} not read: ${reason} (${cut(raw, 60)})`)),
    ...(rejected.length > SHOWN ? [`… ${rejected.length - SHOWN} more not read (--json prints all)`] : []),
    ...warnings
      .slice(0, SHOWN)
      .map(({ row, message }) => printable(`note (${side}${row === null ? '' : ` row ${row}`}): ${message}`)),
    ...(warnings.length > SHOWN ? [`… ${warnings.length - SHOWN} more notes (--json prints all)`] : []),
  ]),
];

const checked = (value: boolean | null): string => (value === null ? 'not stated' : value ? 'yes' : 'NO');

/** Whether each month's proof of cash holds, and the four columns of the last month. */
const proofOfCashText = ({ months, limits, unplacedBank, unplacedLedger }: ProofOfCash): string[] => {
  const last = months.at(-1);
  const lines = limits.map(note);
  const unplaced = unplacedBank.length + unplacedLedger.length;
  if (unplaced > 0) lines.push(`note: ${unplaced} rows without amount or date stand in no proof of cash`);
  if (last === undefined) return lines;
  return [
    '',
    tableText(
      ['proof of cash', 'currency', 'cross-foots', 'foots across', 'balances agree', { number: 'rows proposed' }],
      months.map(month => [
        month.from.slice(0, 7),
        month.currency ?? 'not stated',
        checked(month.crossFoots),
        checked(month.footsAcross),
        checked(month.balancesAgree),
        String(month.proposedRows),
      ]),
    ),
    '',
    tableText(
      [
        `${last.from.slice(0, 7)} ${last.currency ?? ''}`.trim(),
        { number: 'opening' },
        { number: 'receipts' },
        { number: 'disbursements' },
        { number: 'closing' },
      ],
      last.lines.map(({ line, opening, receipts, disbursements, closing }) => [
        line,
        ...[opening, receipts, disbursements, closing].map(({ amount }) => amount ?? 'unknown'),
      ]),
    ),
    ...lines,
  ];
};

/** How to read a side is stated on the command line: a key or value that its reader does not know is bad usage. */
const asUsage = (error: unknown): unknown =>
  error instanceof NexusError && error.data.code === 'dialect.unknown'
    ? new NexusError({ ...error.data, category: 'usage' })
    : error;

export const reconcileCommand: Command = {
  name: 'reconcile',
  usage: 'nexus reconcile BANK LEDGER [--set key=value]…',
  summary: 'matches a bank statement with a ledger; stores nothing',
  options: { set: { type: 'string', multiple: true } },
  help: [
    ['--set key=value', `${RECONCILIATION_PARAMETERS.join(', ')}; bank.KEY or ledger.KEY says how to read that file`],
  ],
  run: async ({ arguments: given, json, terminal, station }) => {
    const [bank, ledger, extra] = given.positionals;
    if (bank === undefined || ledger === undefined || extra !== undefined)
      throw new NexusError({
        code: 'usage.reconcile',
        category: 'usage',
        message: 'Name the bank file and the ledger file.',
      });
    const forBank = splitSettings(parseSettings(given.list('set')), 'bank');
    const forLedger = splitSettings(forBank.rest, 'ledger');
    const engine = await station();
    const input = {
      bank: await engine.grant(bank),
      ledger: await engine.grant(ledger),
      parameters: { ...forLedger.rest },
      overrides: { bank: { ...forBank.own }, ledger: { ...forLedger.own } },
    };
    const result = await engine.run('files.reconcile', input).catch((error: unknown) => {
      throw asUsage(error);
    });
    if (json) {
      for (const piece of jsonPieces(result)) terminal.out(piece);
      return EXIT.done;
    }
    const confirmed = result.matches.filter(match => match.status === 'confirmed').length;
    const lines = [
      `${confirmed} confirmed, ${result.matches.length - confirmed} proposed, unmatched: ${result.unmatchedBank.length} bank, ${result.unmatchedLedger.length} ledger`,
      '',
      tableText(
        [{ number: 'bank row' }, { number: 'ledger row' }, 'kind', 'status', { number: 'score' }, 'why'],
        result.matches
          .slice(0, SHOWN)
          .map(match => [
            rowsText(match.bank),
            rowsText(match.ledger),
            match.kind,
            match.status,
            match.score.toFixed(2),
            cut(match.reasons.join('; '), 90),
          ]),
      ),
    ];
    if (result.matches.length > SHOWN) lines.push(`… ${result.matches.length - SHOWN} more (--json prints all)`);
    for (const [side, orphans] of Object.entries(result.orphans))
      for (const orphan of orphans.slice(0, SHOWN))
        lines.push(
          printable(
            `unmatched ${side} row ${orphan.row}${orphan.candidates.length === 0 ? '' : `: nearest ${orphan.candidates[0]}`}${
              orphan.proposals[0] === undefined ? '' : `; perhaps ${orphan.proposals[0].text}`
            }`,
          ),
        );
    lines.push(
      '',
      tableText(
        ['currency', { number: 'bank total' }, { number: 'ledger total' }, { number: 'difference' }, 'foots'],
        result.balance.proof.map(line => [
          line.currency ?? 'not stated',
          line.bankTotal,
          line.ledgerTotal,
          line.difference,
          line.foots ? 'yes' : 'NO',
        ]),
      ),
    );
    lines.push(...filesText(result.files));
    lines.push(...proofOfCashText(result.balance.proofOfCash));
    for (const { message } of [...result.balance.chain.bank, ...result.balance.chain.ledger]) lines.push(note(message));
    lines.push(...result.limits.map(note));
    terminal.out(`${lines.join('\n')}\n`);
    return EXIT.done;
  },
};
