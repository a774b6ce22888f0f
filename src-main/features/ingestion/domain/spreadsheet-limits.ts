import { FileRefused } from './statement-sink.ts';

/** Rows and columns of a sheet in Excel since 2007 and in LibreOffice. */
export const MAX_ROWS = 1_048_576;
export const MAX_COLUMNS = 16_384;
/** Text that all sheets of a workbook may give. */
const MAX_TEXT_BYTES = 2 ** 31;
/** A small file may not give a huge text by repeating cells; an honest one stays far below. */
const MAX_TEXT_RATIO = 100;
const TEXT_FREE_BYTES = 1 << 20;
/** Text of one row. */
export const MAX_ROW_BYTES = 1 << 24;

/** Throws FileRefused `workbook.too-large` when the text of a workbook outgrows what a file of its size can honestly hold. */
export const checkTextBytes = (textBytes: number, fileBytes: number): void => {
  if (textBytes > MAX_TEXT_BYTES)
    throw new FileRefused('workbook.too-large', 'The cells of the workbook give more than 2 GiB of text. Split it.');
  if (textBytes > TEXT_FREE_BYTES && textBytes > MAX_TEXT_RATIO * fileBytes)
    throw new FileRefused(
      'workbook.too-large',
      `The cells of the workbook give more than ${MAX_TEXT_RATIO} times its size, by repeating the same cells over and over, as decompression bombs do. Save it anew with the program that wrote it.`,
    );
};
