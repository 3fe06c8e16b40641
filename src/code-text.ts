export interface CodeText {
  /** What it means, one sentence. */
  readonly title: string;
  /** Why it matters and how to mend it; `psmint explain <code>` prints it. */
  readonly explanation: string;
}

/** Title and explanation of one code. */
export function text(title: string, explanation: string): CodeText {
  return { title, explanation };
}
