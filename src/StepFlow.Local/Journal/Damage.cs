namespace StepFlow.Local.Journal;

/// <summary>Something in the data file that is not as it was written.</summary>
/// <param name="Subject">The damaged object: an execution's ARN, a document, an item, or the file itself.</param>
internal sealed record Damage(string Subject, string Problem);
