import { NexusError } from '../../../contract/errors.ts';
import { RECONCILIATION_PARAMETERS } from '../../../contract/reconciliations.contract.ts';
import type { Command } from '../command.ts';
import { EXIT } from '../command.ts';
import { parseSettings, splitSettings } from '../settings.ts';
import { cut, tableText } from '../terminal.ts';

const SHOWN = 40;

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
    const result = await engine.run('files.reconcile', {
      bank: await engine.grant(bank),
      ledger: await engine.grant(ledger),
      parameters: { ...forLedger.rest },
      overrides: { bank: { ...forBank.own }, ledger: { ...forLedger.own } },
    });
    if (json) {
      terminal.out(`${JSON.stringify(result)}\n`);
      return EXIT.done;
    }
    const confirmed = result.matches.filter(match => match.status === 'confirmed').length;
    const lines = [
      `${confirmed} confirmed, ${result.matches.length - confirmed} proposed, unmatched: ${result.unmatchedBank.length} bank, ${result.unmatchedLedger.length} ledger`,
      '',
      tableText(
        [{ number: 'bank row' }, { number: 'ledger row' }, 'status', { number: 'score' }, 'why'],
        result.matches
          .slice(0, SHOWN)
          .map(match => [
            match.bank.join(' '),
            match.ledger.join(' '),
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
          `unmatched ${side} row ${orphan.row}${orphan.candidates.length === 0 ? '' : `: nearest ${orphan.candidates[0]}`}`,
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
    lines.push(...result.limits.map(limit => `note: ${limit}`));
    terminal.out(`${lines.join('\n')}\n`);
    return EXIT.done;
  },
};
