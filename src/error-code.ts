/** What the system calls an error, for example ENOENT; `unknown error` for one that has no code. */
export function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
}
