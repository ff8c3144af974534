// The demonstration's ten projects, as a company might have them, with their traffic on a planned day.
import type { ProjectPlan, SimulatedUser } from './project-plan.ts';
import { completions, fileSearchStorage, type Stream, webSearches } from './stream.ts';

const ANNA = 'user-u2iioYkZ0Vxah0Q8oMTzcvq1';
const BILAL = 'user-haUQtwl198fI8ctWLwsp7cdY';
const CHIARA = 'user-MLGA9I8R6THXOcfpaWa3xVNg';

/** The last has never said a name. */
export const DEMO_USERS: readonly SimulatedUser[] = [
  { id: ANNA, name: 'Anna Lindqvist', email: 'anna@brightlane.example' },
  { id: BILAL, name: 'Bilal Öztürk', email: 'bilal@brightlane.example' },
  { id: CHIARA, name: null, email: 'chiara@brightlane.example' },
];

/** A mid-size project; the incident is its. */
export const LEAD_RESEARCH_PROJECT_ID = 'proj_lB9mrqrOCUV0LuULyQcpzYoj';

export const DEMO_PROJECTS: readonly ProjectPlan[] = [
  {
    id: 'proj_l4slUx3kufWDk3q6RVazweyn',
    name: 'Support chatbot',
    createdDay: -610,
    archivedDay: null,
    streams: [
      completions({
        apiKeyId: 'key_p5NIsjsNb7qnZ3ao',
        userId: null,
        model: 'gpt-5-2025-08-07',
        rhythm: 'public',
        millionInput: 26,
        millionOutput: 3.6,
        requests: 8_400,
        cachedShare: 0.42,
        cacheWriteShare: 0.05,
      }),
      completions({
        apiKeyId: 'key_p5NIsjsNb7qnZ3ao',
        userId: null,
        model: 'gpt-5-mini-2025-08-07',
        rhythm: 'public',
        millionInput: 24,
        millionOutput: 3.4,
        requests: 15_500,
        cachedShare: 0.55,
      }),
      completions({
        apiKeyId: 'key_akw3jbWLhGrZ0fm3',
        userId: ANNA,
        model: 'ft:gpt-4o-mini-2024-07-18:brightlane:support-tags:Bq7TzR2k',
        rhythm: 'public',
        millionInput: 6,
        millionOutput: 0.4,
        requests: 12_000,
      }),
    ],
  },
  {
    id: 'proj_VK77i0Id3pery1rOjnKkigeW',
    name: 'Product search',
    createdDay: -480,
    archivedDay: null,
    streams: [
      completions({
        apiKeyId: 'key_D2hzwlLtYsdDVaQF',
        userId: null,
        model: 'gpt-4.1-mini-2025-04-14',
        rhythm: 'public',
        millionInput: 62,
        millionOutput: 5.5,
        requests: 41_000,
        cachedShare: 0.2,
      }),
      webSearches({ callsPerDay: 320, rhythm: 'public' }),
    ],
  },
  {
    id: 'proj_UohBs7x9j8NZoLdvrSKpfRdk',
    name: 'Invoice extraction',
    createdDay: -300,
    archivedDay: null,
    streams: [
      completions({
        apiKeyId: 'key_nWj91lGV1k2rKtc5',
        userId: null,
        model: 'gpt-5-2025-08-07',
        rhythm: 'nightly',
        millionInput: 24,
        millionOutput: 1.9,
        requests: 5_200,
        tariff: 'batch',
      }),
      completions({
        apiKeyId: 'key_mlGmIqKqHaytWeaW',
        userId: BILAL,
        model: 'gpt-4o-mini-2024-07-18',
        rhythm: 'office',
        millionInput: 32,
        millionOutput: 3,
        requests: 7_900,
      }),
    ],
  },
  {
    id: LEAD_RESEARCH_PROJECT_ID,
    name: 'Lead research agent',
    createdDay: -95,
    archivedDay: null,
    streams: [
      completions({
        apiKeyId: 'key_83Rcca9mUSwuoRHU',
        userId: null,
        model: 'gpt-5-2025-08-07',
        rhythm: 'office',
        millionInput: 5.8,
        millionOutput: 0.8,
        requests: 1_150,
        cachedShare: 0.3,
        apiSource: 'agents_api',
      }),
      webSearches({ callsPerDay: 140, rhythm: 'office' }),
    ],
  },
  {
    id: 'proj_i6bs41C6trGNOnFplgk8OoP9',
    name: 'Evals',
    createdDay: -402,
    archivedDay: null,
    streams: [
      completions({
        apiKeyId: 'key_7OcFNG0dU8kcnK7Q',
        userId: CHIARA,
        model: 'o4-mini-2025-04-16',
        rhythm: 'office',
        millionInput: 6,
        millionOutput: 1.4,
        requests: 2_600,
      }),
      completions({
        apiKeyId: 'key_Q0ffSyKzbTgaoCgP',
        userId: CHIARA,
        model: 'gpt-4o-mini-2024-07-18',
        rhythm: 'office',
        millionInput: 3,
        millionOutput: 0.3,
        requests: 2_600,
        tariff: 'free',
      }),
    ],
  },
  {
    id: 'proj_e19qYqCJWEcYymZjH6WjN2Xn',
    name: 'Nightly CI',
    createdDay: -233,
    archivedDay: null,
    streams: [
      completions({
        apiKeyId: 'key_d1eNkrN6u1fSI9JV',
        userId: null,
        model: 'gpt-5-mini-2025-08-07',
        rhythm: 'nightly',
        millionInput: 17,
        millionOutput: 2.2,
        requests: 3_400,
      }),
    ],
  },
  {
    id: 'proj_Vcvs9IacJybP9AB50da9XPwu',
    name: 'Marketing copy',
    createdDay: -350,
    archivedDay: null,
    streams: [
      completions({
        apiKeyId: 'key_lhc3BhUgYovbsowr',
        userId: ANNA,
        model: 'gpt-4.1-2025-04-14',
        rhythm: 'office',
        millionInput: 1.2,
        millionOutput: 0.6,
        requests: 720,
      }),
    ],
  },
  {
    id: 'proj_Od9SzTM3hVlRloWRnRPCGEeC',
    name: 'Übersetzungen 翻訳 🦊 “DE↔JA”',
    createdDay: -61,
    archivedDay: null,
    streams: [
      completions({
        apiKeyId: 'key_zIXW5cFSNE0uMtCn',
        userId: BILAL,
        model: 'gpt-5-mini-2025-08-07',
        rhythm: 'office',
        millionInput: 9,
        millionOutput: 2.3,
        requests: 1_900,
      }),
    ],
  },
  {
    id: 'proj_UzIvprUYtDwNxVKgSf5htS9a',
    name: 'Sandbox',
    createdDay: -700,
    archivedDay: null,
    streams: [
      completions({
        apiKeyId: 'key_B6Rtd3UkKrpb2sWS',
        userId: ANNA,
        model: 'gpt-5-nano-2025-08-07',
        rhythm: 'office',
        millionInput: 4,
        millionOutput: 0.9,
        requests: 410,
      }),
      completions({
        apiKeyId: 'key_Bi1BZaTM4DvhaHhd',
        userId: CHIARA,
        model: 'gpt-5-2025-08-07',
        rhythm: 'office',
        millionInput: 0.3,
        millionOutput: 0.08,
        requests: 95,
      }),
    ],
  },
  {
    id: 'proj_O6rhlkfy7VB5Bhzpt0ggDdls',
    name: 'Meeting notes (old)',
    createdDay: -540,
    archivedDay: 6,
    streams: [
      completions({
        apiKeyId: 'key_Oo2d731X1uAsQbYq',
        userId: null,
        model: 'gpt-4o-mini-2024-07-18',
        rhythm: 'office',
        millionInput: 14,
        millionOutput: 1.8,
        requests: 880,
      }),
    ],
  },
];

/** Billed to the organization, to no project. */
export const DEMO_UNATTRIBUTED: readonly Stream[] = [fileSearchStorage({ gibibytes: 21 })];
