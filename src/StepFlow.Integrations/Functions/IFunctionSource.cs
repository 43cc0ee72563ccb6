namespace StepFlow.Integrations.Functions;

/// <summary>Functions that are neither listed by name nor built in: found by their ARN in the map of Resources.</summary>
internal interface IFunctionSource
{
    /// <summary>A function; null where the map has none.</summary>
    IFunctionHandler? Find(string arn);
}
