import { createRequire } from 'node:module';
import { setFlagsFromString } from 'node:v8';
import { Language, Parser, type Node } from 'web-tree-sitter';
import { diagnostic, type Diagnostic } from './diagnostic.ts';
import * as profile from './powershell-profile.ts';
import { agentCommandsOf, checkCall, literalText, valueOf, type Call, type CallElement } from './powershell-calls.ts';
import type { Finding, Names } from './powershell-profile.ts';
import { checkBytes, checkLength, partsOf, placeOf } from './script-form.ts';
import type { ScriptPlan, UnsignedScript } from './script-plan.ts';

/** Finds what breaks the laws of generated scripts; `signatureReserve`: characters that a signature may add. */
export type Linter = (script: UnsignedScript, options: { readonly signatureReserve: number }) => Diagnostic[];

/** A call as it stands in a part, which scripts of several kinds share. */
type SharedCall = Omit<Call, 'script'>;

interface Scope {
  /** Function around the node, in lower case; '' at script level. */
  readonly within: string;
  /** Collects the calls: whether a command exists is known only when every part has been read. */
  readonly calls: SharedCall[];
}

/** What was found in one part of a script; indexes count from its start. */
interface LintedPart {
  readonly findings: readonly Finding[];
  readonly functions: readonly (readonly [string, Names])[];
  readonly calls: readonly SharedCall[];
}

/** Loads the grammar, which takes long: one linter serves a whole build, and reads what scripts have in common once. */
export async function createLinter(): Promise<Linter> {
  const grammar = await loadGrammar();
  const parser = new Parser();
  parser.setLanguage(grammar);
  const known = new Map<string, LintedPart>();
  const lintPart = (text: string): LintedPart => {
    const part = known.get(text) ?? checkPart(parser, text);
    known.set(text, part);
    return part;
  };
  return ({ bytes, plan, path }, { signatureReserve }) => {
    // latin1 keeps one character a byte, so indexes are those of the file even when it is not ASCII.
    const text = bytes.toString('latin1');
    const limits = { signatureReserve, channel: plan.limits.scriptCharacters };
    const parts = partsOf(text).map((part) => ({ start: part.start, ...lintPart(part.text) }));
    const findings = [...checkBytes(text), ...checkLength(text.length, limits), ...checkParts(parts, plan)];
    return findings.map(({ code, message, index }) =>
      diagnostic(code, { message: `${placeOf(text, index)}: ${message}`, file: path }),
    );
  };
}

function checkParts(parts: readonly (LintedPart & { readonly start: number })[], plan: ScriptPlan): Finding[] {
  const found = parts.flatMap(({ start, findings }) => findings.map((one) => ({ ...one, index: start + one.index })));
  // After a syntax error the rest of the tree is a guess.
  const syntax = found.filter(({ code }) => code === 'script-syntax');
  if (syntax.length > 0) return syntax;
  const functions = new Map(parts.flatMap((part) => part.functions));
  const agent = { within: plan.answerCommand.toLowerCase(), commands: agentCommandsOf(plan.agentCommands) };
  const calls = parts.flatMap(({ start, calls: own }) =>
    own.map((call): Call => ({ ...call, script: plan.script, index: start + call.index })),
  );
  // A part is read once for all scripts; only what a script may not do counts.
  const isCounted = ({ code }: Finding): boolean =>
    code !== 'script-changes-machine' || !profile.mayChange(plan.script);
  return [...found.filter(isCounted), ...calls.flatMap((call) => checkCall(call, functions, agent))];
}

// V8 would optimize the whole grammar for seconds, and Node waits for that before it exits.
async function loadGrammar(): Promise<Language> {
  setFlagsFromString('--liftoff-only');
  await Parser.init();
  const require = createRequire(import.meta.url);
  return Language.load(require.resolve('tree-sitter-powershell/tree-sitter-powershell.wasm'));
}

function checkPart(parser: Parser, text: string): LintedPart {
  const tree = parser.parse(text);
  if (tree === null) throw new Error('This is a bug in the compiler: the parser has no grammar');
  try {
    if (tree.rootNode.hasError) return { findings: syntaxErrors(tree.rootNode), functions: [], calls: [] };
    const part = checkNodes(tree.rootNode);
    return { ...part, findings: [...checkVariables(tree.rootNode, text), ...part.findings] };
  } finally {
    tree.delete();
  }
}

