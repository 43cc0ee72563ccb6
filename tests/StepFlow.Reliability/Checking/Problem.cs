namespace StepFlow.Reliability.Checking;

/// <summary>Something that is not as it must be.</summary>
/// <param name="Kind">The workload, or the part of the run, that it belongs to.</param>
/// <param name="Subject">The execution's ARN, or what else is wrong.</param>
/// <param name="Text">What is wrong, in a sentence.</param>
internal sealed record Problem(string Kind, string Subject, string Text)
{
    public override string ToString() => $"{Kind}: {Subject}: {Text}";
}
