/** The parts a column can play in a table of transactions. */
export const COLUMN_ROLES = [
  'account',
  'bookingDate',
  'valueDate',
  'amount',
  'debit',
  'credit',
  'indicator',
  'currency',
  'counterparty',
  'counterpartyAccount',
  'reference',
  'description',
  'type',
  'balance',
] as const;
export type ColumnRole = (typeof COLUMN_ROLES)[number];

/** A header cell as the lexicon knows it: lower case, no accents, no brackets, words separated by one space. */
export const normalizeHeader = (header: string): string =>
  header
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/ß/g, 'ss')
    .replace(/ł/gi, 'l')
    .replace(/ø/gi, 'o')
    .replace(/æ/gi, 'ae')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .replace(/\([^)]*\)|\[[^\]]*\]/g, ' ')
    .replace(/[^\p{L}\p{N}+]+/gu, ' ')
    .trim();

/**
 * Header names by role, normalized, the surest first: an earlier name wins over a later one when two columns claim a
 * role. Collected from bank exports and accounting programs in en de fr es it nl pt sv da no fi pl cs hu.
 */
const NAMES: Readonly<Record<ColumnRole, string>> = {
  bookingDate:
    'booking date|bookingdate|date booked|posting date|posted date|date posted|post date|buchungstag|buchungsdatum|date comptable|fecha contable|data contabile|data registrazione|boekdatum|boekingsdatum|bokforingsdag|bokforingsdatum|bokforingsdato|bogforingsdato|bokfort|kirjauspaiva|data ksiegowania|datum zauctovani|konyveles datuma|konyvelesi datum|data lancamento|date processed|transaction date|trans date|transactiedatum|transaktionsdatum|transaktionsdag|date operation|date de l operation|date d operation|fecha operacion|fecha de operacion|data operazione|data movimento|data mov|data operacji|data transakcji|datum provedeni|datum transakce|datum verrichting|tranzakcio datuma|maksupaiva|operation date|completed date|paid date|payment date|date paid|invoice date|effective date|created|created at|ship date|date|datum|fecha|data|dato|pvm|paivamaara|buchung|belegdatum|valutadato|started date|timestamp',
  valueDate:
    'value date|valuta date|valutadate|valutadatum|wertstellung|wertstellungsdatum|wertstellungstag|valuta|date valeur|date de valeur|fecha valor|data valuta|data valor|rentedatum|rantepaiva|arvopaiva|valordatum|valuteringsdag|valuteringsdatum|rentedato|data waluty|datum valuty|erteknap|ertek nap|execution date|datum verrekening|settlement date|data do balancete|belegdatum|transaction date|date|value',
  amount:
    'amount|betrag|buchungsbetrag|booked amount|transaction amount|transaktionsbetrag|umsatz|montant|montant de l operation|importe|importo|bedrag|belopp|belob|belop|maara|kwota|kwota operacji|kwota transakcji|castka|zauctovana castka|osszeg|tranzakcio osszege|valor|valore|net amount|amount eur|amount gbp|amount usd|betrag eur|montant eur|amount czk|castka czk|summa|net|value|total|total cost|gross|bookvalue|book value|paid amount|sum|suma|zahlbetrag|quantia|importe eur',
  debit:
    'debit|debits|debit amount|amount debit|withdrawal|withdrawals|withdrawal amount|withdrawal amt|paid out|money out|outflow|spent|soll|lastschrift|belastung|belastungen|ausgang|ausgabe|ausgaben|debet|sortie|sorties|depense|depenses|debito|debitos|cargo|cargos|dare|uscite|addebiti|addebito|af|uit|ut|ulos|obciazenia|obciazenie|wydatki|vydaje|terheles|kiadas|saida|saidas|dr|charges|ud',
  credit:
    'credit|credits|credit amount|amount credit|deposit|deposits|deposit amount|deposit amt|paid in|money in|inflow|received|haben|gutschrift|gutschriften|eingang|einnahme|einnahmen|kredit|entree|entrees|recette|recettes|credito|creditos|abono|abonos|avere|entrate|accrediti|accredito|bij|inn|panot|uznania|uznanie|wplywy|prijmy|jovairas|bevetel|entrada|entradas|cr|ind',
  indicator:
    'debit credit|credit debit|debit credit indicator|credit debit indicator|d c|c d|dc|cd|dr cr|cr dr|d k|k d|s h|soll haben|soll haben kennzeichen|shkz|sollhabenkennzeichen|af bij|bij af|bevetel kiadas|debit or credit|credit or debit|sign|sens|segno|signo|direction|richtung|balance impact|transaction type|type|kennzeichen|umsatzart',
  currency:
    'currency|booking currency|account currency|wahrung|waehrung|buchungswahrung|buchungswaehrung|ccy|curr|cur|devise|divisa|moneda|munt|muntsoort|valuta|valutakod|waluta|mena|mena uctu|devizanem|tranzakcio devizaneme|valuutta|monnaie|moeda|currency code|payment currency|kontowahrung',
  account:
    'account|account number|account no|account id|account iban|own account|iban bban|auftragskonto|iban auftragskonto|iban auftraggeberkonto|auftraggeberkonto|iban kontoinhaber|compte|numero de compte|cuenta|numero de cuenta|conto|numero conto|rekening|rekeningnummer|iban rekening|cislo uctu|szamlaszam|rachunek|numer rachunku|tili|tilinumero|konto|kontonummer|kontonr|conta|iban|card id|card number|umsatz getatigt von|kredietkaart|sender account|eget konto',
  counterparty:
    'counterparty|counterparty name|counter party|counteraccount name|beguenstigter zahlungspflichtiger|name zahlungsbeteiligter|auftraggeber empfanger|auftraggeber beguenstigter|zahlungsempfanger|zahlungspflichtiger|empfanger|empfaenger|beguenstigter|payee|payee name|beneficiary|beneficiary name|recipient|merchant|merchant name|supplier name|supplier|vendor name|vendor|vendor num|vendornum|naam tegenpartij|tegenpartij|tegenpartij naam|naam|beneficiaire|nom du beneficiaire|tiers|beneficiario|ordenante|ordinante|controparte|kontrahent|nazwa kontrahenta|nadawca odbiorca|odbiorca|saaja maksaja|saaja|mottagare|modtager|mottaker|nazev protiuctu|protistrana|partner neve|partner|customer name|customer|name|navn|namn|nazwa|handelaar|contraparte|receiver name|payer|auftraggeber',
  counterpartyAccount:
    'counterparty account|counterparty iban|counterparty account number|counteraccount|counteraccount number|receiver account|beneficiary account|payee account|iban zahlungsbeteiligter|iban beguenstigter|kontonummer iban|iban empfanger|tegenrekening|tegenrekening iban bban|rekeningnummer tegenpartij|iban tegenpartij|compte beneficiaire|iban controparte|cuenta beneficiario|rachunek kontrahenta|numer rachunku kontrahenta|numer konta kontrahenta|cislo protiuctu|protiucet|partner szamlaszama|saajan tilinumero|kontonummer|kontonr|konto|iban|motkonto|modkonto|to account|counterparty',
  reference:
    'reference|reference number|reference no|payment reference|customer reference|kundenreferenz|kundenreferenz end to end|end to end id|end to end reference|end to end referenz|referenz|referenznummer|referentie|transactiereferentie|betalingskenmerk|buchungsreferenz|transaction reference|transaction reference number|transaction id|transactionid|transaction number|transaction no|trans no|trans id|trx id|record id|bank reference|ref|ref no|ref number|invoice number|invoice no|invnum|inv num|check number|check no|cheque number|cheque no|check|numero de reference|referencia|riferimento|referens|viite|viitenumero|numer referencyjny|referencni cislo transakce|referencia szam|id transakce|megbizas azonosito|variabilni symbol 1|variable symbol 1|vs|numero do documento|document number|doc no|voucher|volgnr|id',
  description:
    'description|details|transaction details|transaction description|verwendungszweck|libelle|libelle operation|detail de l ecriture|buchungstext|narrative|narration|particulars|memo|omschrijving|mededelingen|vrije mededeling|gestructureerde mededeling|concepto|descripcion|descrizione|descrizione operazione|causale|historico|descricao|opis|opis operacji|tytul|tytulem|tytul operacji|text|tekst|transaktionstext|meddelande|viesti|selite|zprava|zprava pro prijemce|zprava pro me|poznamka|message|message for payee|message for me|kozlemeny|reszletek|popis|transaktionsbeschreibung|transaktionsbeschreibung zusatz|note|notes|remarks|remark|comment|comments|subject|purpose|bemerkung|zweck|toelichting|info|item name|merchant description|beschreibung|transaktion|specifikation|objet|motif|communication|booking text',
  type: 'type|transaction type|transactiontype|booking type|buchungsart|umsatzart|transaktionstyp|transaktionsart|vorgang|buchungsschlussel|type d operation|type operation|tipo|tipo movimento|tipo operacion|mutatiesoort|soort|code|typ|typ transakce|typ transakcji|rodzaj operacji|kategorie transakce|tranzakcio tipusa|tapahtumalaji|laji|category|categorie|kategorie|buchungstext|payment type|caporrev|type of expenditure|typ operacji|transaktionstype',
  balance:
    'balance|running balance|account balance|balance after|closing balance|available balance|ledger balance|saldo|saldo na trn|saldo nach buchung|saldo na mutatie|kontostand|kontosaldo|solde|saldo contabile|saldo disponibile|saldo disponible|saldo po operacji|zustatek|egyenleg|stand|saldo eur|bokfort saldo|disponibelt saldo',
};

