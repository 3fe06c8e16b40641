// Writes the regular machine files of this folder from the tables below; with --check it compares and exits 1 when one is stale.
// The tables are taken from Microsoft's list (KB5022661) and update history, not from the pack: a mistake in the pack shows.
// Machines that are stories of their own stand in stories.json, written by hand.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

const pack = 'trendmicro-vbbss-acs';
const root = 'F40042E2E5F7E8EF8189FED15519AECE42C3BFA2';
const windows = 'HKLM:\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion';
const packages = 'HKLM:\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Component Based Servicing\\Packages';
const codeIntegrity = '%SystemRoot%\\System32\\ci.dll';
const exitCodes = { pass: 0, fail: 10, pendingReboot: 11, unknown: 12 };
const present = { Root: [root] };

/** One machine with the root certificate and no agent, so the operating system decides. */
function osMachine(name, values, [state, message], more = {}) {
  const machine = {
    registry: { [windows]: values, ...more.registry },
    certificates: present,
    ...without(more, 'registry'),
  };
  const rules = { 'VBBSS-OS': state, 'VBBSS-ROOT': 'pass', 'VBBSS-AGENT': 'notApplicable' };
  const check = { verdict: state, exitCode: exitCodes[state], rules, messages: { 'VBBSS-OS': message } };
  return { name, pack, machine, expect: { check } };
}

function without(object, ...names) {
  return Object.fromEntries(Object.entries(object).filter(([name]) => !names.includes(name)));
}

// --- Windows 10 and later ------------------------------------------------------------------------------------------------

const client = { EditionID: 'Professional', InstallationType: 'Client' };
const longTerm = { EditionID: 'EnterpriseS', InstallationType: 'Client' };
const server = { EditionID: 'ServerStandard', InstallationType: 'Server' };

/** Build, first revision, kind of the machine, and the advice below the revision: KB helps, or only an upgrade. */
const revisionRows = [
  [10240, 19086, longTerm, 'OS_REVISION_BELOW'],
  [10240, 19086, client, 'OS_REVISION_BELOW_UPGRADE'],
  [14393, 4704, longTerm, 'OS_REVISION_BELOW'],
  [14393, 4704, server, 'OS_REVISION_BELOW'],
  [14393, 4704, client, 'OS_REVISION_BELOW_UPGRADE'],
  [17763, 2210, longTerm, 'OS_REVISION_BELOW'],
  [17763, 2210, server, 'OS_REVISION_BELOW'],
  [17763, 2210, client, 'OS_REVISION_BELOW_UPGRADE'],
  [17763, 2210, { EditionID: 'ServerDatacenterACor', InstallationType: 'Server Core' }, 'OS_REVISION_BELOW_UPGRADE'],
  [18363, 1830, { EditionID: 'Enterprise', InstallationType: 'Client' }, 'OS_REVISION_BELOW'],
  [18363, 1830, client, 'OS_REVISION_BELOW_UPGRADE'],
  [18363, 1830, { EditionID: 'ServerStandardACor', InstallationType: 'Server Core' }, 'OS_REVISION_BELOW_UPGRADE'],
  [19041, 1266, client, 'OS_REVISION_BELOW'],
  [19042, 1266, client, 'OS_REVISION_BELOW'],
  [19043, 1266, client, 'OS_REVISION_BELOW'],
  [20348, 261, server, 'OS_REVISION_BELOW'],
];

function revisionMachines([build, minimum, kind, below]) {
  const about = `build ${build} ${kind.EditionID}`;
  const at = (revision, outcome, what) =>
    osMachine(`${about}, ${what}`, { CurrentBuildNumber: `${build}`, UBR: revision, ...kind }, outcome);
  return [
    at(minimum - 1, ['fail', below], 'one revision below the minimum'),
    at(minimum, ['pass', 'OS_REVISION_REACHED'], 'at the minimum'),
    at(minimum + 1, ['pass', 'OS_REVISION_REACHED'], 'one revision above the minimum'),
    at(99999, ['pass', 'OS_REVISION_REACHED'], 'far above the minimum'),
    at(0, ['fail', below], 'revision 0'),
  ];
}

/** Below the minimum, and nothing says which edition: some editions got the update, others only a newer Windows helps. */
function unknownEditions() {
  const builds = new Map(revisionRows.filter(([, , , below]) => below === 'OS_REVISION_BELOW_UPGRADE').map((row) => row));
  return [...builds].flatMap(([build, minimum]) => {
    const at = (what, values, outcome) =>
      osMachine(`build ${build}, ${what}`, { CurrentBuildNumber: `${build}`, ...values }, outcome);
    const unsure = ['fail', 'OS_REVISION_BELOW_EDITION_UNKNOWN'];
    return [
      at('one below, edition and kind missing', { UBR: minimum - 1 }, unsure),
      at('one below, an edition that nobody knows', { UBR: minimum - 1, EditionID: 'Andromeda' }, unsure),
      at('at the minimum, edition and kind missing', { UBR: minimum }, ['pass', 'OS_REVISION_REACHED']),
    ];
  });
}

