// The words for what does not fit into a message: how many alerts, and where the whole list is.

/** `12 more alerts are not listed here: …`; `status` is the command for that, as the channel shows what is to be copied. */
export function moreAlerts(count: number, status: string): string {
  const are = count === 1 ? 'alert is' : 'alerts are';
  return `${count} more ${are} not listed here: ${status} lists every budget.`;
}

/** What one run could not take upon itself is not lost, and people need not look for it. */
export function waitingAlerts(waiting: number): string {
  return `${waiting} further ${waiting === 1 ? 'alert' : 'alerts'} did not fit into this run; the next one sends them.`;
}
