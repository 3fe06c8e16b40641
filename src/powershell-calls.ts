import {
  aliases,
  bannedArguments,
  bannedButWithin,
  bannedCommands,
  changeCommands,
  changeFunctions,
  changesWithin,
  commandParameters,
  commonParameters,
  mayChange,
  names,
  nativeCalls,
  type Finding,
  type Names,
} from './powershell-profile.ts';
import type { SignedScriptName } from './script-plan.ts';

/** A parameter by its name in lower case, or an argument: its values, undefined for each that is computed. */
export type CallElement =
  | { readonly index: number; readonly parameter: string; readonly values?: undefined }
  | { readonly index: number; readonly parameter?: undefined; readonly values: readonly (string | undefined)[] };

/** Call of a command by name; `within` is the function around it in lower case, '' at script level. */
export interface Call {
  readonly name: string;
  readonly index: number;
  readonly elements: readonly CallElement[];
  readonly script: SignedScriptName;
  readonly within: string;
}

/** Functions of a script with their parameters, all in lower case. */
export type Functions = ReadonlyMap<string, Names>;

/** Commands that the agent of a channel brings along; the target's answer function alone may call them. */
export interface AgentCommands {
  /** In lower case. */
  readonly within: string;
  readonly commands: Functions;
}

/** Command -> its parameters, as a target names them. */
export function agentCommandsOf(commands: Readonly<Record<string, string>>): Functions {
  return new Map(Object.entries(commands).map(([name, list]) => [name.toLowerCase(), names(list)]));
}

/** What a call breaks. */
export function checkCall(call: Call, functions: Functions, agent: AgentCommands): Finding[] {
  const name = call.name.toLowerCase();
  const ofAgent = call.within === agent.within ? agent.commands.get(name) : undefined;
  const why = ofAgent === undefined ? forbidden(call, name, functions) : undefined;
  if (why !== undefined) return [{ ...why, index: call.index }];
  const findings = [...checkArguments(call), ...(name === 'invoke-native' ? checkNative(call) : [])];
  const own = functions.get(name);
  const known = own ?? ofAgent ?? commandParameters.get(name);
  if (known === undefined) {
    return [{ code: 'script-unknown-command', message: `there is no command \`${call.name}\`.`, index: call.index }];
  }
  const isKnown = (parameter: string): boolean =>
    known.has(parameter) || (own === undefined && commonParameters.has(parameter));
  const unknown = call.elements.flatMap(({ parameter, index }): Finding[] => {
    if (parameter === undefined || isKnown(parameter)) return [];
    return [{ code: 'script-unknown-command', message: `\`${call.name}\` has no parameter \`-${parameter}\`.`, index }];
  });
  return [...findings, ...unknown];
}

function forbidden(call: Call, name: string, functions: Functions): Omit<Finding, 'index'> | undefined {
  if (bannedCommands.has(name) && bannedButWithin.get(name) !== call.within) {
    return { code: 'script-banned-construct', message: `\`${call.name}\` is not allowed in a script.` };
  }
  if (aliases.has(name)) {
    return { code: 'script-banned-construct', message: `\`${call.name}\` is an alias; write the full name.` };
  }
  if (mayChange(call.script) || changesWithin.get(name)?.includes(call.within) === true) return undefined;
  const isChange = changeFunctions.has(name) || (changeCommands.test(name) && !functions.has(name));
  const message = `\`${call.name}\` could change the machine, and this script only reads.`;
  return isChange ? { code: 'script-changes-machine', message } : undefined;
}

function checkArguments({ elements }: Call): Finding[] {
  return elements.flatMap(({ parameter, values, index }): Finding[] => {
    const words = values ?? [`-${parameter}`];
    const word = words.find((text) => text !== undefined && bannedArguments.has(text.toLowerCase()));
    if (word === undefined) return [];
    return [{ code: 'script-banned-construct', message: `the argument \`${word}\` is not allowed.`, index }];
  });
}

/** Values of the argument behind a parameter; undefined when the parameter or its argument is missing. */
export function valueOf(elements: readonly CallElement[], parameter: string): CallElement['values'] {
  return elements[elements.findIndex((element) => element.parameter === parameter) + 1 || elements.length]?.values;
}

function checkNative({ elements, script, within, index }: Call): Finding[] {
  const file = valueOf(elements, 'filepath')?.[0];
  const first = valueOf(elements, 'arguments')?.[0];
  const isAllowed = nativeCalls.some(
    (call) =>
      call.file === file &&
      (call.first === undefined || call.first === first) &&
      (call.within === undefined || call.within === within) &&
      call.scripts.includes(script),
  );
  if (isAllowed) return [];
  const code = mayChange(script) ? 'script-banned-construct' : 'script-changes-machine';
  return [
    { code, message: `the native call of \`${file ?? 'a computed name'}\` is not one of those allowed here.`, index },
  ];
}

/** Text of a bare word or of a string without variables; undefined for anything computed. */
export function literalText(text: string): string | undefined {
  if (/^'[^']*'$|^"[^"$`]*"$/.test(text)) return text.slice(1, -1);
  return /^[\w./\\-]+$/.test(text) ? text : undefined;
}