function oddRevisions() {
  const odd = [
    ['a revision as text at the minimum', '1266', 'pass', 'OS_REVISION_REACHED'],
    ['a revision as text below the minimum', '1265', 'fail', 'OS_REVISION_BELOW'],
    ['a revision as text that is shorter but larger as text', '999', 'fail', 'OS_REVISION_BELOW'],
    ['a five-digit revision', 10000, 'pass', 'OS_REVISION_REACHED'],
    ['a revision after the jump of 2026', 32230, 'pass', 'OS_REVISION_REACHED'],
    ['revision 4294967295', 4294967295, 'unknown', 'OS_REVISION_UNREADABLE'],
    ['a negative revision', -1, 'unknown', 'OS_REVISION_UNREADABLE'],
    ['junk as revision', 'abc', 'unknown', 'OS_REVISION_UNREADABLE'],
    ['an empty revision', '', 'unknown', 'OS_REVISION_UNREADABLE'],
    ['several texts as revision', ['1266', '1267'], 'unknown', 'OS_REVISION_UNREADABLE'],
  ];
  const values = { CurrentBuildNumber: '19041', ...client };
  return [
    ...odd.map(([what, revision, ...outcome]) =>
      osMachine(`build 19041, ${what}`, { ...values, UBR: revision }, outcome),
    ),
    osMachine('build 19041, no revision', values, ['unknown', 'OS_REVISION_UNREADABLE']),
    ...revisionRows.map(([build, , kind]) =>
      osMachine(`build ${build} ${kind.EditionID}, no revision`, { CurrentBuildNumber: `${build}`, ...kind }, [
        'unknown',
        'OS_REVISION_UNREADABLE',
      ]),
    ),
  ];
}

const nativeBuilds = [19044, 19045, 22000, 22621, 22631, 25398, 26100, 26200, 28000];
const neverBuilds = [10586, 15063, 16299, 17134, 18362];
const unlistedNative = [22001, 22623, 26040, 27842, 28020, 30000];
const unknownBuilds = ['2600', '7600', '9601', '14394', '17711', '19046', '20150', '21390', '21996', '21999'];

function fixedBuilds() {
  const make = (build, outcome, values, what) =>
    osMachine(`build ${build}, ${what}`, { CurrentBuildNumber: `${build}`, ...values }, outcome);
  return [
    ...nativeBuilds.flatMap((build) => {
      const kind = build === 25398 ? server : client;
      return [
        make(build, ['pass', 'OS_NATIVE'], { UBR: 1, ...kind }, 'first revision'),
        make(build, ['pass', 'OS_NATIVE'], { UBR: 32230, ...kind }, 'late revision'),
        make(build, ['pass', 'OS_NATIVE'], kind, 'no revision'),
      ];
    }),
    make(26100, ['pass', 'OS_NATIVE'], { UBR: 32230, ...server }, 'a server'),
    // The vendor's English page asks for 19044.1586, Microsoft's list does not: a note, never another state.
    make(19044, ['pass', 'OS_NATIVE'], { UBR: 1585, ...client }, 'one below the advised revision'),
    make(19044, ['pass', 'OS_NATIVE'], { UBR: 1586, ...client }, 'at the advised revision'),
    ...neverBuilds.flatMap((build) => [
      make(build, ['fail', 'OS_NEVER'], { UBR: 1, ...client }, 'first revision'),
      make(build, ['fail', 'OS_NEVER'], { UBR: 99999, ...client }, 'impossibly high revision'),
      make(build, ['fail', 'OS_NEVER'], client, 'no revision'),
    ]),
    ...unlistedNative.map((build) => make(build, ['pass', 'OS_NATIVE'], { UBR: 1000, ...client }, 'not in any table')),
    ...unknownBuilds.map((build) =>
      make(build, ['unknown', 'OS_BUILD_UNKNOWN'], { UBR: 99999, ...client }, 'not in any table'),
    ),
    ...['', 'abc', '-19041', '19041.1266', '19 041'].map((build) =>
      make(
        `"${build}"`,
        ['unknown', 'OS_BUILD_UNREADABLE'],
        { UBR: 99999, ...client, CurrentBuildNumber: build },
        'no number',
      ),
    ),
  ];
}

// --- Windows 6.x -----------------------------------------------------------------------------------------------------------

/** Threshold between the last update without and the first with the capability, and the updates of October 2021 and later. */
const rollupRows = [
  {
    build: 6003,
    version: '6.0',
    minimum: 21235,
    first: 21251,
    rollup: 'KB5006736',
    later: 'KB5007263',
    only: 'KB5006715',
  },
  {
    build: 7601,
    version: '6.1',
    minimum: 25725,
    first: 25740,
    rollup: 'KB5006743',
    later: 'KB5007236',
    only: 'KB5006728',
    onlyLater: 'KB5007233',
  },
  {
    build: 9200,
    version: '6.2',
    minimum: 23475,
    first: 23490,
    rollup: 'KB5006739',
    later: 'KB5007260',
    only: 'KB5006732',
    onlyLater: 'KB5007245',
  },
  {
    build: 9600,
    version: '6.3',
    minimum: 20130,
    first: 20144,
    rollup: 'KB5006714',
    later: 'KB5007247',
    only: 'KB5006729',
    onlyLater: 'KB5007255',
  },
];

const rollupName = (build, revision, architecture = 'amd64') =>
  `Package_for_RollupFix~31bf3856ad364e35~${architecture}~~${build}.${revision}.1.5`;
const kbName = (kb, architecture = 'amd64') => `Package_for_${kb}~31bf3856ad364e35~${architecture}~~6.3.1.2`;

/** A 6.x server on which everything can be read and nothing speaks for the update, changed by `change`. */
function oldServer(row, what, outcome, change = {}) {
  const states = { [rollupName(row.build, row.minimum - 100)]: 112, ...change.packages };
  const registry = Object.fromEntries(
    Object.entries(states).map(([name, state]) => [
      `${packages}\\${name}`,
      state === undefined ? {} : { CurrentState: state },
    ]),
  );
  const values = {
    CurrentBuildNumber: `${row.build}`,
    UBR: row.minimum - 1,
    BuildLabEx: `${row.build}.${row.minimum - 1}.amd64fre.test`,
    ...server,
    ...change.values,
  };
  const present = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null));
  const files = { [codeIntegrity]: `${row.version}.${row.build}.${row.minimum - 1}`, ...change.files };
  return osMachine(`build ${row.build}, ${what}`, present, outcome, {
    registry,
    files,
    hotFixes: change.hotFixes ?? ['KB2999226'],
    ...(change.deny && { deny: change.deny }),
    ...(change.host && { host: change.host }),
  });
}

