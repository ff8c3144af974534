// Does what Lambda does of a cold start: loads a function's file, invokes it once, and says how much memory that took by when.
const rssMb = () => process.memoryUsage.rss() / 1e6;
const [, , file = '', event = ''] = process.argv;
const startedMb = rssMb();
const { handler } = await import(file);
const loadedMb = rssMb();
await handler(JSON.parse(event), { awsRequestId: 'bench', getRemainingTimeInMillis: () => 60_000 });
const { heapUsed } = process.memoryUsage();
process.stderr.write(JSON.stringify({ startedMb, loadedMb, rssMb: rssMb(), heapUsedMb: heapUsed / 1e6 }));
process.exit();
