import type { Kind } from './kind.ts';

const megabyte = 1_048_576;

/** The drive that Windows is on has some space left. */
export const diskSpace: Kind<'disk-space'> = {
  summary: 'The drive that Windows is on has some free space.',
  messagePrefixes: ['DISK_'],
  advises: false,
  lower: ({ minimumMegabytes }) => ({
    command: 'Test-DiskSpace',
    reads: [{ role: 'Free', request: { read: 'FreeSpace' }, slow: true }],
    parameters: { MinimumBytes: minimumMegabytes * megabyte, Expected: `${minimumMegabytes} MB` },
  }),
};
