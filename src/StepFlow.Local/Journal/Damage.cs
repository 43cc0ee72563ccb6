namespace StepFlow.Local.Journal;

/// <summary>Something in the data file that is not as it was written.</summary>
/// <param name="Subject">What is damaged: an execution's ARN, a document, an item, the file itself.</param>
/// <param name="Problem">What is wrong.</param>
internal sealed record Damage(string Subject, string Problem);