const missing = ['fail', 'OS_ROLLUP_MISSING'];
const byRevision = ['pass', 'OS_ROLLUP_BY_REVISION'];
const byPackage = ['pass', 'OS_ROLLUP_BY_PACKAGE'];
const byHotFix = ['pass', 'OS_ROLLUP_BY_HOTFIX'];
const pending = ['pendingReboot', 'OS_ROLLUP_PENDING'];
const unreadable = ['unknown', 'OS_ROLLUP_UNREADABLE'];
const likely = ['unknown', 'OS_ROLLUP_LIKELY'];
const laterOnly = ['unknown', 'OS_ROLLUP_LATER_SECURITY_ONLY'];

function rungsAlone(row) {
  const { build, minimum, first, version } = row;
  const make = (what, outcome, change) => oldServer(row, what, outcome, change);
  const rollup = (revision, state) => ({ packages: { [rollupName(build, revision)]: state } });
  const kb = (name, state) => ({ packages: { [kbName(name)]: state } });
  return [
    make('nothing speaks for the update', missing),
    make('nothing there at all', missing, { values: { UBR: null, BuildLabEx: null }, hotFixes: [] }),
    make('a: revision at the threshold', byRevision, { values: { UBR: minimum } }),
    make('a: revision one above the threshold', byRevision, { values: { UBR: minimum + 1 } }),
    make('a: revision as text', byRevision, { values: { UBR: `${first}` } }),
    make('a: no revision', missing, { values: { UBR: null } }),
    make('a: junk as revision', unreadable, { values: { UBR: 4294967295 } }),
    ...[112, 80, 128].map((state) =>
      make(`b: rollup at the threshold, state ${state}`, byPackage, rollup(minimum, state)),
    ),
    make('b: rollup of October 2021', byPackage, rollup(first, 112)),
    make('b: rollup far above', byPackage, rollup(first + 5000, 80)),
    make('b: rollup one below the threshold', missing, rollup(minimum - 1, 112)),
    make('b: rollup below the threshold pending', missing, rollup(minimum - 1, 96)),
    ...[0, 5, 32, 64].map((state) => make(`b: rollup in state ${state}`, missing, rollup(first, state))),
    make('b: rollup pending', pending, rollup(first, 96)),
    ...[101, 1, 7, 4294967295, 'junk', undefined].map((state) =>
      make(`b: rollup in state ${state ?? 'missing'}`, unreadable, rollup(first, state)),
    ),
    make('b: x86 rollup', byPackage, { packages: { [rollupName(build, first, 'x86')]: 112 } }),
    make('c: x86 security-only update', byPackage, { packages: { [kbName(row.only, 'x86')]: 112 } }),
    make('a: revision after the jump of 2026', byRevision, { values: { UBR: 32230 } }),
    make('b: rollup in 32-bit PowerShell', byPackage, { ...rollup(first, 112), host: { bits: 32 } }),
    make('b: rollup on 32-bit Windows', byPackage, {
      packages: { [rollupName(build, first, 'x86')]: 112 },
      host: { bits: 32, windowsBits: 32 },
    }),
    make('nothing speaks for the update, not elevated', missing, { host: { elevated: false } }),
    make('b: rollup whose name tells no revision', unreadable, {
      packages: { 'Package_for_RollupFix~31bf3856ad364e35~amd64~~6.3.1.2': 112 },
    }),
    make('c: security-only update of October 2021', byPackage, kb(row.only, 112)),
    make('c: security-only update superseded', byPackage, kb(row.only, 80)),
    make('c: security-only update pending', pending, kb(row.only, 96)),
    make('c: security-only update staged', missing, kb(row.only, 64)),
    make('c: security-only update partially installed', unreadable, kb(row.only, 101)),
    make('c: rollup under its KB name', byPackage, kb(row.rollup, 112)),
    make('d: hot fix of the October rollup', byHotFix, { hotFixes: ['KB2999226', row.rollup] }),
    make('d: hot fix of a later rollup', byHotFix, { hotFixes: [row.later] }),
    make('d: hot fix of the security-only update', byHotFix, { hotFixes: [row.only, 'KB2999226'] }),
    make('e: kernel build at the threshold', likely, { values: { BuildLabEx: `${build}.${minimum}.amd64fre.test` } }),
    make('e: ci.dll at the threshold', likely, { files: { [codeIntegrity]: `${version}.${build}.${minimum}` } }),
    make('g: updates that prove nothing (IE, servicing stack, .NET)', missing, {
      hotFixes: ['KB5006671', 'KB5044410', 'KB5012170', 'KB5022661'],
    }),
    make('g: a number that only contains the right one', missing, { hotFixes: [`${row.only}0`] }),
  ];
}

