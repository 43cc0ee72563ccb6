namespace StepFlow.Execution.Interpretation;

/// <summary>The evaluated fields of a Map.</summary>
/// <param name="Items">The items: an array or an object; empty where an ItemReader reads them.</param>
/// <param name="Concurrency"><c>MaxConcurrency</c>; 0 for no limit.</param>
/// <param name="ToleratedCount"><c>ToleratedFailureCount</c>.</param>
/// <param name="ToleratedPercentage"><c>ToleratedFailurePercentage</c>, 0 to 100.</param>
internal readonly record struct MapFields(JsonValue Items, double Concurrency, double ToleratedCount, double ToleratedPercentage);
