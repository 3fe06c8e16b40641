import type {
  DeviceComplianceScript,
  DeviceHealthScript,
  DeviceManagementScript,
  Win32LobApp,
  Win32LobAppPowerShellScriptRule,
} from '@microsoft/microsoft-graph-types-beta';
import type { BundleFile, ResolvedPack } from '../script-plan.ts';

/** Collections of Microsoft Graph (beta) that hold scripts or rules with scripts, with the types that Microsoft publishes for their entities. */
interface Entities {
  readonly deviceHealthScripts: { '@odata.type': '#microsoft.graph.deviceHealthScript' } & DeviceHealthScript;
  readonly deviceComplianceScripts: {
    '@odata.type': '#microsoft.graph.deviceComplianceScript';
  } & DeviceComplianceScript;
  readonly deviceManagementScripts: {
    '@odata.type': '#microsoft.graph.deviceManagementScript';
  } & DeviceManagementScript;
  readonly mobileApps: { '@odata.type': '#microsoft.graph.win32LobApp' } & Win32LobApp;
}

/** A rule of a Win32 app that is a script. */
export type ScriptRule = {
  '@odata.type': '#microsoft.graph.win32LobAppPowerShellScriptRule';
} & Win32LobAppPowerShellScriptRule;

const scriptsAccess = 'DeviceManagementScripts.ReadWrite.All';
const collections: { readonly [name in keyof Entities]: { readonly parent: string; readonly permission: string } } = {
  deviceHealthScripts: { parent: 'deviceManagement', permission: scriptsAccess },
  deviceComplianceScripts: { parent: 'deviceManagement', permission: scriptsAccess },
  deviceManagementScripts: { parent: 'deviceManagement', permission: scriptsAccess },
  // https://learn.microsoft.com/en-us/graph/api/intune-apps-win32lobapp-update?view=graph-rest-beta
  mobileApps: { parent: 'deviceAppManagement', permission: 'DeviceManagementApps.ReadWrite.All' },
};

/** A body for a POST or PATCH: what Graph writes itself or keeps beside the entity is not in it. */
export type GraphBody<Collection extends keyof Entities> = Omit<
  Entities[Collection],
  'id' | 'createdDateTime' | 'lastModifiedDateTime' | 'assignments' | 'deviceRunStates' | 'runSummary'
>;

/** What every script of Intune is started with. */
export const startSettings = {
  runAsAccount: 'system',
  // Under the default policy of a client (Restricted) an enforced check would run nothing at all: see deploy.en.md.
  enforceSignatureCheck: false,
  runAs32Bit: false,
  roleScopeTagIds: ['0'] as string[],
} as const satisfies Partial<GraphBody<'deviceHealthScripts'>>;

/** Bodies for Microsoft Graph by their file names, and `upload.sh`, which sends one of them. */
export function graphFiles<Collection extends keyof Entities>(
  { pack }: ResolvedPack,
  target: string,
  collection: Collection,
  bodies: Readonly<Record<string, GraphBody<Collection>>>,
): readonly BundleFile[] {
  const file = (name: string, text: string): BundleFile => ({
    path: `${pack.id}/${target}/${name}`,
    content: Buffer.from(text),
  });
  return [
    ...Object.entries(bodies).map(([name, body]) => file(name, `${JSON.stringify(body, null, 2)}\n`)),
    file('upload.sh', uploadFor(collection)),
  ];
}

function uploadFor(collection: keyof Entities): string {
  const { parent, permission } = collections[collection];
  const text = uploadText.replace('COLLECTION', `${parent}/${collection}`).replace('PERMISSION', permission);
  if (collection !== 'mobileApps') return text.replace('USAGE', anyUsage).replace('ONLY_APPS\n', '');
  return text.replace('USAGE', appUsage).replace('ONLY_APPS', onlyApps);
}

