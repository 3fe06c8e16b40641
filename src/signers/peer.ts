import { failed, ok, type Result } from '../diagnostic.ts';
import { signerSetup } from './remote-key.ts';

/** A vendor's identity library, which is installed only by those who need it. */
export interface Peer<T> {
  /** Name on npm. */
  readonly name: string;
  /** Says whether a module has what is used of it. */
  readonly isRight: (module: unknown) => module is T;
  /** How to do without it, one sentence. */
  readonly otherwise: string;
}

/** Loads a library when a signer needs it; without it the diagnostic says what to install. */
export async function loadPeer<T>({ name, isRight, otherwise }: Peer<T>, id: string): Promise<Result<T>> {
  const help = `Run npm install ${name} where psmint is installed. ${otherwise}`;
  try {
    const module: unknown = await import(name);
    if (isRight(module)) return ok(module);
    return failed([signerSetup(id, `the library ${name} is of a version that psmint does not know`, help)]);
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND';
    const problem = isMissing ? `needs the library ${name}, which is not installed` : `cannot load the library ${name}`;
    return failed([signerSetup(id, problem, help)]);
  }
}

/** True when a module has something of this name that can be called or constructed. */
export function hasFunction<N extends string>(
  module: unknown,
  name: N,
): module is Record<N, (...args: never) => unknown> {
  return (
    typeof module === 'object' && module !== null && name in module && typeof Reflect.get(module, name) === 'function'
  );
}