function rungsTogether(row) {
  const { build, minimum, first } = row;
  const make = (what, outcome, change) => oldServer(row, what, outcome, change);
  const rollup = (state, revision = first) => ({ [rollupName(build, revision)]: state });
  const revisionPath = `registry:${windows}\\UBR`;
  return [
    ...(row.onlyLater
      ? [
          make('f: a later security-only update alone', laterOnly, {
            hotFixes: [row.onlyLater],
          }),
        ]
      : []),
    make('f: hot fixes unreadable', unreadable, { deny: ['hotFixes'] }),
    make('f: packages unreadable', unreadable, { deny: [`registry:${packages}`] }),
    make('f: ci.dll unreadable', unreadable, { deny: [`file:${codeIntegrity}`] }),
    make('f: kernel build unreadable', unreadable, { deny: [`registry:${windows}\\BuildLabEx`] }),
    make('f: revision unreadable', unreadable, { deny: [revisionPath] }),
    make('f: one package state unreadable', unreadable, {
      packages: rollup(112),
      deny: [`registry:${packages}\\${rollupName(build, first)}`],
    }),
    make('f: an old package unreadable', missing, {
      deny: [`registry:${packages}\\${rollupName(build, minimum - 100)}`],
    }),
    make('revision high, everything else unreadable', byRevision, {
      values: { UBR: minimum },
      deny: ['hotFixes', `registry:${packages}`],
    }),
    make('package installed, revision and hot fixes unreadable', byPackage, {
      packages: rollup(112),
      deny: ['hotFixes', revisionPath],
    }),
    make('package pending, revision unreadable', unreadable, { packages: rollup(96), deny: [revisionPath] }),
    make('package pending, hot fixes unreadable', pending, { packages: rollup(96), deny: ['hotFixes'] }),
    make('package pending beside a hot fix', pending, { packages: rollup(96), hotFixes: [row.rollup] }),
    make('packages unreadable beside a hot fix', unreadable, {
      hotFixes: [row.rollup],
      deny: [`registry:${packages}`],
    }),
    make('package partially installed beside a hot fix', unreadable, { packages: rollup(101), hotFixes: [row.rollup] }),
    make('newer package pending, older one installed', byPackage, {
      packages: { ...rollup(112), ...rollup(96, first + 500) },
    }),
    make('newer package broken, older one installed', byPackage, {
      packages: { ...rollup(112), ...rollup(101, first + 500) },
    }),
    make('one package pending, another one broken', unreadable, {
      packages: { ...rollup(96), ...rollup(101, first + 500) },
    }),
    make('package staged beside a hot fix', byHotFix, { packages: rollup(64), hotFixes: [row.rollup] }),
    make('hot fix, revision and file unreadable', byHotFix, {
      hotFixes: [row.only],
      deny: [revisionPath, `file:${codeIntegrity}`],
    }),
    make('file new, hot fixes unreadable', likely, {
      files: { [codeIntegrity]: `${row.version}.${build}.${first}` },
      deny: ['hotFixes'],
    }),
  ];
}

// --- The certificate -------------------------------------------------------------------------------------------------------

/** Every two rungs on one machine. Strongest first: what stands before decides. */
function rungsInPairs(row) {
  const { build, minimum, first, version, rollup, only, onlyLater } = row;
  const rungs = [
    ['a high revision', byRevision, { values: { UBR: minimum } }],
    ['an installed rollup', byPackage, { packages: { [rollupName(build, first)]: 112 } }],
    ['an installed security-only update', byPackage, { packages: { [kbName(only)]: 112 } }],
    ['a broken rollup', unreadable, { packages: { [rollupName(build, first + 1)]: 101 } }],
    ['a pending rollup', pending, { packages: { [rollupName(build, first + 2)]: 96 } }],
    ['a hot fix', byHotFix, { hotFixes: [rollup] }],
    ['a new kernel build', likely, { values: { BuildLabEx: `${build}.${minimum}.amd64fre.test` } }],
    ['a new ci.dll', likely, { files: { [codeIntegrity]: `${version}.${build}.${minimum}` } }],
    ...(onlyLater ? [['a later security-only hot fix', laterOnly, { hotFixes: [onlyLater] }]] : []),
  ];
  return rungs.flatMap(([what, outcome, change], index) =>
    rungs
      .slice(index + 1)
      .map(([other, , more]) => oldServer(row, `${what} and ${other}`, outcome, bothOf(change, more))),
  );
}

function bothOf(one, other) {
  return {
    values: { ...one.values, ...other.values },
    packages: { ...one.packages, ...other.packages },
    files: { ...one.files, ...other.files },
    hotFixes: [...(one.hotFixes ?? []), ...(other.hotFixes ?? [])],
  };
}

const windows10 = { [windows]: { CurrentBuildNumber: '19045', UBR: 4000, ...client } };
const storeKey = (folder, store) => `HKLM:\\SOFTWARE\\${folder}\\${store}\\Certificates\\${root}`;
const policies = 'Policies\\Microsoft\\SystemCertificates';
const own = 'Microsoft\\SystemCertificates';
const enterprise = 'Microsoft\\EnterpriseCertificates';

/** A Windows 10 that is fine but for its stores; `after` is what fix-cert makes of the rule, with the verdict then. */
function storeMachine(name, machine, [state, message], [after, verdict] = []) {
  const expected = (outcome, rule, messages) => ({
    verdict: outcome,
    exitCode: exitCodes[outcome],
    rules: { 'VBBSS-OS': 'pass', 'VBBSS-ROOT': rule },
    ...messages,
  });
  const expect = { check: expected(state, state, { messages: { 'VBBSS-ROOT': message } }) };
  if (after) {
    expect['fix-cert'] = expected(verdict, after);
    expect['check-after-fix'] = expected(verdict, after === 'fixed' ? 'pass' : state);
  }
  return { name, pack, machine: { ...machine, registry: { ...windows10, ...machine.registry } }, expect };
}

const found = ['pass', 'CERT_PRESENT'];
const absent = ['fail', 'CERT_MISSING'];
const untrusted = ['fail', 'CERT_DISALLOWED'];
const closed = ['unknown', 'CERT_UNREADABLE'];
const stays = ['pass', 'pass'];

