import { join } from 'node:path';
import type { ScriptName, VerifiedScript } from '../../src/script-plan.ts';
import type { Target } from '../../src/targets/target.ts';
import { hostilePack } from './hostile-pack.ts';
import { templatesFolder } from './simulated.ts';

/** One way in which a channel may start a script. */
export interface ChannelStart {
  /** `line`: the channel gets a line of text that starts the file. */
  readonly how: 'file' | 'command' | 'line';
  /** Arguments of PowerShell. */
  readonly args: readonly string[];
}

const usual = ['-NoProfile', '-NonInteractive', '-ExecutionPolicy', 'Bypass'];

/**
 * The ways in which a channel starts a script: the command that the target names, the line that it hands over, or, where
 * its vendor tells nothing, with -File and without.
 */
export function startsOf(
  target: Target,
  script: ScriptName,
  { file, parameters, lines, shell }: StartContext,
): readonly ChannelStart[] {
  const asFile: ChannelStart = { how: 'file', args: [...usual, '-File', file, ...parameters] };
  const words = [`& '${file}'`, ...parameters.map((word) => (word.startsWith('-') ? word : `'${word}'`))];
  const asCommand: ChannelStart = { how: 'command', args: [...usual, '-Command', words.join(' ')] };
  if (target.byRunner?.includes(script) === true)
    return [{ how: 'line', args: [...usual, '-Command', runnerLineOf(lines, script, file, shell)] }];
  if (target.channel.launch === 'unconfirmed') return [asFile, asCommand];
  if (target.channel.launch === 'command') return [asCommand];
  return [{ how: 'file', args: [...namedOptions(target.start), file, ...parameters] }];
}

export interface StartContext {
  readonly file: string;
  readonly parameters: readonly string[];
  /** Text files that the target hands over for its console. */
  readonly lines: readonly string[];
  readonly shell: string;
}

// The command of a target ends with -File and the script.
function namedOptions(start: string): readonly string[] {
  const [, options] = /^powershell\.exe (.*) \S+\.ps1$/.exec(start) ?? [];
  if (options === undefined) throw new Error(`not a command that starts a script: ${start}`);
  return options.split(' ');
}

/** The line for a script, as the console runs it, with the shell and the file of this machine. */
function runnerLineOf(texts: readonly string[], script: ScriptName, file: string, shell: string): string {
  const lines = texts.flatMap((text) => text.split('\r\n')).filter((line) => line.startsWith('& '));
  // A command document has one line for all, and the name as a parameter.
  const line = lines
    .map((each) => each.replace('{{ Script }}', script))
    .find((each) => each.includes(`${script}.ps1"`));
  if (line === undefined) throw new Error(`no line starts ${script}`);
  const own = line.replace(/"\$env:SystemRoot[^"]*powershell\.exe"/, () => `'${shell}'`);
  return own.replace(new RegExp(`"C:[^"]*\\\\${script}\\.ps1"`), () => `'${file}'`);
}

/** The texts of a target that a console runs: lines of runner.txt, commands of a command document. */
export function consoleTexts(target: Target, scripts: readonly VerifiedScript[]): readonly string[] {
  return target.companions(hostilePack, scripts).flatMap(({ path, content }) => {
    if (path.endsWith('/runner.txt')) return [content.toString()];
    if (!path.endsWith('/ssm-document.json')) return [];
    const { mainSteps } = JSON.parse(content.toString()) as {
      readonly mainSteps: readonly { readonly inputs: { readonly runCommand?: readonly string[] } }[];
    };
    return mainSteps.flatMap(({ inputs }) => inputs.runCommand ?? []);
  });
}

/** What stands before a simulated script that runs in a process of its own: it makes the machine from a description in a file. */
export function machineMaker(file: string): string {
  const functions = ['Resolve-SimulatedKey', 'New-SimulatedMachine'].map(
    (name) => `. '${join(templatesFolder, 'simulated', `${name}.ps1`)}'`,
  );
  const read = `[System.IO.File]::ReadAllText("${file}") | ConvertFrom-Json`;
  return [...functions, `$global:SimulatedMachine = New-SimulatedMachine -Description (${read})`, ''].join('\r\n');
}
