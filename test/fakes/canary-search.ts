// Looks for planted secrets in whatever was written: as text, inside gzip, and any part of one that could identify it.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** Long enough that no other text holds it by chance, short enough that half a secret is found. */
const PART = 9;

/** The parts of `secret` behind the word that says it is planted; what stands before it is no secret. */
function partsOf(secret: string): string[] {
  const planted = secret.slice(secret.indexOf('canary') + 'canary'.length);
  if (planted.length < PART || planted.length === secret.length) throw new Error(`no canary in ${secret}`);
  return Array.from({ length: planted.length - PART + 1 }, (_, at) => planted.slice(at, at + PART));
}

/** Which of `secrets` occur, whole or in part, in which of `written` (name → what was written). */
export function canariesIn(
  secrets: readonly string[],
  written: Iterable<readonly [name: string, content: string | Uint8Array]>,
): string[] {
  const parts = secrets.map((secret) => ({ secret, parts: partsOf(secret) }));
  const found: string[] = [];
  for (const [name, content] of written) {
    const text = textOf(content);
    for (const { secret, parts: ofSecret } of parts) {
      if (ofSecret.some((part) => text.includes(part))) found.push(`${name} holds ${secret}`);
    }
  }
  return found;
}

/** latin1 keeps every byte, so that no text between others is lost. */
function textOf(content: string | Uint8Array): string {
  if (typeof content === 'string') return content;
  const isGzip = content[0] === 0x1f && content[1] === 0x8b;
  return Buffer.from(isGzip ? gunzipSync(content) : content).toString('latin1');
}

/** Every file below `folder`: path → bytes. */
export function filesIn(folder: string): [name: string, content: Uint8Array][] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => [path, readFileSync(path)]);
}

/** Every attribute of a scanned table: name → text or bytes. */
export function valuesOf(
  table: string,
  items: readonly Record<string, unknown>[],
): [string, string | Uint8Array][] {
  return items.flatMap((item, at) => [
    [`${table} item ${at}`, JSON.stringify(item)],
    ...Object.entries(item).flatMap(([name, value]): [string, Uint8Array][] => {
      const bytes = (value as { B?: unknown }).B;
      return bytes instanceof Uint8Array ? [[`${table} item ${at} ${name}`, bytes]] : [];
    }),
  ]);
}
