import { isAscii } from 'node:buffer';
import { crc32 } from 'node:zlib';
import { openPromise, type Entry, type ZipFile } from 'yauzl';
import { FormatError, type FormatErrorKind } from '../authenticode/format-error.ts';
import { diagnostic, failed, ok, type Diagnostic, type DiagnosticCode, type Result } from '../diagnostic.ts';
import { sortedByName, tooLarge, type FileTree, type TreeFile } from './file-tree.ts';

/** What an archive may cost at most; bundles stay far below. */
export const zipLimits = { entries: 10_000, bytes: 256 << 20 } as const;

/** True for the names of archives that are opened: zip files, and packages of the PowerShell Gallery, which are some. */
export function isArchive(path: string): boolean {
  return /\.(zip|nupkg)$/i.test(path);
}

/** The files of a zip archive; nothing is unpacked to disk. A diagnostic when programs could unpack it differently. */
export async function openZip(path: string): Promise<Result<FileTree>> {
  let zip: ZipFile | undefined;
  try {
    zip = await openPromise(path, { autoClose: false, lazyEntries: true, validateEntrySizes: true });
    const opened = zip;
    const entries = await entriesOf(opened);
    const files = entries.map((entry) => fileOf(path, opened, entry));
    return ok({ files: sortedByName(files), problems: [], close: opened.close.bind(opened) });
  } catch (error) {
    zip?.close();
    return failed([refusal(path, error)]);
  }
}

async function entriesOf(zip: ZipFile): Promise<Entry[]> {
  if (zip.entryCount > zipLimits.entries) {
    throw new FormatError(`It has more than ${zipLimits.entries} entries.`, 'unsupported');
  }
  const entries: Entry[] = [];
  const names = new Set<string>();
  let bytes = 0;
  for await (const entry of zip.eachEntry()) {
    await checkEntry(zip, entry);
    bytes += entry.uncompressedSize;
    if (bytes > zipLimits.bytes) {
      throw new FormatError(`It has more than ${zipLimits.bytes} bytes when it is unpacked.`, 'unsupported');
    }
    // As Windows compares names.
    const key = entry.fileName
      .normalize('NFC')
      .toLowerCase()
      .replace(/[. ]+(?=\/|$)/g, '');
    if (names.has(key)) throw new FormatError(`It has the name "${entry.fileName}" twice.`, 'unsupported');
    names.add(key);
    if (!entry.fileName.endsWith('/')) entries.push(entry);
  }
  return entries;
}

async function checkEntry(zip: ZipFile, entry: Entry): Promise<void> {
  const { fileName } = entry;
  const refused = (what: string): FormatError => new FormatError(`The entry "${fileName}" ${what}.`, 'unsupported');
  // Windows does not have these characters in names, drops dots and spaces at the end, and takes a colon for a stream.
  if (/[\0-\x1f:*?"<>|]|[. ](?:\/|$)/.test(fileName)) throw refused('has a name that Windows does not allow');
  if (hasTwoNames(entry)) throw refused('has another name for programs that do not know Unicode');
  if (entry.isEncrypted()) throw new FormatError(`The entry "${fileName}" is encrypted.`, 'locked');
  // High half: mode of the file where a Unix made the archive (APPNOTE.TXT 4.4.15), S_IFLNK.
  if (((entry.externalFileAttributes >>> 16) & 0o170000) === 0o120000) throw refused('is a link');
  if (!entry.canDecodeFileData()) {
    throw new FormatError(`The entry "${fileName}" is compressed in an unknown way.`);
  }
  // Programs that unpack while they read believe the header before the data.
  const local = await zip.readLocalFileHeaderPromise(entry);
  if (!local.fileName.equals(entry.fileNameRaw) || local.compressionMethod !== entry.compressionMethod) {
    throw refused('is called otherwise where its data begins');
  }
}

// Info-ZIP Unicode Path (APPNOTE.TXT 4.6.9): the library believes it, Windows does not know it.
function hasTwoNames({ fileName, fileNameRaw, extraFields }: Entry): boolean {
  if (!extraFields.some(({ id }) => id === 0x7075)) return false;
  const plain = fileNameRaw.toString('latin1').replaceAll('\\', '/');
  const extension = (name: string): string => name.slice(name.lastIndexOf('.'));
  return isAscii(fileNameRaw) ? plain !== fileName : extension(plain) !== extension(fileName);
}

function fileOf(archive: string, zip: ZipFile, entry: Entry): TreeFile {
  const path = `${archive}/${entry.fileName}`;
  const read = async (limit: number): Promise<Result<Buffer>> => {
    if (entry.uncompressedSize > limit) return failed([tooLarge(path, limit)]);
    try {
      return ok(await contentOf(zip, entry));
    } catch (error) {
      return failed([refusal(path, error)]);
    }
  };
  return { path, name: entry.fileName, size: entry.uncompressedSize, read };
}

// The library ends with an error when there is more or less than the archive says.
async function contentOf(zip: ZipFile, entry: Entry): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of await zip.openReadStreamPromise(entry)) {
    if (Buffer.isBuffer(part)) parts.push(part);
  }
  const content = Buffer.concat(parts);
  if (crc32(content) !== entry.crc32) throw new FormatError('Its checksum does not fit.');
  return content;
}

const codes: Readonly<Record<FormatErrorKind, DiagnosticCode>> = {
  malformed: 'archive-unreadable',
  unsupported: 'archive-refused',
  locked: 'archive-encrypted',
};

function refusal(path: string, error: unknown): Diagnostic {
  const reason = error instanceof Error ? error.message : String(error);
  const code = error instanceof FormatError ? codes[error.kind] : codeOf(reason);
  return diagnostic(code, { message: `"${path}" is not looked into. ${reason.replace(/\.?$/, '.')}`, file: path });
}

// Messages of the library; what it says otherwise is damage.
function codeOf(reason: string): DiagnosticCode {
  if (/^(?:invalid relative path|absolute path|invalid characters in fileName)/.test(reason)) return 'archive-refused';
  return /encrypt/.test(reason) ? 'archive-encrypted' : 'archive-unreadable';
}
