// Reads the parameters of a request one by one, in every form that OpenAI accepts, and remembers the first wrong one.
import { type Answer, invalidParameter } from './api-answer.ts';

export interface ParameterReader {
  /** `null` if it was not sent, or was wrong. */
  integer(name: string, min: number, max?: number): number | null;
  text(name: string): string | null;
  choice<T extends string>(name: string, choices: readonly T[]): T | null;
  /**
   * Repeated (`a=1&a=2`), in brackets (`a[]=1&a[]=2`), or joined by commas (`a=1,2`); the last only if no value can
   * hold a comma itself.
   */
  list(name: string, commas: 'separate' | 'belong to values'): string[];
  /** What was wrong first: a parameter that was read, else one that nobody knows. Ask when all have been read. */
  refusal(): Answer | null;
}

export function parameterReader(query: URLSearchParams): ParameterReader {
  const known = new Set<string>();
  let wrong: Answer | null = null;

  function refuse(name: string, code: string, message: string): null {
    wrong ??= invalidParameter(name, code, message);
    return null;
  }

  function text(name: string): string | null {
    known.add(name);
    const [value, ...more] = query.getAll(name);
    if (more.length > 0)
      return refuse(name, 'invalid_type', `Invalid type for '${name}': expected one value.`);
    return value ?? null;
  }

  function integer(name: string, min: number, max = Number.MAX_SAFE_INTEGER): number | null {
    const value = text(name);
    if (value === null) return null;
    if (!/^-?\d{1,15}$/.test(value)) {
      return refuse(name, 'invalid_type', `Invalid type for '${name}': expected an integer.`);
    }
    const number = Number(value);
    if (number < min) {
      return refuse(name, 'integer_below_min_value', `Invalid '${name}': expected a value >= ${min}.`);
    }
    if (number > max) {
      return refuse(name, 'integer_above_max_value', `Invalid '${name}': expected a value <= ${max}.`);
    }
    return number;
  }

  function choice<T extends string>(name: string, choices: readonly T[]): T | null {
    const value = text(name);
    if (value === null) return null;
    const chosen = choices.find((one) => one === value);
    return (
      chosen ?? refuse(name, 'invalid_value', `Invalid '${name}'. Supported values are: ${quoted(choices)}.`)
    );
  }

  function list(name: string, commas: 'separate' | 'belong to values'): string[] {
    known.add(name).add(`${name}[]`);
    const sent = [...query.getAll(name), ...query.getAll(`${name}[]`)];
    return commas === 'separate' ? sent.flatMap((value) => value.split(',')) : sent;
  }

  function refusal(): Answer | null {
    const stranger = [...query.keys()].find((name) => !known.has(name));
    if (stranger !== undefined) refuse(stranger, 'unknown_parameter', `Unknown parameter: '${stranger}'.`);
    return wrong;
  }

  return { integer, text, choice, list, refusal };
}

export function quoted(values: readonly string[]): string {
  return values.map((value) => `'${value}'`).join(', ');
}
