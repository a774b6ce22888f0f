import { z } from 'zod';
import { command, Empty, InstantText, job, query, Uuid } from './channel.ts';

/** An OpenID provider that accounts of this workspace may link: NEXUS is a public client of it (no secret, PKCE). */
const OauthProvider = z.strictObject({
  id: Uuid,
  name: z.string(),
  issuer: z.string(),
  clientId: z.string(),
  scopes: z.array(z.string()),
  /** What to register at the provider; it must allow any port there (RFC 8252, section 7.3). */
  redirectUri: z.string(),
  updatedAt: InstantText,
});

const OauthLink = z.strictObject({
  id: Uuid,
  providerId: Uuid,
  providerName: z.string(),
  issuer: z.string(),
  subject: z.string(),
  email: z.string().nullable(),
  name: z.string().nullable(),
  linkedAt: InstantText,
  lastUsedAt: InstantText.nullable(),
});
export type OauthLink = z.infer<typeof OauthLink>;

/** RFC 6749, section 3.3, without `offline_access`: NEXUS keeps no token. */
const Scope = z.string().regex(/^(?!offline_access$)[\x21\x23-\x5b\x5d-\x7e]{1,100}$/);

export const oauthContract = {
  'oauth.providers': query({
    permission: 'account.own',
    summary: 'Configured OpenID providers',
    input: Empty,
    output: z.strictObject({ providers: z.array(OauthProvider) }),
  }),
  'oauth.saveProvider': command({
    permission: 'settings.manage',
    summary: 'Adds or changes an OpenID provider; nothing is contacted before someone signs in with it',
    input: z.strictObject({
      id: Uuid.optional(),
      name: z.string().min(1).max(80),
      /** https, or http on a loopback address. */
      issuer: z.url().max(400),
      clientId: z.string().min(1).max(200),
      scopes: z.array(Scope).max(20).default([]),
    }),
    output: OauthProvider,
    audit: 'oauth.provider-saved',
    stepUp: true,
  }),
  'oauth.removeProvider': command({
    permission: 'settings.manage',
    summary: 'Removes an OpenID provider and every link to it',
    input: z.strictObject({ id: Uuid }),
    output: Empty,
    audit: 'oauth.provider-removed',
    stepUp: true,
  }),
  'oauth.list': query({
    permission: 'account.own',
    summary: 'Own identities at OpenID providers',
    input: Empty,
    output: z.strictObject({ links: z.array(OauthLink) }),
  }),
  'oauth.link': job({
    permission: 'account.own',
    summary: 'Links an identity at an OpenID provider to the own account, through the system’s browser (online)',
    input: z.strictObject({ providerId: Uuid }),
    output: OauthLink,
    audit: 'oauth.linked',
    stepUp: true,
  }),
  'oauth.unlink': command({
    permission: 'account.own',
    summary: 'Ends an own link to an OpenID provider',
    input: z.strictObject({ id: Uuid }),
    output: Empty,
    audit: 'oauth.unlinked',
    stepUp: true,
  }),
  'oauth.prove': job({
    permission: 'account.own',
    summary: 'Proves by a fresh sign-in at a linked provider that it is this person (online); carries no key material',
    input: z.strictObject({ providerId: Uuid }),
    output: z.strictObject({ providerId: Uuid, subject: z.string() }),
    audit: 'oauth.proved',
  }),
};
