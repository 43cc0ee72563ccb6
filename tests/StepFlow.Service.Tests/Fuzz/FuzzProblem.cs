using StepFlow.Language.Json;

namespace StepFlow.Service.Tests.Fuzz;

/// <summary>A call whose response was wrong or late.</summary>
internal sealed record FuzzProblem(string Operation, JsonObject Request, string What)
{
    public override string ToString() => $"{Operation}: {What}\n  {Request}";
}
