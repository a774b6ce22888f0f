import { createHmac } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { expectAccessibleInBoth } from '../accessibility.ts';
import { expect, test } from '../host.ts';
import { caseListPage } from '../pages/case-list-page.ts';
import { loginPage } from '../pages/login-page.ts';
import { preferencesPage } from '../pages/preferences-page.ts';
import { securityPage } from '../pages/security-page.ts';
import { shell } from '../pages/shell.ts';

const ACCESS = { name: 'Harbour', passphrase: 'seven blue kites over dunes', actor: 'R. Adler' };
const CHANGED = 'green lamps along the pier';
const RECOVERED = { ...ACCESS, passphrase: 'copper rain on slate roofs' };

/** RFC 6238 with the authenticators' usual parameters: SHA-1, 30 s, six digits. */
const totp = (secret: string, atMs: number): string => {
  const bits = [...secret.replace(/\s/g, '')]
    .map(character => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(character).toString(2).padStart(5, '0'))
    .join('');
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map(byte => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(atMs / 30_000)));
  const digest = createHmac('sha1', key).update(counter).digest();
  const number = digest.readUInt32BE((digest.at(-1) ?? 0) & 15) & 0x7fffffff;
  return String(number % 1_000_000).padStart(6, '0');
};

test.describe.configure({ mode: 'serial' });
test.setTimeout(180_000);

let recoveryCode = '';

test('the first run makes the first account, warns of a passphrase alone, and shows the kit once', async ({
  window,
  host,
}) => {
  const { page } = window;
  const login = loginPage(page);
  await login.fillCreate(ACCESS);
  await login.acceptWeak.uncheck();
  await login.createButton.click();
  await expect(page.getByText('Tick this, or choose something stronger')).toBeVisible();
  await expectAccessibleInBoth(page, 'first run with its warning');
  // What the engine's blocklist refuses is said with its reason.
  await login.acceptWeak.check();
  await login.passphrase.fill('passwordpassword');
  await login.repeat.fill('passwordpassword');
  await login.createButton.click();
  await expect(login.error).toContainText(/guessers|repeats itself/);
  await login.passphrase.fill(ACCESS.passphrase);
  await login.repeat.fill(ACCESS.passphrase);
  await login.createButton.click();
  await expect(login.kit).toBeVisible();
  await expect(login.kitDone).toBeDisabled();
  await expectAccessibleInBoth(page, 'recovery kit');
  if (host === 'chromium') {
    const saved = await window.download(login.kit.getByRole('button', { name: 'Save as text' }));
    expect(await readFile(await saved.path(), 'utf8')).toMatch(/Recovery code:\n([0-9A-Z]{4}-){6}[0-9A-Z]{4}\n/);
  }
  recoveryCode = await login.takeKit();
  expect(recoveryCode).toMatch(/^([0-9A-Z]{4}-){6}[0-9A-Z]{4}$/);
  await expect(caseListPage(page).emptyState).toBeVisible();
  await expect(page.getByRole('contentinfo').getByRole('link', { name: 'Passphrase only' })).toBeVisible();
  await page.reload();
  await expect(caseListPage(page).emptyState).toBeVisible();
});

test('a lock clears the window, says why, and what failed since is told after the sign-in', async ({ window }) => {
  const { page } = window;
  const login = loginPage(page);
  await login.open(ACCESS);
  await expect(shell(page).heading).toHaveText('Cases');
  await page.keyboard.press('Control+Shift+L');
  await expect(login.heading).toBeVisible();
  await expect(login.lockNote).toContainText('Nothing of the workspace is left in this window');
  await login.open({ ...ACCESS, passphrase: 'wrong but long enough' });
  await expect(login.error).toContainText('does not open this workspace');
  await expect(login.error).toContainText(/Tries left before only the recovery code helps: \d+/);
  await expectAccessibleInBoth(page, 'refused sign-in after a lock');
  await login.open(ACCESS);
  await expect(shell(page).heading).toHaveText('Cases');
  await expect(page.getByRole('alert')).toContainText('1 failed sign-in since your last one.');
  await shell(page).account.click();
  await expect(page.getByText(/^Last sign-in \d{4}-/)).toBeVisible();
  await page.keyboard.press('Escape');
  await shell(page).openAccountMenu('Sign out of this window');
  await expect(login.heading).toBeVisible();
});

test('a call that needs a fresh proof opens one dialog, and goes on by itself', async ({ window }) => {
  const { page } = window;
  const login = loginPage(page);
  let refused = 0;
  // Five minutes pass: the engine's own refusal in place of its first answer; every later call reaches the engine.
  await page.routeWebSocket(/\/bridge$/, socket => {
    const server = socket.connectToServer();
    socket.onMessage(message => {
      const call = JSON.parse(String(message)) as { readonly id?: number; readonly channel?: string };
      if (call.channel !== 'factors.enrol' || refused > 0) {
        server.send(message);
        return;
      }
      refused += 1;
      const error = {
        code: 'session.step-up-needed',
        category: 'permission',
        message: 'factors.enrol needs a proof from within the last five minutes that it is you.',
      };
      socket.send(JSON.stringify({ id: call.id, result: { ok: false, error } }));
    });
  });
  await page.reload();
  await login.open(ACCESS);
  await expect(shell(page).heading).toHaveText('Cases');
  const security = securityPage(page);
  await security.open();
  await security.setUp.click();
  await expect(security.stepUp).toBeVisible();
  expect(refused).toBe(1);
  await expectAccessibleInBoth(page, 'step-up dialog');
  await security.prove('not it, not at all');
  await expect(security.stepUp.getByRole('alert')).toContainText('does not open this workspace');
  await security.prove(ACCESS.passphrase);
  await expect(security.stepUp).toBeHidden();
  await expect(security.enrolment).toBeVisible();
  expect(refused).toBe(1);
});

