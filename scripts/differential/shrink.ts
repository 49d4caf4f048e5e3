/**
 * The shortest part of a list that still does what the whole did: parts are left out as long as it does.
 * @param does whether a part still does it
 */
export async function shrink<T>(
  whole: readonly T[],
  does: (part: readonly T[]) => Promise<boolean>,
): Promise<readonly T[]> {
  let kept = whole
  for (let size = Math.ceil(kept.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = 0; at < kept.length; ) {
      const part = [...kept.slice(0, at), ...kept.slice(at + size)]
      if (part.length > 0 && part.length < kept.length && (await does(part))) kept = part
      else at += size
    }
  }
  return kept
}
