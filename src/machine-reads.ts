import type { MachineRead } from './script-plan.ts';

const packagesKey = 'HKLM:\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Component Based Servicing\\Packages';

/** Name of a fact in evidence: where it was read. The function Get-Fact knows from it how to read. */
export function factId(request: MachineRead): string {
  switch (request.read) {
    case 'RegistryValue':
      return `${request.key}\\${request.name}`;
    case 'RegistryKey':
      return `${request.key}\\`;
    case 'Certificate':
      return `Cert:\\LocalMachine\\${request.store}\\${request.thumbprint}`;
    case 'FileVersion':
      return request.path;
    case 'ServicingPackage':
      return `${packagesKey}#${request.pattern}`;
    case 'HotFix':
    case 'FreeSpace':
      return request.read;
    case 'Service':
      return `Service:${request.name}`;
    case 'FirmwareVariable':
      return `Firmware:${request.name}`;
    case 'Event':
      return `Event:${request.log}/${request.provider}/${request.ids.join(',')}`;
  }
}

/** Function that Get-Fact calls for a read; a script carries those of its own reads. */
export function readerOf(request: MachineRead): string {
  switch (request.read) {
    case 'RegistryValue':
    case 'RegistryKey':
      return 'Read-Registry';
    case 'ServicingPackage':
      return 'Get-ServicingPackageFact';
    case 'FileVersion':
      return request.path.startsWith('%Program') ? 'Read-ProgramFileVersion' : 'Read-FileVersion';
    case 'Certificate':
    case 'Event':
    case 'FirmwareVariable':
    case 'FreeSpace':
    case 'HotFix':
    case 'Service':
      return `Read-${request.read}`;
  }
}

/** The code of Get-Fact with the branches of some readers: one that is never called need not come along. */
export function withReaders(getFact: string, readers: ReadonlySet<string>): string {
  const chain = /(?:\t\t(?:\} else)?if \(.+\) \{\n\t\t\t\$read = .+\n)+/;
  const branch = /\t\t(?:\} else)?(if \(.+\) \{\n\t\t\t\$read = ([A-Za-z-]+).*\n)/g;
  return getFact.replace(chain, (branches) => {
    const own = [...branches.matchAll(branch)].filter(([, , reader = '']) => readers.has(reader));
    return own.map(([, text = ''], index) => `\t\t${index === 0 ? '' : '} else'}${text}`).join('');
  });
}