const RANKS = new Map<ColumnRole, Map<string, number>>(
  COLUMN_ROLES.map(role => {
    const names = NAMES[role].split('|');
    return [role, new Map(names.map((name, index) => [name, 1 - (0.3 * index) / names.length]))];
  }),
);

/** Words that say a column of money is not the booked amount: other currency, fee, rate, tax. */
const SIDE_AMOUNT =
  /\b(orig\w*|oorspr\w*|local|foreign|fremd\w*|fee|fees|poplatek|rate|koers|kurs|wechselkurs|exchange|umrechnung\w*|tax|vat|btw|ust|mwst|puvodni|kosten|unit|acquisition|shipping|insurance|discount)\b/;

/**
 * How strongly a header names a role: 0.7–1 for a known name, up to 0.55 when it begins or ends with one
 * (`Betrag in EUR`), 0 for no hint.
 */
export const headerEvidence = (header: string, role: ColumnRole): number => {
  const name = normalizeHeader(header);
  if (name === '') return 0;
  const ranks = RANKS.get(role)!;
  const exact = ranks.get(name);
  if (exact !== undefined) return exact;
  if (role === 'amount' && SIDE_AMOUNT.test(name)) return 0;
  const words = name.split(' ');
  for (let length = Math.min(3, words.length - 1); length >= 1; length--) {
    const start = ranks.get(words.slice(0, length).join(' '));
    const end = ranks.get(words.slice(-length).join(' '));
    const best = Math.max(start ?? 0, end ?? 0);
    if (best > 0) return 0.55 * best;
  }
  return 0;
};

