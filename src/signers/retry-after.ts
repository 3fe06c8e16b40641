/**
 * Wait that a Retry-After header asks for (RFC 9110 10.2.3: seconds, or an HTTP date), milliseconds; undefined without
 * a header that can be read.
 */
export function retryAfterMs(header: string | null, now: number): number | undefined {
  const text = header?.trim() ?? '';
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  // IMF-fixdate and the two older forms all begin with the name of a day; Date.parse alone takes far more.
  const moment = /^[A-Z][a-z]{2,8}[ ,]/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(moment) ? undefined : Math.max(0, moment - now);
}
