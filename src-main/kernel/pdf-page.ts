/** A run of text as a page shows it, in points (1/72 inch), with the page turned as it is read. */
export interface PdfTextItem {
  readonly text: string;
  /** Left end of the run, from the left edge of the page. */
  readonly x: number;
  /** Baseline, from the top edge of the page. */
  readonly y: number;
  readonly width: number;
  readonly fontSize: number;
}

/** What one page of a PDF shows. Given by the host: pure code cannot unpack a PDF. */
export interface PdfPage {
  readonly number: number;
  readonly items: readonly PdfTextItem[];
  /** Runs that stand across the others: kept as text, never read as part of a table. */
  readonly turned: readonly PdfTextItem[];
  /** The page shows images; looked at only where it has no text, null where it was not looked at. */
  readonly hasImages: boolean | null;
  /** The page is damaged: this is what could be made out of it. */
  readonly recovered: boolean;
}

/** What is known of the document besides its pages. */
export interface PdfDocumentFacts {
  readonly pages: number;
  readonly version: string | null;
  readonly producer: string | null;
  readonly hasScripts: boolean;
  readonly attachments: number;
  readonly hasForm: boolean;
  /** Encrypted, with no password needed to read it. */
  readonly encrypted: boolean;
}
