import type { Target } from '../../src/targets/target.ts';

/** What a script gave back, before the channel touched it. */
export interface RawAnswer {
  readonly exitCode: number;
  readonly output: readonly string[];
  readonly report: unknown;
}

/** What an admin sees. */
export interface SeenState {
  readonly verdict: string | undefined;
  /** State of each rule, where the channel shows it. */
  readonly rules: Readonly<Record<string, string>>;
  /** undefined where the channel hides it. */
  readonly code: number | undefined;
}

/** Plays a channel: what it keeps of an answer, and the state that is left in that. */
export function throughChannel(target: Target, answer: RawAnswer): SeenState {
  const kept = keptText(target, answer.output);
  const code = keptCode(target, answer.exitCode);
  return { ...stateIn(target, kept, code, answer.report), code };
}

function keptText({ channel, limits }: Target, output: readonly string[]): string {
  const text = output.join('\n');
  switch (channel.keeps) {
    case 'all':
    case 'objects':
      return text;
    case 'last-line':
      return (output.at(-1) ?? '').slice(-limits.answerCharacters);
    case 'first-characters':
      return text.slice(0, limits.answerCharacters);
    case 'last-characters':
      return text.slice(-limits.answerCharacters);
    case 'nothing':
      return '';
  }
}

function keptCode({ channel }: Target, code: number): number | undefined {
  if (channel.codes === 'ignored') return undefined;
  return channel.codes === 'exact' ? code : Math.min(Math.abs(code), 1);
}

function stateIn(
  { channel: { state } }: Target,
  kept: string,
  code: number | undefined,
  report: unknown,
): Omit<SeenState, 'code'> {
  const none = { verdict: undefined, rules: {} };
  switch (state.in) {
    case 'line': {
      const found = /(?:^|\n|PSMINT=)PSMINT (?:check|fix-cert|report) (\w+) pack=\S+((?: [\w-]+=\w+)*) \| /.exec(kept);
      if (found === null) return none;
      const rules = [...(found[2] ?? '').matchAll(/ ([\w-]+)=(\w+)/g)].map(([, id, rule]) => [id!, rule!] as const);
      return { verdict: found[1], rules: Object.fromEntries(rules) };
    }
    case 'word': {
      const found = Object.entries(state.words).find(([, word]) => word === kept);
      return { ...none, verdict: found?.[0] };
    }
    case 'json': {
      const value = [JSON.parse(kept) as unknown].flat()[0] as Record<string, string> | undefined;
      return { ...none, verdict: value?.[state.field] };
    }
    // Present to an installer: code 0 and some output.
    case 'code':
      return { ...none, verdict: code === 0 && kept !== '' ? 'pass' : undefined };
    case 'report':
      return { ...none, verdict: (report as { verdict?: string } | undefined)?.verdict };
  }
}
