// The lines that a function logs, taken from the process's output while a test runs.
import { afterEach, beforeEach, vi } from 'vitest';

/** To be called at the top of a test file; the list is emptied before each test. */
export function captureLog(): Record<string, unknown>[] {
  const lines: Record<string, unknown>[] = [];
  beforeEach(() => {
    lines.length = 0;
    vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
      lines.push(JSON.parse(String(text)));
      return true;
    });
  });
  afterEach(() => vi.restoreAllMocks());
  return lines;
}
