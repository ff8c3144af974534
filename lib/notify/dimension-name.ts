// What people call a dimension of OpenAI's: its word, without what joins its parts in an API.

/** `API key` for `api_key`, `line item` for `line_item`. */
export function dimensionName(dimension: string): string {
  return dimension === 'api_key' ? 'API key' : dimension.replaceAll('_', ' ');
}
