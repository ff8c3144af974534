// The digest in words and formatted figures, whatever the channel: what a period came to, and what is worth a look.

export interface DigestLine {
  /** `Support chatbot` */
  readonly label: string;
  /** `$460.12 of $500, 92 %` */
  readonly detail: string;
}

export interface DigestSection {
  readonly heading: string;
  readonly lines: readonly DigestLine[];
  /** Lines that belong here and are not listed. */
  readonly more: number;
}

/** Every text is one line, and not escaped for any channel. */
export interface DigestView {
  /** `16 to 22 November 2026 (UTC)` */
  readonly period: string;
  /** `$62.00 so far`, `at least $62.00 so far` */
  readonly total: string;
  /** Against the period before; `null` where that is not known. */
  readonly change: string | null;
  readonly sections: readonly DigestSection[];
}