const anyUsage = String.raw`# Sends a file of this folder to Microsoft Graph: sh upload.sh <body.json> [<id>]
# Without an id something new is made (POST); with one, what has this id is replaced (PATCH). Nothing is assigned.`;
const appUsage = String.raw`# Sends a file of this folder to Microsoft Graph: sh upload.sh <body.json> <id of the app>
# The rules of the app are replaced by those of the file (PATCH). Nothing is made, nothing is assigned.`;
// An app is made with its package, and one rule sent as if it were the app would take its other rules away.
const onlyApps = String.raw`[ -n "$id" ] || stop 1 'The id of an app is needed: sh upload.sh <body.json> <id of the app>'
grep -q '"#microsoft.graph.win32LobApp"' "$body" || stop 1 "$body is no app: add it to the rules of an app by hand."`;

/**
 * POSIX shell with curl, for the computer of an administrator. It asks again only where Graph says that it did nothing
 * (429): a POST that was answered with an error of the server may have made something all the same.
 */
const uploadText = String.raw`#!/bin/sh
USAGE
# GRAPH_TOKEN holds the token, permission PERMISSION. curl gets it through its standard input:
# no list of processes shows it. GRAPH_URL: the service of a national cloud.
# Exit codes: 0 done, 1 wrong use or refused by Graph, 2 not known whether it was done.
set -e
set +x
umask 077
stop() {
	printf '%s\n' "$2" >&2
	exit "$1"
}
[ $# -eq 1 ] || [ $# -eq 2 ] || stop 1 'Usage: sh upload.sh <body.json> [<id>], with a token in GRAPH_TOKEN'
body=$1
id=$2
service=$GRAPH_URL
[ -n "$service" ] || service=https://graph.microsoft.com
[ -f "$body" ] || stop 1 "There is no file $body."
case $id in *[!0-9A-Fa-f-]*) stop 1 'An id has hexadecimal digits and hyphens only.' ;; esac
ONLY_APPS
case $GRAPH_TOKEN in
'') stop 1 'GRAPH_TOKEN is empty.' ;;
*[!A-Za-z0-9._~+/=-]*) stop 1 'GRAPH_TOKEN is no token.' ;;
esac
printf '%s\n' "$service" | grep -Eqx 'https://[A-Za-z0-9.-]+|http://127\.0\.0\.1:[0-9]+' ||
	stop 1 'GRAPH_URL has to be https:// and the name of a service.'
url=$service/beta/COLLECTION
method=POST
if [ -n "$id" ]; then
	method=PATCH
	url=$url/$id
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
try=1
while :; do
	# -q: a configuration file of the user could print the token.
	status=$(printf 'header = "Authorization: Bearer %s"\n' "$GRAPH_TOKEN" |
		curl -q --config - --silent --show-error --max-time 120 --request "$method" --url "$url" \
			--header 'Content-Type: application/json' --header 'Expect:' --data-binary "@$body" \
			--dump-header "$work/head" --output "$work/answer" --write-out '%{http_code}') ||
		stop 2 'There was no answer. Look in the portal whether it was done before you try again.'
	[ "$status" = 429 ] && [ "$try" -lt 5 ] || break
	seconds=$(tr -d '\r' <"$work/head" | sed -n 's/^[Rr]etry-[Aa]fter: *\([0-9]\{1,3\}\)$/\1/p')
	[ -n "$seconds" ] || seconds=10
	printf 'Graph asks to wait %s seconds.\n' "$seconds" >&2
	sleep "$seconds"
	try=$((try + 1))
done
touch "$work/answer"
case $status in
200 | 201)
	printf '%s %s\n' "$method" "$(grep -o '"id": *"[0-9A-Fa-f-]*"' "$work/answer" | head -n 1 | cut -d '"' -f 4)"
	exit 0
	;;
5*) code=2 ;;
*) code=1 ;;
esac
# What Graph says, without anything that a terminal would obey.
printf 'Graph answered %s: %s\n' "$status" "$(tr -cd '\040-\176' <"$work/answer" | cut -c 1-600)" >&2
[ "$code" = 1 ] || printf 'Look in the portal whether it was done before you try again.\n' >&2
exit "$code"
`;
