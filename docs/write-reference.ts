// `npm run reference`: writes what is generated from the code - the reference of measures and the budgets file's JSON Schema.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BUDGETS_SCHEMA } from '../lib/budget/budgets-schema.ts';
import { referenceText } from '../lib/budget/reference-text.ts';

const ROOT = join(import.meta.dirname, '..');

writeFileSync(join(ROOT, 'docs', 'reference.md'), referenceText());
writeFileSync(join(ROOT, 'budgets.schema.json'), `${JSON.stringify(BUDGETS_SCHEMA, null, 2)}\n`);
