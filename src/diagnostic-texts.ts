import { text } from './code-text.ts';
import { verifyTexts } from './verify-texts.ts';

/** Every diagnostic code. A code is never used again for another meaning. */
export const diagnosticTexts = {
  // load
  'file-not-found': text(
    'The file does not exist.',
    'Paths are relative to the folder in which psmint was started. A pack in rules/ can be named by its id alone.',
  ),
  'file-unreadable': text(
    'The file cannot be read.',
    'Look at its permissions. A folder cannot stand where a file is asked for.',
  ),
  'file-too-large': text(
    'The file is too large.',
    'A pack or manifest may have 4 MB, a script 8 MB. Nothing real needs that much: look whether the right file was named.',
  ),
  'invalid-encoding': text('The file is not UTF-8 text.', 'Save it as UTF-8, with or without a byte order mark.'),
  'invalid-json': text(
    'The file is not JSON.',
    'Packs are JSON as RFC 8259 has it: no comments, no trailing comma, one value, at most 100 levels deep.',
  ),
  'duplicate-key': text(
    'An object has the same property twice.',
    'Readers of JSON keep only one of the two, silently. Remove one.',
  ),
  // validate
  'unknown-property': text(
    'A property is not part of the format.',
    'Mostly a typing slip. The schema in rules/schema lists what there is; editors complete it through "$schema".',
  ),
  'missing-property': text(
    'A required property is missing.',
    'Add it. The schema in rules/schema describes each property.',
  ),
  'missing-text': text(
    'A text lacks one of its languages.',
    'Every text exists in English (en) and Japanese (ja): a person reads the answer in his own language.',
  ),
  'wrong-type': text(
    'A value has the wrong type.',
    'For example a number in quotes. The schema in rules/schema gives the type of each property.',
  ),
  'invalid-value': text(
    'A value is not one of those allowed, or does not have the right form.',
    'Ids, dates (YYYY-MM-DD), thumbprints and registry paths have a fixed form; the schema in rules/schema gives it.',
  ),
  'unknown-kind': text(
    'A kind of check, step or build support does not exist.',
    '`psmint rules` lists the rule kinds. A new kind is a folder of its own: see CONTRIBUTING.md.',
  ),
  'too-long': text(
    'A text is longer than the format allows.',
    'Texts travel inside every script, and a script has a size limit. Shorten it.',
  ),
  'too-many': text('A list has more or fewer entries than the format allows.', 'Remove or add entries.'),
  'control-character': text(
    'A text holds a control character.',
    'Line breaks are allowed, other control characters, NUL and lone surrogates are not: they would not survive the way to a screen.',
  ),
  // resolve
  'duplicate-id': text(
    'Two things have the same id.',
    'Ids of rules, certificates and tools, and the parameters of tools, are unique in a pack; a rule id is never used again for another meaning.',
  ),
  'duplicate-pack': text('Two packs have the same id.', 'The id is the folder of the bundle: give each pack its own.'),
  'unknown-reference': text(
    'A reference leads to nothing.',
    'A rule or step names a certificate or a tool that the pack does not have, or a build that its table does not have.',
  ),
  'certificate-unreadable': text(
    'A certificate file cannot be used.',
    'A certificate is one PEM block in its own file, named relative to the pack.',
  ),
  'certificate-mismatch': text(
    'A certificate is not the one that the pack describes.',
    "The thumbprints in the pack and the file must be of the same certificate: a wrong root on 5,000 machines cannot be taken back. Compare with the issuer's page.",
  ),
  'table-unreadable': text(
    'The file of a build table cannot be used.',
    'A check of the kind os-build names it relative to the pack, for example tables/acs-windows.json. Packs may share one.',
  ),
  'contradicting-row': text(
    'Two statements of a check contradict each other.',
    'A machine would get an answer that depends on their order. Look at both places.',
  ),
  'duplicate-row': text('A build has two rows.', 'One row a build, ascending.'),
  // lint
  'script-not-ascii': text(
    'A generated script is not pure ASCII.',
    'Windows PowerShell reads scripts without a byte order mark in the code page of the machine, and so does its signature check.',
  ),
  'script-line-ends': text(
    'A generated script has line ends other than CRLF.',
    'Older PowerShell checks signatures over CRLF text only.',
  ),
  'script-too-long': text(
    'A generated script is too long for its target.',
    'Remote tools cut or refuse longer scripts. Shorten the texts of the pack or split it.',
  ),
  'script-syntax': text(
    'A generated script does not parse.',
    'The PowerShell grammar finds an error at the place named.',
  ),
  'script-banned-construct': text(
    'A generated script holds a construct that is not allowed.',
    'It would fail in PowerShell 3.0 or ConstrainedLanguage, or look like malware to a defender.',
  ),
  'script-unknown-command': text(
    'A generated script calls a command or parameter that PowerShell 3.0 does not have.',
    'Use what every supported version has.',
  ),
  'script-changes-machine': text(
    'A script that only reads holds code that could change the machine.',
    'The scripts check and report hold no change function, which is what makes them safe to run anywhere.',
  ),
  // sign
  'signer-unknown': text(
    'There is no such signer.',
    'A signer is written scheme:value, for example pem:cert.pem,key.pem or pfx:file.pfx. Without --signer the local identity signs.',
  ),
  'signer-setup': text(
    'Something that the signer needs is not there.',
    'A program, a library, a token or a setting. The message names it; docs/signers.md lists what each signer needs.',
  ),
  'signer-failed': text(
    'The holder of the key gave no signature.',
    'A service, token or program refused, did not answer in time, or answered with something else. Nothing was written. Throttling (HTTP 429) and passing errors (5xx) were tried again already; PSMINT_SIGNER_TIMEOUT sets how long, in seconds.',
  ),
  'key-unreadable': text(
    'A key or certificate file cannot be used.',
    'Look at path, permissions and form (PEM, PKCS#12).',
  ),
  'wrong-password': text(
    'The password does not open the key.',
    'Set PSMINT_PFX_PASSWORD (or PSMINT_PFX_PASSWORD_FILE), for PEM keys PSMINT_KEY_PASSWORD. Never put it on the command line.',
  ),
  'unsupported-key': text(
    'The key or its container is of a kind that cannot be used.',
    'Windows checks script signatures with RSA and SHA-256; --allow-ec takes EC keys under a private root of your own. ' +
      'Export PKCS#12 files with AES-256 and SHA-256.',
  ),
  'certificate-expired': text(
    'A certificate is no longer valid.',
    'Sign with a current certificate. A timestamp made while it was valid keeps older signatures good.',
  ),
  'certificate-not-yet-valid': text('A certificate is not valid yet.', 'Look at the clock of this machine, or wait.'),
  'certificate-wrong-usage': text(
    'A certificate may not sign code.',
    'A leaf needs extended key usage codeSigning (1.3.6.1.5.5.7.3.3) and key usage digitalSignature.',
  ),
  'certificate-key-mismatch': text(
    'Key and certificate do not belong together.',
    'Name the key that the certificate was issued for.',
  ),
  'chain-incomplete': text(
    'The chain of the certificate has a gap.',
    'Put the intermediate certificates into the same file, leaf first.',
  ),
  'timestamp-failed': text(
    'No timestamp service gave a good timestamp.',
    'Name several with --timestamp; each answer is checked in full before it is embedded.',
  ),
  'identity-unreadable': text(
    'The local identity cannot be used.',
    "Its folder is PSMINT_HOME or psmint in the user's data folder. Restore it from a backup, or move it away to get a new one; machines must then trust the new root.",
  ),
  'identity-exists': text(
    'There is a local identity already.',
    'It is not replaced: machines that trust it would no longer run new scripts. `psmint identity show` prints it.',
  ),
  'request-mismatch': text(
    'A file is not what its signature was asked for.',
    'Between `psmint digest` and `psmint attach` the file, its pack or the requests were changed. Nothing is attached; make the requests again.',
  ),
  'answers-incomplete': text(
    'The answers are not exactly those that were asked for.',
    'Every request needs one answer, from the signer that the requests were made for, and nothing more is taken.',
  ),
  'already-signed': text(
    'There is nothing left to sign.',
    '`psmint digest` asks for the scripts of an unsigned build, then for its manifest. Build with --unsigned to begin anew.',
  ),
  'next-signer-exists': text(
    'The next signing certificate was made already.',
    'Bundles carry it as trust/next-signer.cer until `psmint identity switch` starts to sign with it. A second one would have to be distributed again.',
  ),
  'next-signer-missing': text(
    'There is no next signing certificate to switch to.',
    '`psmint identity renew` makes one; distribute it before the switch, or AllSigned machines stop running new scripts.',
  ),
  // verify
  'not-signed': text('A script has no signature.', 'Sign it again, and deliver the file as it is.'),
  'malformed-signature': text(
    'A signature block is not exactly in its form.',
    'Something was added, removed or rewritten after signing: an editor, a console that pastes text, git with autocrlf.',
  ),
  'hash-mismatch': text('A script was changed after it was signed.', 'Deliver the signed file byte for byte.'),
  'bad-signature': text('A signature is not good.', 'The block was put together from different parts, or damaged.'),
  'untrusted-signer': text(
    'The signer is not trusted here.',
    'Name the root with --trust, or verify where the local identity lives.',
  ),
  'bad-timestamp': text(
    'A timestamp is not good.',
    'It belongs to another signature, or its service may not make timestamps.',
  ),
  'missing-timestamp': text(
    'A signature has no timestamp.',
    'Sign with --timestamp: without one the signature ends with the certificate.',
  ),
  'manifest-mismatch': text(
    'A bundle is not as its manifest says.',
    'A file is missing, was added or changed. Build it again, and copy whole folders.',
  ),
  ...verifyTexts,
  // write
  'output-unwritable': text(
    'The output folder cannot be written.',
    'Look at permissions and free space, or use --out.',
  ),
  'output-foreign-files': text(
    'The output folder holds files that psmint did not write.',
    'A bundle replaces its folder as a whole. Move the files away, or use --out.',
  ),
  'output-differs': text(
    'What is on disk is not what the packs give now.',
    'Build again, and look at the difference before it goes to machines.',
  ),
  // command line
  'unknown-target': text('There is no such target.', '`psmint targets` lists them.'),
  'unknown-pack': text('There is no such pack.', '`psmint rules` lists the packs in rules/; a path names any other.'),
  'unknown-code': text('There is no such diagnostic code.', 'The code stands behind the word error in a message.'),
  'shell-missing': text(
    'No PowerShell was found.',
    'Machine tests run the real scripts. Put pwsh (PowerShell 7) on PATH, or name it with --shell.',
  ),
} as const;

export type DiagnosticCode = keyof typeof diagnosticTexts;
