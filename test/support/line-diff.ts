/**
 * What has to be done to the lines of one text to get those of another: `-` and `+` lines, each group below the last line
 * that both have. Two texts that differ never give the same as two that do not.
 */
export function lineDiff(from: string, to: string): string {
  const [a, b] = [from.split('\n'), to.split('\n')];
  const lines: string[] = [];
  let [i, j, last] = [0, 0, -1];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      last = i;
      i++;
      j++;
      continue;
    }
    const [nextA, nextB] = nextCommon(a, b, i, j);
    lines.push(`@ ${last < 0 ? '' : a[last]!}`);
    while (i < nextA) lines.push(`-${a[i++]!}`);
    while (j < nextB) lines.push(`+${b[j++]!}`);
  }
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`;
}

// The nearest place where three lines in a row are the same again (or the ends).
function nextCommon(a: readonly string[], b: readonly string[], i: number, j: number): [number, number] {
  const isSame = (x: number, y: number): boolean =>
    [0, 1, 2].every((step) => a[x + step] === b[y + step] && (x + step < a.length || y + step >= b.length));
  for (let distance = 1; distance <= a.length - i + (b.length - j); distance++) {
    for (let x = Math.max(i, i + distance - (b.length - j)); x <= Math.min(a.length, i + distance); x++) {
      const y = j + distance - (x - i);
      if (x < a.length && y < b.length && isSame(x, y)) return [x, y];
    }
  }
  return [a.length, b.length];
}
