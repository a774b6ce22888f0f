/**
 * Detail type codes of the Cash Management Balance Reporting Specifications, Version 2 (BAI), appendix A: those that
 * a transaction (record 16) can have. Status and summary codes are left out.
 */
const DETAILS = `
108 Credit (Any Type)|115 Lockbox Deposit|116 Item in Lockbox Deposit|118 Lockbox Adjustment Credit
121 EDI Transaction Credit|122 EDIBANX Credit Received|123 EDIBANX Credit Return|135 DTC Concentration Credit
136 Item in DTC Deposit|142 ACH Credit Received|143 Item in ACH Deposit|145 ACH Concentration Credit
147 Individual Bank Card Deposit|155 Preauthorized Draft Credit|156 Item in PAC Deposit
164 Corporate Trade Payment Credit|165 Preauthorized ACH Credit|166 ACH Settlement
168 ACH Return Item or Adjustment Settlement|169 Miscellaneous ACH Credit|171 Individual Loan Deposit
172 Deposit Correction|173 Bank-Prepared Deposit|174 Other Deposit|175 Check Deposit Package
176 Re-presented Check Deposit|184 Draft Deposit|187 Cash Letter Credit|189 Cash Letter Adjustment
191 Individual Incoming Internal Money Transfer|195 Incoming Money Transfer|196 Money Transfer Adjustment
198 Compensation|201 Individual Automatic Transfer Credit|202 Bond Operations Credit|206 Book Transfer Credit
208 Individual International Money Transfer Credit|212 Foreign Letter of Credit|213 Letter of Credit
214 Foreign Exchange of Credit|216 Foreign Remittance Credit|218 Foreign Collection Credit
221 Foreign Check Purchase|222 Foreign Checks Deposited|224 Commission|226 International Money Market Trading
227 Standing Order|229 Miscellaneous International Credit|232 Sale of Debt Security|233 Securities Sold
234 Sale of Equity Security|235 Matured Reverse Repurchase Order|236 Maturity of Debt Security
237 Individual Collection Credit|238 Collection of Dividends|240 Coupon Collections - Banks
241 Bankers' Acceptances|242 Collection of Interest Income|243 Matured Fed Funds Purchased
244 Interest/Matured Principal Payment|246 Commercial Paper|247 Capital Change
248 Savings Bonds Sales Adjustment|249 Miscellaneous Security Credit|252 Debit Reversal
254 Posting Error Correction Credit|255 Check Posted and Returned|257 Individual ACH Return Item
258 ACH Reversal Credit|261 Individual Rejected Credit|263 Overdraft|266 Return Item|268 Return Item Adjustment
274 Cumulative ZBA or Disbursement Credits|275 ZBA Credit|276 ZBA Float Adjustment|277 ZBA Credit Transfer
278 ZBA Credit Adjustment|281 Individual Controlled Disbursing Credit|286 Individual DTC Disbursing Credit
295 ATM Credit|301 Commercial Deposit|306 Fed Funds Sold|308 Trust Credit|331 Individual Escrow Credit
342 Broker Deposit|344 Individual Back Value Credit|345 Item in Brokers Deposit|346 Sweep Interest Income
347 Sweep Principal Sell|348 Futures Credit|349 Principal Payments Credit|351 Individual Investment Sold
353 Cash Center Credit|354 Interest Credit|357 Credit Adjustment|358 YTD Adjustment Credit
359 Interest Adjustment Credit|362 Correspondent Collection|363 Correspondent Collection Adjustment
364 Loan Participation|366 Currency and Coin Deposited|367 Food Stamp Letter|368 Food Stamp Adjustment
369 Clearing Settlement Credit|372 Back Value Adjustment|373 Customer Payroll|374 FRB Statement Recap
376 Savings Bond Letter or Adjustment|377 Treasury Tax and Loan Credit|378 Transfer of Treasury Credit
379 FRB Government Checks Cash Letter Credit|381 FRB Government Check Adjustment|382 FRB Postal Money Order Credit
383 FRB Postal Money Order Adjustment|384 FRB Cash Letter Auto Charge Credit
386 FRB Cash Letter Auto Charge Adjustment|387 FRB Fine-Sort Cash Letter Credit|388 FRB Fine-Sort Adjustment
391 Universal Credit|392 Freight Payment Credit|393 Itemized Credit Over $10,000|394 Cumulative Credits
395 Check Reversal|397 Float Adjustment|398 Miscellaneous Fee Refund|399 Miscellaneous Credit
408 Float Adjustment|409 Debit (Any Type)|415 Lockbox Debit|421 EDI Transaction Debit
422 EDIBANX Settlement Debit|423 EDIBANX Return Item Debit|435 Payable-Through Draft|445 ACH Concentration Debit
447 ACH Disbursement Funding Debit|451 ACH Debit Received|452 Item in ACH Disbursement or Debit
455 Preauthorized ACH Debit|462 Account Holder Initiated ACH Debit|464 Corporate Trade Payment Debit
466 ACH Settlement|468 ACH Return Item or Adjustment Settlement|469 Miscellaneous ACH Debit
472 Cumulative Checks Paid|474 Certified Check Debit|475 Check Paid|476 Federal Reserve Bank Letter Debit
477 Bank Originated Debit|479 List Post Debit|481 Individual Loan Payment|484 Draft|485 DTC Debit
487 Cash Letter Debit|489 Cash Letter Adjustment|491 Individual Outgoing Internal Money Transfer
493 Customer Terminal Initiated Money Transfer|495 Outgoing Money Transfer|496 Money Transfer Adjustment
498 Compensation|501 Individual Automatic Transfer Debit|502 Bond Operations Debit|506 Book Transfer Debit
508 Individual International Money Transfer Debits|512 Letter of Credit Debit|513 Letter of Credit
514 Foreign Exchange Debit|516 Foreign Remittance Debit|518 Foreign Collection Debit|522 Foreign Checks Paid
524 Commission|526 International Money Market Trading|527 Standing Order|529 Miscellaneous International Debit
531 Securities Purchased|533 Security Collection Debit|535 Purchase of Equity Securities
538 Matured Repurchase Order|540 Coupon Collection Debit|541 Bankers' Acceptances|542 Purchase of Debt Securities
543 Domestic Collection|544 Interest/Matured Principal Payment|546 Commercial Paper|547 Capital Change
548 Savings Bonds Sales Adjustment|549 Miscellaneous Security Debit|552 Credit Reversal
554 Posting Error Correction Debit|555 Deposited Item Returned|557 Individual ACH Return Item
558 ACH Reversal Debit|561 Individual Rejected Debit|563 Overdraft|564 Overdraft Fee|566 Return Item
567 Return Item Fee|568 Return Item Adjustment|574 Cumulative ZBA Debits|575 ZBA Debit|577 ZBA Debit Transfer
578 ZBA Debit Adjustment|581 Individual Controlled Disbursing Debit|595 ATM Debit|597 ARP Debit
616 Federal Reserve Bank - Commercial Bank Debit|622 Broker Debit|627 Fed Funds Purchased|629 Cash Center Debit
631 Debit Adjustment|633 Trust Debit|634 YTD Adjustment Debit|641 Individual Escrow Debit
644 Individual Back Value Debit|651 Individual Investment Purchased|654 Interest Debit|656 Sweep Principal Buy
657 Futures Debit|658 Principal Payments Debit|659 Interest Adjustment Debit|661 Account Analysis Fee
662 Correspondent Collection Debit|663 Correspondent Collection Adjustment|664 Loan Participation
666 Currency and Coin Shipped|667 Food Stamp Letter|668 Food Stamp Adjustment|669 Clearing Settlement Debit
672 Back Value Adjustment|673 Customer Payroll|674 FRB Statement Recap|676 Savings Bond Letter or Adjustment
677 Treasury Tax and Loan Debit|678 Transfer of Treasury Debit|679 FRB Government Checks Cash Letter Debit
681 FRB Government Check Adjustment|682 FRB Postal Money Order Debit|683 FRB Postal Money Order Adjustment
684 FRB Cash Letter Auto Charge Debit|686 FRB Cash Letter Auto Charge Adjustment
687 FRB Fine-Sort Cash Letter Debit|688 FRB Fine-Sort Adjustment|691 Universal Debit|692 Freight Payment Debit
693 Itemized Debit Over $10,000|694 Deposit Reversal|695 Deposit Correction Debit|696 Regular Collection Debit
697 Cumulative Debits|698 Miscellaneous Fees|699 Miscellaneous Debit
721 Amount Applied to Interest|722 Amount Applied to Principal|723 Amount Applied to Escrow
724 Amount Applied to Late Charges|725 Amount Applied to Buydown|726 Amount Applied to Misc. Fees
727 Amount Applied to Deferred Interest Detail|728 Amount Applied to Service Charge
`;

const NAMES: ReadonlyMap<string, string> = new Map(
  DETAILS.trim()
    .split(/[\n|]/)
    .map(entry => [entry.slice(0, 3), entry.slice(4)]),
);

/** The name of a detail type code, null for a code that is none (status, summary, custom or unknown). */
export const detailName = (code: string): string | null => NAMES.get(code) ?? null;

export type Direction = 'credit' | 'debit';

/**
 * Which way a type code moves money (appendix A): 100–399 credits, 400–699 debits, 721–728 what a loan payment is
 * applied to (credits), 920–959 and 960–999 credits and debits of the bank's own codes. Null where it moves none:
 * 001–099, 890, 900–919 and what is not assigned.
 */
export const directionOf = (code: string): Direction | null => {
  if (!/^\d{3}$/.test(code)) return null;
  const number = Number(code);
  if ((number >= 100 && number <= 399) || (number >= 721 && number <= 728) || (number >= 920 && number <= 959))
    return 'credit';
  return (number >= 400 && number <= 699) || number >= 960 ? 'debit' : null;
};