function syntaxErrors(node: Node): Finding[] {
  if (node.isError || node.isMissing) {
    const what = node.isMissing ? `\`${node.type}\` is missing` : `unexpected \`${excerpt(node)}\``;
    return [{ code: 'script-syntax', message: `${what}.`, index: node.startIndex }];
  }
  return node.hasError ? node.children.flatMap(syntaxErrors) : [];
}

function excerpt(node: Node): string {
  return node.text
    .split(/[\r\n]/, 1)
    .join('')
    .slice(0, 60);
}

type Check = (node: Node, scope: Scope) => Finding[];

function banned(node: Node, message: string): Finding[] {
  return [{ code: 'script-banned-construct', message, index: node.startIndex }];
}

function changes(node: Node, what: string): Finding[] {
  const message = `${what} could change the machine, and this script only reads.`;
  return [{ code: 'script-changes-machine', message, index: node.startIndex }];
}

const notInVersion3: Check = (node) => banned(node, `\`${excerpt(node)}\` does not work in PowerShell 3.0.`);

// Names of the grammar; it takes .foreach{ } for an expression of its own.
const lacking =
  'class_statement data_statement enum_statement inlinescript_statement invokation_foreach_expression parallel_statement pipeline_chain_tail sequence_statement';

const checks: Readonly<Record<string, Check>> = {
  ...Object.fromEntries(lacking.split(' ').map((type) => [type, notInVersion3])),
  attribute_name: (node, { within }) =>
    within === '' ? banned(node, 'a script with attributes does not start under App Control.') : [],
  command: checkCommand,
  file_redirection_operator: checkRedirection,
  function_statement: checkFunction,
  invokation_expression: checkMember,
  member_access: checkMember,
  type_literal: checkType,
};

// One call into the parser for all nodes: walking the tree from here would be many times slower.
function checkNodes(root: Node): LintedPart {
  const nodes = root.descendantsOfType(Object.keys(checks));
  const functions = nodes.filter((node) => node.type === 'function_statement').map(signatureOf);
  const calls: Call[] = [];
  const open: { readonly name: string; readonly end: number }[] = [];
  const findings = nodes.flatMap((node) => {
    while ((open.at(-1)?.end ?? Infinity) <= node.startIndex) open.pop();
    const within = open.at(-1)?.name ?? '';
    if (node.type === 'function_statement') open.push({ name: functionName(node), end: node.endIndex });
    return checks[node.type]?.(node, { within, calls }) ?? [];
  });
  return { findings, functions, calls };
}

function functionName(node: Node): string {
  return node.namedChild(0)?.text.toLowerCase() ?? '';
}

function signatureOf(node: Node): [string, Names] {
  const block = node.namedChildren.find((child) => child.type === 'script_block')?.namedChild(0);
  const list =
    block?.type === 'param_block' ? block.namedChildren.find((child) => child.type === 'parameter_list') : null;
  const parameters = (list?.namedChildren ?? []).flatMap((parameter) => parameter.namedChildren);
  const variables = parameters.filter((child) => child.type === 'variable');
  return [functionName(node), new Set(variables.map((variable) => variable.text.slice(1).toLowerCase()))];
}

function checkFunction(node: Node): Finding[] {
  const isChange = profile.changeFunctions.has(functionName(node));
  return isChange ? changes(node, `the function ${node.namedChild(0)?.text ?? ''}`) : [];
}

function checkRedirection(node: Node): Finding[] {
  const target = node.parent?.namedChildren.at(-1)?.text.trim().toLowerCase();
  return node.text === '>' && target === '$null' ? [] : banned(node, 'a redirection into a file.');
}