/** True for a column of money that is not the booked amount by its name. */
export const namesSideAmount = (header: string): boolean => SIDE_AMOUNT.test(normalizeHeader(header));

/** Any role a header cell names, for telling header rows from data. */
export const namesAnyRole = (header: string): boolean => {
  const name = normalizeHeader(header);
  return name !== '' && COLUMN_ROLES.some(role => RANKS.get(role)!.has(name) || headerEvidence(header, role) > 0.45);
};

/** Languages whose countries write day before month and a decimal comma, by header words that only they use. */
const DAY_FIRST_HEADER =
  /\b(buchung\w*|betrag|wahrung|waehrung|datum|verwendungszweck|valuta\w*|montant|libelle|devise|fecha|importe|concepto|importo|causale|data|bedrag|omschrijving|naam|belopp|belob|belop|dato|kwota|castka|osszeg|szamla\w*|rekening\w*|saldo|solde|konto\w*|maara|pvm|valor|historico|rachunek|mena|ucet|uctu)\b/;

/** True when the header is in a language of countries that write dmy and a decimal comma. */
export const isDayFirstHeader = (headers: readonly string[]): boolean =>
  headers.filter(header => DAY_FIRST_HEADER.test(normalizeHeader(header))).length >= 2;

const DEBIT_WORDS = new Set(
  'd|db|dr|dt|debit|debet|deb|s|soll|af|out|outflow|uit|-|withdrawal|dbit|debito|dare|cargo|ut|kiadas|o|obciazenie|debi|lastschrift|minus'.split(
    '|',
  ),
);
const CREDIT_WORDS = new Set(
  'c|cr|k|h|haben|credit|kredit|cred|bij|in|inflow|+|deposit|crdt|credito|avere|abono|inn|bevetel|i|uznanie|gutschrift|plus|ct'.split(
    '|',
  ),
);

