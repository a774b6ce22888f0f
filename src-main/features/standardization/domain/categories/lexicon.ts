import type { Category } from './taxonomy.ts';

/**
 * Words that speak for a category before anybody has labelled anything: common nouns of bank texts in several languages,
 * no names of persons. Each is one weak example for the classifier; confirmed labels soon outweigh it.
 */
export const LEXICON: readonly (readonly [category: Category, words: string])[] = [
  ['Salary', 'salary wages payroll gehalt lohn salaire nomina stipendio loon lon vencimento'],
  ['Interest received', 'interest credit zinsen gutschrift interets crediteurs intereses abono rente'],
  ['Dividends', 'dividend dividende dividendo ausschuttung cedola'],
  ['Refunds', 'refund erstattung remboursement reembolso rimborso retoure gutschrift'],
  ['Benefits', 'pension benefit kindergeld rente allocation subsidy caf uitkering'],
  ['Taxes', 'tax finanzamt steuer impots urssaf hacienda agenzia entrate belasting hmrc irs vat tva iva mwst council'],
  ['Rent', 'rent miete loyer alquiler affitto huur hausgeld lease'],
  ['Insurance', 'insurance versicherung assurance seguro assicurazione verzekering premium'],
  [
    'Utilities',
    'electricity energy power gas water strom stadtwerke edf eau electricidad enel energie municipality rates',
  ],
  [
    'Telecommunications',
    'mobile telecom telefon internet broadband airtime prepaid cellular data sim vodafone telekom',
  ],
  [
    'Software and subscriptions',
    'subscription software cloud hosting license apple google netflix spotify streaming abonnement',
  ],
  ['Advertising', 'advertising ads marketing werbung publicite'],
  ['Professional services', 'lawyer legal attorney notary accountant audit consulting rechtsanwalt notar avocat'],
  ['Office supplies', 'stationery office supplies paper toner buerobedarf fournitures'],
  [
    'Bank charges',
    'fee fees charge charges service commission entgelt gebuhr frais comision spese kosten kontofuhrung notification',
  ],
  ['Interest paid', 'debit interest overdraft sollzinsen agios interest charged'],
  ['Loans', 'loan repayment mortgage darlehen kredit rate pret hypothek prestamo mutuo bond instalment'],
  ['Cash', 'atm cash withdrawal bargeld geldautomat retrait dab cajero prelievo bancomat deposit'],
  ['Own transfers', 'transfer own account umbuchung virement interne savings sparen traspaso giroconto'],
  ['Savings and investments', 'investment savings deposit pocket fund fonds depot etf'],
  ['Securities', 'securities wertpapier broker trade stock shares aktien bourse'],
  ['Currency exchange', 'currency exchange forex fx devisen change'],
  ['Gambling', 'casino lotto lottery bet betting gambling poker wetten loterie'],
  ['Crypto-assets', 'crypto bitcoin ethereum coinbase binance kraken'],
  [
    'Groceries',
    'supermarket grocery market spar lidl aldi rewe edeka carrefour tesco checkers woolworths migros coop mercadona',
  ],
  ['Restaurants and cafés', 'restaurant cafe coffee pizza burger grill bar bakery bistro mcdonald kfc starbucks sushi'],
  ['Clothing', 'clothing fashion shoes mode zara schuhe'],
  ['Electronics', 'electronics computer media saturn fnac hardware'],
  ['Home and garden', 'furniture garden builders baumarkt ikea mobel bricolage hardware homeware'],
  ['Health', 'pharmacy apotheke pharmacie doctor medical hospital clinic dental dischem arzt optician'],
  ['Personal care', 'hair salon barber beauty gym fitness spa coiffeur friseur'],
  ['Education', 'school university tuition college course schule ecole kindergarten'],
  ['Entertainment', 'cinema theatre concert tickets museum sport club kino playstation steam'],
  ['Charity', 'donation charity spende don church foundation'],
  ['Fuel', 'fuel petrol gas station tankstelle shell bp engen sasol aral esso total repsol carburant'],
  ['Public transport', 'train rail bus metro bahn sncf transport ticket tram'],
  ['Taxis', 'taxi uber bolt cab lyft'],
  ['Parking and tolls', 'parking parken toll maut peage garage'],
  ['Vehicles', 'car vehicle auto garage reifen tyre service werkstatt rental tracker'],
  ['Air travel', 'airline flight airways flug lufthansa ryanair'],
  ['Hotels and travel', 'hotel booking travel airbnb hostel lodge reise'],
];
