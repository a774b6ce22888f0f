import { normalizeHeader } from './csv-header-lexicon.ts';

/** States of a payment that has not reached the account, or never will, in the languages of the header lexicon. */
const NOT_BOOKED =
  /^(?:pending|umsatz vorgemerkt|vorgemerkt|vormerkung|ausstehend|offen|declined|abgelehnt|reverted|failed|failure|fehlgeschlagen|cancelled|canceled|denied|rejected|refused|voided|void|expired|on hold|held|uncaptured|blocked|authorised|authorized|autorisiert|reserved|reserviert|reservert|reserveret|reserverat|en attente|refuse|refusee|annule|annulee|pendiente|rechazado|rechazada|cancelado|cancelada|anulado|in sospeso|annullato|rifiutato|in attesa|non contabilizzato|pendente|vantande|avvisad|venter|afvist|avvist|odottaa|hylatty|oczekujaca|odrzucona|anulowana|blokada|cekajici|zamitnuto|zamietnuta|caka|fuggoben|zarolt|elutasitva|в обработке|отклонено|отклонена|ожидает|beklemede|reddedildi|iptal|not booked|nicht gebucht|unbooked|in behandeling|geweigerd|gereserveerd)$/;
const BOOKED =
  /^(?:completed|complete|booked|book|gebucht|umsatz gebucht|posted|settled|cleared|paid|success|successful|succeeded|executed|ausgefuhrt|abgeschlossen|bokford|bokfort|udfort|utfort|bogfort|zaksiegowana|rozliczona|wykonana|zauctovano|zauctovana|konyvelt|teljesult|исполнено|исполнена|проведено|tamamlandi|ok|done|processed|verwerkt|uitgevoerd|geboekt|comptabilise|execute|contabilizado|contabilizada|realizado|eseguito|contabilizzato|efetuado|confirmado|maksettu|kirjattu|reconciled|unreconciled|refunded|available|in transit|avklart)$/;

/** Whether a status says that a payment is not (or never was) booked; null for a word that says neither. */
export const saysNotBooked = (text: string): boolean | null => {
  const word = normalizeHeader(text);
  return NOT_BOOKED.test(word) ? true : BOOKED.test(word) ? false : null;
};
