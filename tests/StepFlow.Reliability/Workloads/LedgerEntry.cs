using System.Text.Json.Nodes;
using StepFlow.Reliability.Checking;

namespace StepFlow.Reliability.Workloads;

/// <summary>An execution whose start was acknowledged, and how it must end.</summary>
/// <param name="kind">The workload.</param>
/// <param name="arn">The execution.</param>
/// <param name="input">Its input's text.</param>
/// <param name="expected">Finds what is wrong with how it ended.</param>
internal sealed class LedgerEntry(string kind, string arn, string input, Func<ExecutionRecord, IEnumerable<string>> expected)
{
    public string Kind => kind;

    public string Arn => arn;

    /// <summary>Finds what is wrong with how it ended.</summary>
    public IEnumerable<string> Check(ExecutionRecord execution)
    {
        if ((string?)execution.Description["input"] != input)
        {
            yield return "The input is not what it was started with.";
        }

        foreach (string problem in expected(execution))
        {
            yield return problem;
        }
    }
}
