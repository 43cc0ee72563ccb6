using System.Diagnostics;
using StepFlow.Reliability.Checking;

namespace StepFlow.Reliability;

/// <summary>Waits for the end of executions as long as some of them end.</summary>
/// <param name="limit">How long none may end before what still runs counts as hanging.</param>
internal sealed class QuietWait(TimeSpan limit)
{
    /// <summary>Waits.</summary>
    /// <returns>How many hang: 0 when all have ended.</returns>
    public async Task<int> UntilEndedAsync(IEnumerable<string> machineArns, RecordReader reader, CancellationToken cancellationToken)
    {
        int least = int.MaxValue;
        var since = Stopwatch.StartNew();
        while (true)
        {
            int running = 0;
            foreach (string machine in machineArns)
            {
                running += (await reader.ListAsync(machine, "RUNNING")).Count;
            }

            if (running == 0 || since.Elapsed > limit)
            {
                return running;
            }

            if (running < least)
            {
                least = running;
                since.Restart();
            }

            await Task.Delay(TimeSpan.FromMilliseconds(250), cancellationToken);
        }
    }
}
