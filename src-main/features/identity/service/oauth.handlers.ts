import { NexusError } from '../../../contract/errors.ts';
import type { OauthLink } from '../../../contract/oauth.contract.ts';
import type { HandlerContext, Handlers, JobContext, Output } from '../../../engine/handler.ts';
import { onCommand, onJob, onQuery } from '../../../engine/handler.ts';
import { issuerAddress, redirectPath } from '../../../platform/oidc-address.ts';
import type { ReadStore } from '../../../platform/store.ts';
import type { OauthAccountRecord, OauthProviderRecord } from '../storage/oauth.repository.ts';
import {
  allProviders,
  deleteLink,
  deleteProvider,
  insertLink,
  insertProvider,
  linksOfAccount,
  linksOfProvider,
  markLinkUsed,
  providerById,
  updateProvider,
} from '../storage/oauth.repository.ts';
import { markProved, signedIn } from './factor-proof.ts';
import type { HeldProofs } from './held-proofs.ts';
import { type LogNamed, signInAt } from './oauth-sign-in.ts';

const CANCEL = 'Nothing is changed; the page at the provider can be closed.';

const refused = (
  category: 'conflict' | 'not-found' | 'permission',
  code: string,
  message: string,
  remedy: string,
): NexusError => new NexusError({ code: `oauth.${code}`, category, message, kept: 'Nothing was changed.', remedy });

const requireProvider = (store: ReadStore, id: string): OauthProviderRecord => {
  const provider = providerById(store, id);
  if (provider === undefined)
    throw refused('not-found', 'provider-unknown', 'There is no such provider.', 'List the providers again.');
  return provider;
};

const scopesOf = ({ scopes }: OauthProviderRecord): string[] => JSON.parse(scopes) as string[];

const providerView = (row: OauthProviderRecord): Output<'oauth.saveProvider'> => ({
  id: row.id,
  name: row.name,
  issuer: row.issuer,
  clientId: row.client_id,
  scopes: scopesOf(row),
  redirectUri: `http://127.0.0.1${redirectPath(row.issuer, row.client_id)}`,
  updatedAt: row.updated_at,
});

const linkView = (row: OauthAccountRecord, provider: OauthProviderRecord): OauthLink => ({
  id: row.id,
  providerId: provider.id,
  providerName: provider.name,
  issuer: provider.issuer,
  subject: row.subject,
  email: row.email,
  name: row.name,
  linkedAt: row.linked_at,
  lastUsedAt: row.last_used_at,
});

const nowText = ({ ports }: HandlerContext): string => new Date(ports.clock.now()).toISOString();

const linkAt = (store: ReadStore, accountId: string, providerId: string): OauthAccountRecord | undefined =>
  linksOfAccount(store, accountId).find(link => link.provider_id === providerId);

/** The session must still be the one that asked: the person may have signed out while the browser was open. */
const assertSameSession = (context: HandlerContext, before: ReturnType<typeof signedIn>): void => {
  if (context.session.opened !== before)
    throw refused('permission', 'session-changed', 'The session ended meanwhile.', 'Sign in and repeat.');
};

/** Into the log, each in a unit of work of its own. */
const intoLog =
  (context: JobContext): LogNamed =>
  (act, obj) =>
    context.write((_store, audit) => audit(act, obj));