test('one-time codes are set up, asked for at the next sign-in, and a recovery code stands in for one', async ({
  window,
}) => {
  const { page } = window;
  const login = loginPage(page);
  const security = securityPage(page);
  await login.open(ACCESS);
  await expect(shell(page).heading).toHaveText('Cases');
  await security.open();
  await expectAccessibleInBoth(page, 'security settings');
  await security.setUp.click();
  await expect(security.enrolment.getByRole('img', { name: /QR code/ })).toBeVisible();
  await expectAccessibleInBoth(page, 'enrolment');
  const secret = await security.enrolment.locator('[data-secret]').innerText();
  await security.enrolment.getByRole('textbox', { name: 'Code shown now' }).fill(totp(secret, Date.now()));
  await security.enrolment.getByRole('button', { name: 'Confirm' }).click();
  await expect(security.codes.getByRole('listitem')).toHaveCount(10);
  await expectAccessibleInBoth(page, 'recovery codes');
  const code = await security.codes.getByRole('listitem').first().innerText();
  await security.codes.getByRole('button', { name: 'I have them' }).click();
  await expect(security.factors).toContainText('Asked for at each sign-in');
  await shell(page).lockButton.click();

  await login.open(ACCESS);
  await expect(security.secondStep).toBeVisible();
  await expectAccessibleInBoth(page, 'second step');
  // Nothing but this screen is reachable.
  await page.goto(`${page.url().split('#')[0]}#/cases`);
  await expect(security.secondStep).toBeVisible();
  await security.giveCode('000000');
  await expect(security.secondStep.getByRole('alert')).toBeVisible();
  await expect(security.secondStep).toContainText('compare it with your phone');
  await security.giveCode(code);
  await expect(shell(page).heading).toHaveText('Cases');

  await security.open();
  await expect(security.factors).toContainText('Recovery codes left');
  await security.factors.getByRole('button', { name: 'Switch off' }).click();
  await expect(security.factors).toContainText('Not set up');
});

test('the passphrase is changed, and the old one opens nothing', async ({ window }) => {
  const { page } = window;
  const login = loginPage(page);
  const security = securityPage(page);
  const changed = { ...ACCESS, passphrase: CHANGED };
  await login.open(ACCESS);
  await expect(shell(page).heading).toHaveText('Cases');
  await security.open();
  await security.changePassphrase(ACCESS.passphrase, changed.passphrase);
  await expect(security.password).toContainText('The passphrase was changed');
  await shell(page).lockButton.click();
  await login.open(ACCESS);
  await expect(login.error).toContainText('does not open this workspace');
  await login.open(changed);
  await expect(shell(page).heading).toHaveText('Cases');
});

test('a supervisor renews the printed kit', async ({ window }) => {
  const { page } = window;
  const login = loginPage(page);
  const security = securityPage(page);
  await login.open({ ...ACCESS, passphrase: CHANGED });
  await expect(shell(page).heading).toHaveText('Cases');
  await security.open();
  await security.recoveryKit.getByRole('button', { name: 'Renew the kit' }).click();
  await expect(login.kit).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(login.kitDone).toBeDisabled();
  await expectAccessibleInBoth(page, 'renewed kit');
  // The code that opens the workspace below, in place of the first one.
  const renewed = await login.takeKit();
  expect(renewed).not.toBe(recoveryCode);
  recoveryCode = renewed;
  await expect(login.kit).toHaveCount(0);
});

test('a window that is left alone locks, clears itself and says so', async ({ window }) => {
  const { page } = window;
  const login = loginPage(page);
  const preferences = preferencesPage(page);
  await login.open({ ...ACCESS, passphrase: CHANGED });
  await expect(shell(page).heading).toHaveText('Cases');
  await shell(page).go('Preferences');
  await preferences.idleMinutes.fill('1');
  await preferences.saveForEverybody.click();
  await expect(preferences.reset('Idle lock, in minutes')).toBeVisible();
  await expect(login.lockNote).toContainText('nobody did anything', { timeout: 100_000 });
  await expect(login.heading).toBeVisible();
  await login.open({ ...ACCESS, passphrase: CHANGED });
  await expect(shell(page).heading).toHaveText('Cases');
});

test('the recovery code opens once and makes a new kit', async ({ window }) => {
  const { page } = window;
  const login = loginPage(page);
  await login.recoverLink.click();
  await page.getByRole('combobox', { name: 'Workspace' }).selectOption(ACCESS.name);
  await page.getByRole('textbox', { name: 'Recovery code' }).fill(recoveryCode.toLowerCase());
  await page.getByRole('textbox', { name: /supervisor/ }).fill(ACCESS.actor);
  await page.getByLabel('New passphrase', { exact: true }).fill(RECOVERED.passphrase);
  await login.repeat.fill(RECOVERED.passphrase);
  await login.passphraseOnly.check();
  await login.acceptWeak.check();
  await expectAccessibleInBoth(page, 'recovery');
  await page.getByRole('button', { name: 'Open and renew the kit' }).click();
  await expect(login.kit).toBeVisible();
  const renewed = await login.takeKit();
  expect(renewed).not.toBe(recoveryCode);
  await expect(shell(page).heading).toHaveText('Cases');
  await shell(page).lockButton.click();
  await login.open(RECOVERED);
  await expect(shell(page).heading).toHaveText('Cases');
});
