// Gives the same answer to the same question once: thousands of budgets and alerts ask it.

export function remembered<Question, Value>(
  keyOf: (question: Question) => string,
  answer: (question: Question) => Value,
): (question: Question) => Value {
  const answers = new Map<string, { readonly value: Value }>();
  return (question) => {
    const key = keyOf(question);
    const known = answers.get(key);
    if (known !== undefined) return known.value;
    const value = answer(question);
    answers.set(key, { value });
    return value;
  };
}
