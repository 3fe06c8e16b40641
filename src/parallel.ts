import { failed, ok, type Diagnostic, type Result } from './diagnostic.ts';

/** Does the work for all items, several at once, in their order. All or nothing; what goes wrong alike is told once. */
export async function allOrNothing<T, R>(
  items: readonly T[],
  parallel: number,
  work: (item: T) => Promise<Result<R>>,
): Promise<Result<R[]>> {
  const results = new Map<number, R>();
  const diagnostics = new Map<string, Diagnostic>();
  let next = 0;
  const worker = async (): Promise<void> => {
    // After the first failure nothing new is begun: keys in hardware and timestamp services are not free.
    while (next < items.length && diagnostics.size === 0) {
      const index = next++;
      const item = items[index];
      if (item === undefined) continue;
      const result = await work(item);
      if (result.ok) results.set(index, result.value);
      // The same thing goes wrong for every script; once is enough to say it.
      else for (const found of result.diagnostics) diagnostics.set(`${found.code} ${found.message}`, found);
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, parallel) }, worker));
  if (diagnostics.size > 0) return failed([...diagnostics.values()]);
  return ok([...results].sort(([a], [b]) => a - b).map(([, value]) => value));
}
