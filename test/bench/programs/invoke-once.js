// Does what Lambda does of a cold start: loads a function's file, invokes it once, and says what memory that took.
const [, , file = '', event = ''] = process.argv;
const { handler } = await import(file);
await handler(JSON.parse(event), { awsRequestId: 'bench', getRemainingTimeInMillis: () => 60_000 });
process.stderr.write(JSON.stringify({ rssMb: process.memoryUsage.rss() / 1e6 }));
process.exit();
