/**
 * What the columns of bank exports, card statements, spending lists and ledgers are called, by the part they play, in
 * en de fr es it pt nl sv no da fi pl cs sk hu ru tr (and some ro, lt, el). Three lists a role: names that say it
 * plainly, names that usually mean it, and names that may mean it when nothing better is there. Written as people
 * write them; `csv-header-lexicon.ts` brings both sides to one form. Collected from the exports of the banks named in
 * docs/specs/format-csv.md and from the column lists of bank2ynab, reckon, csv2ofx and hledger's rules.
 */

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
  'category',
  'balance',
  'ledgerAccount',
  'entry',
  'fee',
  'status',
  'poster',
  'entered',
  'time',
] as const;
export type ColumnRole = (typeof COLUMN_ROLES)[number];

/** Parts that are settled into a role by what else the table has. */
export type HeaderPart = ColumnRole | 'payer' | 'payee' | 'payerAccount' | 'payeeAccount' | 'ledgerAccountName';

type Names = readonly [plain: string, usual: string, weak: string];

export const HEADER_NAMES: Readonly<Record<HeaderPart, Names>> = {
  bookingDate: [
    `booking date|date booked|booked date|booked on|booked|posting date|posted date|date posted|post date|posted on|posted
    |posted transactions date|date processed|processed date|processing date|process date|completed date|date completed
    |completed on|clearing date|date cleared|buchungstag|buchungsdatum|buchung|datum buchung|buchungszeit|gebucht am
    |date comptable|date de comptabilisation|date compta|date ecriture|date d'ecriture|fecha contable
    |fecha de contabilizacion|f contable|data contabile|data registrazione|data contabilizzazione|data contab|boekdatum
    |boekingsdatum|datum boeking|datum van boeking|bokforingsdag|bokforingsdatum|bokford|bokfort|bokforingsdato|bokfort dato
    |bogforingsdato|bogfort|bogfort dato|kirjauspaiva|kirjauspvm|data ksiegowania|data zaksiegowania|datum zauctovani
    |datum uctovani|datum zauctovania|datum uctovania|konyveles datuma|konyvelesi datum|konyveles napja|konyvelesi nap
    |data lancamento|data de lancamento|data do lancamento|data contabil|дата проводки|дата обработки|дата списания
    |дата зачисления|muhasebe tarihi|kayit tarihi|datum knjizenja|data inregistrarii|data procesarii`,
    `transaction date|date op|dateop|trans date|txn date|tran date|transaction time|transaction date time|transactiedatum|datum transactie
    |transaktionsdatum|transaktionsdag|transaktionsdato|transaksjonsdato|kjopsdato|kobsdato|tapahtumapaiva|tapahtumapvm
    |date operation|date de l'operation|date d'operation|date de transaction|date transaction|date de la transaction
    |fecha operacion|fecha de operacion|fecha de la operacion|fecha oper|f operacion|fecha movimiento|fecha de movimiento
    |fecha transaccion|fecha de transaccion|fecha de la transaccion|data operazione|data movimento|data mov|data transazione
    |data operacao|data da operacao|data do movimento|data mov|data da transacao|data transacao|data operacji
    |data transakcji|data wykonania|datum provedeni|datum transakce|datum operace|datum pohybu|datum transakcie
    |datum operacie|datum realizacie|datum verrichting|uitvoeringsdatum|datum van de verrichting|tranzakcio datuma
    |tranzakcio idopontja|tranzakcio napja|tranzakcios datum|terheles datuma|forgalom datuma|дата операции
    |дата транзакции|дата совершения операции|дата платежа|islem tarihi|islem zamani|datum transakcije|data tranzactiei
    |maksupaiva|run date|trade date|operation date|paid date|payment date|date paid|date of payment|payment run date|spend date|invoice date
    |effective date|entry date|gl date|journal date|voucher date|accounting date|action date|purchase date|umsatzdatum
    |einkaufsdatum|belegdatum|abschlussdatum|verifikationsdatum|bilagsdato|tositepaiva|data pagamento|data emissione
    |data documento|fecha pago|fecha factura|fecha asiento|boekstukdatum|data dokumentu|datum dokladu|data do pagamento`,
    `date|datum|datums|datumas|fecha|data|dato|pvm|paivamaara|paivays|kuupaev|дата|tarih|dia|jour|giorno|когда|ημερομηνια
    |created|created at|created on|created date|created date utc|finished on|date time|datetime|date and time|timestamp
    |datum uhrzeit|datum zeit|datum och tid|data i godzina|started date|started on|ship date|valutadato|time`,
  ],
  valueDate: [
    `value date|valuation date|value dt|val date|date val|dateval|valuta date|valutadate|valutadatum|valuta datum|wertstellung|wertstellungsdatum
    |wertstellungstag|wert|date valeur|date de valeur|valeur|fecha valor|f valor|fecha de valor|data valuta|data val
    |data valor|data de valor|data da valor|data do valor|rentedatum|valutadag|valutadato|valor datum|arvopaiva|arvopvm
    |valordato|valordatum|valor|valuteringsdag|valuteringsdatum|rentedato|data waluty|datum valuty|valuta datuma|erteknap
    |ertek nap|erteknapja|дата валютирования|valor tarihi|data do balancete|data valutei|ημερομηνια αξιας|values date`,
    `valuta|interest date|settlement date|settled date|settled on|datum verrekening|settlement|valeur date`,
    `execution date`,
  ],
  amount: [
    `amount|debit credit amount|credit debit amount|debit credit|credit debit|belastung gutschrift|gutschrift belastung|transaction amount|txn amount|trans amount|booked amount|posted amount|amount of transaction|betrag
    |buchungsbetrag|transaktionsbetrag|umsatzbetrag|umsatz|zahlbetrag|betrag in kontowahrung|montant|montant operation
    |montant de l'operation|montant de la transaction|importe|importe operacion|importe de la operacion|importe movimiento
    |importo|importo operazione|importo movimento|bedrag|transactiebedrag|bedrag verrichting|belopp|transaktionsbelopp|belob
    |belop|transaksjonsbelop|transaktionsbelob|maara|maara euroa|maara eur|kwota|kwota operacji|kwota transakcji
    |kwota w walucie rachunku|kwota obciazenia uznania|castka|zauctovana castka|castka v mene uctu|objem|ciastka|osszeg
    |tranzakcio osszege|konyvelt osszeg|forgalom|valor|valor da operacao|valor do movimento|montante|monto|cantidad
    |сумма|сумма операции|сумма платежа|сумма в валюте счета|сумма транзакции|tutar|islem tutari|iznos|suma tranzactiei
    |summa|suma operacji|suma|isplata uplata|znesek|ποσο|net amount|amount in account currency|account currency amount|billing amount`,
    `net|value|total|gross|sum|valore|quantia|total amount|paid amount|payment amount|amount paid|invoice amount
    |line amount|transaction value|spend amount|expenditure amount|federal action obligation|obligated amount
    |obligation amount|total obligated amount|outlay amount|award amount|settlement amount|payout amount|netto|brutto`,
    `total cost|acquisition cost|cost|costs|price|book value|bookvalue|audit value|auditvalue|spend|expenditure|amt`,
  ],
  debit: [
    `debit|debits|debit amount|amount debit|debit amt|withdrawal|withdrawals|withdrawal amount|withdrawal amt|withdrawn
    |paid out|money out|outflow|out|soll|sollbetrag|soll betrag|lastschrift|lastschriften|belastung|belastungen|belastungsbetrag
    |debet|debetbelopp|montant debit|debit euros|debito|debitos|importe debito|cargo|cargos|debe|dare|uscite|uscita|addebiti
    |addebito|importo addebito|af|bedrag af|uit|ut av konto|ut fra konto|uttag|otto|ulos|obciazenia|obciazenie|kwota obciazenia|wn
    |winien|vydaje|vydej|na vrub|ma dati|debet md|terheles|terhelesek|kiadas|tartozik|saida|saidas|дебет|расход|списание
    |сумма по дебету|borc|giden|cikis|amount dr|dr amount|withdrawal dr|dr`,
    `spent|expense|expenses|payments|payment|ausgang|ausgange|ausgabe|ausgaben|auszahlung|auszahlungen|depense|depenses|sortie
    |sorties|gasto|gastos|pagos|retiros|retiro|egreso|egresos|utbetalning|utbetaling|udbetaling|wydatki|vyber|money spent
    |charges|charge|debitos r`,
    `ut|ud|purchases`,
  ],
  credit: [
    `credit|credits|credit amount|amount credit|credit amt|deposit|deposits|deposit amount|deposit amt|paid in|money in|inflow
    |in|haben|habenbetrag|haben betrag|gutschrift|gutschriften|gutschriftsbetrag|kredit|kreditbelopp|montant credit|credit euros
    |credito|creditos|importe credito|abono|abonos|haber|avere|entrate|entrata|accrediti|accredito|importo accredito|bij
    |bedrag bij|inn pa konto|inn til konto|insattning|pano|panot|sisaan|uznania|uznanie|kwota uznania|ma|prijmy|prijem
    |ve prospech|dal|jovairas|jovairasok|bevetel|kovetel|entrada|entradas|кредит|приход|зачисление|сумма по кредиту
    |alacak|gelen|giris|amount cr|cr amount|deposit cr|cr`,
    `received|receipts|receipt|income|eingang|eingange|einnahme|einnahmen|einzahlung|einzahlungen|recette|recettes|entree|entrees
    |ingreso|ingresos|depositos|deposito|innbetaling|indbetaling|inbetalning|wplywy|vklad|money received|creditos r`,
    `inn|ind`,
  ],
  indicator: [
    `debit credit|credit debit|debets kredits|deebet kreedit|debetas kreditas|debit credit indicator|credit debit indicator|credit debet|debet credit|creditdebet|d c|c d|dc|cd
    |dr cr|cr dr|d k|k d|s h|soll haben|soll haben kennzeichen|shkz|sollhabenkennzeichen|haben soll|af bij|bij af
    |bevetel kiadas|kredit debet|debet kredit|debet kredit indikator|debit or credit|credit or debit|credit debit code
    |debit credit mark|dare avere|debe haber|d h|cargo abono|debito credito|credito debito|tipo d c|wn ma|obciazenie uznanie
    |uznanie obciazenie|terheles jovairas|jovairas terheles|tartozik kovetel|t j|t k|j t|приход расход|дебет кредит|borc alacak|b a|in out
    |in or out|balance impact|money direction`,
    `sign|sens|segno|signo|znak|znamienko|direction|richtung|kierunek|smer|kennzeichen|transaction direction`,
    `transaction type|type|umsatzart|typ|tipo|код`,
  ],
  currency: [
    `currency|currency code|valuta konta|valuuta|valiuta|booking currency|account currency|transaction currency|posted currency|billing currency|settlement currency
    |wahrung|waehrung|buchungswahrung|buchungswaehrung|kontowahrung|whg|wrg|ccy|curr|cur|devise|devise du compte|divisa|moneda|munt|muntsoort
    |munteenheid|valuta rekening|valutacode|valutakod|valutakode|valutakoodi|waluta|waluta rachunku|waluta operacji|mena|mena uctu|devizanem|devizaneme|osszeg devizaneme
    |tranzakcio devizaneme|szamla devizaneme|valuutta|monnaie|moeda|divisa cuenta|валюта|валюта операции|валюта счета|para birimi|doviz|doviz cinsi
    |valiuta|νομισμα|payment currency|kontovaluta|iso currency code`,
    `valuta|source currency|target currency|local currency`,
    `gross currency`,
  ],
  account: [
    `account number|klienta konts|kliendi konto|saskaita|racun|account no|account nr|account num|accountnum|account id|account iban|own account|own iban|own account iban|own account number|iban own account|iban bban|auftragskonto|iban auftragskonto
    |iban auftraggeberkonto|auftraggeberkonto|iban kontoinhaber|numero de compte|n de compte|numero compte|compte iban|iban du compte|numero de cuenta|n cuenta|iban cuenta|cuenta iban
    |numero conto|numero di conto|conto iban|rekeningnummer|iban rekening|eigen rekening|van rekening|iban rekeninghouder|cislo uctu|cislo vlastniho uctu|vlastni ucet|szamlaszam|szamla szama
    |konto szam|konyvelesi szamla|numer rachunku|rachunek|nr rachunku|numer konta|tilinumero|omat tilinumero|numero da conta|numero conta|sender account|posted account|from account
    |eget konto|kontonummer konto|номер счета|номер карты|счет|hesap no|hesap numarasi|iban no|numar cont|saskaitos nr|номер рахунку|card number|card no|card id|kartennummer|karte
    |kredietkaart|numero de carte|numero tarjeta|numero carta|numero de tarjeta|kortnummer|kreditkarte|cislo karty|numer karty|kartyaszam|umsatz getatigt von|hauptkonto`,
    `account|account name|konto|kontonummer|kontonr|konto nr|compte|cuenta|conto|rekening|tili|ucet|iban|conta|bank account|kontoname|account used|hesap|card|tarjeta|carte|carta|product|produkt`,
    `agencia`,
  ],
  counterparty: [
    `counterparty|counterparty name|empfanger zahlungspflichtiger|name of counterparty|counter party|counterparty account name|counteraccount name|other party|other party name|beguenstigter zahlungspflichtiger|name zahlungsbeteiligter
    |zahlungsbeteiligter|auftraggeber empfanger|empfanger auftraggeber|auftraggeber beguenstigter|auftraggeber begunstigter|begunstigter auftraggeber|auftraggeber zahlungsempfanger|zahlungsempfanger auftraggeber
    |zahlungspflichtiger empfanger|sender empfanger|payee payer|payer payee|payee payer name|beneficiary originator|beneficiary ordering party|merchant|merchant name|supplier name|supplier|vendor name|vendor|awardee|naam tegenpartij|naam omschrijving|name description
    |tegenpartij|tegenpartij naam|naam van de tegenpartij|naam tegenrekening|tegenrekeninghouder|naam begunstigde|tegenpartij van de verrichting|naam handelaar|nom du tiers|tiers|nom tiers|contrepartie|nom contrepartie|nom de la contrepartie|nom du beneficiaire|commercant
    |beneficiario ordenante|ordenante beneficiario|contrapartida|contraparte|comercio|proveedor|nombre proveedor|controparte|ordinante beneficiario|beneficiario ordinante|fornitore|ragione sociale|esercente|nome fornitore|kontrahent|nazwa kontrahenta|nadawca odbiorca|odbiorca nadawca
    |nadawca odbiorca nazwa|nazwa i adres kontrahenta|saaja maksaja|maksaja saaja|saaja maksaja nimi|vastapuoli|mottagare avsandare|avsandare mottagare|motpart|modpart|motpart navn|modtager afsender|nazev protiuctu|protistrana|nazev protistrany|nazov protistrany|nazov protiuctu|nazev partnera|partner neve|partner elnevezese|ellenoldali nev|kedvezmenyezett neve|partner
    |контрагент|наименование контрагента|плательщик получатель|karsi taraf|karsi hesap adi|alici gonderen|isyeri|handelaar|partner name|supplier customer|customer supplier|debtor creditor name|leverandor|leverantor|toimittaja|fornecedor|fournisseur|nom fournisseur|leverancier|lieferant|kreditor
    |name des zahlungsbeteiligten|zahlungspartner|beneficiar platitor|gavejas moketojas|moketojas gavejas|gavejas|sanemejs maksatajs|saaja maksja nimi|saaja maksja`,
    `counteraccount|vendor num|vendornum|customer name|customer|client name|party|party name|contact|contact name|debtor name|creditor name|business name|kunde|kunden name|cliente|client|asiakas|kund`,
    `name|naam|nom|nombre|nome|navn|namn|nimi|nazwa|nazev|nazov|nev|имя|ad|isim|item name|handler`,
  ],
  counterpartyAccount: [
    `counterparty account|counterparty iban|counterparty account number|counterparty bank account|counteraccount number|counteraccount iban|other account|other party account|contra account|receiver account|recipient account|beneficiary account
    |beneficiary account number|payee account|payee account number|payer account|iban zahlungsbeteiligter|iban beguenstigter|iban begunstigter|kontonummer iban|iban kontonummer|iban empfanger|iban zahlungspflichtiger|konto empfanger|empfanger konto|iban des zahlungspartners|gegenkonto iban|gegenkonto|tegenrekening|tegenrekening iban bban|tegenrekening iban|tegenrekeningnummer
    |rekeningnummer tegenpartij|rekening tegenpartij|iban tegenpartij|naar rekening|rekeningnummer van de tegenpartij|compte beneficiaire|compte contrepartie|iban contrepartie|iban du beneficiaire|compte de contrepartie|iban controparte|conto controparte|iban beneficiario|cuenta beneficiario|cuenta destino|cuenta contrapartida|rachunek kontrahenta
    |numer rachunku kontrahenta|numer konta kontrahenta|rachunek odbiorcy nadawcy|rachunek nadawcy odbiorcy|nr rachunku kontrahenta|konto kontrahenta|numer konta|cislo protiuctu|protiucet|cislo uctu protistrany|ucet protistrany|ucet partnera|partner szamlaszama|partner szamla|partner szamlaszam|ellenoldali szamlaszam|ellenszamla|kedvezmenyezett szamlaszama|saajan tilinumero|saajan tili|saajan tilinumero ja pankin bic|vastatili|mottagarkonto|motkonto|modkonto|motpartskonto
    |mottagarens kontonummer|счет контрагента|номер счета контрагента|счет получателя|karsi hesap|karsi hesap no|karsi iban|alici iban|to account|destination account|saaja maksja konto|sanemeja maksataja konts|gavejo saskaita|payee iban|partner iban|numer rachunku nadawcy odbiorcy`,
    `counteraccount|counterparty|tegenpartij|bank account details|bankovni spojeni`,
    `kontonummer|kontonr|konto|iban|account number|account no|account`,
  ],
  payer: [
    `zahlungspflichtiger|zahlungspflichtige r|zahlungspflichtige|auftraggeber|payer|payer name|sender|sender name|ordering party|originator|source name|from|from name|debtor|donneur d'ordre|emetteur|ordenante|ordinante|opdrachtgever
    |maksaja|avsandare|afsender|avsender|nadawca|nazwa nadawcy|platce|platca|remitente|pagador|плательщик|gonderen|odesilatel|odosielatel`,
    '',
    '',
  ],
  payee: [
    `zahlungsempfanger|zahlungsempfanger in|zahlungsempfangerin|empfanger|empfaenger|beguenstigter|begunstigter|payee|beneficiary|beneficiary name|recipient|recipient name|receiver|receiver name|target name|to|to name|creditor|beneficiaire
    |beneficiario|begunstigde|saaja|saajan nimi|mottagare|modtager|mottaker|odbiorca|nazwa odbiorcy|prijemce|prijemca|destinatario|kedvezmenyezett|получатель|alici`,
    '',
    '',
  ],
  payerAccount: [
    `sender account|sender account number|sender iban|source account|rachunek zrodlowy|rachunek nadawcy|numer rachunku nadawcy|avsandare konto|from account|from iban|payer account|debtor account|debtor iban|iban auftraggeber|zahlungspflichtiger iban|avsandarens konto`,
    '',
    '',
  ],
  payeeAccount: [
    `receiver account|recipient account|recipient iban|beneficiary iban|target account|rachunek docelowy|rachunek odbiorcy|numer rachunku odbiorcy|mottagare konto|to account|to iban|payee account|creditor account|creditor iban|iban zahlungsempfanger|mottagarens konto`,
    '',
    '',
  ],
  reference: [
    `reference|reference number|reference no|reference nr|payment reference|customer reference|client reference|your reference|kundenreferenz|kundenreferenz end to end|end to end id|end to end reference|end to end referenz|end to end|referenz|referenznummer
    |zahlungsreferenz|referentie|referentienummer|transactiereferentie|betalingskenmerk|kenmerk|buchungsreferenz|zkb referenz|transaction reference|transaction reference number|bank reference|bank reference number|booking reference|ref|ref no|ref nr|ref number|ref code|chq ref no|chq ref number|cheque ref no|ref no cheque no|ref no chq no|utr no|utr|instrument no
    |numero de reference|reference operation|reference de l'operation|ref|referencia|numero de referencia|n referencia|riferimento|numero riferimento|referens|referensnummer|referanse|viite|viitenumero|viitteet|numer referencyjny|referencja|referencni cislo transakce|referencni cislo|referencia szam|hivatkozas|tranzakcio azonosito
    |variabilni symbol|variabilny symbol|variable symbol|variabilni symbol 1|variable symbol 1|vs|kid|kid nummer|ocr|rrn|номер операции|референс|referans|referans no|dekont no|fis no|dokument nr|document number|document no|doc no|numero do documento|num documento|numero documento|numero de documento|documento|n documento|dcto|docto`,
    `transaction id|transactionid|trans|transaction number|transaction no|trans no|trans id|txn id|txn no|trx id|transaktions id|transaktionsnummer|transaktions nr|id transakce|id operace|id transakcie|id operacji|id pohybu|transactie id|invoice number|invoice no|invnum|inv num|invoice|rechnungsnummer|numero de facture|factura|numero factura|numero fattura|factuurnummer
    |check number|check no|check or slip|cheque number|cheque no|chq no|num cheque|numero cheque|record id|tranid|award id|piid|contract number|megbizas azonosito|arkiveringsreferanse|arkivtunnus|arkistointitunnus|archive id|entry reference|payment id|order id|order number|charge id|source id|balance transaction id|balance transaction id|num|number|numero operacion|numero operazione|nr operacji|номер документа|volgnummer|volgnr
    |voucher|voucher no|voucher number|verifikationsnummer|verifikationsnr|bilagsnummer|bilagsnr|belegnummer|beleg|belegnr|serial|serial number|unique id|unique identifier|id lancamento|identificador|identifiant`,
    `id|no|nr|check|uid|key|internal reference|mandatsreferenz|mandate reference`,
  ],
  description: [
    `description|transaction description|transaction details|transaction detail|transaction remarks|transaction information|details|detail|verwendungszweck|buchungstext|buchungsdetails|zahlungszweck|avisierungstext|beschreibung|mitteilung|mitteilungen|transaktionsbeschreibung|transaktionsbeschreibung zusatz|libelle|libelle operation|libelle de l'operation|libelle simplifie|libelle complet|detail de l'ecriture|informations complementaires|narrative|narration|particulars|memo|omschrijving|mededelingen|mededeling
    |vrije mededeling|gestructureerde mededeling|omschrijving van de verrichting|details van de beweging|concepto|concepto ampliado|concepto comun|observaciones|descripcion|descripcion operacion|descrizione|descrizione operazione|descrizione movimento|causale descrizione|dettagli|historico|descricao|descricao do movimento|opis|opis operacji|opis transakcji|tytul|tytulem|tytul operacji|tytul przelewu|szczegoly transakcji|text|tekst|transaktionstext|beskrivning|beskrivelse|forklaring
    |meddelande|melding|meddelelse|viesti|selite|selitys|saate|zprava|zprava pro prijemce|sprava|sprava pre prijemcu|informacia pre prijemcu|zprava pro me|poznamka|poznamka klienta|klientska poznamka|popis|popis transakce|popis operace|message|message for payee|message for recipient|message for me|client note|kozlemeny|reszletek|megjegyzes|назначение платежа|описание|описание операции|назначение|комментарий|детали операции|aciklama|islem aciklamasi|aprasymas|detalii|detalii tranzactie
    |merchant description|booking text|original description|extended details|posting text|line description|journal description|transaction name|posting details|statement descriptor|item description|αιτιολογια|informacija sanemejam|selgitus|mokejimo paskirtis|paskirtis|opis transakcije|svrha|namen|призначення платежу|описание транзакции`,
    `note|notes|notes and tags|notes and #tags|remarks|remark|comment|comments|subject|betreff|rubrik|purpose|purpose of payment|bemerkung|zweck|toelichting|info|objet|motif|communication|transaktion|specifikation|kommentar|appears on your statement as|estabelecimento|lancamento|lancto|movimento|movimiento|causale|notifications|naam tegenpartij omschrijving|purpose of expenditure|anmerkungen|notities|fussnoten|aditional data|additional info|additional information|zusatzinformation`,
    `label|federal supply class name|expenditure description|reason`,
  ],
  type: [
    `type|transaction type|transactiontype|transaction type name|booking type|entry type|payment type|payment method|payment channel|buchungsart|umsatzart|umsatztyp|transaktionstyp|transaktionsart|vorgang|vorgangsart|buchungsschlussel|geschaftsvorfall|type d'operation|type operation|type de transaction|type transaction|mode de paiement|tipo|tipo movimento|tipo de movimento|tipo operacion|tipo de operacion|tipo operazione|tipo de transaccion|tipo transazione|mutatiesoort|soort|soort mutatie|type verrichting|type betaling|typ|typ transakce|typ transakcji|typ operacji|typ operacie|typ transakcie|typ pohybu|rodzaj operacji|rodzaj transakcji|tranzakcio tipusa|tipus|tranzakcio jellege
    |tapahtumalaji|laji|tapahtumatyyppi|tapahtuma|transaktionstype|transaksjonstype|тип операции|вид операции|islem tipi|islem turu|islem|tip|journal|journal code|journal type|source type|transaction code|tran type|caporrev|capital or revenue|type of expenditure|tranzakcio|tip tranzactie`,
    `code|item|polozka|payment code|transactiecode|causale abi|codigo|operation|operacion|buchungstext|activity|activity type|kind|source|reporting category|verifikationsserie|serie|betaalwijze`,
    `federal supply category|dc type`,
  ],
  category: [
    `category|category name|mcc|mcc code|merchant category|merchant category code|merchant category name|mcc description|spending category|budget category|transaction category|expense category|expenditure category|expenditure catergory|expense type|expenditure type|spend category|registered category|kategorie|hauptkategorie|categorie|categorie operation|categorie parent|categoria|kategori|kategoria|kategoria operacji|luokka|kategorie transakce|категория|kategoria tranzakcji|rubrique|branche|ausgabenkategorie|kategorija|tag category|merchant type|purchase category|naics description|proclass|proclass description`,
    `subcategory|sub category|unterkategorie|underkategori|sous categorie|subcategoria|subcategorie|tags|label|labels|federal supply category name|cipfa category|budget|service category|object class|object class name`,
    `class|group`,
  ],
  balance: [
    `balance|running balance|running bal|accountbalance|account balance|balance after|balance after transaction|balance after booking|closing balance|closing bal|available balance|ledger balance|book balance|new balance|end balance|saldo|saldo na trn|saldo nach buchung|saldo na mutatie|saldo nach|kontostand|kontostand nach buchung|kontosaldo|solde|solde apres operation|solde comptable|saldo contabile|saldo disponibile|saldo disponible|saldo despues|saldo tras operacion|saldo contable|saldo po operacji|saldo rachunku|saldo po transakcji|saldo koncowe|saldo apos|saldo contabilistico|zustatek|zustatek po transakci|zostatok|zostatok na ucte|egyenleg|konyvelt egyenleg|zaro egyenleg|bokfort saldo|disponibelt saldo|saldo efter|saldo etter|saldo konto
    |остаток|баланс|остаток после операции|bakiye|bakiye bilgisi|likutis|sold|sold final|υπολοιπο|stand|stanje|saldo final|cumulative balance`,
    `saldo eur|restsaldo|net balance|progressive balance`,
    '',
  ],
  ledgerAccount: [
    `ledger account|ledger account number|ledger account code|gl account|gl account number|gl account no|gl code|g l account|g l account no|g l account number|g l code|general ledger account|general ledger code|nominal account|nominal code|nominal|nominal ac|nominal a c|account code|acct code|account key|sachkonto|sachkontonummer|fibukonto|buchungskonto|hauptbuchkonto|hauptbuch|konto soll|compte general|numero de compte general|compte num|comptenum|numero compte comptable|compte comptable|cuenta contable|codigo cuenta|codigo de cuenta|codigo contable|subcuenta|conto contabile|codice conto|conto co ge|grootboekrekening|grootboek|grootboeknummer|grootboekrekeningnummer|kontokode|finanskonto|konto ksiegowe
    |ucet md|ucetni ucet|analyticky ucet|fokonyvi szam|fokonyvi szamla|fokonyvi szamlaszam|счет учета|бухгалтерский счет|hesap kodu|conta contabil|conta razao|conta sns|codigo conta|main account|main account id|natural account|mainaccount|accountnum`,
    `object code|subjective code|cost element|expenditure code`,
    `account|account number|account no|account nr|acct|acct no|account id|konto|kontonummer|kontonr|konto nr|compte|numero de compte|cuenta|conto|rekening|rekeningnummer|tili|tilinumero|ucet|konto numer|szamla|szamlaszam|счет|hesap|hesap no|conta`,
  ],
  ledgerAccountName: [
    `ledger account name|gl account name|gl account description|g l account name|general ledger account name|account title|account description|nominal name|nominal description|nominal account name|kontobezeichnung|sachkontobezeichnung|kontobeschriftung|kontotext|compte lib|comptelib|intitule du compte|intitule compte|libelle compte|libelle du compte|nombre cuenta|nombre de la cuenta|descripcion cuenta|titulo cuenta|descrizione conto|grootboekomschrijving|omschrijving grootboekrekening|nazwa konta|nazev uctu|nazov uctu|fokonyvi szamla neve|fokonyvi nev|szamla neve|hesap adi|nome da conta|descricao da conta|kontobetegnelse|tilin nimi|account name|kontoname|kontonavn|kontonamn|rekeningnaam|наименование счета|mainaccountname`,
    '',
    '',
  ],
  entry: [
    `entry|entry no|entry number|entry id|journal entry|journal entry number|journal entry no|journal entry id|journal id|journal no|journal number|jnl no|je number|je no|je id|document entry|voucher|voucher no|voucher number|voucher id|vch no|verifikation|verifikationsnummer|verifikationsnr|vernr|ver nr|verifikat|bilag|bilagsnummer|bilagsnr|bilag nr|belegnummer|belegnr|beleg nr|buchungsnummer|buchungsnr|buchungs nr|ecriture num|ecriturenum|numero d'ecriture|numero ecriture|n ecriture|piece|numero de piece|num piece|n piece
    |asiento|n asiento|numero asiento|numero de asiento|num asiento|poliza|numero registrazione|n registrazione|num registrazione|protocollo|registrazione|boekstuk|boekstuknummer|boekstuknr|dagboekvolgnummer|tosite|tositenumero|tositenro|tositelaji numero|numer dowodu|nr dowodu|nr ksiegowy|numer ksiegowy|dowod|cislo dokladu|doklad|cislo zapisu|bizonylatszam|bizonylat|naplo sorszam|номер проводки|fis numarasi|yevmiye no|madde no|numero do lancamento|diario numero|transaction group|batch entry|trans`,
    `document no|document number|doc no|transaction id|trans id|transaction no|transaction number|trans no|tran no|reference`,
    `id|num|number`,
  ],
  fee: [
    `fee|fees|total fees|total fee|transaction fee|transaction fees|fee amount|processing fee|source fee amount|gebuhr|gebuhren|entgelt|spesen|frais|frais operation|commission|comision|comisiones|comissao|tarifa|commissione|commissioni|spese|kosten|kosten op verrichting|transactiekosten|poplatek|poplatky|poplatok|prowizja|oplata|avgift|avgifter|gebyr|palkkio|palvelumaksu|kulu|dij|jutalek|комиссия|komisyon|masraf|ucret|comision|komisinis`,
    '',
    '',
  ],
  status: [
    `status|state|booking status|buchungsstatus|transaction status|statut|estado|situacao|stato|tila|stav|stav transakce|статус|durum|islem durumu|state type|statetype|payment status|statusas|stare`,
    `info|umsatzinfo`,
    '',
  ],
  poster: [
    `posted by|entered by|created by|user|user id|user name|username|userid|poster|posting user|entered by user|created by user|created user|create user|createdby|enteredby|entry user|entry by|entered user|journal entered by|prepared by|preparer|preparer id|preparer name|maker|maker id|inputter|input by|input user|keyed by|recorded by|author|operator|operator id|clerk|source id|je preparer|user code|user entered|posted by user|usnam|createdbyuser
    |erfasser|erfasst von|erfasst durch|erfasst durch benutzer|angelegt von|benutzer|benutzername|buchender|gebucht von|ersteller|erstellt von|sachbearbeiter|bediener|diktatkurzel|bearbeiter|utilisateur|saisi par|saisie par|cree par|auteur|operateur|comptabilise par|usuario|creado por|registrado por|contabilizado por|grabado por|capturado por|utente|inserito da|creato da|registrato da|operatore|gebruiker|ingevoerd door|aangemaakt door|geboekt door|utilizador|criado por|lancado por|registado por|inserido por
    |anvandare|registrerad av|skapad av|signatur|bokford av|bruker|registrert av|opprettet av|bokfort av|bruger|oprettet af|bogfort af|kayttaja|kirjaaja|syottanyt|uzytkownik|wprowadzil|wprowadzone przez|utworzyl|zaksiegowal|operator wprowadzajacy|uzivatel|zadal|vytvoril|porizeno uzivatelem|zauctoval|uzivatel zadal|zapisal|felhasznalo|rogzitette|rogzito|konyvelo|пользователь|кем создано|автор|исполнитель|kullanici|giren|kaydeden|olusturan|utilizator|introdus de|vartotojas`,
    `initials|kurzel|signature|employee|employee id|changed by|modified by|last modified by|updated by|approved by user`,
    '',
  ],
  entered: [
    `entered date|date entered|entered on|entered|entered at|entry date|date of entry|entry timestamp|entry date time|created on|created date|date created|created at|creation date|created|create date|system date|system entry date|systementrydate|sys date|system timestamp|input date|date input|keyed date|date keyed|recorded on|recorded date|record date|registration date|registered on|insert date|inserted on|date inserted|je created date|cpudt|creationdate|day of entry
    |erfassungsdatum|erfassungsdat|erfasst am|erfasst|eingabedatum|anlagedatum|angelegt am|erstellungsdatum|erstellt am|erfassungszeitpunkt|systemdatum|date saisie|date de saisie|saisi le|date de creation|date creation|cree le|date d enregistrement|validdate|date de validation|date validation|fecha registro|fecha de registro|fecha creacion|fecha de creacion|fecha captura|fecha de captura|fecha alta|fecha grabacion|data inserimento|data di inserimento|data creazione|data di creazione|invoerdatum|datum invoer|ingevoerd op|aanmaakdatum|aangemaakt op|data de registo|data registo|data de criacao|data criacao|data de insercao|data inclusao
    |registreringsdatum|regdatum|registrerad|skapad|inmatningsdatum|registreringsdato|registrert|opprettet|oprettet|oprettelsesdato|kirjausaika|syottopaiva|luontipaiva|data wprowadzenia|data utworzenia|data zapisu|datum porizeni|datum zadani|datum vytvoreni|datum zapisu|datum vlozenia|datum vytvorenia|rogzites datuma|rogzites napja|letrehozas datuma|дата создания|дата ввода|дата регистрации|giris tarihi|olusturma tarihi|kayit zamani|data introducerii`,
    `posted at|posting timestamp|timestamp|changed on|modified on|modified date|last modified|updated at|updated on`,
    '',
  ],
  time: [
    `time|time of day|posting time|entry time|entered time|time entered|creation time|created time|system time|transaction time|trans time|txn time|booking time|time posted|cputm|uhrzeit|zeit|erfassungszeit|erfassungsuhrzeit|buchungszeit|eingabezeit|heure|heure de saisie|heure operation|heure saisie|hora|hora registro|hora operacion|hora de registro|hora movimento|ora|ora registrazione|ora inserimento|ora operazione|tijd|tijdstip|invoertijd|tid|tidpunkt|klockslag|klokkeslett|klokkeslaet|klokkeslæt|tidspunkt|aika|kellonaika|godzina|czas|godzina operacji|cas|cas transakce|cas pohybu|ido|idopont|время|saat|islem saati|ora tranzactiei|laikas`,
    '',
    '',
  ],
};
