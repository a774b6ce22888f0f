import { type CivilDay, isoDate, UNKNOWN_DAY } from '../../../kernel/civil-date.ts';
import { UNKNOWN_CODE } from '../../../kernel/dictionary.ts';
import { withTrailColumn } from './numeric-columns.ts';
import { MINUTES_A_DAY, timeText } from './time-of-day.ts';
import { type NumericColumns, TRAIL_COLUMNS } from './transaction-columns.ts';

/**
 * Who entered the record that is being read, and when. Days and minutes are kept as codes of their texts, as everything
 * that few files state: the dictionary then tells whether there are any. No column is allocated before its first value.
 */
export class EntryTrail {
  /** True from the first stated value on: before that nothing has to be written. */
  isKept = false;
  private readonly dayCode: (text: string) => number;
  private readonly timeCode: (text: string) => number;
  private readonly codesOfDays = new Map<CivilDay, number>();
  private readonly codesOfMinutes = new Int32Array(MINUTES_A_DAY).fill(UNKNOWN_CODE);
  private readonly stated = { poster: UNKNOWN_CODE, entered: UNKNOWN_CODE, time: UNKNOWN_CODE };

  /** `dayCode` and `timeCode` give the codes of texts in their dictionaries. */
  constructor(dayCode: (text: string) => number, timeCode: (text: string) => number) {
    this.dayCode = dayCode;
    this.timeCode = timeCode;
  }

  /** What is stated of the next record. */
  state(poster: number, day: CivilDay, minute: number): void {
    const { stated } = this;
    stated.poster = poster;
    stated.entered = this.codeOfDay(day);
    stated.time = this.codeOfMinute(minute);
    if (stated.poster >= 0 || stated.entered >= 0 || stated.time >= 0) this.isKept = true;
  }

  /** Writes what was stated as row `i`, and answers the columns: others where one had to be allocated. */
  write(columns: NumericColumns, i: number): NumericColumns {
    const { stated } = this;
    let kept = columns;
    for (const name of TRAIL_COLUMNS) {
      if (kept[name].length === 0) {
        if (stated[name] < 0) continue;
        kept = withTrailColumn(kept, name, i);
      }
      kept[name][i] = stated[name];
      stated[name] = UNKNOWN_CODE;
    }
    return kept;
  }

  private codeOfDay(day: CivilDay): number {
    if (day === UNKNOWN_DAY) return UNKNOWN_CODE;
    let code = this.codesOfDays.get(day);
    if (code === undefined) {
      code = this.dayCode(isoDate(day) ?? '');
      this.codesOfDays.set(day, code);
    }
    return code;
  }

  private codeOfMinute(minute: number): number {
    if (minute < 0 || minute >= MINUTES_A_DAY) return UNKNOWN_CODE;
    if (this.codesOfMinutes[minute]! < 0) this.codesOfMinutes[minute] = this.timeCode(timeText(minute));
    return this.codesOfMinutes[minute]!;
  }
}
