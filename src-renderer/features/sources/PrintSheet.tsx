import { type ReactNode, useEffect } from 'react';
import { createPortal } from 'react-dom';
import styles from './PrintSheet.module.css';

interface PrintSheetProps {
  readonly children: ReactNode;
  readonly onPrinted: () => void;
}

/** Prints its content and nothing else of the window: it stands beside the application, seen by the printer only. */
export const PrintSheet = ({ children, onPrinted }: PrintSheetProps) => {
  useEffect(() => {
    window.addEventListener('afterprint', onPrinted, { once: true });
    window.print();
    return () => window.removeEventListener('afterprint', onPrinted);
  }, [onPrinted]);
  return createPortal(<div className={styles.sheet}>{children}</div>, document.body);
};
