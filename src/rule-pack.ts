/* Generated from rules/schema by `npm run types`; do not edit. */

/**
 * What is looked at; its kind decides the other properties.
 */
export type Check =
  | AllOfCheck
  | AnyOfCheck
  | CertificateCheck
  | DiskSpaceCheck
  | FileVersionCheck
  | HotfixCheck
  | OsBuildCheck
  | PendingRebootCheck
  | PowershellVersionCheck
  | ProductVersionCheck
  | RegistryValueCheck
  | SecureBootCertificatesCheck
  | ServiceStateCheck;
export type Build = NativeBuild | RevisionBuild | RollupBuild | NeverBuild;
/**
 * One row a build, ascending.
 *
 * @minItems 1
 * @maxItems 1000
 */
export type Builds = Build[];
/**
 * What the value has to be.
 */
export type RegistryCondition =
  PresentCondition | OneOfCondition | AtLeastCondition | AtMostCondition | VersionCondition;
/**
 * What an admin does, or what fix-cert does for him.
 */
export type RemediationStep = ManualStep | InstallCertificateStep | RunToolStep;

/**
 * One vendor's minimum requirements: texts in en and ja, sources, certificates and rules.
 */
export interface RulePack {
  /**
   * Path of this schema, for editors.
   */
  $schema?: string;
  /**
   * Name of the pack and of its folder in a build, in kebab-case.
   */
  id: string;
  /**
   * Semantic version of the pack; stands in every answer of its scripts.
   */
  version: string;
  title: LocalizedText;
  vendor: LocalizedText;
  product: LocalizedText;
  /**
   * Pages that the requirements were taken from.
   *
   * @minItems 1
   * @maxItems 50
   */
  sources: SourceReference[];
  /**
   * A day, written YYYY-MM-DD.
   */
  effective: string;
  /**
   * What happens on a machine that does not meet the requirements, one sentence an entry.
   *
   * @minItems 1
   * @maxItems 30
   */
  impact: LocalizedText[];
  support: LocalizedText;
  contact?: Contact;
  /**
   * Certificates that rules can require; may be empty.
   *
   * @maxItems 50
   */
  certificates: PackCertificate[];
  /**
   * Programs of the vendor that repair certificates and that fix-cert can run, in scripts for use by hand.
   *
   * @maxItems 5
   */
  tools?: RepairTool[];
  /**
   * The requirements, in the order in which answers name them.
   *
   * @minItems 1
   * @maxItems 5000
   */
  rules: Rule[];
}
/**
 * The same text in English and in Japanese. Line breaks are allowed, other control characters and those that turn the direction of text are not.
 */
export interface LocalizedText {
  /**
   * Text of up to 4,000 characters.
   */
  en: string;
  /**
   * Text of up to 4,000 characters.
   */
  ja: string;
}
/**
 * A page that a requirement was taken from.
 */
export interface SourceReference {
  title: LocalizedText;
  /**
   * Address of the page.
   */
  url: string;
  /**
   * A day, written YYYY-MM-DD.
   */
  date?: string;
}
/**
 * Whom a customer asks. Set by the service provider who hands the scripts out; leave it away or replace it.
 */
export interface Contact {
  name: LocalizedText;
  /**
   * Telephone, hours, address: one line an entry.
   *
   * @maxItems 10
   */
  details?: LocalizedText[];
  /**
   * Page of the contact. Signatures of the scripts give it as the address for more information.
   */
  url?: string;
}
/**
 * A certificate that rules can require; its PEM text travels inside the scripts that install it.
 */
export interface PackCertificate {
  /**
   * Name by which rules refer to it.
   */
  id: string;
  /**
   * Text of up to 4,000 characters.
   */
  name: string;
  /**
   * PEM file, relative to the pack.
   */
  file: string;
  /**
   * LocalMachine store it belongs into.
   */
  store: 'Root' | 'CA';
  /**
   * Thumbprint as Windows shows it.
   */
  sha1: string;
  /**
   * SHA-256 thumbprint, upper-case hex.
   */
  sha256: string;
}
/**
 * A program of the vendor. It runs only when its Authenticode signature is valid and from one of the publishers.
 */
