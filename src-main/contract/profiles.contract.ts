import { z } from 'zod';
import { Count, command, Empty, InstantText, Overrides, query, Uuid } from './channel.ts';

/** Answers on how an institution's files are read, kept under a name; found again by the header of a file. */
export const MappingProfile = z.strictObject({
  id: Uuid,
  name: z.string(),
  institution: z.string(),
  format: z.string(),
  /** Normalized column names in their order. */
  header: z.array(z.string()),
  overrides: Overrides,
  /** 1 at first, one more at each change. */
  version: Count,
  createdAt: InstantText,
  updatedAt: InstantText,
});
export type MappingProfile = z.infer<typeof MappingProfile>;

export const profilesContract = {
  'profiles.list': query({
    permission: 'evidence.read',
    summary: 'Mapping profiles of the workspace',
    input: Empty,
    output: z.strictObject({ profiles: z.array(MappingProfile) }),
  }),
  'profiles.save': command({
    permission: 'evidence.import',
    summary: 'Stores a mapping profile under its name, or with an id the next version of one',
    input: z.strictObject({
      id: Uuid.optional(),
      name: z.string().trim().min(1).max(100),
      institution: z.string().trim().max(200).default(''),
      format: z.string().min(1).max(40).default('csv'),
      header: z.array(z.string().max(400)).min(1).max(500),
      overrides: Overrides,
    }),
    output: MappingProfile,
    audit: 'profile.saved',
  }),
  'profiles.remove': command({
    permission: 'evidence.import',
    summary: 'Removes a mapping profile; what was read with it stays as it is',
    input: z.strictObject({ id: Uuid }),
    output: Empty,
    audit: 'profile.removed',
  }),
};
