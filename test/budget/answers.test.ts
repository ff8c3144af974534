// What each mistake in a key of a budget is answered with, word for word: people act on nothing but these sentences.
import { describe, expect, it } from 'vitest';
import { answers } from './budgets-in.ts';

const TOKENS = 'measure: completions.total_tokens';
const KEYS =
  'id, name, scope, measure, limit, period, timezone, thresholds, each, except, overrides, labels, notify';

describe('what people read of a mistake', () => {
  it.each<[string[], string]>([
    [['id: ~'], '.id wrong-type: An id is text, not nothing; write it like id: org-monthly.'],
    [['id: true'], '.id wrong-type: An id is text, not the boolean true; quote it: "true".'],
    [['id: [a]'], '.id wrong-type: An id is text, not a list; write it like id: org-monthly.'],
    [
      [`id: ${'x'.repeat(65)}`],
      `.id id-invalid: "${'x'.repeat(40)}…" cannot be an id: an id has 1 to 64 letters (A-Z, a-z), digits, "_" and "-", for example ${'x'.repeat(64)}.`,
    ],
    [
      ['id: "--a b--"'],
      '.id id-invalid: "--a b--" cannot be an id: an id has 1 to 64 letters (A-Z, a-z), digits, "_" and "-", for example a-b.',
    ],
    [
      ['id: "!"'],
      '.id id-invalid: "!" cannot be an id: an id has 1 to 64 letters (A-Z, a-z), digits, "_" and "-".',
    ],
    [['name: ~'], '.name wrong-type: A name is text, not nothing; write it like name: Whole organization.'],
    [['name: 5'], '.name wrong-type: A name is text, not the number 5; quote it: "5".'],
    [['name: " "'], '.name name-invalid: The name "" is empty: write some, or leave the key out.'],
    [
      [`name: ${'x'.repeat(121)}`],
      `.name name-invalid: The name "${'x'.repeat(40)}…" is too long: use at most 120 characters.`,
    ],
    [
      ['scope: ~'],
      '.scope wrong-type: A scope is a map, not nothing; write it like scope: { project: proj_abc }, or leave it out for the whole organization.',
    ],
    [
      ['scope: { colour: a }'],
      '.scope.colour dimension-unknown: "colour" is not a dimension of a scope: the dimensions that exist are: ' +
        'project, user, api_key, model, line_item, service_tier, batch, size, source, context_level, vector_store, api_source.',
    ],
    [
      ['scope: { batch: true }'],
      '.scope.batch dimension-unsupported: cost cannot be scoped by batch: it can by project, line_item, api_key, user, api_source.',
    ],
    [
      ['scope: { project: ~ }'],
      '.scope.project member-invalid: A project id belongs here, not nothing; spend without a project is "unattributed".',
    ],
    [
      ['scope: { user: ~ }'],
      '.scope.user member-invalid: A user id belongs here, not nothing; spend without one is "unattributed".',
    ],
    [
      ['scope: { api_source: 5 }'],
      '.scope.api_source wrong-type: An API source is text, not the number 5; quote it: "5".',
    ],
    [
      ['scope: { project: true }'],
      '.scope.project wrong-type: A project id is text, not the boolean true; quote it: "true".',
    ],
    [
      ['scope: { project: [[a]] }'],
      '.scope.project[0] wrong-type: A project id is text, not a list; write it like scope: { project: proj_abc }.',
    ],
    [
      [TOKENS, 'scope: { batch: 1 }'],
      '.scope.batch wrong-type: A value of batch is text, not the number 1; quote it: "1".',
    ],
    [
      ['scope: { project: "a " }'],
      '.scope.project member-invalid: The project id "a " begins or ends with a blank: remove it.',
    ],
    [
      ['scope: { project: [a, b, a] }'],
      '.scope.project[2] member-duplicate: "a" is in this list twice: keep one.',
    ],
    [['each: ~'], '.each wrong-type: `each` is text, not nothing; write it like each: project.'],
    [
      ['each: colour'],
      '.each dimension-unknown: "colour" is not a dimension that `each` can split: the dimensions that exist are: project, user, api_key, model, line_item.',
    ],
    [
      ['each: tier'],
      '.each dimension-unknown: "tier" is not a dimension that `each` can split: the dimensions that exist are: project, user, api_key, model, line_item.',
    ],
    [
      ['each: project', 'scope: { project: a }'],
      '.each each-with-scope: `each: project` makes a budget for every project, so `scope` cannot name some as well: ' +
        'keep `scope` for one budget over those, or keep `each` and leave others out with `except`.',
    ],
    [
      ['each: project', 'except: { a: b }'],
      '.except wrong-type: A project id or a list of them belongs here, not a map; write it like except: [proj_sandbox].',
    ],
    [
      ['except: a'],
      '.except except-without-each: `except` leaves members out of `each`: add `each: project`, or remove `except`.',
    ],
    [
      ['each: project', `overrides: { "${'x'.repeat(201)}": { limit: 5 } }`],
      `.overrides["${'x'.repeat(40)}…"] override-invalid: The override for "${'x'.repeat(40)}…" is too long: use at most 200 characters.`,
    ],
    [['measure: ~'], '.measure wrong-type: A measure is text, not nothing; write it like measure: cost.'],
    [
      ['measure: euros'],
      '.measure measure-unknown: "euros" is not a measure: it is cost, or a field of one of completions, decisions, embeddings, moderations, ' +
        'images, audio_speeches, audio_transcriptions, vector_stores, code_interpreter_sessions, file_search_calls, ' +
        'web_search_calls, like completions.total_tokens; docs/reference.md lists them.',
    ],
    [
      [`measure: images.${'x'.repeat(60)}`],
      `.measure measure-unknown: "images.${'x'.repeat(33)}…" is not a measure: the measures of images are images.images, images.num_model_requests.`,
    ],
    [['limit: [5]'], '.limit wrong-type: A limit is a number, not a list; write it like limit: 5000.'],
    [
      ['limit: true'],
      '.limit wrong-type: A limit is a number, not the boolean true; write it like limit: 5000.',
    ],
    [
      ['limit: ""'],
      '.limit limit-invalid: A limit cannot be "": write it in plain digits, like 5000 or 12.50.',
    ],
    [
      ['labels: []'],
      '.labels wrong-type: Labels are a map, not a list; write it like labels: { team: platform }.',
    ],
    [
      ['labels: { team: ~ }'],
      ".labels.team wrong-type: A label's value is text, not nothing; write it like labels: { team: platform }.",
    ],
    [
      ['labels: { a: x, b: x, c: x, d: x, e: x, f: x }'],
      '.labels labels-too-many: There are 6 labels: use at most 5.',
    ],
    [
      ['labels: { kind: x }'],
      '.labels.kind label-invalid: The label "kind" is reserved: choose another name.',
    ],
    [
      ['labels: { team: " x" }'],
      '.labels.team label-invalid: The label value " x" begins or ends with a blank: remove it.',
    ],
    [
      ['notify: []'],
      '.notify notify-invalid: `notify` is a list of route names, not an empty list; write it like notify: [oncall], or leave the key out.',
    ],
    [
      ['notify: { to: a }'],
      '.notify notify-invalid: `notify` is a list of route names, not a map; write it like notify: [oncall], or leave the key out.',
    ],
    [
      ['notify: [a, b, c, d, e, f, g, h, i, j, k]'],
      '.notify notify-invalid: There are 11 routes: use at most 10.',
    ],
    [['notify: ~'], '.notify wrong-type: A route is text, not nothing; write it like notify: [oncall].'],
    [['notify: [a, b, a]'], '.notify[2] notify-invalid: "a" is in this list twice: keep one.'],
    [
      ['notify: [a@b.c]'],
      '.notify[0] notify-invalid: "a@b.c" cannot be a route: a name has 1 to 64 letters (A-Z, a-z), digits, "_" and "-", ' +
        'as the deployment calls it. Addresses and webhooks stand in the deployment, never here.',
    ],
    [
      ['thresholds: ~'],
      '.thresholds wrong-type: Thresholds are a list, not nothing; write it like thresholds: [50%, 80%, 100%].',
    ],
    [
      ['thresholds: []'],
      '.thresholds thresholds-empty: The list is empty: write it like thresholds: [50%, 80%, 100%], or leave the key out for [80%, 100%].',
    ],
    [
      ['thresholds: [{ severity: info }]'],
      '.thresholds[0].at missing-key: A threshold needs the amount it speaks at, like { at: 100%, severity: critical }.',
    ],
    [
      ['thresholds: [{ percent: 80%, severity: info }]'],
      '.thresholds[0].percent unknown-key: "percent" is not a key of a threshold: did you mean `at`?',
    ],
    [
      ['thresholds: [{ at: 80%, severity: bad }]'],
      '.thresholds[0].severity severity-unknown: A severity cannot be "bad": the severities are info, warning, critical.',
    ],
    [
      ['thresholds: [{ at: 80%, severity: warn }]'],
      '.thresholds[0].severity severity-unknown: A severity cannot be "warn": did you mean `warning`?',
    ],
    [
      ['thresholds: [{ at: 80%, severity: error }]'],
      '.thresholds[0].severity severity-unknown: A severity cannot be "error": did you mean `critical`?',
    ],
    [['colour: red'], `.colour unknown-key: "colour" is not a key of a budget: the keys are ${KEYS}.`],
  ])('%j', (lines, answer) => {
    expect(answers(...lines)).toEqual([answer]);
  });

  it.each<[string, string]>([
    ['"80% "', 'write 80%'],
    ['"80 %"', 'write 80%'],
    ['"8.5 %"', 'write 8.5%'],
    ['"80,25%"', 'write 80.25%'],
    ['"100000 %"', 'write 100000%'],
    // Rather a thousand than one: neither is advised.
    ['"1,000%"', 'write a percentage like 80% or 99.5%, with at most 4 decimals'],
    ['"8+0%"', 'write a percentage like 80% or 99.5%, with at most 4 decimals'],
    ['"0 %"', 'write a percentage like 80% or 99.5%, with at most 4 decimals'],
    ['"200000 %"', 'write a percentage like 80% or 99.5%, with at most 4 decimals'],
  ])('a percentage written as %s', (entry, advice) => {
    expect(answers(`thresholds: [${entry}]`)).toEqual([
      `.thresholds[0] threshold-invalid: A threshold cannot be ${entry}: ${advice}.`,
    ]);
  });
});