export interface RepairTool {
  /**
   * Name by which steps refer to it.
   */
  id: string;
  /**
   * Parameter of fix-cert.ps1 that names the folder of the program.
   */
  parameter: string;
  /**
   * File name of the program.
   */
  file: string;
  /**
   * Arguments that make it repair without a question.
   *
   * @minItems 1
   * @maxItems 10
   */
  arguments: string[];
  /**
   * Common names (CN) of its signing certificate; one of them has to match exactly.
   *
   * @minItems 1
   * @maxItems 10
   *
   * Items: Text of up to 4,000 characters.
   */
  publishers: string[];
  /**
   * Names of its log files, wherever they are below its folder.
   *
   * @minItems 1
   * @maxItems 10
   */
  logs: string[];
  /**
   * Texts in a log that say that the program has ended its work.
   *
   * @minItems 1
   * @maxItems 10
   */
  done: string[];
  /**
   * How long fix-cert waits for such a text.
   */
  seconds: number;
}
/**
 * One requirement.
 */
export interface Rule {
  /**
   * PRODUCT-TOPIC, never used again for another meaning.
   */
  id: string;
  /**
   * Only required rules decide the verdict of a machine.
   */
  severity: 'required' | 'recommended';
  title: LocalizedText;
  why: LocalizedText;
  check: Check;
  /**
   * How to look at a machine without any script, step by step.
   *
   * @maxItems 20
   */
  byHand?: LocalizedText[];
  /**
   * What to do where the rule is not met, step by step.
   *
   * @maxItems 20
   */
  remediation: RemediationStep[];
  /**
   * Pages that this requirement was taken from.
   *
   * @maxItems 50
   */
  sources?: SourceReference[];
}
/**
 * Every one of some checks is fulfilled. Those that are not applicable do not count; one that could not tell counts unless another one is not fulfilled.
 */
export interface AllOfCheck {
  kind: 'all-of';
  /**
   * The checks, of any kind.
   *
   * @minItems 2
   * @maxItems 20
   */
  checks: Check[];
}
/**
 * At least one of some checks is fulfilled. Those that are not applicable do not count; one that could not tell counts unless another one is fulfilled.
 */
export interface AnyOfCheck {
  kind: 'any-of';
  /**
   * The checks, of any kind.
   *
   * @minItems 2
   * @maxItems 20
   */
  checks: Check[];
}
/**
 * A certificate of the pack is in its LocalMachine store, by thumbprint, and not in Disallowed.
 */
export interface CertificateCheck {
  kind: 'certificate';
  /**
   * Id of a certificate of this pack.
   */
  certificate: string;
}
/**
 * The drive that Windows is on has some space left.
 */
export interface DiskSpaceCheck {
  kind: 'disk-space';
  /**
   * 1,048,576 bytes each, as Windows counts them.
   */
  minimumMegabytes: number;
}
/**
 * A file has a minimum version: the four numbers of its version resource. Every copy that is found has to reach it; a file without a version is 'unknown'.
 */
export interface FileVersionCheck {
  kind: 'file-version';
  /**
   * Places where the file can be.
   *
   * @minItems 1
   * @maxItems 10
   *
   * Items: Begins with %SystemRoot%, %ProgramFiles%, %ProgramFiles(x86)%, %ProgramData% or a drive. %ProgramFiles(x86)% is where programs of 32 bits are, also on 32-bit Windows.
   */
  files: string[];
  /**
   * One to four numbers; those that are left away count as 0.
   */
  minimum: string;
  /**
   * State when what the rule looks at is surely not there: "fail" where it has to be there, "notApplicable" where the rule concerns only machines that have it, "pass" where its absence is as good.
   */
  missing: 'fail' | 'notApplicable' | 'pass';
}
/**
 * One of some updates of Windows is installed, or one that supersedes it. For cumulative updates of Windows 10 and later use os-build: its build and revision say more than a list of numbers.
 */
