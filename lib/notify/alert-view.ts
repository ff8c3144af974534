// The notification model: what one alert says to people, in words and formatted figures, whatever the channel.

/** Part of the spend, as people read it. */
export interface ContributorView {
  readonly label: string;
  /** `$249.63`, `1.2M tokens` */
  readonly amount: string;
  /** `24 %` of what was spent; `null` where that says nothing. */
  readonly share: string | null;
  /** `+$212.00` of ended days, against the same ones of the period before; `null` where those are not known. */
  readonly change: string | null;
}

/** Every text is one line, free of controls, and not escaped for any channel. */
export interface AlertView {
  /** `Support chatbot`: the member of an `each` budget, else the budget. */
  readonly who: string;
  /** `$460.12`, `1,843,210 tokens`: with all their digits. */
  readonly spent: string;
  /** `$500` */
  readonly limit: string;
  /** `$39.88 left` or `$1.76 over` */
  readonly left: string;
  /** `92.3 %` of the limit, cut and never rounded up; `null` with a limit of 0. */
  readonly percent: string | null;
  /** Whole percent of the limit for a bar, 0 at least; above 100 where it is over. 100 with a limit of 0. */
  readonly filled: number;
  /** `80 % ($400) reached, and with it 50 % ($250)` */
  readonly threshold: string;
  /** `Every project (every-project)` */
  readonly budget: string;
  /** `project Support chatbot (proj_abc)`, or `the whole organization`; with the measure where that is not cost. */
  readonly scope: string;
  /** `November 2026, day 24 of 30 (UTC)` */
  readonly period: string;
  /** `$38 a day; at this pace $1,140 by 30 Nov`; `null` where too few days are complete, or the period has ended. */
  readonly pace: string | null;
  /** The largest first; the last is everything else, if there is anything else. */
  readonly contributors: readonly ContributorView[];
  /** `read 24 Nov 10:05 UTC; 23 Nov and later may still grow` */
  readonly data: string;
  /** What to do at that address, a sentence without its full stop. */
  readonly advice: string;
  readonly usageUrl: string;
  /** Commands to copy: why it stands so, and how to hear no more of it for a while. */
  readonly explain: string;
  readonly silence: string;
}
