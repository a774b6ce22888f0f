import { RE2JS } from 're2js';
import type { Result } from '../../../../kernel/result.ts';
import { err, ok } from '../../../../kernel/result.ts';

/** Characters a pattern may have: longer ones are no pattern a person wrote, and cost memory to compile. */
const MAX_PATTERN = 500;
/** Instructions a compiled pattern may have: `(a{100}){100}` is short to write and large to run. */
const MAX_PROGRAM = 20_000;

/** A compiled pattern of a rule. */
export interface RulePattern {
  /** True when the pattern occurs in the text, letter case aside. */
  test(text: string): boolean;
}

/**
 * Compiles a regular expression with RE2's engine, whose time is linear in the text for every pattern (Cox, "Regular
 * Expression Matching Can Be Simple And Fast", 2007; ASVS 1.3.12). What RE2 does not have (backreferences, lookaround)
 * is refused with a message, as is a pattern that is too long or compiles to too much.
 */
export const compilePattern = (pattern: string): Result<RulePattern, string> => {
  if (pattern.length > MAX_PATTERN)
    return err(`The pattern has ${pattern.length} characters; it may have ${MAX_PATTERN}.`);
  try {
    const compiled = RE2JS.compile(pattern, RE2JS.CASE_INSENSITIVE);
    if (compiled.programSize() > MAX_PROGRAM)
      return err('The pattern repeats repetitions and would compile to too much. Write it shorter.');
    return ok({ test: text => compiled.test(text) });
  } catch (error) {
    const reason = error instanceof Error ? error.message.replace(/^error parsing regexp: /, '') : String(error);
    return err(
      `“${pattern}” is not a pattern that can be run in linear time: ${reason}. Backreferences and lookaround are not available.`,
    );
  }
};
