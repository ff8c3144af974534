// `budget-alerts doctor`: looks at a deployment or a folder, says what is wrong and how to put it right; changes nothing.
import { resolve } from 'node:path';
import { readStackOutputs } from '../aws/stack-outputs.ts';
import { BudgetAlertsError } from '../errors.ts';
import { examineBaseUrl } from '../openai/examine-base-url.ts';
import { examine } from '../run/examine.ts';
import { type Finding, finding, fine } from '../run/finding.ts';
import type { Instant } from '../time/instant.ts';
import { budgetsFileFinding } from './budgets-file-finding.ts';
import { deploymentProbes, type NamedWebhookSecrets } from './deployment-probes.ts';
import { folderFindings } from './folder-findings.ts';
import { nodeFinding } from './node-finding.ts';
import { LOCAL_ORGANIZATION, organizationOf } from './open-target.ts';
import { openAiAddress } from './openai-from-environment.ts';
import { findingsDocument, findingsText } from './print-findings.ts';
import type { TargetOptions } from './target-options.ts';
import type { Terminal } from './terminal.ts';

export interface DoctorOptions extends TargetOptions {
  readonly tick: Instant;
  /** `null`: `budgets.yaml` for a folder, and none for a stack, which has its own. */
  readonly budgets: string | null;
  readonly webhookSecrets: NamedWebhookSecrets;
  readonly json: boolean;
}

interface Examined {
  readonly organization: string | null;
  readonly findings: readonly Finding[];
}

const BUDGETS_FILE = 'budgets.yaml';

/** 0: nothing has failed, whatever was warned of; 1: something has. */
export async function doctorCommand(options: DoctorOptions, terminal: Terminal): Promise<number> {
  const { stack, json, budgets } = options;
  const openAi = openAiAddress(terminal.environment);
  const file = budgets ?? (stack === null ? BUDGETS_FILE : null);
  const first = [
    nodeFinding(process.versions.node),
    examineBaseUrl(openAi.baseUrl),
    ...(file === null ? [] : [await budgetsFileFinding(terminal.directory, file)]),
  ];
  const folder = resolve(terminal.directory, options.state);
  const organization = options.organization ?? LOCAL_ORGANIZATION;
  const { tick } = options;
  const examined: Examined =
    stack === null
      ? {
          organization,
          findings: await folderFindings({
            organization,
            folder,
            tick,
            environment: terminal.environment,
            openAi,
          }),
        }
      : await examineStack(stack, options, openAi);
  const findings = [...first, ...examined.findings];
  const document = findingsDocument(stack ?? folder, examined.organization, findings);
  terminal.out(json ? JSON.stringify(document, null, 2) : findingsText(document));
  return document.failed > 0 ? 1 : 0;
}

/** Without its outputs nothing of a stack can be found. */
async function examineStack(
  stack: string,
  { organization: wanted, tick, webhookSecrets }: DoctorOptions,
  openAi: ReturnType<typeof openAiAddress>,
): Promise<Examined> {
  try {
    const outputs = await readStackOutputs(stack);
    const organization = organizationOf(outputs, stack, wanted);
    const probes = deploymentProbes({ stack, organization, outputs, tick, openAi, webhookSecrets });
    const found = fine('stack', `The stack ${stack} watches ${outputs.organizations}.`);
    return { organization, findings: [found, ...(await examine(probes))] };
  } catch (error) {
    if (!(error instanceof BudgetAlertsError)) throw error;
    return {
      organization: null,
      findings: [finding('stack', 'failed', `Nothing can be examined (${error.code}).`, error.message)],
    };
  }
}
