// OpenAI's own SDK doing the same pull and sum. ARGUMENTS: base URL, buckets in a page.
import OpenAI from 'openai';
import { report } from './report.ts';
import { DAY_S, DAYS, FIRST_DAY_S } from './sizes.ts';

const [baseURL = '', limit = ''] = process.argv.slice(2);
const client = new OpenAI({ adminAPIKey: 'sk-admin-bench', baseURL, maxRetries: 0 });
let [rows, inputTokens] = [0, 0];
let page: string | null = null;
do {
  const answer: OpenAI.Admin.Organization.UsageCompletionsResponse =
    await client.admin.organization.usage.completions({
      start_time: FIRST_DAY_S,
      end_time: FIRST_DAY_S + DAYS * DAY_S,
      bucket_width: '1d',
      limit: Number(limit),
      group_by: ['project_id', 'model'],
      ...(page === null ? {} : { page }),
    });
  for (const { results } of answer.data) {
    for (const result of results) {
      if (result.object !== 'organization.usage.completions.result') continue;
      rows += 1;
      inputTokens += result.input_tokens;
    }
  }
  page = answer.has_more ? answer.next_page : null;
} while (page !== null);
report({ rows, inputTokens });
