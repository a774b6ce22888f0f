/** Common concepts of record 22 (Cuaderno 43, appendix 2), in the standard's own words. */
const CONCEPTS: Readonly<Record<string, string>> = {
  '01': 'Talones, reintegros',
  '02': 'Abonarés, entregas, ingresos',
  '03': 'Domiciliados, recibos, letras, pagos por su cuenta',
  '04': 'Giros, transferencias, traspasos, cheques',
  '05': 'Amortizaciones de préstamos, créditos',
  '06': 'Remesas de efectos',
  '07': 'Suscripciones, dividendos pasivos, canjes',
  '08': 'Dividendos, cupones, prima de junta, amortizaciones',
  '09': 'Operaciones de bolsa, compraventa de valores',
  '10': 'Cheques de gasolina',
  '11': 'Cajero automático',
  '12': 'Tarjetas de crédito y débito',
  '13': 'Operaciones con el extranjero',
  '14': 'Devoluciones e impagados',
  '15': 'Nóminas, seguros sociales',
  '16': 'Timbres, corretaje, póliza',
  '17': 'Intereses, comisiones, custodia, gastos e impuestos',
  '98': 'Anulaciones, correcciones de asiento',
  '99': 'Varios',
};

/** Common concept with its name, and the bank's own concept where it has one: `12 Tarjetas de crédito y débito (040)`. */
export const norma43ConceptName = (common: string, own: string): string => {
  const name = CONCEPTS[common];
  const ownCode = own.trim();
  return `${common}${name === undefined ? '' : ` ${name}`}${/^0*$/.test(ownCode) ? '' : ` (${ownCode})`}`;
};