export interface HotfixCheck {
  kind: 'hotfix';
  /**
   * Each of them proves that the rule is met.
   *
   * @minItems 1
   * @maxItems 50
   */
  updates: RequiredUpdate[];
  /**
   * Builds of Windows that need the update; the rule is not applicable to any other. Left away: every build needs it.
   *
   * @minItems 1
   * @maxItems 50
   */
  builds?: HotfixBuild[];
  /**
   * State when none of the updates is installed: "fail" only where no update outside of the list can contain what is asked for, else "unknown".
   */
  missing: 'fail' | 'unknown';
}
export interface RequiredUpdate {
  /**
   * Number of a knowledge base article, without KB.
   */
  kb: number;
  /**
   * Later updates that contain it.
   *
   * @maxItems 300
   *
   * Items: Number of a knowledge base article, without KB.
   */
  supersededBy?: number[];
}
export interface HotfixBuild {
  /**
   * Build of Windows that needs the update.
   */
  build: number;
  /**
   * Revision of the first cumulative update (monthly rollup) of this build that contains it: a machine at this revision or above has it, whatever number its update bears.
   */
  minRevision?: number;
}
/**
 * The Windows build has a capability that came with an update: at a revision, with a monthly rollup, natively, or never. The builds stand in the check, or in a table that packs share.
 */
export interface OsBuildCheck {
  kind: 'os-build';
  /**
   * File of a build table, relative to the pack; then capability, article, nativeFrom and builds stand there.
   */
  table?: string;
  capability?: LocalizedText;
  article?: SourceReference;
  /**
   * Build number of Windows: the part before the dot, for example 19043.
   */
  nativeFrom?: number;
  builds?: Builds;
  /**
   * Builds of the table that the vendor does not name: judged all the same, and a note says so.
   *
   * @maxItems 1000
   *
   * Items: Build number of Windows: the part before the dot, for example 19043.
   */
  unlisted?: number[];
  /**
   * What a vendor advises beyond the table: below the revision the finding carries a note; the state stays as it is.
   *
   * @maxItems 1000
   */
  advisories?: Advisory[];
}
/**
 * Has the capability from its first release on.
 */
export interface NativeBuild {
  support: 'native';
  /**
   * Build number of Windows: the part before the dot, for example 19043.
   */
  build: number;
  client?: WindowsVersion;
  server?: WindowsVersion;
}
/**
 * What this build is called, and until when Microsoft services its editions.
 */
export interface WindowsVersion {
  /**
   * Name of the version, for example Windows 10 21H2.
   */
  name: string;
  /**
   * Last day of service, by class of editions.
   *
   * @minItems 1
   * @maxItems 10
   */
  endOfSupport: {
    /**
     * Class of editions that the day is for.
     */
    editions: 'home-pro' | 'enterprise-education' | 'ltsc' | 'iot-ltsc' | 'server' | 'server-annual';
    /**
     * A day, written YYYY-MM-DD.
     */
    date: string;
    /**
     * A day, written YYYY-MM-DD.
     */
    extended?: string;
  }[];
}
/**
 * Cumulative updates: has the capability from a revision (UBR) on.
 */
export interface RevisionBuild {
  support: 'revision';
  /**
   * Build number of Windows: the part before the dot, for example 19043.
   */
  build: number;
  client?: WindowsVersion;
  server?: WindowsVersion;
  /**
   * Revision (UBR): the part after the dot, for example 1266.
   */
  minRevision: number;
  update: Update;
}
/**
 * The first update with the capability.
 */
export interface Update {
  /**
   * Number of a knowledge base article, without KB.
   */
  kb: number;
  /**
   * A day, written YYYY-MM-DD.
   */
  date: string;
}
/**
 * Windows 6.x: monthly rollups and security-only updates. UBR alone never proves absence.
 */
export interface RollupBuild {
  support: 'rollup';
  /**
   * Build number of Windows: the part before the dot, for example 19043.
   */
  build: number;
  client?: WindowsVersion;
  server?: WindowsVersion;
  /**
   * Only this kind of Windows can be judged; the other one is unknown.
   */
  appliesTo?: 'server';
  /**
   * Revision (UBR): the part after the dot, for example 1266.
   */
  minRevision: number;
  update: Update;
  /**
   * Number of a knowledge base article, without KB.
   */
  securityOnly: number;
  /**
   * Monthly rollups from that month on: each supersedes the one before.
   *
   * @minItems 1
   * @maxItems 500
   *
   * Items: Number of a knowledge base article, without KB.
   */
  rollups: number[];
  /**
   * Later security-only updates: not cumulative, so no proof alone.
   *
   * @maxItems 500
   *
   * Items: Number of a knowledge base article, without KB.
   */
  laterSecurityOnly: number[];
}
/**
 * Got no update with the capability; only a newer Windows helps.
 */
