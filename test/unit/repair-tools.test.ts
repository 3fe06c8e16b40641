import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { signerPattern, toolTable } from '../../src/repair-tools.ts';

/** A subject as .NET on Windows writes it (CertNameToStr). */
function subject(...parts: readonly (readonly [type: string, value: string])[]): string {
  const quoted = (value: string): string =>
    /[,+="<>#;]|^ | $/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
  return parts.map(([type, value]) => `${type}=${quoted(value)}`).join(', ');
}

const matches = (publishers: readonly string[], text: string): boolean =>
  new RegExp(signerPattern(publishers)).test(text);

describe('the pattern for the publishers of a tool', () => {
  it.each([
    ['CN="Trend Micro, Inc.", O="Trend Micro, Inc.", L=Irving, S=Texas, C=US', true],
    ['CN="Trend Micro, Inc."', true],
    ['CN=Contoso', true],
    ['CN=Contoso, O=Contoso', true],
    ['CN=Contoso Fans, O=Contoso', false],
    ['CN="Trend Micro, Inc. and others", C=US', false],
    ['CN=Trend Micro, Inc., C=US', false],
    ['CN="trend micro, inc."', false],
    ['O="Trend Micro, Inc."', false],
    ['CN=Fabrikam, O="Trend Micro, Inc."', false],
    ['CN="Fabrikam, CN=Contoso, O=x"', false],
    ['CN="Fabrikam, CN=""Trend Micro, Inc."""', false],
    ['', false],
  ])('%s: %s', (text, expected) => {
    expect(matches(['Trend Micro, Inc.', 'Contoso'], text)).toBe(expected);
  });

  it('takes a name in any writing, and no other', () => {
    const names = fc.string({ minLength: 1, maxLength: 20 }).filter((name) => !/[\r\n]/.test(name));
    fc.assert(
      fc.property(names, names, (name, other) => {
        expect(matches([name], subject(['CN', name], ['O', other]))).toBe(true);
        if (other !== name) expect(matches([name], subject(['CN', other], ['O', name], ['CN', name]))).toBe(false);
      }),
    );
  });
});

describe('the table of tools in a script', () => {
  it('has what the function needs, its patterns made of plain texts', () => {
    const tool = {
      id: 'one',
      parameter: 'OnePath',
      file: 'One.exe',
      arguments: ['/q'],
      publishers: ['A.B'],
      logs: ['a.log'],
      done: ['Result (x) is True', 'Nothing|to do.'],
      seconds: 60,
    };
    expect(toolTable([tool])).toEqual({
      one: {
        Id: 'one',
        File: 'One.exe',
        Arguments: ['/q'],
        Signer: '^CN=(?:A\\.B)(?:, |$)',
        Logs: ['a.log'],
        Done: 'Result \\(x\\) is True|Nothing\\|to do\\.',
        Seconds: 60,
      },
    });
  });
});
