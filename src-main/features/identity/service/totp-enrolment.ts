import { Secret, TOTP } from 'otpauth';
import { create } from 'qrcode';
import { TOTP_STEP_SECONDS } from '../domain/totp-judgement.ts';
import { TOTP_DIGITS } from './totp.ts';

/** The secret as an authenticator takes it: as text, as an otpauth address, and as the modules of a QR code. */
export const totpEnrolment = (
  secret: Uint8Array,
  username: string,
  workspace: string,
): { readonly secret: string; readonly uri: string; readonly qr: string[] } => {
  const held = new Secret({ buffer: Uint8Array.from(secret).buffer });
  const uri = new TOTP({
    issuer: 'NEXUS',
    label: `${username} (${workspace})`,
    secret: held,
    algorithm: 'SHA1',
    digits: TOTP_DIGITS,
    period: TOTP_STEP_SECONDS,
  }).toString();
  return { secret: held.base32, uri, qr: qrRows(uri) };
};

const qrRows = (text: string): string[] => {
  const { modules } = create(text, { errorCorrectionLevel: 'M' });
  return Array.from({ length: modules.size }, (_row, y) =>
    Array.from({ length: modules.size }, (_cell, x) => (modules.get(y, x) ? '#' : '.')).join(''),
  );
};