export interface NeverBuild {
  support: 'never';
  /**
   * Build number of Windows: the part before the dot, for example 19043.
   */
  build: number;
  client?: WindowsVersion;
  server?: WindowsVersion;
}
/**
 * A note of the vendor about one build.
 */
export interface Advisory {
  /**
   * Build number of Windows: the part before the dot, for example 19043.
   */
  build: number;
  /**
   * Revision (UBR): the part after the dot, for example 1266.
   */
  belowRevision: number;
  text: LocalizedText;
}
/**
 * No restart is pending after an installation of updates.
 */
export interface PendingRebootCheck {
  kind: 'pending-reboot';
  /**
   * true: files that wait for a restart to be exchanged count too. Every installer leaves such files, so it is a weak sign.
   */
  fileRenames?: boolean;
}
/**
 * Windows PowerShell has a minimum version, whatever PowerShell runs the script. PowerShell 6 and later are other programs and do not count.
 */
export interface PowershellVersionCheck {
  kind: 'powershell-version';
  /**
   * One to four numbers; those that are left away count as 0.
   */
  minimum: string;
}
/**
 * An installed product has a minimum version. Each registry value is judged by its shape; a shape that no version line fits is 'unknown', never 'old'.
 */
export interface ProductVersionCheck {
  kind: 'product-version';
  /**
   * Name of the product and of the version that is asked for, as the answer shows it.
   */
  product: {
    name: LocalizedText;
    /**
     * Lowest version that will do, as the guide shows it.
     */
    minimum: string;
  };
  /**
   * The product counts as installed when one of these keys exists. 64-bit view unless a key starts with HKLM32:.
   *
   * @minItems 1
   * @maxItems 20
   *
   * Items: 64-bit view unless it starts with HKLM32:.
   */
  keys: string[];
  /**
   * Registry values that say which product it is.
   */
  productName?: {
    /**
     * Registry values that hold the name of the product.
     *
     * @minItems 1
     * @maxItems 10
     */
    values: RegistryValueName[];
    /**
     * Names of the product that the rule is about.
     *
     * @minItems 1
     * @maxItems 10
     */
    accepted: string[];
    /**
     * Names of other products of the same family: the rule does not apply to them.
     *
     * @maxItems 20
     */
    other: string[];
  };
  /**
   * Keys that only this product makes; one of them beside the name of another product is a contradiction (unknown).
   *
   * @maxItems 20
   *
   * Items: 64-bit view unless it starts with HKLM32:.
   */
  ownKeys?: string[];
  /**
   * Registry values that can hold the version.
   *
   * @minItems 1
   * @maxItems 20
   */
  versions: RegistryValueName[];
  /**
   * Version lines of the product: three numbers whose first is the line's major.
   *
   * @minItems 1
   * @maxItems 10
   */
  lines: {
    /**
     * Version of three numbers.
     */
    minimum: string;
    /**
     * Version of three numbers.
     */
    comparableFrom?: string;
    /**
     * State of a version of this line below the minimum.
     */
    below: 'fail' | 'unknown';
  }[];
}
/**
 * A value in the registry.
 */
export interface RegistryValueName {
  /**
   * 64-bit view unless it starts with HKLM32:.
   */
  key: string;
  /**
   * Not the default value of the key, and without \ and #.
   */
  name: string;
}
/**
 * A registry value fulfils a condition. A value of another form than the condition asks for is 'unknown'.
 */
export interface RegistryValueCheck {
  kind: 'registry-value';
  value: RegistryValueName;
  condition: RegistryCondition;
  /**
   * State when what the rule looks at is surely not there: "fail" where it has to be there, "notApplicable" where the rule concerns only machines that have it, "pass" where its absence is as good.
   */
  missing: 'fail' | 'notApplicable' | 'pass';
}
/**
 * Whatever it is.
 */
