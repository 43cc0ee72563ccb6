namespace StepFlow.Local.Journal;

/// <summary>A Map Run as the data file has it.</summary>
/// <param name="Children">The prefix of the ARNs of its children, if they are Express executions; otherwise null.</param>
/// <param name="Machine">The ARN of the item processor as a machine.</param>
/// <param name="Role">The role of its execution.</param>
/// <param name="Definition">The item processor's definition.</param>
/// <param name="IsBatched">Whether a child works on several items.</param>
internal sealed record MapRunRow(long Id, string Arn, string? Children, string Machine, string Role, string Definition, bool IsBatched);