export const oauthHandlers = (proofs: HeldProofs): Handlers => ({
  ...onQuery('oauth.providers', ({ store }) => ({ providers: allProviders(store).map(providerView) })),

  ...onCommand('oauth.saveProvider', (context, { id, name, issuer, clientId, scopes }) => {
    const { store, audit } = context;
    issuerAddress(issuer); // refuses what is neither https nor loopback
    const before = id === undefined ? undefined : requireProvider(store, id);
    const namesake = allProviders(store).find(other => other.name === name);
    if (namesake !== undefined && namesake.id !== before?.id)
      throw refused('conflict', 'provider-exists', `There is a provider “${name}” already.`, 'Give another name.');
    const isOther = before !== undefined && (before.issuer !== issuer || before.client_id !== clientId);
    if (isOther && linksOfProvider(store, before.id).length > 0)
      throw refused(
        'conflict',
        'provider-linked',
        'Accounts are linked to this provider: another issuer or client would mean other people by the same names.',
        'Remove the provider, which ends the links, and add the other one.',
      );
    const row: OauthProviderRecord = {
      id: before?.id ?? context.ports.ids.next(),
      name,
      issuer,
      client_id: clientId,
      scopes: JSON.stringify([...new Set(scopes)].filter(scope => scope !== 'openid')),
      updated_at: nowText(context),
    };
    if (before === undefined) insertProvider(store, row);
    else updateProvider(store, row);
    audit({ provider: row.id, name, issuer, clientId, scopes: scopesOf(row) });
    return providerView(row);
  }),

  ...onCommand('oauth.removeProvider', ({ store, audit }, { id }) => {
    const provider = requireProvider(store, id);
    const links = deleteProvider(store, id);
    audit({ provider: id, name: provider.name, issuer: provider.issuer, links });
    return {};
  }),

  ...onQuery('oauth.list', context => {
    const providers = new Map(allProviders(context.store).map(provider => [provider.id, provider]));
    const links = linksOfAccount(context.store, signedIn(context).account.id);
    return { links: links.map(link => linkView(link, providers.get(link.provider_id)!)) };
  }),

  ...onJob('oauth.link', {
    title: () => 'Linking an identity',
    onCancel: CANCEL,
    run: async (context, { providerId }) => {
      const opened = signedIn(context);
      const { account, workspace } = opened;
      const provider = requireProvider(workspace.read, providerId);
      const linkedAlready = (): NexusError =>
        refused('conflict', 'linked', 'This account is linked to the provider already.', 'Unlink it first.');
      if (linkAt(workspace.read, account.id, providerId) !== undefined) throw linkedAlready();
      const identity = await signInAt(context, provider, 'link', intoLog(context));
      assertSameSession(context, opened);
      return context.write((store, audit) => {
        const current = requireProvider(store, providerId);
        const links = linksOfProvider(store, providerId);
        if (links.some(link => link.account_id === account.id)) throw linkedAlready();
        if (links.some(link => link.subject === identity.subject))
          throw refused(
            'conflict',
            'identity-taken',
            'This identity is linked to another account.',
            'Sign in at the provider as yourself.',
          );
        const row: OauthAccountRecord = {
          id: context.ports.ids.next(),
          account_id: account.id,
          provider_id: providerId,
          subject: identity.subject,
          email: identity.email,
          name: identity.name,
          linked_at: nowText(context),
          last_used_at: null,
        };
        insertLink(store, row);
        audit('oauth.linked', { provider: providerId, issuer: current.issuer, subject: identity.subject });
        return linkView(row, current);
      });
    },
  }),

  ...onCommand('oauth.unlink', (context, { id }) => {
    const link = linksOfAccount(context.store, signedIn(context).account.id).find(own => own.id === id);
    if (link === undefined)
      throw refused('not-found', 'link-unknown', 'This account has no such link.', 'List the links again.');
    deleteLink(context.store, id);
    context.audit({ provider: link.provider_id, subject: link.subject });
    return {};
  }),

  ...onJob('oauth.prove', {
    title: () => 'Sign-in at a provider',
    onCancel: CANCEL,
    run: async (context, { providerId }) => {
      const opened = signedIn(context);
      const { account, workspace } = opened;
      const provider = requireProvider(workspace.read, providerId);
      const notLinked = (): NexusError =>
        refused('conflict', 'not-linked', 'This account is not linked to the provider.', 'Link it first.');
      if (linkAt(workspace.read, account.id, providerId) === undefined) throw notLinked();
      // Of a store that is held the log has it later: what proves a person must not wait for what only a person may decide.
      const intoVault: LogNamed = (act, obj) => proofs.note(workspace, opened, act, obj);
      const { isHeld } = workspace.trail;
      const identity = await signInAt(context, provider, 'step-up', isHeld ? intoVault : intoLog(context));
      assertSameSession(context, opened);
      const named = { provider: providerId, issuer: provider.issuer };
      const judge = (store: ReadStore, log: LogNamed): OauthAccountRecord | null => {
        const link = linkAt(store, account.id, providerId);
        if (link === undefined) throw notLinked();
        if (link.subject === identity.subject) log('oauth.proved', { ...named, subject: identity.subject });
        else log('factor.refused', { ...named, purpose: 'step-up', reason: 'oauth.other-identity' });
        return link.subject === identity.subject ? link : null;
      };
      const proved = workspace.trail.isHeld
        ? judge(workspace.read, intoVault)
        : context.write((store, audit) => {
            const link = judge(store, audit);
            if (link !== null) markLinkUsed(store, link.id, nowText(context));
            return link;
          });
      if (proved === null)
        throw refused(
          'permission',
          'other-identity',
          'Someone else signed in at the provider than this account is linked to.',
          'Sign in at the provider as yourself.',
        );
      markProved(context);
      return { providerId, subject: identity.subject };
    },
  }),
});