/** What a debit/credit indicator says: -1 money out, 1 money in, 0 neither. */
export const indicatorSign = (text: string): -1 | 0 | 1 => {
  const trimmed = text.trim();
  const word = trimmed === '+' || trimmed === '-' ? trimmed : normalizeHeader(trimmed);
  return DEBIT_WORDS.has(word) ? -1 : CREDIT_WORDS.has(word) ? 1 : 0;
};

const TOTAL_WORDS =
  /\b(total|totals|subtotal|sub total|summe|zwischensumme|gesamt|endsaldo|anfangssaldo|saldo|solde|somme|totale|totaal|suma|summa|sum|yhteensa|celkem|osszesen|balance|opening|closing|carried forward|brought forward|ubertrag)\b/;

/** True for text that reads like the label of a total or balance line. */
export const namesTotal = (text: string): boolean => TOTAL_WORDS.test(normalizeHeader(text));

const OPENING_LINE =
  /^(?:opening|beginning|initial|previous) balance$|^balance (?:brought )?forward$|^(?:anfangs|eroffnungs)saldo$|^(?:alter )?kontostand alt$|^saldo (?:anterior|inicial|iniziale|anterieur|poczatkowe|poczatkowy|vorig|vortrag)$|^saldovortrag$|^solde (?:initial|precedent|d ouverture|anterieur)$|^beginsaldo$|^pociatocny zostatok$|^pocatecni zustatek$|^ingaende saldo$|^inngaende saldo$|^alkusaldo$|^nyito egyenleg$/;
const CLOSING_LINE =
  /^(?:closing|ending|final) balance$|^balance carried forward$|^(?:end|schluss|abschluss)saldo$|^saldo (?:final|finale|atual|actual|koncowe|koncowy)$|^solde (?:final|de cloture)$|^eindsaldo$|^konecny zustatek$|^utgaende saldo$|^loppusaldo$|^zaro egyenleg$/;
const TURNOVER_LINE = /^(?:turnover|total|totals|sub ?total|grand total|summe|gesamtsumme|totale|totaal|suma|somme)$/;

/** What a whole description says when it labels a balance or a total instead of a transaction; null otherwise. */
export const namesBalanceLine = (text: string): 'opening' | 'closing' | 'turnover' | null => {
  const name = normalizeHeader(text);
  if (OPENING_LINE.test(name)) return 'opening';
  if (CLOSING_LINE.test(name)) return 'closing';
  return TURNOVER_LINE.test(name) ? 'turnover' : null;
};
