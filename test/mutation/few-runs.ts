// Properties are asked of a few cases for each mutant, and of many in `npm test`.
import fc from 'fast-check';

fc.configureGlobal({ numRuns: 20 });