// Most nodes are variables: looking only at the suspicious ones halves the time.
function checkVariables(root: Node, text: string): Finding[] {
  return [...text.matchAll(/[$@](?:pscmdlet\b|\{|\w+:(?!:))/gi)].flatMap(({ index }) => {
    const found = root.descendantForIndex(index);
    const node = found?.type === 'variable' ? found : found?.parent;
    return node?.type === 'variable' && node.startIndex === index ? checkVariable(node) : [];
  });
}

function checkVariable(node: Node): Finding[] {
  const name = node.text.replaceAll(/[${}@]/g, '').toLowerCase();
  if (name === 'pscmdlet') return banned(node, '`$PSCmdlet` does not work in ConstrainedLanguage.');
  // ${C:\file} = 'text' writes a file, $function:x = {} makes a command.
  const drive = /^([^:]+):[^:]/.exec(name)?.[1];
  const isScope = drive === undefined || ['env', 'global', 'local', 'private', 'script'].includes(drive);
  return isScope ? [] : banned(node, `\`${excerpt(node)}\` reaches a drive through a variable.`);
}

function checkMember(node: Node): Finding[] {
  if (node.type === 'member_access' && !node.text.includes('::')) return [];
  const [target, member] = node.namedChildren;
  const isStatic = node.children.some((child) => child.type === '::');
  if (isStatic && target?.type !== 'type_literal') return banned(node, '`::` behind something that is not a type.');
  const name = member?.text.toLowerCase() ?? '';
  const why = profile.bannedMethods.get(name);
  if (node.type === 'member_access') return why !== undefined && isStatic ? banned(node, `${why}.`) : [];
  if (member?.namedChild(0)?.type !== 'simple_name') return banned(node, 'a method with a computed name.');
  if (why !== undefined) return banned(node, `${why}.`);
  return profile.changeMethods.has(name) ? changes(node, `\`.${member.text}()\``) : [];
}

function checkType(node: Node, { within }: Scope): Finding[] {
  if (/^\[char\[\]\]$/i.test(node.text)) return banned(node, '`[char[]]` looks like malware to a defender.');
  return typeProblem(node, node.text.slice(1, -1), within, isStaticRead(node));
}

function isStaticRead(node: Node): boolean {
  const access = node.parent;
  if (access?.type !== 'member_access') return false;
  let outer = access.parent;
  if (outer?.type === 'invokation_expression') return false;
  // A property that is set stands in the left part of an assignment, with operator levels between.
  while (outer !== null && outer.startIndex === access.startIndex && outer.endIndex === access.endIndex) {
    if (outer.type === 'left_assignment_expression') return false;
    outer = outer.parent;
  }
  return true;
}

function typeProblem(node: Node, type: string, within: string, isRead: boolean): Finding[] {
  const name = type.replace(/(?:\[\])+$/, '').toLowerCase();
  const own = profile.typesOfFunctions.get(within);
  const isAllowed = profile.coreTypes.has(name) || own?.full?.has(name) || (isRead && own?.read?.has(name));
  return isAllowed ? [] : banned(node, `the type \`${type}\` does not work in ConstrainedLanguage.`);
}

function checkCommand(node: Node, { within, calls }: Scope): Finding[] {
  const operator = node.namedChild(0);
  if (operator?.type === 'command_invokation_operator') {
    const isNative = within === 'invoke-native' && /^& \$tool @Arguments(?: 2>&1)?$/.test(node.text);
    return isNative ? [] : banned(node, `\`${operator.text}\` runs something that only the machine knows.`);
  }
  const parts = node.childForFieldName('command_elements')?.namedChildren ?? [];
  const elements = parts.filter(({ type }) => !['command_argument_sep', 'redirection'].includes(type)).map(elementOf);
  const name = node.childForFieldName('command_name')?.text ?? '';
  calls.push({ name, index: node.startIndex, elements, within });
  if (name.toLowerCase() !== 'new-object') return [];
  const type = valueOf(elements, 'typename')?.[0];
  if (type === undefined) return banned(node, 'New-Object without a literal -TypeName.');
  return typeProblem(node, type, within, false);
}

function elementOf(node: Node): CallElement {
  const index = node.startIndex;
  if (node.type === 'command_parameter') return { index, parameter: node.text.replace(/^-|:$/g, '').toLowerCase() };
  const values = node.type === 'array_literal_expression' ? node.namedChildren : [node];
  return { index, values: values.map(({ text }) => literalText(text)) };
}
