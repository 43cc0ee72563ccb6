// The JavaScript SDK, with its own settings: one call, as often as it repeats it by itself.
import { ListStateMachinesCommand, SFNClient } from '@aws-sdk/client-sfn';

const client = new SFNClient({ endpoint: process.env.STEPFLOW_ENDPOINT, region: 'us-east-1', disableHostPrefix: true });
console.log(JSON.stringify(await client.send(new ListStateMachinesCommand({}))));