export interface PresentCondition {
  is: 'present';
}
/**
 * One of these; upper and lower case do not count, and the number 1 is the same as the text "1".
 */
export interface OneOfCondition {
  is: 'one-of';
  /**
   * Numbers and texts, one of which it has to be; case does not count.
   *
   * @minItems 1
   * @maxItems 50
   */
  values: (number | string)[];
}
/**
 * A number that is not below this one.
 */
export interface AtLeastCondition {
  is: 'at-least';
  /**
   * Lowest number that will do.
   */
  number: number;
}
/**
 * A number that is not above this one.
 */
export interface AtMostCondition {
  is: 'at-most';
  /**
   * Highest number that will do.
   */
  number: number;
}
/**
 * A version that is not below this one.
 */
export interface VersionCondition {
  is: 'version-at-least';
  /**
   * One to four numbers; those that are left away count as 0.
   */
  version: string;
}
/**
 * Windows says that the Secure Boot certificates of 2023 and the boot manager signed with them are in place (UEFICA2023Status). Does not apply while Secure Boot is off.
 */
export interface SecureBootCertificatesCheck {
  kind: 'secure-boot-certificates';
}
/**
 * A Windows service is there, starts in one of some ways, and runs or does not run.
 */
export interface ServiceStateCheck {
  kind: 'service-state';
  /**
   * Name of the service, not the one that is shown.
   */
  service: string;
  /**
   * How it may start; automatic is also the delayed and the triggered start.
   *
   * @minItems 1
   * @maxItems 5
   */
  startTypes?: ('boot' | 'system' | 'automatic' | 'manual' | 'disabled')[];
  /**
   * Left away: it does not count.
   */
  status?: 'running' | 'stopped';
  /**
   * State when what the rule looks at is surely not there: "fail" where it has to be there, "notApplicable" where the rule concerns only machines that have it, "pass" where its absence is as good.
   */
  missing: 'fail' | 'notApplicable' | 'pass';
}
export interface ManualStep {
  step: 'manual';
  text: LocalizedText;
  details?: LocalizedText1;
}
/**
 * The same text in English and in Japanese. Line breaks are allowed, other control characters and those that turn the direction of text are not.
 */
export interface LocalizedText1 {
  /**
   * Text of up to 4,000 characters.
   */
  en: string;
  /**
   * Text of up to 4,000 characters.
   */
  ja: string;
}
/**
 * fix-cert adds a certificate of the pack to its store when it is missing.
 */
export interface InstallCertificateStep {
  step: 'install-certificate';
  /**
   * Id of a certificate of this pack.
   */
  certificate: string;
  text: LocalizedText;
  details?: LocalizedText2;
}
/**
 * The same text in English and in Japanese. Line breaks are allowed, other control characters and those that turn the direction of text are not.
 */
export interface LocalizedText2 {
  /**
   * Text of up to 4,000 characters.
   */
  en: string;
  /**
   * Text of up to 4,000 characters.
   */
  ja: string;
}
/**
 * fix-cert runs a tool of the vendor when its folder is given (-<parameter> <folder>), and then looks at the stores itself.
 */
export interface RunToolStep {
  step: 'run-tool';
  /**
   * Id of a tool of this pack.
   */
  tool: string;
  text: LocalizedText;
  details?: LocalizedText3;
}
/**
 * The same text in English and in Japanese. Line breaks are allowed, other control characters and those that turn the direction of text are not.
 */
export interface LocalizedText3 {
  /**
   * Text of up to 4,000 characters.
   */
  en: string;
  /**
   * Text of up to 4,000 characters.
   */
  ja: string;
}
/**
 * Which builds of Windows have a capability that came with an update. A file that packs share: it says nothing about vendors.
 */
export interface BuildTable {
  /**
   * Path of this schema, for editors.
   */
  $schema?: string;
  capability: LocalizedText;
  article: SourceReference;
  /**
   * Build number of Windows: the part before the dot, for example 19043.
   */
  nativeFrom: number;
  builds: Builds;
}
