/** Values of the options of `psmint verify`; undefined when the text is none. */

const day = 86_400_000;

/** `2026-06-15` (midnight UTC) or `2026-06-15T12:00:00Z`. */
export function parseMoment(text: string): Date | undefined {
  const parts = /^(\d{4}-\d\d-\d\d)(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?(?:Z|[+-]\d\d:\d\d))?$/.exec(text);
  const time = Date.parse(text);
  // Date.parse rolls 30 February over; a date that does not print back is none.
  const midnight = new Date(`${parts?.[1] ?? ''}T00:00:00Z`);
  if (Number.isNaN(time) || Number.isNaN(midnight.getTime()) || parts?.[1] === undefined) return undefined;
  return midnight.toISOString().startsWith(parts[1]) ? new Date(time) : undefined;
}

/** `60d`, as milliseconds. */
export function parseDays(text: string): number | undefined {
  const days = /^(\d{1,5})d$/.exec(text)?.[1];
  return days === undefined ? undefined : Number(days) * day;
}

/** SHA-256 thumbprint as upper-case hex; colons, spaces and `sha256:` in front are allowed. */
export function parseThumbprint(text: string): string | undefined {
  const hex = text.replace(/^sha256:/i, '').replace(/[:\s]/g, '');
  return /^[0-9a-f]{64}$/i.test(hex) ? hex.toUpperCase() : undefined;
}

/** `1.2.3` (X.660): undefined for anything else. */
export function parseObjectIdentifier(text: string): string | undefined {
  return /^[0-2](\.(0|[1-9]\d{0,8})){1,20}$/.test(text) ? text : undefined;
}
