import type { Kind } from './kind.ts';

/** A file has a minimum version, in every place where it is found. */
export const fileVersion: Kind<'file-version'> = {
  summary: 'A file has a minimum version: the numbers of its version resource, in every place where it is found.',
  messagePrefixes: ['FILE_'],
  advises: false,
  lower: ({ files, minimum, missing }) => ({
    command: 'Test-FileVersion',
    reads: files.map((path) => ({ role: 'File', request: { read: 'FileVersion', path }, slow: false })),
    parameters: { Minimum: minimum, Missing: missing },
  }),
};
