// The organizations that the benchmarks pull, and what an answer about them looks like: completions by project and model.

export interface Size {
  readonly projects: number;
  readonly models: number;
}

/** A month of each. */
export const SIZES = {
  small: { projects: 20, models: 5 },
  medium: { projects: 500, models: 8 },
  large: { projects: 5_000, models: 10 },
  /** As one page it is 548 MB: larger than a JavaScript string can be. */
  huge: { projects: 5_200, models: 10 },
} as const satisfies Record<string, Size>;

export type SizeName = keyof typeof SIZES;

export const DAYS = 31;
/** 2026-10-01, in seconds. */
export const FIRST_DAY_S = 1_790_812_800;
export const DAY_S = 86_400;

/** What a row says, so that sums can be checked. */
export function inputTokensOf(project: number, model: number): number {
  return 100_000 + project * 37 + model * 1_013;
}

export function resultText(project: number, model: number): string {
  const input = inputTokensOf(project, model);
  return JSON.stringify({
    object: 'organization.usage.completions.result',
    input_tokens: input,
    output_tokens: Math.floor(input / 7),
    input_cached_tokens: Math.floor(input / 3),
    input_audio_tokens: 0,
    output_audio_tokens: 0,
    num_model_requests: 400 + model,
    project_id: `proj_${String((project + 1) * 7_919).padStart(24, 'aBcDeFgH')}`,
    user_id: null,
    api_key_id: null,
    model: `gpt-5-mini-2025-08-${String(model + 1).padStart(2, '0')}`,
    batch: null,
    service_tier: null,
  });
}

/** What every variant must come to over a month. */
export function expectedSums({ projects, models }: Size): Sums {
  let inputTokens = 0;
  for (let project = 0; project < projects; project += 1) {
    for (let model = 0; model < models; model += 1) inputTokens += inputTokensOf(project, model);
  }
  return { rows: projects * models * DAYS, inputTokens: inputTokens * DAYS };
}

export interface Sums {
  readonly rows: number;
  readonly inputTokens: number;
}