function storeMachines() {
  const keyIn = (...keys) => Object.fromEntries(keys.map((key) => [key, { Blob: '00' }]));
  const physical = ['Root', 'AuthRoot'].flatMap((store) => [
    [`the own key of ${store}`, storeKey(own, store)],
    [`the policy key of ${store}`, storeKey(policies, store)],
    [`the enterprise key of ${store}`, storeKey(enterprise, store)],
  ]);
  const untrustedKeys = [
    ['in the own key', storeKey(own, 'Disallowed')],
    ['by policy', storeKey(policies, 'Disallowed')],
    ['in the enterprise key', storeKey(enterprise, 'Disallowed')],
  ];
  return [
    storeMachine('root in Root', { certificates: { Root: [root] } }, found, stays),
    storeMachine('root in Root, thumbprint in lower case', { certificates: { Root: [root.toLowerCase()] } }, found),
    storeMachine('root in AuthRoot only', { certificates: { AuthRoot: [root] } }, found, stays),
    storeMachine('root in Root and AuthRoot', { certificates: { Root: [root], AuthRoot: [root] } }, found, stays),
    ...physical.map(([what, key]) => storeMachine(`root in ${what}`, { registry: keyIn(key) }, found, stays)),
    storeMachine('root in two physical keys', { registry: keyIn(physical[0][1], physical[1][1]) }, found, stays),
    storeMachine('root nowhere', {}, absent, ['fixed', 'pass']),
    storeMachine('root in CA only', { certificates: { CA: [root] } }, absent, ['fixed', 'pass']),
    storeMachine(
      'another certificate in Root',
      { certificates: { Root: ['3B1EFD3A66EA28B16697394703A72CA340A05BD5'] } },
      absent,
      ['fixed', 'pass'],
    ),
    storeMachine('root untrusted', { certificates: { Disallowed: [root] } }, untrusted, ['fail', 'fail']),
    storeMachine('root in Root and untrusted', { certificates: { Root: [root], Disallowed: [root] } }, untrusted, [
      'fail',
      'fail',
    ]),
    ...untrustedKeys.map(([what, key]) =>
      storeMachine(
        `root untrusted ${what}`,
        { certificates: { Root: [root] }, registry: keyIn(key) },
        untrusted,
        ['fail', 'fail'],
      ),
    ),
    storeMachine('root in the own key of CA only', { registry: keyIn(storeKey(own, 'CA')) }, absent, ['fixed', 'pass']),
    storeMachine(
      'root named through the 32-bit view, which is shared',
      { registry: keyIn(storeKey(own, 'Root').replace('HKLM:', 'HKLM32:')) },
      found,
      stays,
    ),
    // Its name does not count: a certificate of the same name has another key.
    storeMachine(
      'a certificate of the same name with another thumbprint',
      { certificates: { Root: [root.replace(/.$/, '3')] } },
      absent,
      ['fixed', 'pass'],
    ),
    storeMachine('root and one of the same name', { certificates: { Root: [root, root.replace(/.$/, '3')] } }, found, stays),
    storeMachine(
      'root in Root by policy and among the untrusted',
      { registry: keyIn(storeKey(policies, 'Root'), storeKey(own, 'Disallowed')) },
      untrusted,
      ['fail', 'fail'],
    ),
    storeMachine('Root unreadable', { certificates: { Root: [root] }, deny: ['store:Root'] }, closed, [
      'unknown',
      'unknown',
    ]),
    storeMachine(
      'Root unreadable, root in AuthRoot',
      { certificates: { AuthRoot: [root] }, deny: ['store:Root'] },
      found,
      stays,
    ),
    storeMachine(
      'AuthRoot unreadable, root in Root',
      { certificates: { Root: [root] }, deny: ['store:AuthRoot'] },
      found,
      stays,
    ),
    storeMachine('AuthRoot unreadable, root nowhere', { deny: ['store:AuthRoot'] }, closed, ['unknown', 'unknown']),
    storeMachine(
      'untrusted store unreadable, root in Root',
      { certificates: { Root: [root] }, deny: ['store:Disallowed'] },
      closed,
      ['unknown', 'unknown'],
    ),
    storeMachine('untrusted store unreadable, root nowhere', { deny: ['store:Disallowed'] }, closed, [
      'unknown',
      'unknown',
    ]),
    storeMachine('root nowhere, not elevated', { host: { elevated: false } }, absent, ['fixFailed', 'fail']),
    storeMachine('root nowhere, elevation not known', { deny: ['host:elevation'] }, absent, ['fixFailed', 'fail']),
    storeMachine('root nowhere, adding it is denied', { deny: ['change:certificates'] }, absent, ['fixFailed', 'fail']),
    storeMachine('root nowhere, adding it does nothing', { faults: ['change:certificates:silent'] }, absent, [
      'fixFailed',
      'fail',
    ]),
    storeMachine(
      'root nowhere, automatic update off',
      {
        registry: {
          'HKLM:\\SOFTWARE\\Policies\\Microsoft\\SystemCertificates\\AuthRoot': { DisableRootAutoUpdate: 1 },
        },
      },
      absent,
      ['fixed', 'pass'],
    ),
    storeMachine(
      'root nowhere, automatic update on',
      {
        registry: {
          'HKLM:\\SOFTWARE\\Policies\\Microsoft\\SystemCertificates\\AuthRoot': { DisableRootAutoUpdate: 0 },
        },
      },
      absent,
      ['fixed', 'pass'],
    ),
    storeMachine(
      'root nowhere, automatic update not known',
      { deny: ['registry:HKLM:\\SOFTWARE\\Policies\\Microsoft\\SystemCertificates\\AuthRoot\\DisableRootAutoUpdate'] },
      absent,
      ['fixed', 'pass'],
    ),
    ...hosts.map(([what, host]) => storeMachine(`root nowhere, ${what}`, { host }, absent, ['fixed', 'pass'])),
  ];
}

