// The budgets of the demonstration: what a company of this size might declare, in the format that people write.
import { LEAD_RESEARCH_PROJECT_ID } from '../local/simulated-organization/demo-projects.ts';

export const DEMO_BUDGETS = `# The demonstration's budgets. Your own go into budgets.yaml.
budgets:
  - id: org-monthly
    name: Whole organization
    limit: 5000
    period: monthly
    thresholds: [50%, 80%, 100%]

  - id: every-project
    name: Every project
    each: project
    limit: 1000
    period: monthly
    labels: { team: platform }

  - id: lead-research-daily
    name: Lead research agent (daily)
    scope: { project: ${LEAD_RESEARCH_PROJECT_ID} }
    limit: 60
    period: daily

  - id: tokens-weekly
    name: Tokens (weekly)
    measure: completions.total_tokens
    limit: 2000000000
    period: weekly
`;
