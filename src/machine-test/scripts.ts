import type { ScriptName, UnsignedScript } from '../script-plan.ts';
import type { SimulatedScripts } from './machine-test.ts';

/** Finds the scripts of a pack and target among scripts that were rendered with the simulated functions. */
export function simulatedScripts(rendered: readonly UnsignedScript[]): SimulatedScripts {
  return (pack, target) => {
    const own = rendered.filter(({ plan }) => plan.packId === pack && plan.target === target);
    const bytesOf = (name: ScriptName): Buffer | undefined => own.find(({ plan }) => plan.script === name)?.bytes;
    const [check, fix, report] = [bytesOf('check'), bytesOf('fix-cert'), bytesOf('report')];
    if (own.length === 0) return undefined;
    return { ...(check && { check }), ...(fix && { 'fix-cert': fix }), ...(report && { report }) };
  };
}