const hosts = [
  ['Windows PowerShell 3.0', { powershell: '3.0' }],
  ['Windows PowerShell 4.0', { powershell: '4.0' }],
  ['PowerShell 7.4', { powershell: '7.4.6' }],
  ['32-bit PowerShell', { bits: 32 }],
  ['32-bit Windows', { bits: 32, windowsBits: 32 }],
  ['ConstrainedLanguage', { language: 'ConstrainedLanguage' }],
  ['FullLanguage', { language: 'FullLanguage' }],
  ['a Japanese host', { culture: 'ja-JP' }],
  ['a Turkish host', { culture: 'tr-TR' }],
  ['a host without culture', { culture: '' }],
  ...hostMatrix(),
];

/** Every language mode in every PowerShell, by processes of both kinds where Windows is a 64-bit one. */
function hostMatrix() {
  return ['3.0', '4.0', '5.0', '5.1.19041.1', '7.4.6', '7.6.5'].flatMap((powershell) =>
    ['FullLanguage', 'ConstrainedLanguage'].flatMap((language) =>
      [64, 32].map((bits) => [`PowerShell ${powershell} ${language} ${bits} bits`, { powershell, language, bits }]),
    ),
  );
}

/** An old and a new Windows in every host. */
function hostMachines() {
  return hostMatrix().flatMap(([what, host]) => [
    osMachine(`build 19041 one below, ${what}`, { CurrentBuildNumber: '19041', UBR: 1265, ...client }, ['fail', 'OS_REVISION_BELOW'], { host }),
    oldServer(rollupRows[3], `security-only update, ${what}`, byPackage, { packages: { [kbName('KB5006729')]: 112 }, host }),
  ]);
}

/** The whole way of fix-cert: rehearsed, done, rehearsed back, taken back. */
function repairMachines() {
  const step = (verdict, state, message) => ({
    verdict,
    exitCode: exitCodes[verdict],
    rules: { 'VBBSS-ROOT': state },
    messages: { 'VBBSS-ROOT': message },
  });
  const machine = (name, change, expect) => ({
    name: `repair: ${name}`,
    pack,
    machine: { ...change, registry: { ...windows10, ...change.registry } },
    expect,
  });
  const wouldAdd = step('fail', 'skipped', 'FIX_WHAT_IF');
  const isMissing = step('fail', 'fail', 'CERT_MISSING');
  const isThere = step('pass', 'pass', 'CERT_PRESENT');
  const whole = {
    check: isMissing,
    'fix-cert-what-if': wouldAdd,
    'fix-cert': step('pass', 'fixed', 'FIX_INSTALLED'),
    'check-after-fix': isThere,
    'rollback-what-if': step('fail', 'skipped', 'FIX_WHAT_IF_ROLLBACK'),
    rollback: step('fail', 'fail', 'FIX_ROLLED_BACK'),
    'check-after-rollback': isMissing,
  };
  const untouched = (before) => ({
    check: before,
    'fix-cert-what-if': before,
    'fix-cert': before,
    'rollback-what-if': before,
    rollback: before,
    'check-after-rollback': before,
  });
  const failed = step('fail', 'fixFailed', 'FIX_FAILED');
  return [
    machine('root nowhere', {}, whole),
    ...hostMatrix().map(([what, host]) => machine(`root nowhere, ${what}`, { host }, whole)),
    machine('root there already: nothing to add, nothing to take back', { certificates: present }, untouched(isThere)),
    machine('root in AuthRoot: nothing to add, nothing to take back', { certificates: { AuthRoot: [root] } }, untouched(isThere)),
    machine('root untrusted', { certificates: { Disallowed: [root] } }, untouched(step('fail', 'fail', 'CERT_DISALLOWED'))),
    machine('untrusted store unreadable', { deny: ['store:Disallowed'] }, untouched(step('unknown', 'unknown', 'CERT_UNREADABLE'))),
    machine('not elevated: a rehearsal needs no rights', { host: { elevated: false } }, {
      'fix-cert-what-if': wouldAdd,
      'fix-cert': step('fail', 'fixFailed', 'FIX_NOT_ELEVATED'),
      // A closed folder looks empty without rights: whether there is something to take back cannot be told.
      rollback: step('fail', 'fixFailed', 'FIX_ROLLBACK_FAILED'),
      'check-after-rollback': isMissing,
    }),
    machine('adding is denied: nothing to take back', { deny: ['change:certificates'] }, {
      'fix-cert': failed,
      'rollback-what-if': isMissing,
      rollback: isMissing,
      'check-after-rollback': isMissing,
    }),
    machine('adding does nothing: nothing to take back', { faults: ['change:certificates:silent'] }, {
      'fix-cert': step('fail', 'fixFailed', 'FIX_NOT_FOUND_AFTER'),
      rollback: isMissing,
      'check-after-rollback': isMissing,
    }),
    machine('what was added cannot be written down: nothing is added', { deny: ['change:record'] }, {
      'fix-cert': failed,
      rollback: isMissing,
      'check-after-rollback': isMissing,
    }),
    machine('what was added cannot be looked up: it stays', { deny: ['record'] }, {
      'fix-cert': step('pass', 'fixed', 'FIX_INSTALLED'),
      'rollback-what-if': step('fail', 'fixFailed', 'FIX_ROLLBACK_FAILED'),
      rollback: step('fail', 'fixFailed', 'FIX_ROLLBACK_FAILED'),
      'check-after-rollback': isThere,
    }),
  ];
}

// --- The agent -------------------------------------------------------------------------------------------------------------

const agentBase = 'TrendMicro\\PC-cillinNTCorp\\CurrentVersion';

/** A Windows 10 that is fine, with an agent: values by key below the agent's own key. The rule is recommended: the verdict stays pass. */
function agentMachine(name, keys, [state, message], { base = 'HKLM:\\SOFTWARE\\WOW6432Node', ...more } = {}) {
  const agent = Object.fromEntries(Object.entries(keys).map(([key, values]) => [[base, agentBase, key].filter(Boolean).join('\\'), values]));
  const rules = { 'VBBSS-OS': 'pass', 'VBBSS-ROOT': 'pass', 'VBBSS-AGENT': state };
  const check = { verdict: 'pass', exitCode: 0, rules, messages: { 'VBBSS-AGENT': message } };
  return { name: `agent: ${name}`, pack, machine: { certificates: present, ...more, registry: { ...windows10, ...agent } }, expect: { check } };
}

const service = 'Trend Micro WFBSH_Agent';
const reached = ['pass', 'PRODUCT_REACHED'];
const below = ['fail', 'PRODUCT_BELOW'];
const shape = ['unknown', 'PRODUCT_SHAPE'];
const contradiction = ['unknown', 'PRODUCT_CONTRADICTION'];
const noVersion = ['unknown', 'PRODUCT_NO_VERSION'];
const other = ['notApplicable', 'PRODUCT_OTHER'];

const versionForms = [
  ['6.7.3237', reached],
  ['6.7.3236', below],
  ['6.7.3238', reached],
  ['6.7.3578', reached],
  ['6.7.999', below],
  ['6.7.10000', reached],
  ['6.8.1', reached],
  ['6.10.0', reached],
  ['6.6.5000', shape],
  ['6.3.1215', shape],
  ['14.3.1105', reached],
  ['14.3.1104', shape],
  ['14.4.0', reached],
  ['14.2.9999', shape],
  ['14.0.12345', shape],
  ['6.7.3578 / 14.3.1105', reached],
  ['6.7.3237 / 14.2.1000', reached],
  ['6.7.3236 / 14.2.1000', below],
  ['6.7.3236 / 14.3.1105', contradiction],
  ['6.7.3578/14.3.1105', shape],
  ['6.7.3578.0', shape],
  ['3237', shape],
  ['Ver3237', shape],
  ['6.7', shape],
  ['7.0.1', shape],
  ['20.0.1', shape],
  ['6.7.03237', shape],
  ['6.7.-1', shape],
  ['6.7.99999999999', shape],
  ['', noVersion],
  [' ', noVersion],
];

function agentMachines() {
  const misc = (values) => ({ 'Misc.': { ProductName: service, ...values } });
  const both = (first, second) => ({ 'Misc.': { ProductName: service, ProgramVer: first }, HostedAgent: { Version: second } });
  return [
    ...versionForms.map(([version, outcome]) => agentMachine(`ProgramVer "${version}"`, misc({ ProgramVer: version }), outcome)),
    ...versionForms.map(([version, outcome]) => agentMachine(`HostedAgent Version "${version}"`, { ...misc({}), HostedAgent: { Version: version } }, outcome)),
    ...['Misc.\\ProgramVer', 'Misc.\\TmListen_Ver', '\\WFBSAgentVersion', 'HostedAgent\\Version'].flatMap((place) =>
      ['HKLM:\\SOFTWARE\\WOW6432Node', 'HKLM:\\SOFTWARE'].flatMap((base) => {
        const [key, value] = place.split('\\');
        const at = (version) => ({ 'Misc.': { ProductName: service }, [key]: { ...(key === 'Misc.' && { ProductName: service }), [value]: version } });
        const where = `${base.replace('HKLM:\\SOFTWARE', '') ? '32-bit' : '64-bit'} ${place}`;
        return [
          agentMachine(`${where} at the minimum`, at('6.7.3237'), reached, { base }),
          agentMachine(`${where} one below`, at('6.7.3236'), below, { base }),
          agentMachine(`${where} empty`, at(''), noVersion, { base }),
          agentMachine(`${where} a number instead of a text`, at(3237), shape, { base }),
        ];
      }),
    ),
    agentMachine('two values that agree', both('6.7.3578', '14.3.1105'), reached),
    agentMachine('two values that contradict each other', both('6.7.3578', '6.7.3000'), contradiction),
    agentMachine('one value fits, the other is junk', both('6.7.3578', 'junk'), shape),
    agentMachine('no version at all', misc({}), noVersion),
    agentMachine('only the empty key is left', { '': {} }, noVersion),
    agentMachine('Apex One', { 'Misc.': { ProductName: 'Trend Micro OfficeScan', ProgramVer: '14.0.12345' } }, other),
    agentMachine('Apex One beside a key of the service', { 'Misc.': { ProductName: 'Trend Micro OfficeScan', ProgramVer: '6.7.3578' }, HostedAgent: { Version: '6.7.3578' } }, contradiction),
    agentMachine('a product that nobody knows', { 'Misc.': { ProductName: 'Somebody', ProgramVer: '6.7.3578' } }, shape),
    agentMachine('no product name', { 'Misc.': { ProgramVer: '6.7.3578' } }, reached),
    agentMachine('on 32-bit Windows', misc({ ProgramVer: '6.7.3578' }), reached, { base: 'HKLM:\\SOFTWARE', host: { bits: 32, windowsBits: 32 } }),
    agentMachine('named through the 32-bit view', misc({ ProgramVer: '6.7.3000' }), below, { base: 'HKLM32:\\SOFTWARE' }),
    agentMachine('in 32-bit PowerShell', misc({ ProgramVer: '6.7.3578' }), reached, { host: { bits: 32 } }),
    agentMachine('its keys unreadable', misc({ ProgramVer: '6.7.3578' }), ['unknown', 'PRODUCT_UNREADABLE'], { deny: ['registry:HKLM:\\SOFTWARE\\WOW6432Node\\TrendMicro'] }),
    agentMachine('its name unreadable', misc({ ProgramVer: '6.7.3578' }), ['unknown', 'PRODUCT_UNREADABLE'], { deny: [`registry:HKLM:\\SOFTWARE\\WOW6432Node\\${agentBase}\\Misc.\\ProductName`] }),
    agentMachine('its version unreadable', misc({ ProgramVer: '6.7.3578' }), ['unknown', 'PRODUCT_UNREADABLE'], { deny: [`registry:HKLM:\\SOFTWARE\\WOW6432Node\\${agentBase}\\Misc.\\ProgramVer`] }),
    agentMachine('not installed', {}, ['notApplicable', 'PRODUCT_NOT_INSTALLED']),
  ];
}

// --- Packs that share the build table --------------------------------------------------------------------------------------

/** Beginning of their rule ids, and whether the root decides the verdict. */
const sharing = {
  'cybereason-acs': { prefix: 'CYBEREASON', isRootRequired: false },
  'eset-acs': { prefix: 'ESET', isRootRequired: true },
  'microsoft-acs': { prefix: 'ACS', isRootRequired: false },
  'sophos-acs': { prefix: 'SOPHOS', isRootRequired: true },
  'withsecure-acs': { prefix: 'WITHSECURE', isRootRequired: false, advised: octoberRevisions() },
};

/** The builds of October 2021 (Microsoft in CVE-2021-40449) where the update with ACS support had come before them. */
function octoberRevisions() {
  const of = (build, kind, revisions) => revisions.map((revision) => [build, kind, revision]);
  return [
    ...of(17763, server, [2236, 2237]),
    ...of(18363, { EditionID: 'Enterprise', InstallationType: 'Client' }, [1853, 1854]),
    ...[19041, 19042, 19043].flatMap((build) => of(build, client, [1287, 1288])),
    ...of(20348, server, [287, 288]),
  ];
}

const tableBuilds = [...nativeBuilds, ...neverBuilds, ...[...revisionRows, ...rollupRows.map(({ build }) => [build])].map(([build]) => build)];

/** Of each outcome of a row, and of each way of fix-cert, the first machine: the table and the functions are tested with the first pack. */
function onePerOutcome(machines) {
  const outcomeOf = ({ machine, expect }) => {
    const build = machine.registry[windows].CurrentBuildNumber;
    const row = tableBuilds.some((known) => `${known}` === build) ? build : 'none';
    return JSON.stringify([row, ...Object.entries(expect).map(([step, { messages }]) => [step, messages])]);
  };
  const first = new Map();
  for (const machine of machines) if (!first.has(outcomeOf(machine))) first.set(outcomeOf(machine), machine);
  return [...first.values()];
}

/** A machine of the first pack as one of another: its rules, without the agent; a root that is recommended leaves the verdict to the system. */
function forPack(machine, id, { prefix, isRootRequired }) {
  const renamed = (states) => Object.fromEntries(Object.entries(without(states, 'VBBSS-AGENT')).map(([rule, state]) => [rule.replace('VBBSS', prefix), state]));
  const stepOf = ({ verdict, rules, messages }) => {
    const decided = isRootRequired || rules['VBBSS-OS'] ? verdict : 'pass';
    return { verdict: decided, exitCode: exitCodes[decided], rules: renamed(rules), messages: renamed(messages) };
  };
  const expect = Object.fromEntries(Object.entries(machine.expect).map(([step, expected]) => [step, stepOf(expected)]));
  return { ...machine, pack: id, expect };
}

function sharingMachines(id) {
  const { advised = [] } = sharing[id];
  const revision = ([build, kind, UBR]) =>
    osMachine(`build ${build}.${UBR} beside the vendor's advice`, { CurrentBuildNumber: `${build}`, UBR, ...kind }, ['pass', 'OS_REVISION_REACHED']);
  const chosen = onePerOutcome([
    ...revisionRows.flatMap(revisionMachines),
    ...unknownEditions(),
    ...oddRevisions(),
    ...fixedBuilds(),
    ...rollupRows.flatMap((row) => [...rungsAlone(row), ...rungsTogether(row)]),
    osMachine('build 9200, a client', { CurrentBuildNumber: '9200', UBR: 30000, ...client }, ['unknown', 'OS_NOT_JUDGED']),
    ...repairMachines(),
  ]);
  return [...chosen, ...advised.map(revision)].map((machine) => forPack(machine, id, sharing[id]));
}

// --- Files -----------------------------------------------------------------------------------------------------------------

const files = {
  'windows-10-and-later.json': [
    ...revisionRows.flatMap(revisionMachines),
    ...unknownEditions(),
    ...oddRevisions(),
    ...fixedBuilds(),
    ...hostMachines(),
  ],
  'windows-6.json': rollupRows.flatMap((row) => [...rungsAlone(row), ...rungsTogether(row), ...rungsInPairs(row)]),
  'certificate.json': storeMachines(),
  'repair.json': repairMachines(),
  'agent.json': agentMachines(),
  ...Object.fromEntries(Object.keys(sharing).map((id) => [`${id}/machines.json`, sharingMachines(id)])),
};

// One machine a line: a change of a table is a change of these lines only.
const textOf = (machines) => `[\n${machines.map((machine) => JSON.stringify(machine)).join(',\n')}\n]\n`;

for (const [name, machines] of Object.entries(files)) {
  const path = fileURLToPath(new URL(name, import.meta.url));
  if (!process.argv.includes('--check')) {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, textOf(machines));
  } else if ((await readFile(path, 'utf8').catch(() => '')) !== textOf(machines)) {
    process.stderr.write(`${name} is stale: run node test/machines/generate.mjs\n`);
    process.exitCode = 1;
  }
}
